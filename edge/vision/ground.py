"""Square metres on the ground from points that were measured there.

A homography maps the image plane to the ground plane (Hartley & Zisserman, Multiple View Geometry, 2nd ed., §2.3).
It holds for what lies on the ground; what stands on it hides some ground behind itself, so the ground that a stack
hides is more than the ground it stands on: `edge.vision.footprint` takes that strip away.
"""

from functools import cached_property, lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from edge.errors import GroundInvalid
from edge.vision.camera_pose import Pose, pose_of
from edge.vision.ground_fit import MARK_SIGMA, TAPE_SIGMA_M, direct_linear, fit_homography, mapped, point_sigmas
from edge.vision.lens import Lens

PointPair = tuple[tuple[float, float], tuple[float, float]]
"""(image x, y in 0..1) and (ground X, Y in metres)."""

MAX_RESIDUAL = 0.05
"""Root mean square miss of the points, as a share of their spread on the ground, that still counts as a plane."""
DRAWS = 16
"""How many other homographies stand for what the points leave open."""


class GroundPlane:
    """The ground in front of one camera."""

    def __init__(
        self,
        homography: NDArray[np.float64],
        sign: float,
        lens: Lens | None = None,
        points: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
    ) -> None:
        """`homography` maps straight image points to the ground; `points` are those it was fitted to, straight."""
        self._homography, self._sign, self._lens, self._points = homography, sign, lens or Lens(), points

    @classmethod
    def fit(cls, pairs: list[PointPair], lens: Lens | None = None) -> Self:
        """The plane through four or more pairs. Raises GroundInvalid with the reason."""
        if len(pairs) < 4:
            raise GroundInvalid(f"{len(pairs)} ground points; four or more are needed")
        image, world = (np.array(side, np.float64) for side in zip(*pairs, strict=True))
        image = (lens or Lens()).straight(image)
        homography = fit_homography(image, world)
        scale = homography @ np.vstack([image.T, np.ones(len(image))])
        if np.any(np.sign(scale[2]) != np.sign(scale[2, 0])):
            raise GroundInvalid("the ground points lie on both sides of the horizon: check their order")
        miss = np.linalg.norm((scale[:2] / scale[2]).T - world, axis=1)
        spread = float(np.linalg.norm(world - world.mean(axis=0), axis=1).max())
        if np.sqrt((miss**2).mean()) > MAX_RESIDUAL * spread:
            worst = int(miss.argmax())
            raise GroundInvalid(f"ground point {worst} is {miss[worst]:.2f} m off the plane of the others")
        return cls(homography, float(np.sign(scale[2, 0])), lens, (image, world))

    def to_world(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Ground positions (n, 2) in metres of image points (n, 2); NaN at and above the horizon."""
        straight = self._lens.straight(points)
        through = self._homography @ np.vstack([straight.T, np.ones(len(straight))])
        below = through[2] * self._sign > 1e-9
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(below[:, None], (through[:2] / through[2]).T, np.nan)

    def to_image(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Image points (n, 2) in 0..1 of ground positions (n, 2); NaN behind the camera."""
        back = np.linalg.inv(self._homography)
        through = back @ np.vstack([points.T, np.ones(len(points))])
        with np.errstate(divide="ignore", invalid="ignore"):
            straight = (through[:2] / through[2]).T
        return np.where((through[2] * self._sign > 0)[:, None], self._lens.bent(straight), np.nan)

    def pose(self, aspect: float) -> Pose:
        """The camera above this ground, for pictures `aspect` times as wide as high."""
        return _pose(self, aspect)

    @cached_property
    def draws(self) -> list[Self]:
        """Other planes that the points would allow, each mark and each measure off by as much as it may well be."""
        if self._points is None:
            return []
        image, world = self._points
        rng = np.random.default_rng(0)
        misfit = max(1.0, self.misfit())
        planes: list[Self] = []
        for _ in range(DRAWS):
            shift = rng.normal(size=image.shape) * (MARK_SIGMA * misfit) * [1, self._lens.aspect]
            moved = world + rng.normal(size=world.shape) * (TAPE_SIGMA_M * misfit)
            try:
                planes.append(type(self)(direct_linear(image + shift, moved), self._sign, self._lens))
            except GroundInvalid:
                continue
        return [plane._signed(image) for plane in planes]

    def misfit(self) -> float:
        """Root mean square miss of the points in what they may well be off; about 1 when all is well, 0 for four."""
        if self._points is None or len(self._points[0]) == 4:
            return 0.0
        image, world = self._points
        free = 2 * len(image) - 8
        miss2 = ((mapped(self._homography, image) - world) ** 2).sum(axis=1)
        return float(np.sqrt(2 * (miss2 / point_sigmas(self._homography, image) ** 2).sum() / free))

    def spread(self, weights: NDArray[np.float32]) -> float:
        """Standard deviation of `area_m2(weights)` from how exactly the points are known, as a share of it."""
        cells = self.cell_areas(*weights.shape)[weights > 0]
        area = float(cells @ weights[weights > 0])
        if not np.isfinite(area) or area <= 0:
            return 0.0
        others = _drawn_areas(self, *weights.shape)[:, weights > 0] @ weights[weights > 0]
        finite = others[np.isfinite(others)] / area - 1
        if len(finite) < len(others):
            return 1.0
        return float(np.sqrt(np.mean(finite**2))) if len(finite) else 0.0

    def _signed(self, image: NDArray[np.float64]) -> Self:
        """The same plane, its sign taken from points that are known to lie in front of the camera."""
        depth = self._homography[2] @ np.vstack([image.T, np.ones(len(image))])
        return type(self)(self._homography, float(np.sign(np.median(depth))), self._lens)

    def at(self, straight: NDArray[np.float64]) -> NDArray[np.float64]:
        """(2,) metres of one straight image point (2,); NaN at and above the horizon."""
        through = self._homography @ np.append(straight, 1.0)
        return through[:2] / through[2] if through[2] * self._sign > 1e-9 else np.full(2, np.nan)

    def mark_sigma(self, straight: NDArray[np.float64]) -> float:
        """Metres by which a straight image point (2,) may well be off on the ground."""
        return float(point_sigmas(self._homography, straight[None])[0])

    def area_m2(self, weights: NDArray[np.float32]) -> float | None:
        """Ground area of the cells of a grid over the frame, each counted by its weight; None when part of it lies
        above the horizon, where the ground has no place."""
        cells = self.cell_areas(*weights.shape)
        area = float(cells[weights > 0] @ weights[weights > 0])
        return area if np.isfinite(area) else None

    def cell_areas(self, height: int, width: int) -> NDArray[np.float64]:
        """(h, w) m² of each cell of a grid over the frame; NaN at and above the horizon."""
        return _cell_areas(self, height, width)


@lru_cache(maxsize=256)
def _cell_areas(plane: GroundPlane, height: int, width: int) -> NDArray[np.float64]:
    """(h, w) m² of each cell: the shoelace area of its four mapped corners."""
    ys, xs = np.meshgrid(np.linspace(0, 1, height + 1), np.linspace(0, 1, width + 1), indexing="ij")
    world = plane.to_world(np.column_stack([xs.ravel(), ys.ravel()])).reshape(height + 1, width + 1, 2)
    a, b, c, d = world[:-1, :-1], world[:-1, 1:], world[1:, 1:], world[1:, :-1]
    diagonal, other = c - a, d - b
    return np.abs(diagonal[..., 0] * other[..., 1] - diagonal[..., 1] * other[..., 0]) / 2


@lru_cache(maxsize=64)
def _drawn_areas(plane: GroundPlane, height: int, width: int) -> NDArray[np.float32]:
    """(draws, h, w) m² of each cell if the points were off as they may well be."""
    others = [_cell_areas.__wrapped__(one, height, width) for one in plane.draws]
    return np.array(others, np.float32).reshape(len(others), height, width)


@lru_cache(maxsize=256)
def _pose(plane: GroundPlane, aspect: float) -> Pose:
    return pose_of(plane._homography, aspect, [one._homography for one in plane.draws])
