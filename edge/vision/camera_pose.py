"""Where a camera hangs and how wide it sees, from the homography of its ground.

With square pixels and the optical axis through the middle of the picture, the two ground axes must come out at right
angles and of the same length (Hartley & Zisserman, Multiple View Geometry, 2nd ed., §8.6); that gives the focal length,
and with it height and place.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

USUAL_FOCAL = 0.85
"""Focal length of a street camera in picture widths: 31 mm on a 36 mm sensor."""
USUAL_SPREAD = 0.35
"""Standard deviation of its logarithm."""
_SHORTEST, _LONGEST = 0.3, 6.0


@dataclass(frozen=True, slots=True)
class Pose:
    """`height_m` above the ground, `foot` the ground point below the camera, `focal` in picture widths, `tilt_deg`
    how far below the horizon the optical axis points."""

    height_m: float
    foot: tuple[float, float]
    focal: float
    tilt_deg: float


def pose_of(to_ground: F64, aspect: float, draws: list[F64] | None = None) -> Pose:
    """The camera of a homography (3, 3) from the picture (0..1) to the ground; `aspect` is width over height.

    `draws` are other homographies that the ground points would allow just as well: the more the focal length differs
    between them, the more it is drawn to the usual one.
    """
    focal = _settled(_projection(to_ground, aspect), [_projection(one, aspect) for one in draws or []])
    seen = _projection(to_ground, aspect) / [[focal], [focal], [1.0]]
    scale = (np.linalg.norm(seen[:, 0]) + np.linalg.norm(seen[:, 1])) / 2
    seen = seen / scale
    axes = np.column_stack([seen[:, 0], seen[:, 1], np.cross(seen[:, 0], seen[:, 1])])
    left, _, right = np.linalg.svd(axes)
    turn = left @ np.diag([1, 1, np.linalg.det(left @ right)]) @ right
    at = -turn.T @ seen[:, 2]
    tilt = float(np.degrees(np.arcsin(np.clip(abs(turn[2, 2]), 0, 1))))
    return Pose(float(abs(at[2])), (float(at[0]), float(at[1])), focal, tilt)


def _projection(to_ground: F64, aspect: float) -> F64:
    """(3, 3) from the ground to the picture, with the middle at 0 and both axes in picture widths."""
    to_middle = np.array([[1, 0, -0.5], [0, 1 / aspect, -0.5 / aspect], [0, 0, 1]], np.float64)
    out = to_middle @ np.linalg.inv(to_ground)
    return np.asarray(out / np.linalg.norm(out), np.float64)


def _focal2(projection: F64) -> float:
    """Squared focal length: the least squares answer to both conditions. They are the real and the imaginary part of
    one equation in the axes as complex numbers, so the answer does not depend on how the ground axes are turned."""
    rows = projection[:, 0] + 1j * projection[:, 1]
    plane, depth = rows[0] ** 2 + rows[1] ** 2, rows[2] ** 2
    size = abs(depth) ** 2
    return float(-(np.conj(depth) * plane).real / size) if size > 1e-30 else -1.0


def _settled(projection: F64, draws: list[F64]) -> float:
    """The focal length, drawn to the usual one as far as the points leave it open."""
    log = _log_focal(projection)
    if log is None:
        return USUAL_FOCAL
    others = [_log_focal(one) for one in draws]
    told = [one for one in others if one is not None]
    if len(told) < len(others):
        return USUAL_FOCAL if len(told) < len(others) * 0.7 else float(np.exp((log + np.log(USUAL_FOCAL)) / 2))
    spread2 = float(np.mean([(one - log) ** 2 for one in told])) if told else 0.0
    weight = USUAL_SPREAD**2 / (USUAL_SPREAD**2 + spread2)
    return float(np.exp(weight * log + (1 - weight) * np.log(USUAL_FOCAL)))


def _log_focal(projection: F64) -> float | None:
    focal2 = _focal2(projection)
    return float(np.log(np.sqrt(focal2))) if _SHORTEST**2 < focal2 < _LONGEST**2 else None
