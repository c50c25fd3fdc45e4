"""Polygons on a grid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.contracts.geometry import signed_area
from edge.vision.zones import coverage, grown


def test_whole_cells_and_parts_of_cells():
    cells = coverage([(0.0, 0.0), (0.375, 0.0), (0.375, 1.0), (0.0, 1.0)], 2, 4)
    assert cells == pytest.approx(np.array([[1, 0.5, 0, 0]] * 2), abs=0.07)


def test_the_whole_frame_covers_every_cell():
    assert (coverage([(0, 0), (1, 0), (1, 1), (0, 1)], 9, 16) > 0.99).all()


def test_the_same_polygon_at_another_resolution_covers_the_same_share():
    polygon = [(0.1, 0.3), (0.9, 0.2), (0.7, 0.95), (0.2, 0.8)]
    for height, width in ((18, 32), (36, 64), (90, 160)):
        assert coverage(polygon, height, width).mean() == pytest.approx(abs(signed_area(polygon)), abs=0.01)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=3, max_size=3))
def test_coverage_is_the_area_of_the_polygon(corners: list[tuple[float, float]]):
    assert coverage(corners, 30, 40).mean() == pytest.approx(abs(signed_area(corners)), abs=0.012)


def test_coverage_cannot_be_changed_by_a_caller():
    cells = coverage([(0, 0), (1, 0), (1, 1)], 4, 4)
    with pytest.raises(ValueError, match="read-only"):
        cells[0, 0] = 5


def test_grown_takes_in_the_neighbours():
    cells = np.zeros((5, 5), np.float32)
    cells[2, 2] = 0.5
    assert (grown(cells) > 0).sum() == 9
    assert grown(cells)[1, 1] == 0.5
