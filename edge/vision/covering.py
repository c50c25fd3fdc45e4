"""How much of the ground is covered, cell by cell: by what is called goods, by what is found, by whatever hides it.

All weights are (h, w) in 0..1, given that nobody passes in front of the cell.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import BARE, PASSING, SemanticClass, names_of
from edge.vision.segmenter import ClassMap

Cells = NDArray[np.float32]

UNNAMED = (SemanticClass.OTHER, SemanticClass.BUILDING)
"""What a model calls things on the ground that it has no better name for."""
UNNAMED_WEIGHT = 0.5
"""How much such a thing counts where no reference says that the ground beneath was free before."""
DIMMED = 0.25
"""Rain, shade and dusk make a model this much less sure of all of the ground (share of a clean look's); what hides it
takes more, and counts wholly from twice this on."""
IN_ZONE, ENCLOSED = 0.8, 0.7
"""How much of it must lie in the zone, and how much of its outline must be ground of the zone: a facade whose foot
reaches into the zone, or a pole that rises out of it, is neither."""


def unhidden(scene: ClassMap, weight: Cells) -> Cells:
    """A weight of the scene's map, given that the cell shows neither a person nor a vehicle."""
    rest = np.maximum(1 - scene.weight(names_of(*PASSING)), np.float32(1e-3))
    return np.minimum(weight / rest, np.float32(1))


def covering(scene: ClassMap, zone: Cells, standing: Cells, reference: ClassMap | None) -> Cells:
    """How much of each cell's ground is covered; `standing` is what found objects cover (`boxes.standing_cells`).

    With a reference, ground that was seen then and is hidden now counts, whatever hides it, and goods that were not
    there then; ground that is merely seen less surely does not. A reference of another shape is left aside. Without
    one, goods count, and for less what stands free on the ground of the `zone` and has no name.
    """
    goods = unhidden(scene, scene.weight(names_of(SemanticClass.GOODS)))
    if not usable(reference, scene):
        return np.maximum(np.maximum(goods, standing), unnamed(scene, zone))
    assert reference is not None
    clean = unhidden(reference, reference.weight(names_of(*BARE)))
    seen = scene.weight(names_of(*BARE))
    hidden = unhidden(scene, np.maximum(clean * (1 - scene.weight(names_of(*PASSING))) - seen, 0))
    hidden *= np.clip((hidden - DIMMED * clean) / np.maximum(DIMMED * clean, np.float32(1e-3)), 0, 1)
    added = np.maximum(goods - unhidden(reference, reference.weight(names_of(SemanticClass.GOODS))), 0)
    return np.maximum(np.maximum(hidden, standing * clean), added)


def unnamed(scene: ClassMap, zone: Cells) -> Cells:
    """Things without a name that stand free on the ground of the zone, each cell by what is not ground in it."""
    things = np.isin(scene.labels, UNNAMED)
    out = np.zeros(zone.shape, np.float32)
    if not (things & (zone > 0)).any():
        return out
    count, pieces = cv2.connectedComponents(things.astype(np.uint8), connectivity=8)
    size = np.bincount(pieces.ravel(), minlength=count)
    inside = np.bincount(pieces.ravel(), weights=zone.ravel(), minlength=count) / np.maximum(size, 1)
    ground = np.pad(np.isin(scene.labels, BARE) & (zone > 0.5), 1)
    weight = unhidden(scene, scene.weight(names_of(*UNNAMED))) * np.float32(UNNAMED_WEIGHT)
    for piece in range(1, count):
        if inside[piece] >= IN_ZONE and _enclosed(pieces == piece, ground) >= ENCLOSED:
            out[pieces == piece] = weight[pieces == piece]
    return out


def usable(reference: ClassMap | None, scene: ClassMap) -> bool:
    """Whether there is a reference whose grid fits."""
    return reference is not None and reference.labels.shape == scene.labels.shape


def _enclosed(thing: NDArray[np.bool_], ground: NDArray[np.bool_]) -> float:
    """How much of a thing's outline is ground; `ground` has one more cell on each side, which is none."""
    padded = np.pad(thing, 1).astype(np.uint8)
    outline = (cv2.dilate(padded, np.ones((3, 3), np.uint8)) > 0) & (padded == 0)
    return float(ground[outline].mean())
