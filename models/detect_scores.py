"""Average precision of found boxes against true ones, quickly: for the log of a training and for comparing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from edge.vision.detector import Detector
from edge.vision.objects import FoundObject
from edge.vision.overlaps import overlap
from models.detect_data import Boxes, Scene, rows
from models.detect_labels import LABELS

OVERLAPS = np.arange(0.5, 0.96, 0.05)
"""Least intersection over union of a hit: AP50 takes the first, AP50:95 the mean over all (as COCO does)."""


VEHICLES_IN_ONE = {"car": "truck", "bus": "truck", "muck_truck": "truck"}
"""How real pictures whose labels only say `vehicle` are judged."""


@dataclass(frozen=True, slots=True)
class Found:
    """One found box of a label: its score and, for each of OVERLAPS, whether it hit (1), missed (0) or counts as
    neither because it lies where nobody knows (-1)."""

    score: float
    hits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Precision:
    """Of one label: number of true boxes, AP50 and AP50:95 in 0..1, and recall and precision at score 0.5."""

    boxes: int
    ap50: float
    ap: float
    recall: float
    precision: float


def judged(found: Sequence[FoundObject], truth: Boxes, ignored: Boxes) -> list[Found]:
    """The boxes found of one label in one picture, surest first, each matched to the best true box still free."""
    found = sorted(found, key=lambda one: -one.score)
    boxes = rows([one.xyxy for one in found])
    shared, unknown = overlap(boxes, truth), _inside(boxes, ignored)
    taken = np.zeros((len(OVERLAPS), len(truth)), np.bool_)
    out = []
    for place, one in enumerate(found):
        hits = []
        for level, least in enumerate(OVERLAPS):
            free = np.where(taken[level], -1.0, shared[place]) if len(truth) else np.zeros(0)
            best = int(free.argmax()) if len(free) else -1
            hit = best >= 0 and free[best] >= least
            if hit:
                taken[level, best] = True
            hits.append(1 if hit else -1 if unknown[place] else 0)
        out.append(Found(one.score, tuple(hits)))
    return out


def _inside(boxes: Boxes, ignored: Boxes) -> np.ndarray:
    """Whether at least half of a box lies in one of the ignored ones."""
    if not len(ignored) or not len(boxes):
        return np.zeros(len(boxes), np.bool_)
    corner = np.maximum(boxes[:, None, :2], ignored[None, :, :2])
    opposite = np.minimum(boxes[:, None, 2:], ignored[None, :, 2:])
    own = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    return ((opposite - corner).clip(0).prod(2) / np.maximum(own, 1e-9)[:, None] > 0.5).any(1)


def average_precision(found: Iterable[Found], boxes: int) -> Precision:
    """Area under precision over recall at 101 recalls, as COCO computes it."""
    ordered = sorted(found, key=lambda one: -one.score)
    hits = np.array([one.hits for one in ordered], np.int64).reshape(-1, len(OVERLAPS))
    scores = np.array([one.score for one in ordered])
    areas = [_area(hits[hits[:, level] >= 0, level], boxes) for level in range(len(OVERLAPS))]
    at_half = hits[:, 0][(scores >= 0.5) & (hits[:, 0] >= 0)] if len(hits) else np.zeros(0)
    right = float(at_half.sum())
    return Precision(
        boxes, areas[0], float(np.mean(areas)), right / max(boxes, 1), right / len(at_half) if len(at_half) else 1.0
    )


def _area(hits: np.ndarray, boxes: int) -> float:
    if not boxes or not len(hits):
        return 0.0
    right = np.cumsum(hits)
    recall, precision = right / boxes, right / np.arange(1, len(hits) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    places = np.searchsorted(recall, np.linspace(0, 1, 101), side="left")
    return float(np.where(places < len(precision), precision[np.minimum(places, len(precision) - 1)], 0.0).mean())


def scores_of(
    detector: Detector, scenes: Sequence[Scene], labels: Sequence[str] = LABELS, merged: dict[str, str] | None = None
) -> dict[str, Precision]:
    """By label, over all these pictures; `merged` names labels that count as another one (truck and car as vehicle)."""
    rename = merged or {}
    found: dict[str, list[Found]] = {label: [] for label in labels}
    boxes = dict.fromkeys(labels, 0)
    for scene in scenes:
        seen = detector.detect(scene.picture())
        truth = np.array([rename.get(LABELS[label], LABELS[label]) for label in scene.labels])
        for label in labels:
            here = scene.boxes[truth == label] if len(truth) else scene.boxes
            named = [one for one in seen if rename.get(one.label, one.label) == label]
            found[label] += judged(named, here, scene.ignored)
            boxes[label] += len(here)
    return {label: average_precision(found[label], boxes[label]) for label in labels}


def means(scores: dict[str, Precision]) -> tuple[float, float]:
    """(mean AP50, mean AP50:95) over the labels that occur."""
    there = [one for one in scores.values() if one.boxes]
    return float(np.mean([one.ap50 for one in there] or [0])), float(np.mean([one.ap for one in there] or [0]))
