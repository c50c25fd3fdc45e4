"""The ground that things stand on, from the ground that they hide.

Seen from a camera at height H, an upright thing of height z hides the ground from where it stands to H / (H - z) times
as far from the point below the camera. Goods and heaps are told apart (`stature.Upright`, `stature.Heaped`); neither
height is seen, so each connected piece is thought through for many heights and the answers are weighed.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.ground import GroundPlane
from edge.vision.polar import Mask, polar_grid
from edge.vision.stature import GOODS, Heaped, Upright

Cells = NDArray[np.float32]
F64 = NDArray[np.float64]

EDGE_SIGMA = 0.35
"""How far an outline is off, in cells, and over how many cells along it the miss is the same."""
EDGE_RUN = 6.0
SEEN_SIGMA = 0.20
"""What else a model gets wrong about what is covered, as a share of the area."""
SEEN_FROM = 0.5
"""From which weight on a place counts as covered, as far as outlines go."""
SMALLEST = 12
"""Places of the grid below which a piece has no outline to speak of."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """`m2` of ground with its standard deviation `sigma_m2`; `hidden_m2` is all that is hidden, footprint and strip
    behind. `places` (n, 2) are ground positions in metres, `weights` (n,) how many m² stand on each."""

    m2: float
    sigma_m2: float
    hidden_m2: float
    places: F64
    weights: F64


def footprint(
    plane: GroundPlane,
    act: Cells,
    around: Cells | None = None,
    stature: Upright | Heaped = GOODS,
    veil: Cells | None = None,
    named_m: Cells | None = None,
) -> Footprint | None:
    """The ground on which the act stands; None when part of it lies above the horizon.

    `act` (h, w) in 0..1 is what counts. `around` (h, w) is all of the same kind, also outside the zone, `veil`
    (h, w) who stands in front: behind him a thing need not end. `named_m` (h, w) are the heights in metres of what a
    detector knows by name, 0 elsewhere.
    """
    hidden = plane.area_m2(act)
    if hidden is None:
        return None
    polar = polar_grid(plane, act, stature.tallest_m) if hidden > 0 else None
    if polar is None:
        return _faint(plane, act, hidden, stature)
    counted = polar.sampled(act, outside=0.0) > SEEN_FROM
    covered = counted | (polar.sampled(act if around is None else around, outside=0.0) > SEEN_FROM)
    veiled = ~polar.known if veil is None else polar.sampled(veil, outside=1.0) > SEEN_FROM
    if not counted.any():
        return _faint(plane, act, hidden, stature)
    named = None if named_m is None else polar.sampled(named_m, outside=0.0)
    area = polar.areas()
    expected, variance = np.zeros(counted.shape), 0.0
    for rows, columns, piece in _pieces(covered, counted):
        told = None if named is None else _told(named[rows, columns][piece])
        chances, shares = stature.stood_on(polar.part(rows, columns), piece, veiled[rows, columns], told)
        shares = shares * counted[rows, columns]
        sums = (shares * area[rows, columns]).sum(axis=(1, 2))
        expected[rows, columns] += np.tensordot(chances, shares, axes=1)
        variance += float(chances @ (sums - chances @ sums) ** 2)
    scale = hidden / float(area[counted].sum())
    weights = expected * area * scale
    m2 = float(weights.sum())
    known2 = _edges(plane, act) + m2**2 * (plane.spread(act) ** 2 + SEEN_SIGMA**2)
    taken = weights > 0
    sigma = float(np.sqrt(variance * scale**2 + known2))
    return Footprint(m2, sigma, hidden, polar.places()[taken], weights[taken])


def _pieces(covered: Mask, counted: Mask) -> list[tuple[slice, slice, Mask]]:
    """Connected pieces that count, each as (rows, columns, mask in there); all rows from its nearest on are taken."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(covered.astype(np.uint8), connectivity=8)
    found: list[tuple[slice, slice, Mask]] = []
    for label in np.unique(labels[counted]):
        left, top, wide, _, size = (int(value) for value in stats[label])
        if size >= SMALLEST:
            rows, columns = slice(top, None), slice(left, left + wide)
            found.append((rows, columns, labels[rows, columns] == label))
    return found


def _told(named: NDArray[np.float32]) -> float | None:
    """The height that names suggest for a piece, when they say something about a third of it."""
    told = named[named > 0]
    return float(told.mean()) if told.size > 0.33 * named.size else None


def _edges(plane: GroundPlane, act: Cells) -> float:
    """Variance in m⁴ from where exactly the outline runs inside the cells."""
    area = plane.cell_areas(*act.shape)
    solid = (act > 0.5).astype(np.uint8)
    rim = (solid > 0) & (cv2.erode(solid, np.ones((3, 3), np.uint8)) == 0)
    return float((area[rim] ** 2).sum() * EDGE_SIGMA**2 * EDGE_RUN)


def _faint(plane: GroundPlane, act: Cells, hidden: float, stature: Upright | Heaped) -> Footprint:
    """Too faint or too small for outlines: the usual share of what is hidden."""
    m2 = hidden * stature.usual_share
    sigma = float(np.sqrt((0.5 * m2) ** 2 + _edges(plane, act) + (m2 * plane.spread(act)) ** 2)) if hidden else 0.0
    return Footprint(m2, sigma, hidden, np.zeros((0, 2)), np.zeros(0))
