"""Is this camera's ground known well enough? Points in, fit, misses, expected uncertainty and advice out. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from edge.contracts.geometry import Point
from edge.errors import GroundInvalid
from edge.vision.camera_pose import Pose
from edge.vision.ground import GroundPlane, PointPair
from edge.vision.ground_fit import fit_homography, mapped, point_sigmas
from edge.vision.lens import Lens

F64 = NDArray[np.float64]

SUSPECT = 3.5
"""A point is doubted when it lies so many times farther from where the others put it than it may well be."""
NEARLY_A_LINE = 0.04
"""Height of a triangle over its longest side below which its corners count as lying on a line."""
WIDE_AREA = 0.15
"""Relative standard deviation of a zone's area from which on the points are not good enough for it."""
GRID_SIDE = 80
"""Cells across the frame on which zones are measured: the edge's own grid."""
_HEIGHTS_M = (1.5, 80.0)


@dataclass(frozen=True, slots=True)
class PointMiss:
    """How far a point lies from where the others put it, and how far it may well lie; metres. None with four points:
    then each of them is needed."""

    number: int
    image: Point
    world_m: tuple[float, float]
    miss_m: float | None
    expected_m: float | None

    @property
    def is_suspect(self) -> bool:
        """Whether it does not fit the others."""
        return self.miss_m is not None and self.expected_m is not None and self.miss_m > SUSPECT * self.expected_m


@dataclass(frozen=True, slots=True)
class ZoneGround:
    """A zone's ground: `m2`, its relative standard deviation `spread`, and metres along one cell at its far end."""

    id: str
    m2: float
    spread: float
    far_cell_m: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What came out. `problems` make it unusable, `doubts` are worth a second look."""

    plane: GroundPlane
    lens: Lens
    pose: Pose
    points: list[PointMiss]
    zones: list[ZoneGround]
    misfit: float
    problems: list[str]
    doubts: list[str]


def calibrate(pairs: Sequence[PointPair], zones: Mapping[str, list[Point]], lens: Lens) -> Calibration:
    """The ground through these points. Raises GroundInvalid when they fit no plane at all, with the reason."""
    problems = _misplaced(pairs)
    if problems:
        raise GroundInvalid("; ".join(problems))
    try:
        plane = GroundPlane.fit(list(pairs), lens)
    except GroundInvalid as error:
        raise GroundInvalid(f"{error}{_advice(pairs, lens)}") from error
    points = misses(pairs, lens)
    pose = plane.pose(lens.aspect)
    found = [_zone(plane, name, polygon, lens.aspect) for name, polygon in zones.items()]
    doubts = [_doubted(point) for point in points if point.is_suspect]
    if not _HEIGHTS_M[0] < pose.height_m < _HEIGHTS_M[1]:
        doubts.append(f"the camera would hang {pose.height_m:.1f} m high: is that so? else a measure is wrong")
    for name, zone in zip(zones, found, strict=True):
        if isinstance(zone, str):
            problems.append(f"zone {name}: {zone}")
        elif zone.spread > WIDE_AREA:
            doubts.append(
                f"zone {name}: its area is known to {zone.spread:.0%} only: give points nearer to its corners"
            )
    kept = [zone for zone in found if not isinstance(zone, str)]
    return Calibration(plane, lens, pose, points, kept, plane.misfit(), problems, doubts)


def misses(pairs: Sequence[PointPair], lens: Lens) -> list[PointMiss]:
    """Each point held against the plane of all others."""
    image, world = (np.array(side, np.float64) for side in zip(*pairs, strict=True))
    straight = lens.straight(image)
    out: list[PointMiss] = []
    for number, (seen, measured) in enumerate(pairs):
        rest = [pair for k, pair in enumerate(pairs) if k != number]
        miss = expected = None
        if len(pairs) > 4:
            miss, expected = _left_out(straight[number], world[number], rest, lens)
        out.append(PointMiss(number + 1, seen, measured, miss, expected))
    return out


def fitted_lens(pairs: Sequence[PointPair], aspect: float) -> Lens:
    """The distortion that fits best; none when there are fewer than eight points or it explains little."""
    plain = Lens(0.0, aspect)
    if len(pairs) < 8:
        return plain
    image, world = (np.array(side, np.float64) for side in zip(*pairs, strict=True))

    def misfit(k1: float) -> float:
        straight = Lens(k1, aspect).straight(image)
        try:
            homography = fit_homography(straight, world)
        except GroundInvalid:
            return np.inf
        miss2 = ((mapped(homography, straight) - world) ** 2).sum(axis=1)
        return float((miss2 / point_sigmas(homography, straight) ** 2).sum())

    tried = np.linspace(-0.35, 0.1, 46)
    costs = [misfit(float(k1)) for k1 in tried]
    best = int(np.argmin(costs))
    fine = np.linspace(tried[max(0, best - 1)], tried[min(len(tried) - 1, best + 1)], 21)
    k1 = float(fine[int(np.argmin([misfit(float(one)) for one in fine]))])
    # One more number always fits better; chance alone takes about 1 off this sum, nine is three sigmas.
    return Lens(round(k1, 4), aspect) if misfit(0.0) - misfit(k1) > 9 else plain


def _left_out(seen: F64, measured: F64, rest: list[PointPair], lens: Lens) -> tuple[float | None, float | None]:
    try:
        plane = GroundPlane.fit(rest, lens)
    except GroundInvalid:
        return None, None
    put = plane.at(seen)
    if not np.isfinite(put).all():
        return None, None
    others = np.array([one.at(seen) for one in plane.draws])
    others = others[np.isfinite(others).all(axis=1)]
    spread2 = float(((others - put) ** 2).sum(axis=1).mean()) if len(others) else 0.0
    own = plane.mark_sigma(seen)
    return float(np.linalg.norm(put - measured)), float(np.sqrt(spread2 + own**2))


def _misplaced(pairs: Sequence[PointPair]) -> list[str]:
    """What is wrong with the points before anything is fitted."""
    if len(pairs) < 4:
        return [f"{len(pairs)} ground points; four or more are needed"]
    problems = [
        f"point {k} lies outside the picture at {image[0]:g}, {image[1]:g}"
        for k, (image, _) in enumerate(pairs, 1)
        if not all(0 <= side <= 1 for side in image)
    ]
    for (j, one), (k, two) in combinations(enumerate(pairs, 1), 2):
        for side, what, least in ((0, "in the picture", 0.004), (1, "on the ground", 0.02)):
            if np.hypot(one[side][0] - two[side][0], one[side][1] - two[side][1]) < least:
                problems.append(f"points {j} and {k} are the same place {what}: give another one")
    if not problems and len(pairs) == 4:
        problems = _lines(pairs)
    return problems


def _lines(pairs: Sequence[PointPair]) -> list[str]:
    found: list[str] = []
    for three in combinations(range(4), 3):
        for side, what in ((0, "in the picture"), (1, "on the ground")):
            corners = np.array([pairs[k][side] for k in three])
            sides = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
            a, b = corners[1] - corners[0], corners[2] - corners[0]
            if abs(a[0] * b[1] - a[1] * b[0]) < NEARLY_A_LINE * sides.max() ** 2:
                names = ", ".join(str(k + 1) for k in three)
                found.append(f"points {names} lie on a line {what}: move one of them sideways, or give a fifth point")
                break
    return found


def _advice(pairs: Sequence[PointPair], lens: Lens) -> str:
    """Which two points, exchanged, or which one, left out, would make a plane of them."""
    exchanged: list[str] = []
    for j, k in combinations(range(len(pairs)), 2):
        swapped = list(pairs)
        swapped[j], swapped[k] = (pairs[j][0], pairs[k][1]), (pairs[k][0], pairs[j][1])
        if _fits(swapped, lens):
            exchanged.append(f"points {j + 1} and {k + 1}")
    if exchanged:
        return f"; {' or '.join(exchanged[:2])} look exchanged"
    if len(pairs) > 5:
        for k in range(len(pairs)):
            if _fits([pair for j, pair in enumerate(pairs) if j != k], lens):
                return f"; without point {k + 1} the others fit: measure it again or mark it anew"
    return ""


def _fits(pairs: list[PointPair], lens: Lens) -> bool:
    try:
        plane = GroundPlane.fit(pairs, lens)
    except GroundInvalid:
        return False
    return plane.misfit() < 2.5


def _doubted(point: PointMiss) -> str:
    return (
        f"point {point.number} lies {point.miss_m:.2f} m from where the others put it, {point.expected_m:.2f} m may "
        "well be: measure it again, mark it anew, or leave it out"
    )


def _zone(plane: GroundPlane, name: str, polygon: list[Point], aspect: float) -> ZoneGround | str:
    # Needs OpenCV; the server, which has none, fits without zones.
    from edge.vision.zones import coverage

    corners = plane.to_world(np.array(polygon, np.float64))
    if not np.isfinite(corners).all():
        bad = ", ".join(str(k + 1) for k in np.flatnonzero(~np.isfinite(corners).all(axis=1)))
        return f"its corner {bad} lies above the horizon: lower it"
    cells = coverage(polygon, max(1, round(GRID_SIDE / aspect)), GRID_SIDE)
    if plane.area_m2(cells) is None:
        return "part of it lies above the horizon: lower its far edge"
    x, y = corners.T
    area = float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
    far = min(polygon, key=lambda corner: corner[1])
    step = plane.to_world(np.array([far, (far[0], far[1] + aspect / GRID_SIDE)], np.float64))
    return ZoneGround(name, area, plane.spread(cells), float(np.linalg.norm(step[1] - step[0])))
