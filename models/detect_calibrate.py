"""Scores made chances: per label, how often a box of that score is right (Platt 1999), so that 0.5 means one in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detector
from models.data import Item, split_by_group
from models.detect_data import Scene
from models.detect_labels import LABELS
from models.detect_scores import judged

FEWEST = 25
"""True boxes below which a label takes the correction of all labels together."""
PULL = 4.0
"""How strongly a label's correction is held to that of all labels, in pictures' worth of evidence."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A score's logit times `scale` plus `shift` is the logit of the chance; one number a label."""

    scale: tuple[float, ...]
    shift: tuple[float, ...]


def halves(held: Sequence[Scene]) -> tuple[list[Scene], list[Scene]]:
    """(to fit the correction on, to judge by): held-out layouts, whole ones on one side."""
    _, fit = split_by_group([Item(s.item.picture, s.item.mask, f"half-{s.item.group}") for s in held], 0.5)
    chosen = {item.picture for item in fit}
    return [s for s in held if s.item.picture in chosen], [s for s in held if s.item.picture not in chosen]


def fitted(detector: Detector, scenes: Sequence[Scene]) -> Correction:
    """The correction of an uncorrected detector with a low least score."""
    odds: list[list[float]] = [[] for _ in LABELS]
    right: list[list[float]] = [[] for _ in LABELS]
    boxes = np.zeros(len(LABELS), np.int64)
    for scene in scenes:
        seen = detector.detect(scene.picture())
        boxes += np.bincount(scene.labels, minlength=len(LABELS))
        for label, name in enumerate(LABELS):
            named = [one for one in seen if one.label == name]
            for one in judged(named, scene.boxes[scene.labels == label], scene.ignored):
                if one.hits[0] >= 0:
                    odds[label].append(_logit(one.score))
                    right[label].append(float(one.hits[0]))
    common = logistic(
        np.concatenate(list(map(np.asarray, odds))), np.concatenate(list(map(np.asarray, right))), (1.0, 0.0)
    )
    each = [
        logistic(np.asarray(odds[n]), np.asarray(right[n]), common, PULL) if boxes[n] >= FEWEST else common
        for n in range(len(LABELS))
    ]
    return Correction(tuple(scale for scale, _ in each), tuple(shift for _, shift in each))


def logistic(
    odds: NDArray[np.float64], right: NDArray[np.float64], start: tuple[float, float], pull: float = 1e-3
) -> tuple[float, float]:
    """(scale, shift) of most likelihood, held to `start` by a quadratic of weight `pull`; Newton's method."""
    a = np.array(start, np.float64)
    x = np.stack([odds, np.ones_like(odds)], 1)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(x @ a, -30, 30)))
        slope = x.T @ (right - chance) - pull * (a - start)
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + pull * np.eye(2)
        step = np.linalg.solve(curve, slope)
        a = a + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-6:
            break
    return max(float(a[0]), 0.1), float(a[1])


def _logit(score: float) -> float:
    score = min(max(score, 1e-6), 1 - 1e-6)
    return float(np.log(score / (1 - score)))
