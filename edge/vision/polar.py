"""The ground around the point below a camera as a grid of direction and logarithm of distance."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.ground import GroundPlane

F64 = NDArray[np.float64]
Mask = NDArray[np.bool_]

STEPS = 112
"""Places across and along the region in question: two to four to a cell of the usual grid."""
MOST = 900
NEAREST = 0.02
"""Ground nearer to the point below the camera than this share of its height is left out: no direction is known."""


@dataclass(frozen=True, slots=True)
class Polar:
    """Rows are distances (nearest first), columns directions. `columns` and `rows` (m, n) are grid positions in units
    of the picture (0..1, NaN where the camera does not look), `known` where it does; `step` and `turn` lie between rows
    (logarithm) and columns (radians)."""

    height_m: float
    foot: tuple[float, float]
    step: float
    turn: float
    logs: F64
    angles: F64
    xs: F64
    ys: F64
    known: Mask

    def sampled(self, cells: NDArray[np.float32], outside: float) -> NDArray[np.float32]:
        """(m, n) of an (h, w) grid over the frame; `outside` beyond the frame."""
        height, width = cells.shape
        x = np.where(self.known, self.xs * width - 0.5, 0).astype(np.float32)
        y = np.where(self.known, self.ys * height - 0.5, 0).astype(np.float32)
        got = cv2.remap(cells.astype(np.float32), x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.where(self.known, got, np.float32(outside))

    def part(self, rows: slice, columns: slice) -> "Polar":
        """A window of the grid."""
        window = (self.xs[rows, columns], self.ys[rows, columns], self.known[rows, columns])
        return Polar(self.height_m, self.foot, self.step, self.turn, self.logs[rows], self.angles[columns], *window)

    def strip(self, height: float) -> int:
        """How many rows behind itself a thing of that height hides."""
        reach = -np.log(1 - min(height / self.height_m, 0.9))
        return round(float(reach) / self.step)

    def areas(self) -> F64:
        """(m, n) m² of each place."""
        return np.repeat(np.exp(2 * self.logs)[:, None] * self.step * self.turn, len(self.angles), axis=1)

    def widths(self) -> F64:
        """(m, n) metres across each place."""
        return np.repeat(np.exp(self.logs)[:, None] * self.turn, len(self.angles), axis=1)

    def places(self) -> F64:
        """(m, n, 2) ground positions in metres."""
        out = np.exp(self.logs)[:, None, None] * np.stack([np.cos(self.angles), np.sin(self.angles)], axis=-1)[None]
        return out + np.array(self.foot)


def polar_grid(plane: GroundPlane, act: NDArray[np.float32], tallest_m: float) -> Polar | None:
    """A grid over where `act` (h, w) lies and over what things of up to `tallest_m` hide behind it; None when there is
    too little of it to lay a grid."""
    height, width = act.shape
    pose = plane.pose(width / height)
    ys, xs = np.nonzero(act > 0.25)
    if len(xs) == 0 or pose.height_m <= 0:
        return None
    corners = np.concatenate(
        [np.column_stack([(xs + dx) / width, (ys + dy) / height]) for dx in (0, 1) for dy in (0, 1)]
    )
    away = plane.to_world(corners) - np.array(pose.foot)
    away = away[np.isfinite(away).all(axis=1)]
    distance = np.maximum(np.linalg.norm(away, axis=1), NEAREST * pose.height_m)
    if len(away) == 0 or not np.isfinite(distance).all():
        return None
    angles = _directions(np.arctan2(away[:, 1], away[:, 0]))
    first, last = float(np.log(distance.min())), float(np.log(distance.max()))
    last += -np.log(1 - min(tallest_m / pose.height_m, 0.9))
    step = float(max((np.log(distance.max()) - first) / STEPS, (last - first) / MOST, 1e-4))
    logs = np.asarray(first + step * (np.arange(int(np.ceil((last - first) / step)) + 1) + 0.5), np.float64)
    blank = np.zeros((len(logs), len(angles)))
    turn = float(angles[1] - angles[0])
    polar = Polar(pose.height_m, pose.foot, step, turn, logs, angles, blank, blank, blank > 0)
    seen = plane.to_image(polar.places().reshape(-1, 2)).reshape(len(logs), len(angles), 2)
    with np.errstate(invalid="ignore"):
        known = np.asarray(((seen >= 0) & (seen <= 1)).all(axis=-1), np.bool_)
    return Polar(pose.height_m, pose.foot, step, turn, logs, angles, seen[..., 0], seen[..., 1], known)


def _directions(angles: F64) -> F64:
    """Evenly spread directions over the smallest arc that holds all of `angles`."""
    ordered = np.sort(angles)
    gaps = np.diff(np.append(ordered, ordered[0] + 2 * np.pi))
    start = ordered[(int(gaps.argmax()) + 1) % len(ordered)]
    arc = max(2 * np.pi - float(gaps.max()), 1e-4)
    return start + (np.arange(STEPS) + 0.5) * (arc / STEPS)
