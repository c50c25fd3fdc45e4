"""Found objects on the grid: who passes, what stands in a zone, what it covers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.vision.boxes import box_cells, footprint, is_carried, passing_cells, standing_cells, standing_in
from edge.vision.objects import FoundObject
from edge.vision.zones import coverage

LEFT = coverage([(0, 0), (0.5, 0), (0.5, 1), (0, 1)], 40, 40)
BARE = np.ones((40, 40), np.float32)
SIDE = st.floats(0, 1, allow_nan=False)


def found(label: str, *xyxy: float, score: float = 1.0) -> FoundObject:
    left, top, right, bottom = xyxy
    return FoundObject(label, score, (left, top, right, bottom))


@given(SIDE, SIDE, SIDE, SIDE)
def test_a_box_covers_its_own_area_of_cells(x0: float, y0: float, x1: float, y1: float):
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    cells = box_cells((left, top, right, bottom), 9, 16)
    assert cells.sum() == pytest.approx((right - left) * (bottom - top) * 9 * 16, abs=1e-3)


def test_a_person_hides_an_ellipse_a_van_its_whole_box():
    person = passing_cells([found("person", 0.25, 0.25, 0.75, 0.75)], 40, 40)
    van = passing_cells([found("van", 0.25, 0.25, 0.75, 0.75)], 40, 40)
    assert person.sum() / van.sum() == pytest.approx(np.pi / 4, rel=0.05)
    assert (van > 0).sum() == 400


def test_a_person_smaller_than_a_cell_still_hides_it():
    assert passing_cells([found("person", 0.51, 0.51, 0.52, 0.52)], 4, 4)[2, 2] > 0


def test_furniture_does_not_pass_and_an_unsure_find_hides_less():
    assert passing_cells([found("chair", 0, 0, 1, 1)], 4, 4).sum() == 0
    assert passing_cells([found("car", 0, 0, 1, 1, score=0.3)], 4, 4).max() == pytest.approx(0.3)


def test_where_an_object_stands_is_the_lower_third_of_its_box():
    assert footprint(found("rack", 0.1, 0.0, 0.2, 0.9)) == pytest.approx((0.1, 0.6, 0.2, 0.9))


@pytest.mark.parametrize(
    ("xyxy", "stands"),
    [
        ((0.1, 0.1, 0.3, 0.3), True),
        ((0.6, 0.1, 0.8, 0.3), False),
        # The bottom's centre lies outside, a good part of the footprint inside.
        ((0.3, 0.1, 0.8, 0.3), True),
        ((0.45, 0.1, 0.8, 0.3), False),
    ],
)
def test_the_overlap_of_the_footprint_decides(xyxy: tuple[float, float, float, float], stands: bool):
    assert bool(standing_in([found("table", *xyxy)], {"table"}, LEFT)) is stands


def test_a_tall_thing_that_only_leans_over_the_zone_from_below_does_not_stand_in_it():
    upper = coverage([(0, 0), (1, 0), (1, 0.5), (0, 0.5)], 40, 40)
    assert standing_in([found("umbrella", 0.2, 0.2, 0.6, 0.95)], {"umbrella"}, upper) == []


def test_only_the_labels_asked_for():
    assert standing_in([found("person", 0.1, 0.1, 0.3, 0.3)], {"table"}, LEFT) == []


def test_what_the_map_calls_ground_in_a_box_stays_ground_but_for_the_footprint():
    table = found("table", 0.0, 0.0, 0.5, 0.75, score=0.8)
    over_ground = standing_cells([table], BARE)
    assert over_ground[5, 5] == 0
    assert over_ground[25, 5] == pytest.approx(0.4)
    assert over_ground[35, 5] == over_ground[25, 30] == 0
    assert standing_cells([table], BARE * 0)[5, 5] == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("label", "person", "carried"),
    [
        ("umbrella", (0.4, 0.3, 0.6, 0.8), True),
        ("umbrella", (0.7, 0.3, 0.9, 0.8), False),  # beside a parasol
        ("stall", (0.4, 0.3, 0.6, 0.8), False),  # before a stall
    ],
)
def test_an_umbrella_over_somebodys_head_stands_nowhere(label: str, person: tuple[float, ...], carried: bool):
    passing = passing_cells([found("person", *person)], 40, 40)
    assert is_carried(found(label, 0.35, 0.2, 0.65, 0.4), passing) is carried
