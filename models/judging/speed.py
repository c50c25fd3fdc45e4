"""How long one pass over a picture takes here, alone: resize, model, class map, and the measurement of one zone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from edge.vision.measure import measure
from edge.vision.perceive import models_of
from models.judging.in_hand import InHand
from models.judging.kept import Kept
from models.judging.looking import Tell, rectangle
from models.judging.plan import Plan
from models.report.blocks import Key, Keys, Section, Text

ROUNDS = 30
SIZES = ((720, 1280), (1080, 1920))
WANTED_MS = 60.0


def milliseconds(act: Callable[[], Any], rounds: int = ROUNDS) -> dict[str, float]:
    """Median and least wall time of one call, after two that do not count."""
    taken: list[float] = []
    for number in range(rounds + 2):
        began = time.perf_counter()
        act()
        if number >= 2:
            taken.append((time.perf_counter() - began) * 1e3)
    return {"median_ms": round(float(np.median(taken)), 1), "least_ms": round(min(taken), 1)}


def speed_part(plan: Plan, hand: InHand, kept: Kept, tell: Tell) -> tuple[dict[str, Any] | None, Section]:
    """Times on this machine; whatever else runs on it makes them longer, so the least is the better figure."""
    title = "Time of one pass"
    if not plan.timings:
        return None, Section("speed", title, [Text("Not measured: --no-timings.", "absent")])
    noise = np.random.default_rng(0)
    told: dict[str, Any] = {}
    keys: list[Key] = []
    for height, width in SIZES:
        image = noise.integers(0, 255, (height, width, 3), np.uint8)
        name = f"{width}x{height}"
        told[name] = {"segmenter": milliseconds(lambda now=image: hand.segmenter.segment(now))}
        if hand.detector is not None:
            finder = hand.detector
            told[name]["detector"] = milliseconds(lambda now=image, by=finder: by.detect(now))
        told[name]["whole"] = milliseconds(lambda now=image: _one_zone(now, hand))
        whole = told[name]["whole"]
        good = whole["least_ms"] <= WANTED_MS
        beside = f"median {whole['median_ms']} ms; wanted ≤ {WANTED_MS:g} ms on one core"
        keys.append(Key(f"{name}: models and one zone, least", f"{whole['least_ms']} ms", beside, good))
        keys.append(Key(f"{name}: segmenter alone, least", f"{told[name]['segmenter']['least_ms']} ms"))
        tell(name)
    note = "Wall time on one thread, decoded picture in, measurement out, with whatever else ran on this machine."
    return told, Section("speed", title, [Keys(keys), Text(note, "note")])


def _one_zone(image: np.ndarray[Any, np.dtype[np.uint8]], hand: InHand) -> None:
    rule = next(iter(hand.rules.values()))
    seen = hand.perceiver.see(image, models_of([rule]))
    measure(seen, rectangle((0.1, 0.5, 0.9, 0.9)), rule)
