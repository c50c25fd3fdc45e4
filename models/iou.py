"""Pixel scores by class. Numpy only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass

GROUND_NAMES = tuple(each.name.lower() for each in SemanticClass)


@dataclass(frozen=True, slots=True)
class Confusion:
    """Pixel counts [truth, seen] of the classes `names`; truth outside them (255) is not counted."""

    counts: NDArray[np.int64]
    names: tuple[str, ...] = GROUND_NAMES

    @classmethod
    def empty(cls, names: tuple[str, ...] = GROUND_NAMES) -> Confusion:
        return cls(np.zeros((len(names), len(names)), np.int64), names)

    def plus(self, truth: NDArray[np.uint8], seen: NDArray[np.uint8]) -> Confusion:
        """With one more picture; both arrays [H,W] of equal shape, else ValueError."""
        if truth.shape != seen.shape:
            raise ValueError(f"truth {truth.shape} and seen {seen.shape} differ in shape")
        size = len(self.names)
        known = truth < size
        pairs = truth[known].astype(np.int64) * size + seen[known]
        return Confusion(self.counts + np.bincount(pairs, minlength=size**2).reshape(size, size), self.names)

    def iou(self) -> dict[str, float | None]:
        """Intersection over union by class; None where the truth has no pixel of it."""
        hits, truth, seen = np.diag(self.counts), self.counts.sum(1), self.counts.sum(0)
        union = truth + seen - hits
        return {name: float(hits[i] / union[i]) if truth[i] else None for i, name in enumerate(self.names)}

    def mean_iou(self) -> float | None:
        """Mean over the classes that the truth has."""
        known = [value for value in self.iou().values() if value is not None]
        return sum(known) / len(known) if known else None

    def line(self) -> str:
        """One readable line: the mean, then each class."""
        mean = self.mean_iou()
        each = " ".join(f"{name} {v:.2f}" for name, v in self.iou().items() if v is not None)
        return f"mIoU {mean:.3f}: {each}" if mean is not None else "nothing to judge"
