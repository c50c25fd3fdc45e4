"""Polygons as weights on a grid of cells."""

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.contracts.geometry import Point

_FINE = 16
"""Sub-cells a side: a weight is right to about half a percent of a cell's area."""
STRAY = 0.05
"""Share of an act that may lie about farther out than it is said to reach."""


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


def beyond_m(places: NDArray[np.float64], weights: NDArray[np.float64], polygons: list[NDArray[np.float64]]) -> float:
    """How far outside the nearest of the polygons (k, 2) the places (n, 2) reach, all but `STRAY` of their weight.

    All in metres on the ground. Polygons with a corner above the horizon (NaN) are left aside.
    """
    known = [polygon for polygon in polygons if np.isfinite(polygon).all()]
    if len(places) == 0 or not known:
        return 0.0
    away = np.min([_distances(places, polygon) for polygon in known], axis=0)
    order = np.argsort(away)
    upto = np.cumsum(weights[order]) / weights.sum()
    return float(away[order][min(int(np.searchsorted(upto, 1 - STRAY)), len(away) - 1)])


def _distances(places: NDArray[np.float64], polygon: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) metres from each place to a polygon; 0 inside."""
    best = np.full(len(places), np.inf)
    inside = np.zeros(len(places), np.bool_)
    for start, end in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        side = end - start
        along = np.clip((places - start) @ side / max(float(side @ side), 1e-12), 0, 1)
        best = np.minimum(best, np.linalg.norm(places - start - along[:, None] * side, axis=1))
        # Even-odd rule: a ray to the right crosses this side.
        crosses = (start[1] > places[:, 1]) != (end[1] > places[:, 1])
        with np.errstate(divide="ignore", invalid="ignore"):
            at = start[0] + (places[:, 1] - start[1]) * side[0] / side[1]
        inside ^= crosses & (places[:, 0] < at)
    return np.where(inside, 0.0, best)
