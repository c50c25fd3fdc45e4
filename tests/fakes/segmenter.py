"""Segmenters that see what a test tells them, and class maps drawn as text."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from edge.vision.segmenter import ClassMap

LETTERS = {
    "?": SemanticClass.OTHER,
    ".": SemanticClass.GROUND,
    "s": SemanticClass.SOIL,
    "n": SemanticClass.NET,
    "t": SemanticClass.VEGETATION,
    "b": SemanticClass.BUILDING,
    "v": SemanticClass.VEHICLE,
    "p": SemanticClass.PERSON,
    "g": SemanticClass.GOODS,
    "w": SemanticClass.WATER,
}
WHOLE: list[tuple[float, float]] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
"""The polygon of the whole frame."""


def class_map(*rows: str, confidence: float = 0.9) -> ClassMap:
    """One letter for each cell: `class_map("..gg", "..gg")`."""
    labels = np.array([[LETTERS[letter] for letter in row] for row in rows], np.uint8)
    return ClassMap(labels, np.full(labels.shape, confidence, np.float32))


def covered(share: float, size: int = 20) -> ClassMap:
    """A square map with this share of goods on the ground, to the nearest cell."""
    labels = np.full(size * size, SemanticClass.GROUND, np.uint8)
    labels[: round(share * size * size)] = SemanticClass.GOODS
    return ClassMap(labels.reshape(size, size), np.full((size, size), 0.9, np.float32))


class FakeSegmenter:
    """Gives the same map for every picture, or the next of several (the last one for ever). Counts its calls."""

    def __init__(self, *maps: ClassMap) -> None:
        self._maps = list(maps)
        self.calls = 0

    def segment(self, image: NDArray[np.uint8]) -> ClassMap:
        self.calls += 1
        return self._maps.pop(0) if len(self._maps) > 1 else self._maps[0]


class PaintedSegmenter:
    """Labels a picture by a function of its pixels: what a test paints is what is seen."""

    def __init__(self, paint: Callable[[NDArray[np.uint8]], Iterable[Iterable[int]]]) -> None:
        self._paint = paint

    def segment(self, image: NDArray[np.uint8]) -> ClassMap:
        labels = np.array(self._paint(image), np.uint8)
        return ClassMap(labels, np.full(labels.shape, 0.9, np.float32))
