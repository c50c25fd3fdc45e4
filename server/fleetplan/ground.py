"""What a camera's ground points are worth: the fit, how far off it is, and a metre grid to draw. Pure.

The judgment is the edge's own (`edge.calibrate`), so that what a screen accepts the edge accepts too.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from edge.calibrate import Calibration, calibrate, fitted_lens
from edge.calibrate_distances import ground_from_distances
from edge.errors import GroundInvalid
from edge.vision.ground import GroundPlane, PointPair
from edge.vision.ground_fit import fit_homography
from edge.vision.lens import Lens
from server.fleetplan.ground_schemas import FitRead, FitWanted, GridLine, MarkRead, Pair, ZoneArea

F64 = NDArray[np.float64]

AROUND_M = 2.0
"""How far the grid goes beyond the points and the zones."""
MOST_LINES = 60
STRONG_EVERY_M = 5
PIECES = 32
"""Straight pieces of one grid line: a bent lens shows it bent."""
BEYOND = 0.25
"""A piece whose ends lie farther outside the picture than this share of it is left out."""


def fit(wanted: FitWanted) -> FitRead:
    """The ground through these points or distances; `usable` is false, with the reasons, when it cannot be used."""
    aspect = wanted.aspect
    try:
        pairs = _pairs(wanted)
        lens = fitted_lens(pairs, aspect) if wanted.fit_lens else Lens(wanted.k1, aspect)
        found = calibrate(pairs, {}, lens)
    except GroundInvalid as error:
        return FitRead(usable=False, problems=str(error).split("; "), aspect=aspect)
    problems, zones = list(found.problems), list[ZoneArea]()
    for name, polygon in wanted.zones.items():
        zone = _zone(found.plane, name, np.array(polygon, np.float64))
        if isinstance(zone, str):
            problems.append(zone)
        else:
            zones.append(zone)
    corners = [np.array(polygon, np.float64) for polygon in wanted.zones.values()]
    return FitRead(
        usable=not problems,
        problems=problems,
        doubts=list(found.doubts),
        aspect=aspect,
        k1=found.lens.k1,
        points=[Pair(image=image, world_m=world) for image, world in pairs],
        homography=_homography(pairs, lens),
        residual_m=_residual_m(pairs, found.plane),
        misfit=round(found.misfit, 3),
        height_m=_finite(found.pose.height_m),
        tilt_deg=_finite(found.pose.tilt_deg),
        marks=[_mark(found, k) for k in range(len(pairs))],
        zones=zones,
        grid=grid(found.plane, pairs, corners),
    )


def grid(plane: GroundPlane, pairs: Sequence[PointPair], zones: Sequence[F64] = ()) -> list[GridLine]:
    """Every metre of the ground around the points and zones as lines in picture shares, every fifth one strong."""
    seen = [np.array([world for _, world in pairs], np.float64)]
    seen += [ground for ground in map(plane.to_world, zones) if np.isfinite(ground).all()]
    low = np.floor(np.vstack(seen).min(axis=0) - AROUND_M)
    high = np.ceil(np.vstack(seen).max(axis=0) + AROUND_M)
    step = max(1, int(np.ceil(max(high - low) / MOST_LINES)))
    lines: list[GridLine] = []
    for axis in (0, 1):
        other = 1 - axis
        for metre in range(int(low[axis]), int(high[axis]) + 1, step):
            ground = np.empty((PIECES + 1, 2))
            ground[:, axis], ground[:, other] = metre, np.linspace(low[other], high[other], PIECES + 1)
            lines += [
                GridLine(axis="y" if axis else "x", metre=metre, strong=metre % STRONG_EVERY_M == 0, line=piece)
                for piece in _pieces(plane.to_image(ground))
            ]
    return lines


def _pairs(wanted: FitWanted) -> list[PointPair]:
    if wanted.distances:
        measured = [(*one.points, one.metres) for one in wanted.distances]
        return ground_from_distances(measured, wanted.aspect)
    return [(point.image, point.world_m) for point in wanted.points]


def _homography(pairs: Sequence[PointPair], lens: Lens) -> list[list[float]]:
    image, world = (np.array(side, np.float64) for side in zip(*pairs, strict=True))
    matrix = fit_homography(lens.straight(image), world)
    return [[float(value) for value in row] for row in matrix / matrix[2, 2]]


def _residual_m(pairs: Sequence[PointPair], plane: GroundPlane) -> float:
    image, world = (np.array(side, np.float64) for side in zip(*pairs, strict=True))
    miss2 = ((plane.to_world(image) - world) ** 2).sum(axis=1)
    return round(float(np.sqrt(miss2.mean())), 4)


def _mark(found: Calibration, k: int) -> MarkRead:
    point = found.points[k]
    return MarkRead(
        number=point.number,
        miss_m=_finite(point.miss_m),
        expected_m=_finite(point.expected_m),
        suspect=point.is_suspect,
    )


def _zone(plane: GroundPlane, name: str, polygon: F64) -> ZoneArea | str:
    corners = plane.to_world(polygon)
    bad = np.flatnonzero(~np.isfinite(corners).all(axis=1))
    if bad.size:
        return f"zone {name}: its corner {', '.join(str(k + 1) for k in bad)} lies above the horizon: lower it"
    x, y = corners.T
    area = float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
    return ZoneArea(id=name, m2=round(area, 2), ground_m=[(round(float(e), 3), round(float(n), 3)) for e, n in corners])


def _pieces(line: F64) -> list[list[tuple[float, float]]]:
    """The runs of a line that lie in or near the picture."""
    inside: NDArray[np.bool_] = np.all(np.isfinite(line) & (line > -BEYOND) & (line < 1 + BEYOND), axis=1)
    runs: list[list[tuple[float, float]]] = [[]]
    for good, (x, y) in zip(inside, line, strict=True):
        if good:
            runs[-1].append((round(float(x), 5), round(float(y), 5)))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _finite(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), 3)
