"""From points on the ground to the homography that maps the picture onto it.

The start is the normalised direct linear transform (Hartley & Zisserman, Multiple View Geometry, 2nd ed., §4.1 and
§4.4); with more points than four it is refined by weighted least squares, each point weighted by how exactly it can be
known: a mark in the picture is some pixels off, which far away is much ground, and the tape is some centimetres off.
"""

import numpy as np
from numpy.typing import NDArray

from edge.errors import GroundInvalid

F64 = NDArray[np.float64]

MARK_SIGMA = 0.002
"""How exactly a point is marked in the picture, as a share of its width: two pixels of a thousand."""
TAPE_SIGMA_M = 0.03
"""How exactly it is measured on the ground."""
_ROUNDS = 12
_FAIR = 2.5
"""Misses of more than so many of their own sigmas count for less (Huber)."""


def fit_homography(image: F64, world: F64) -> F64:
    """(3, 3) from image points (n, 2) to ground points (n, 2) in metres. Raises GroundInvalid with the reason."""
    homography = direct_linear(image, world)
    if len(image) == 4:
        return homography
    return _refined(homography, image, world)


def mapped(homography: F64, points: F64) -> F64:
    """(n, 2) of points (n, 2) through a homography."""
    through = homography @ np.vstack([points.T, np.ones(len(points))])
    with np.errstate(divide="ignore", invalid="ignore"):
        out: F64 = (through[:2] / through[2]).T
    return out


def point_sigmas(homography: F64, image: F64) -> F64:
    """(n,) metres on the ground by which each point may well be off: marking and tape together."""
    step = 1e-5
    here = mapped(homography, image)
    across = (mapped(homography, image + np.array([step, 0])) - here) / step
    down = (mapped(homography, image + np.array([0, step])) - here) / step
    marked = ((across**2).sum(axis=1) + (down**2).sum(axis=1)) * MARK_SIGMA**2
    sigmas: F64 = np.sqrt(marked + 2 * TAPE_SIGMA_M**2)
    return sigmas


def _refined(homography: F64, image: F64, world: F64) -> F64:
    """Gauss-Newton on the misses in their sigmas, in normalised coordinates; the start when that does not converge."""
    to_image, to_world = normaliser(image, "image"), normaliser(world, "world")
    near, far = mapped(to_image, image), mapped(to_world, world)
    best = to_world @ homography @ np.linalg.inv(to_image)
    best = best / np.linalg.norm(best)
    scale = to_world[0, 0]

    def misses(h: F64) -> F64:
        sigmas = point_sigmas(homography, image) * scale
        out: F64 = ((mapped(h, near) - far) / sigmas[:, None]).ravel()
        return out

    def cost(miss: F64) -> float:
        size = np.abs(miss)
        return float(np.where(size < _FAIR, size**2, 2 * _FAIR * size - _FAIR**2).sum())

    miss = misses(best)
    for _ in range(_ROUNDS):
        slope = np.empty((miss.size, 9))
        for k in range(9):
            step = np.zeros(9)
            step[k] = 1e-6
            slope[:, k] = (misses(best + step.reshape(3, 3)) - miss) / 1e-6
        weight = np.sqrt(np.minimum(1, _FAIR / np.maximum(np.abs(miss), 1e-9)))
        # The scale of a homography is free: the row pins it.
        rows = np.vstack([slope * weight[:, None], best.ravel() * 1e3])
        move = np.linalg.lstsq(rows, np.append(-miss * weight, 0.0), rcond=None)[0].reshape(3, 3)
        new = best + move
        new = new / np.linalg.norm(new)
        after = misses(new)
        if not np.isfinite(after).all() or cost(after) > cost(miss) * (1 - 1e-9):
            break
        best, miss = new, after
    out: F64 = np.linalg.inv(to_world) @ best @ to_image
    return out


def direct_linear(image: F64, world: F64) -> F64:
    """The homography by the normalised direct linear transform. Raises GroundInvalid."""
    to_image, to_world = normaliser(image, "image"), normaliser(world, "world")
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(mapped(to_image, image), mapped(to_world, world), strict=True):
        rows.append([-x, -y, -1, 0, 0, 0, u * x, u * y, u])
        rows.append([0, 0, 0, -x, -y, -1, v * x, v * y, v])
    _, singular, right = np.linalg.svd(np.array(rows))
    # A second vanishing direction means more than one homography fits: three of the points lie on a line.
    if singular[7] < 1e-6 * singular[0]:
        raise GroundInvalid("the ground points lie on a line: give points around the watched ground")
    out: F64 = np.linalg.inv(to_world) @ right[-1].reshape(3, 3) @ to_image
    return out


def normaliser(points: F64, which: str) -> F64:
    """(3, 3) that moves points (n, 2) to mean 0 and mean distance √2. Raises GroundInvalid when they coincide."""
    centre = points.mean(axis=0)
    distance = float(np.linalg.norm(points - centre, axis=1).mean())
    if not np.isfinite(distance) or distance < 1e-9:
        raise GroundInvalid(f"the {which} points coincide")
    scale = np.sqrt(2) / distance
    return np.array([[scale, 0, -scale * centre[0]], [0, scale, -scale * centre[1]], [0, 0, 1]])
