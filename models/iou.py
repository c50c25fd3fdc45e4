"""Pixel scores by class. Numpy only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass

CLASSES = len(SemanticClass)


@dataclass(frozen=True, slots=True)
class Confusion:
    """Pixel counts [truth, seen]; truth outside the classes (255) is not counted."""

    counts: NDArray[np.int64]

    @classmethod
    def empty(cls) -> Confusion:
        return cls(np.zeros((CLASSES, CLASSES), np.int64))

    def plus(self, truth: NDArray[np.uint8], seen: NDArray[np.uint8]) -> Confusion:
        """With one more picture; both arrays [H,W] of equal shape, else ValueError."""
        if truth.shape != seen.shape:
            raise ValueError(f"truth {truth.shape} and seen {seen.shape} differ in shape")
        known = truth < CLASSES
        pairs = truth[known].astype(np.int64) * CLASSES + seen[known]
        return Confusion(self.counts + np.bincount(pairs, minlength=CLASSES**2).reshape(CLASSES, CLASSES))

    def iou(self) -> dict[SemanticClass, float | None]:
        """Intersection over union by class; None where the truth has no pixel of it."""
        hits, truth, seen = np.diag(self.counts), self.counts.sum(1), self.counts.sum(0)
        union = truth + seen - hits
        return {c: float(hits[c] / union[c]) if truth[c] else None for c in SemanticClass}

    def mean_iou(self) -> float | None:
        """Mean over the classes that the truth has."""
        known = [value for value in self.iou().values() if value is not None]
        return sum(known) / len(known) if known else None

    def line(self) -> str:
        """One readable line: the mean, then each class."""
        mean = self.mean_iou()
        each = " ".join(f"{c.name.lower()} {v:.2f}" for c, v in self.iou().items() if v is not None)
        return f"mIoU {mean:.3f}: {each}" if mean is not None else "nothing to judge"
