"""The ground from distances between marked points: paving slabs, a kerb, a parked car's length.

With square pixels and the optical axis through the middle of the picture a camera over flat ground has four numbers:
focal length, tilt, roll and height. Each distance is one equation. Height is only a scale, the other three are searched
for and refined; what the distances leave open is drawn to what street cameras usually have.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from edge.calibrate_points import Distance
from edge.errors import GroundInvalid
from edge.vision.camera_pose import USUAL_FOCAL, USUAL_SPREAD
from edge.vision.ground import PointPair

F64 = NDArray[np.float64]

LEAST = 4
MAX_MISS = 0.08
"""Root mean square relative miss of the distances that still counts as one ground."""
_USUAL_ROLL = np.radians(3.0)
_TRUST = 0.01
"""How exactly a distance is known, as a share of itself."""


def ground_from_distances(distances: Sequence[Distance], aspect: float) -> list[PointPair]:
    """The marked points with ground coordinates that have these distances, the first mark at (0, 0).

    Raises GroundInvalid when there are too few, or no camera sees them so; it names the worst.
    """
    if len(distances) < LEAST:
        raise GroundInvalid(f"{len(distances)} distances; four or more are needed, not all in one direction")
    starts, ends = (np.array([one[side] for one in distances], np.float64) for side in (0, 1))
    metres = np.array([one[2] for one in distances])
    best = _found(starts, ends, metres, aspect)
    marks = list(dict.fromkeys(mark for a, b, _ in distances for mark in (a, b)))
    ground = _on_ground(best, np.array(marks), aspect)
    lengths = _lengths(best, starts, ends, aspect)
    if not np.isfinite(lengths).all() or not np.isfinite(ground).all():
        raise GroundInvalid("no camera over flat ground sees these marks with these distances: check their places")
    scale = _scale(lengths, metres)
    miss = lengths * scale / metres - 1
    if np.sqrt((miss**2).mean()) > MAX_MISS:
        worst = _worst(starts, ends, metres, aspect, miss)
        raise GroundInvalid(
            f"distance {worst + 1} is {metres[worst]:g} m but comes out as {lengths[worst] * scale:.2f} m beside the "
            "others: measure it again"
        )
    ground = (ground - ground[0]) * scale
    return [
        ((float(x), float(y)), (round(float(e), 3), round(float(n), 3)))
        for (x, y), (e, n) in zip(marks, ground, strict=True)
    ]


def _found(starts: F64, ends: F64, metres: F64, aspect: float) -> F64:
    """The camera that sees these distances best: (logarithm of the focal length, tilt, roll)."""
    best, least = np.zeros(3), np.inf
    for focal in np.log(USUAL_FOCAL) + np.linspace(-0.8, 1.2, 6):
        for tilt in np.radians([4, 8, 13, 20, 30, 42, 56, 72]):
            start = np.array([focal, tilt, 0.0])
            cost = _cost(start, starts, ends, metres, aspect)
            if cost < least:
                best, least = start, cost
    return _refined(best, starts, ends, metres, aspect)


def _worst(starts: F64, ends: F64, metres: F64, aspect: float, miss: F64) -> int:
    """The distance without which the others fit best: a wrong one bends all, so its own miss need not be largest."""
    if len(metres) <= LEAST + 1:
        return int(np.abs(miss).argmax())
    costs: list[float] = []
    for k in range(len(metres)):
        rest = (np.delete(starts, k, axis=0), np.delete(ends, k, axis=0), np.delete(metres, k, axis=0))
        costs.append(_cost(_found(*rest, aspect), *rest, aspect))
    return int(np.argmin(costs))


def _on_ground(camera: F64, image: F64, aspect: float) -> F64:
    """(n, 2) of image points on the ground of a camera 1 m high; NaN above the horizon."""
    focal, tilt, roll = np.exp(camera[0]), camera[1], camera[2]
    x, y = (image[:, 0] - 0.5) / focal, (image[:, 1] - 0.5) / aspect / focal
    x, y = np.cos(roll) * x - np.sin(roll) * y, np.sin(roll) * x + np.cos(roll) * y
    down = np.sin(tilt) + y * np.cos(tilt)
    with np.errstate(divide="ignore", invalid="ignore"):
        out = np.column_stack([x, np.cos(tilt) - y * np.sin(tilt)]) / down[:, None]
    return np.where((down > 1e-4)[:, None], out, np.nan)


def _lengths(camera: F64, starts: F64, ends: F64, aspect: float) -> F64:
    out: F64 = np.linalg.norm(_on_ground(camera, starts, aspect) - _on_ground(camera, ends, aspect), axis=1)
    return out


def _scale(lengths: F64, metres: F64) -> float:
    return float(np.exp(np.mean(np.log(metres) - np.log(np.maximum(lengths, 1e-9)))))


def _misses(camera: F64, starts: F64, ends: F64, metres: F64, aspect: float) -> F64:
    """Everything that is to be small, each in its own sigmas."""
    lengths = _lengths(camera, starts, ends, aspect)
    usual = np.array([(camera[0] - np.log(USUAL_FOCAL)) / USUAL_SPREAD, camera[2] / _USUAL_ROLL])
    if not np.isfinite(lengths).all():
        return np.full(len(metres) + 2, 1e3)
    return np.append((np.log(np.maximum(lengths, 1e-9) * _scale(lengths, metres)) - np.log(metres)) / _TRUST, usual)


def _cost(camera: F64, starts: F64, ends: F64, metres: F64, aspect: float) -> float:
    return float((_misses(camera, starts, ends, metres, aspect) ** 2).sum())


def _refined(camera: F64, starts: F64, ends: F64, metres: F64, aspect: float) -> F64:
    """Levenberg-Marquardt with slopes by differences."""
    damping, cost = 1e-2, _cost(camera, starts, ends, metres, aspect)
    for _ in range(80):
        miss = _misses(camera, starts, ends, metres, aspect)
        slope = np.column_stack(
            [(_misses(camera + step, starts, ends, metres, aspect) - miss) / 1e-6 for step in np.eye(3) * 1e-6]
        )
        normal = slope.T @ slope
        move = np.linalg.solve(normal + damping * np.diag(np.diag(normal) + 1e-9), -slope.T @ miss)
        after = _cost(camera + move, starts, ends, metres, aspect)
        if after < cost:
            camera, damping = camera + move, damping / 3
            if cost - after < 1e-9 * cost:
                break
            cost = after
        else:
            damping *= 4
            if damping > 1e8:
                break
    return camera
