"""Boxes of found objects on the grid of a class map: who passes in front, what stands in a zone."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from edge.vision.objects import FoundObject

Cells = NDArray[np.float32]

PASSING_LABELS = frozenset(
    {
        "person", "dog", "pram", "bicycle", "scooter", "motorcycle", "car", "van", "bus", "truck", "muck_truck",
        "excavator",
    }
)  # fmt: skip
"""Who comes and goes, as detectors call them: the same for every rule."""
HEAVY = frozenset({"car", "van", "bus", "truck", "muck_truck", "excavator"})
ROUND = frozenset({"person", "dog"})
"""Filled as an ellipse: of 1,599 rendered people the ellipse in the box overlaps the true outline better (0.48 against
0.43 intersection over union); for vehicles and furniture the whole box does."""
FOOTPRINT = 1 / 3
"""Lower part of a box that is taken for where the object stands."""
STANDS_IN = 0.25
"""Share of an object's footprint inside a zone from which on it stands in that zone."""
PORTABLE = frozenset({"umbrella", "crate", "sack"})
CARRIED_BY = 0.3
"""Share of people right beneath such a thing from which on it is carried, and stands nowhere."""
FOOTPRINT_FILL = 0.5
"""How much of a footprint the object fills: 0.4 to 0.6 for 4,100 rendered chairs, tables, racks, crates and stalls."""


def box_cells(xyxy: tuple[float, float, float, float], height: int, width: int) -> Cells:
    """How much of each cell of a (height, width) grid over the frame lies inside a box in 0..1."""
    left, top, right, bottom = xyxy
    return np.outer(_inside(top, bottom, height), _inside(left, right, width)).astype(np.float32)


def footprint(found: FoundObject) -> tuple[float, float, float, float]:
    """The box of where it stands."""
    left, top, right, bottom = found.xyxy
    return left, bottom - (bottom - top) * FOOTPRINT, right, bottom


def passing_cells(found: Collection[FoundObject], height: int, width: int) -> Cells:
    """(h, w) in 0..1: how sure it is that somebody or something passing is in the cell."""
    cells = np.zeros((height, width), np.float32)
    for one in found:
        if one.label in PASSING_LABELS:
            shape = _ellipse(one.xyxy, height, width) if one.label in ROUND else box_cells(one.xyxy, height, width)
            cells = np.maximum(cells, np.float32(one.score) * shape)
    return cells


def standing_in(found: Collection[FoundObject], labels: Collection[str], zone: Cells) -> list[FoundObject]:
    """Those with one of the labels whose footprint lies in the zone (h, w weights)."""
    return [one for one in found if one.label in labels and _overlap(footprint(one), zone) >= STANDS_IN]


def is_carried(one: FoundObject, passing: Cells) -> bool:
    """Whether it is something that people carry, with people (`passing`, h, w weights) right beneath it."""
    left, top, right, bottom = one.xyxy
    quarter, high = (right - left) / 4, bottom - top
    beneath = (left + quarter, bottom - high * FOOTPRINT, right - quarter, min(1.0, bottom + high))
    return one.label in PORTABLE and _overlap(beneath, passing) >= CARRIED_BY


def standing_cells(standing: Collection[FoundObject], bare: Cells) -> Cells:
    """(h, w) in 0..1: how much of each cell is expected to be covered by these objects.

    In the box that is all but what is seen as `bare` ground; the footprint is filled to a known part in any case.
    """
    cells = np.zeros(bare.shape, np.float32)
    for one in standing:
        body = box_cells(one.xyxy, *bare.shape) * (1 - bare)
        base = box_cells(footprint(one), *bare.shape) * np.float32(FOOTPRINT_FILL)
        cells = np.maximum(cells, np.float32(one.score) * np.maximum(body, base))
    return cells


def _overlap(box: tuple[float, float, float, float], zone: Cells) -> float:
    cells = box_cells(box, *zone.shape)
    size = float(cells.sum())
    return float((cells * zone).sum()) / size if size > 0 else 0.0


def _inside(first: float, last: float, count: int) -> Cells:
    begin = np.arange(count, dtype=np.float32)
    return np.clip(np.minimum(begin + 1, last * count) - np.maximum(begin, first * count), 0, 1).astype(np.float32)


def _ellipse(xyxy: tuple[float, float, float, float], height: int, width: int) -> Cells:
    left, top, right, bottom = xyxy
    across, down = _off_centre(left, right, width), _off_centre(top, bottom, height)
    return box_cells(xyxy, height, width) * (down[:, None] ** 2 + across[None, :] ** 2 <= 1).astype(np.float32)


def _off_centre(first: float, last: float, count: int) -> Cells:
    """Distance of each cell's centre from the box's, in half sides; a cell that holds the centre is at 0."""
    middle, half = (first + last) / 2 * count, max((last - first) / 2 * count, 1e-6)
    distance = np.abs(np.arange(count) + 0.5 - middle)
    return np.where(distance <= 0.5, 0.0, distance / half).astype(np.float32)
