"""A street camera as numbers: where it hangs, where it looks, how world and picture map onto one another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
SENSOR_MM = 36.0


@dataclass(frozen=True)
class View:
    """A pinhole camera. Metres; z up; image coordinates 0..1 with (0, 0) at the top left."""

    at: tuple[float, float, float]
    to: tuple[float, float, float]
    lens_mm: float = 28.0
    width: int = 640
    height: int = 360
    roll_deg: float = 0.0

    def axes(self) -> F64:
        """(3, 3): rows are the camera's right, up and back directions in the world."""
        back = np.asarray(self.at, dtype=float) - np.asarray(self.to, dtype=float)
        back /= np.linalg.norm(back)
        right = np.cross([0.0, 0.0, 1.0], back)
        right /= np.linalg.norm(right)
        up = np.cross(back, right)
        r = np.radians(self.roll_deg)
        return np.stack([np.cos(r) * right + np.sin(r) * up, -np.sin(r) * right + np.cos(r) * up, back])

    def project(self, points: F64) -> tuple[F64, F64]:
        """World points (N, 3) -> image points (N, 2) in 0..1 and distances along the axis (N,), > 0 in front."""
        local = (np.asarray(points, dtype=float) - np.asarray(self.at)) @ self.axes().T
        depth = -local[:, 2]
        safe = np.where(np.abs(depth) < 1e-6, 1e-6, depth)
        f = self.lens_mm / SENSOR_MM
        u = 0.5 + f * local[:, 0] / safe
        v = 0.5 - f * self.width / self.height * local[:, 1] / safe
        return np.stack([u, v], axis=1), depth

    def ground_to_image(self) -> F64:
        """3x3 homography: (X, Y, 1) on z = 0 in metres to image 0..1 (homogeneous)."""
        r = self.axes()
        f = self.lens_mm / SENSOR_MM
        k = np.array([[f, 0, -0.5], [0, -f * self.width / self.height, -0.5], [0, 0, -1.0]])
        rt = np.column_stack([r[:, 0], r[:, 1], -r @ np.asarray(self.at, dtype=float)])
        h = k @ rt
        return h / h[2, 2]

    def image_to_ground(self) -> F64:
        """3x3 homography: image 0..1 to (X, Y) metres on z = 0 (homogeneous)."""
        h = np.linalg.inv(self.ground_to_image())
        return h / h[2, 2]


def apply(h: F64, points: F64) -> F64:
    """Apply a 3x3 homography to (N, 2) points."""
    p = np.asarray(points, dtype=float)
    q = np.column_stack([p, np.ones(len(p))]) @ h.T
    return q[:, :2] / q[:, 2:3]


def polygon_area(points: F64) -> float:
    """Area of a simple polygon (N, 2), by the shoelace formula; the unit is that of the points, squared."""
    x, y = np.asarray(points, dtype=float).T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def street_view(rng: np.random.Generator, depth: float, road: float, width: int, height: int) -> View:
    """Draw a camera for a street whose shops stand at y = 0 and whose pavement reaches y = -depth."""
    kind = rng.choice(["across", "oblique", "along", "high", "mast", "eye"], p=[0.2, 0.24, 0.16, 0.1, 0.08, 0.22])
    side = float(rng.choice([-1, 1]))
    x = float(rng.uniform(-8, 8))
    aim_y = -float(rng.uniform(0.3, 0.7)) * depth
    if kind == "across":
        at = (x + rng.uniform(-2, 2), -depth - rng.uniform(3, road), rng.uniform(3.0, 6.0))
        lens = rng.uniform(20, 34)
        to = (x, aim_y, rng.uniform(0.2, 1.0))
    elif kind == "oblique":
        at = (x - side * rng.uniform(5, 9), -depth - rng.uniform(0.5, road * 0.8), rng.uniform(3.2, 6.5))
        lens = rng.uniform(22, 36)
        to = (x + side * rng.uniform(0, 3), aim_y, rng.uniform(0.0, 0.8))
    elif kind == "along":
        at = (x - side * rng.uniform(9, 13), -rng.uniform(0.5, 1.1) * depth, rng.uniform(3.0, 5.0))
        lens = rng.uniform(24, 42)
        to = (x + side * 2.0, -depth * rng.uniform(0.25, 0.6), rng.uniform(0.0, 0.8))
    elif kind == "high":
        at = (x - side * rng.uniform(2, 8), -depth - rng.uniform(3, 8), rng.uniform(7, 12))
        lens = rng.uniform(24, 40)
        to = (x, aim_y, 0.0)
    elif kind == "mast":
        at = (x - side * rng.uniform(4, 14), -depth - rng.uniform(6, 12), rng.uniform(12, 25))
        lens = rng.uniform(32, 75)
        to = (x, aim_y, 0.0)
    else:  # a telephone held at eye level, on the pavement or from the road
        at = (x - side * rng.uniform(0, 8), -rng.uniform(0.6, 1.0) * depth - rng.uniform(0, 5), rng.uniform(1.3, 2.2))
        lens = rng.uniform(22, 36)
        to = (x + side * rng.uniform(0, 4), -depth * rng.uniform(0.0, 0.5), rng.uniform(0.3, 1.3))
    return View(tuple(map(float, at)), tuple(map(float, to)), float(lens), width, height, float(rng.normal(0, 1.0)))  # type: ignore[arg-type]


def site_view(rng: np.random.Generator, focus: tuple[float, float], width: int, height: int) -> View:
    """Draw a camera that looks at a place on a site."""
    a = rng.uniform(0.15, 0.85) * np.pi
    high = str(rng.choice(["pole", "eye", "mast"], p=[0.48, 0.34, 0.18]))
    up, far, lens = {
        "pole": (rng.uniform(3, 8.5), rng.uniform(5.5, 17), rng.uniform(20, 38)),
        "eye": (rng.uniform(1.3, 2.4), float(np.exp(rng.uniform(np.log(4), np.log(26)))), rng.uniform(22, 40)),
        "mast": (rng.uniform(10, 25), rng.uniform(12, 26), rng.uniform(28, 60)),
    }[high]
    at = (focus[0] + far * np.cos(a), focus[1] - far * np.sin(a), up)
    to = (focus[0] + rng.normal(0, 1.5), focus[1] + rng.normal(0, 1.5), rng.uniform(0, 1.2))
    return View(tuple(map(float, at)), tuple(map(float, to)), float(lens), width, height, float(rng.normal(0, 1.0)))  # type: ignore[arg-type]
