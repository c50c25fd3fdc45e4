"""How much of the ground is covered, cell by cell: by what is called goods, by what is found, by whatever hides it.

All weights are (h, w) in 0..1, given that nobody passes in front of the cell.
"""

import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import BARE, PASSING, SemanticClass, names_of
from edge.vision.segmenter import ClassMap

Cells = NDArray[np.float32]


def unhidden(scene: ClassMap, weight: Cells) -> Cells:
    """A weight of the scene's map, given that the cell shows neither a person nor a vehicle."""
    rest = np.maximum(1 - scene.weight(names_of(*PASSING)), np.float32(1e-3))
    return np.minimum(weight / rest, np.float32(1))


def covering(scene: ClassMap, standing: Cells, reference: ClassMap | None) -> Cells:
    """How much of each cell's ground is covered; `standing` is what found objects cover (`boxes.standing_cells`).

    With a reference, ground that was seen then and is hidden now counts, whatever hides it; where something stood
    then, only what was not there then. A reference of another shape is left aside.
    """
    goods = unhidden(scene, scene.weight(names_of(SemanticClass.GOODS)))
    if not usable(reference, scene):
        return np.maximum(goods, standing)
    assert reference is not None
    clean = unhidden(reference, reference.weight(names_of(*BARE)))
    seen = scene.weight(names_of(*BARE))
    hidden = unhidden(scene, np.maximum(clean * (1 - scene.weight(names_of(*PASSING))) - seen, 0))
    added = np.maximum(goods - unhidden(reference, reference.weight(names_of(SemanticClass.GOODS))), 0)
    return np.maximum(np.maximum(hidden, standing * clean), (1 - clean) * added)


def usable(reference: ClassMap | None, scene: ClassMap) -> bool:
    """Whether there is a reference whose grid fits."""
    return reference is not None and reference.labels.shape == scene.labels.shape
