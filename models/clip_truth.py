"""A model against the truth of the bundled clips: the shares of each zone over time, and pixels at masked moments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import PASSING, SemanticClass
from edge.vision.segmenter import Segmenter
from edge.vision.zones import coverage
from models.iou import Confusion

SHARES = {"covered_share": SemanticClass.GOODS, "soil_share": SemanticClass.SOIL, "net_share": SemanticClass.NET}
SETTLE_S = 1.0
"""Seconds at either end of a state that are not judged: things are being carried in or out."""


def key_frames(video: Path) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """(seconds, BGR picture) of every key frame."""
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        for frame in container.decode(stream):
            yield float(frame.time or 0.0), frame.to_ndarray(format="bgr24").astype(np.uint8)


def shares(labels: NDArray[np.uint8], polygon: list[tuple[float, float]]) -> dict[str, float]:
    """Shares of a zone's visible ground by class; `occluded` is the share of the zone behind people and vehicles."""
    cells = coverage(polygon, labels.shape[0], labels.shape[1])
    passing = np.isin(labels, PASSING)
    seen = max(float((cells * ~passing).sum()), 1e-6)
    said = {name: float((cells * (labels == cls)).sum()) / seen for name, cls in SHARES.items()}
    return said | {"occluded": float((cells * passing).sum()) / float(cells.sum())}


def judge_clip(segmenter: Segmenter, folder: Path) -> dict[str, Any]:
    """One clip: for each state of each zone the true and the seen shares (median, least, most over its key frames)."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    polygons = {z["id"]: [(float(x), float(y)) for x, y in z["polygon"]] for z in truth["zones"]}
    seen: list[tuple[float, NDArray[np.uint8]]] = []
    confusion = Confusion.empty()
    masks = {float(p.stem.rstrip("s")): p for p in sorted((folder / "masks").glob("*.png"))}
    for at, picture in key_frames(folder / truth["file"]):
        labels = segmenter.segment(picture).labels
        seen.append((at, labels))
        for when in [w for w in masks if at <= w < at + 1.0]:
            mask = cv2.imread(str(masks[when]), cv2.IMREAD_GRAYSCALE)
            assert mask is not None
            big = cv2.resize(labels, mask.shape[::-1], interpolation=cv2.INTER_NEAREST).astype(np.uint8)
            confusion = confusion.plus(mask.astype(np.uint8), big)
    states = [_judge_state(state, polygons[state["zone"]], seen) for state in truth["states"]]
    return {"pixels": confusion.line(), "states": [state for state in states if state["frames"]]}


def _judge_state(
    state: dict[str, Any], polygon: list[tuple[float, float]], seen: list[tuple[float, NDArray[np.uint8]]]
) -> dict[str, Any]:
    inside = [labels for at, labels in seen if state["from_s"] + SETTLE_S <= at <= state["to_s"] - SETTLE_S]
    measured = [shares(labels, polygon) for labels in inside]
    said: dict[str, Any] = {key: state[key] for key in ("zone", "from_s", "to_s")} | {"frames": len(measured)}
    for name in SHARES:
        values = [one[name] for one in measured] or [0.0]
        low, middle, high = (round(float(v), 3) for v in (min(values), np.median(values), max(values)))
        said[name] = {"truth": state[name], "seen": middle, "least": low, "most": high}
    return said


def judge_clips(segmenter: Segmenter, clips: Path) -> dict[str, Any]:
    """Every clip folder that has a truth.json, by name."""
    return {file.parent.name: judge_clip(segmenter, file.parent) for file in sorted(clips.glob("*/truth.json"))}
