"""Square metres on the ground from points that were measured there.

A homography maps the image plane to the ground plane (Hartley & Zisserman, Multiple View Geometry, 2nd ed., §2.3 and
§4.1: the normalised direct linear transform). It holds for what lies on the ground; what stands on it hides some
ground behind itself, so the area of a stack is an upper bound.
"""

from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from edge.errors import GroundInvalid

PointPair = tuple[tuple[float, float], tuple[float, float]]
"""(image x, y in 0..1) and (ground X, Y in metres)."""

MAX_RESIDUAL = 0.05
"""Root mean square miss of the points, as a share of their spread on the ground, that still counts as a plane."""


class GroundPlane:
    """The ground in front of one camera."""

    def __init__(self, homography: NDArray[np.float64], sign: float) -> None:
        self._homography, self._sign = homography, sign

    @classmethod
    def fit(cls, pairs: list[PointPair]) -> Self:
        """The plane through four or more pairs. Raises GroundInvalid with the reason."""
        if len(pairs) < 4:
            raise GroundInvalid(f"{len(pairs)} ground points; four or more are needed")
        image, world = (np.array(side, np.float64) for side in zip(*pairs, strict=True))
        homography = _direct_linear(image, world)
        scale = homography @ np.vstack([image.T, np.ones(len(image))])
        if np.any(np.sign(scale[2]) != np.sign(scale[2, 0])):
            raise GroundInvalid("the ground points lie on both sides of the horizon: check their order")
        miss = np.linalg.norm((scale[:2] / scale[2]).T - world, axis=1)
        spread = float(np.linalg.norm(world - world.mean(axis=0), axis=1).max())
        if np.sqrt((miss**2).mean()) > MAX_RESIDUAL * spread:
            worst = int(miss.argmax())
            raise GroundInvalid(f"ground point {worst} is {miss[worst]:.2f} m off the plane of the others")
        return cls(homography, float(np.sign(scale[2, 0])))

    def to_world(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Ground positions (n, 2) in metres of image points (n, 2); NaN at and above the horizon."""
        mapped = self._homography @ np.vstack([points.T, np.ones(len(points))])
        below = mapped[2] * self._sign > 1e-9
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(below[:, None], (mapped[:2] / mapped[2]).T, np.nan)

    def area_m2(self, weights: NDArray[np.float32]) -> float | None:
        """Ground area of the cells of a grid over the frame, each counted by its weight; None when part of it lies
        above the horizon, where the ground has no place."""
        cells = self._cell_areas(*weights.shape)
        area = float(cells[weights > 0] @ weights[weights > 0])
        return area if np.isfinite(area) else None

    def _cell_areas(self, height: int, width: int) -> NDArray[np.float64]:
        return _cell_areas(self, height, width)


@lru_cache(maxsize=256)
def _cell_areas(plane: GroundPlane, height: int, width: int) -> NDArray[np.float64]:
    """(h, w) m² of each cell: the shoelace area of its four mapped corners."""
    ys, xs = np.meshgrid(np.linspace(0, 1, height + 1), np.linspace(0, 1, width + 1), indexing="ij")
    world = plane.to_world(np.column_stack([xs.ravel(), ys.ravel()])).reshape(height + 1, width + 1, 2)
    a, b, c, d = world[:-1, :-1], world[:-1, 1:], world[1:, 1:], world[1:, :-1]
    diagonal, other = c - a, d - b
    return np.abs(diagonal[..., 0] * other[..., 1] - diagonal[..., 1] * other[..., 0]) / 2


def _direct_linear(image: NDArray[np.float64], world: NDArray[np.float64]) -> NDArray[np.float64]:
    to_image, to_world = _normaliser(image, "image"), _normaliser(world, "world")
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(_moved(image, to_image), _moved(world, to_world), strict=True):
        rows.append([-x, -y, -1, 0, 0, 0, u * x, u * y, u])
        rows.append([0, 0, 0, -x, -y, -1, v * x, v * y, v])
    _, singular, right = np.linalg.svd(np.array(rows))
    # A second vanishing direction means more than one homography fits: three of the points lie on a line.
    if singular[7] < 1e-6 * singular[0]:
        raise GroundInvalid("the ground points lie on a line: give points around the watched ground")
    return np.linalg.inv(to_world) @ right[-1].reshape(3, 3) @ to_image


def _normaliser(points: NDArray[np.float64], which: str) -> NDArray[np.float64]:
    centre = points.mean(axis=0)
    distance = float(np.linalg.norm(points - centre, axis=1).mean())
    if not np.isfinite(distance) or distance < 1e-9:
        raise GroundInvalid(f"the {which} points coincide")
    scale = np.sqrt(2) / distance
    return np.array([[scale, 0, -scale * centre[0]], [0, scale, -scale * centre[1]], [0, 0, 1]])


def _moved(points: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.float64]:
    return (by @ np.vstack([points.T, np.ones(len(points))]))[:2].T
