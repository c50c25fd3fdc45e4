"""Polygons as weights on a grid of cells."""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.contracts.geometry import Point

_FINE = 16
"""Sub-cells a side: a weight is right to about half a percent of a cell's area."""


def coverage(polygon: list[Point], height: int, width: int) -> NDArray[np.float32]:
    """How much of each cell of a (height, width) grid over the frame lies inside the polygon: (h, w) in 0..1.

    The array is shared between callers and read-only.
    """
    return _coverage(tuple(polygon), height, width)


@lru_cache(maxsize=4096)
def _coverage(polygon: tuple[Point, ...], height: int, width: int) -> NDArray[np.float32]:
    fine = np.zeros((height * _FINE, width * _FINE), np.uint8)
    # A sub-cell's centre is at +0.5; fillPoly takes 1/256 pixels when shift is 8.
    corners = np.array([(x * width * _FINE - 0.5, y * height * _FINE - 0.5) for x, y in polygon])
    cv2.fillPoly(fine, [np.rint(corners * 256).astype(np.int32)], 255, shift=8)
    cells = np.asarray(cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA), np.float32) / np.float32(255)
    cells.flags.writeable = False
    return cells


def grown(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same weights with every cell that touches a covered one taken in: the uncertainty of one cell's edge."""
    return np.asarray(cv2.dilate(cells, np.ones((3, 3), np.uint8)), np.float32)
