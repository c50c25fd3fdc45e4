"""A detector that finds what a test tells it."""

import numpy as np
from numpy.typing import NDArray

from edge.vision.objects import FoundObject


def found(label: str, *xyxy: float, score: float = 0.9) -> FoundObject:
    """One object: `found("chair", 0.1, 0.2, 0.3, 0.4)`."""
    left, top, right, bottom = xyxy
    return FoundObject(label, score, (left, top, right, bottom))


class FakeDetector:
    """Gives the same objects for every picture, or the next of several lists (the last for ever). Counts its calls."""

    def __init__(self, *lists: list[FoundObject]) -> None:
        self._lists = list(lists) or [[]]
        self.calls = 0

    def detect(self, image: NDArray[np.uint8]) -> list[FoundObject]:
        self.calls += 1
        return self._lists.pop(0) if len(self._lists) > 1 else self._lists[0]
