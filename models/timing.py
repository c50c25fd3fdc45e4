"""Milliseconds of one pass of several ONNX files, taken in turns so that a noisy machine is unfair to none of them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime


@dataclass(frozen=True, slots=True)
class Pass:
    """Median and least wall time in ms of one pass on one thread."""

    file: str
    input: tuple[int, ...]
    median_ms: float
    least_ms: float


def time_passes(files: list[Path], size: tuple[int, int] = (288, 512), rounds: int = 40) -> list[Pass]:
    """Times each file's pass of a (height, width) picture; a file with a fixed input is fed that instead."""
    runs: list[tuple[Path, onnxruntime.InferenceSession, dict[str, Any]]] = []
    for file in files:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        given = session.get_inputs()[0]
        shape = [n if isinstance(n, int) else d for n, d in zip(given.shape, (1, 3, *size), strict=True)]
        noise = np.random.default_rng(0).uniform(0, 255, shape)
        feed = noise.astype(np.uint8) if "uint8" in given.type else (noise / 127.5 - 1).astype(np.float32)
        runs.append((file, session, {given.name: feed}))
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for times, (_, session, feed) in zip(taken, runs, strict=True):
            began = time.perf_counter()
            session.run(None, feed)
            times.append((time.perf_counter() - began) * 1e3)
    return [
        Pass(str(file), next(iter(feed.values())).shape, round(float(np.median(times)), 1), round(min(times), 1))
        for times, (file, _, feed) in zip(taken, runs, strict=True)
    ]
