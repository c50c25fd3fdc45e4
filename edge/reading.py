"""What a measurement says to an episode."""

import numpy as np
from numpy.typing import NDArray

from edge.episodes.lasting import CellLook
from edge.episodes.tracker import Reading
from edge.vision.measure import Measurement


def reading_of(measured: Measurement) -> Reading:
    """The share and its cells as the rule judges them: without a reference of the clean zone both weigh less."""
    grid = measured.grid
    if grid is None:
        return Reading(measured.judged_share, measured.occluded, vehicle_share=measured.vehicle_share)
    inside = grid.zone > 0

    def cut(cells: NDArray[np.float32]) -> NDArray[np.float32]:
        return cells[inside]

    look = CellLook(cut(grid.ground), cut(grid.visible), cut(grid.act) / np.float32(measured.margin))
    return Reading(measured.judged_share, measured.occluded, vehicle_share=measured.vehicle_share, cells=look)
