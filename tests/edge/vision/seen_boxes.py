"""Boxes on flat ground as a camera sees them, on the edge's grid of cells."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.camera import View
from edge.vision.ground import GroundPlane

GRID = (45, 80)
_FINE = 8


@dataclass(frozen=True)
class Box:
    """An upright box: its corner nearest to the origin of both axes, its sides and its height, all in metres."""

    left: float
    near: float
    width: float
    depth: float
    height: float

    @property
    def area(self) -> float:
        return self.width * self.depth

    def corners(self, top: float) -> NDArray[np.float64]:
        x, y = self.left + self.width, self.near + self.depth
        flat = [(self.left, self.near), (x, self.near), (x, y), (self.left, y)]
        return np.array([(a, b, top) for a, b in flat])


def view(height: float = 4.5, away: float = 9.0, lens_mm: float = 29.0, aim: float = 2.0) -> View:
    """A camera `away` metres before y = 0, aimed a little beyond it."""
    return View((0.6, -away, height), (0.0, aim, 0.0), lens_mm)


def plane_of(camera: View) -> GroundPlane:
    """Its ground from nine points."""
    spots = np.array([(x, y, 0.0) for x in (-3.0, 0.0, 3.0) for y in (-1.0, 1.5, 4.0)])
    image, _ = camera.project(spots)
    return GroundPlane.fit(
        [((float(u), float(v)), (float(x), float(y))) for (u, v), (x, y, _) in zip(image, spots, strict=True)]
    )


def cells_of(camera: View, boxes: list[Box]) -> NDArray[np.float32]:
    """(h, w) in 0..1: how much of each cell shows a box."""
    height, width = GRID[0] * _FINE, GRID[1] * _FINE
    fine = np.zeros((height, width), np.uint8)
    for box in boxes:
        image, depth = camera.project(np.concatenate([box.corners(0.0), box.corners(box.height)]))
        assert depth.min() > 0
        hull = cv2.convexHull((image * [width, height] - 0.5).astype(np.float32)).reshape(-1, 2)
        cv2.fillConvexPoly(fine, np.rint(hull * 256).astype(np.int32), 255, shift=8)
    return np.asarray(cv2.resize(fine, GRID[::-1], interpolation=cv2.INTER_AREA), np.float32) / np.float32(255)
