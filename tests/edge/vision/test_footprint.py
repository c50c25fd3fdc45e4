"""The ground that things stand on is told from the ground that they hide."""

import numpy as np
import pytest

from edge.vision.footprint import footprint
from edge.vision.ground import GroundPlane
from edge.vision.objects import FoundObject
from edge.vision.stature import GOODS, LOW, SOIL, Upright, named_heights, stature_of
from tests.edge.vision.seen_boxes import GRID, Box, cells_of, plane_of, view

KNOWN = Upright(height_m=0.8, height_spread=0.02, depth_m=1.2, depth_spread=1.5)
"""Things that are all 0.8 m high."""


def drawn_box(rng: np.random.Generator, kind: Upright) -> Box:
    height = float(kind.height_m * np.exp(kind.height_spread * np.clip(rng.normal(), -1.8, 1.8)))
    depth = float(kind.depth_m * np.exp(kind.depth_spread * np.clip(rng.normal(), -1.5, 1.5)))
    return Box(
        float(rng.uniform(-2.0, 0.0)), float(rng.uniform(-0.5, 0.5)), float(rng.uniform(1.0, 3.0)), depth, height
    )


@pytest.mark.parametrize("height_m", [3.0, 4.5, 8.0, 15.0])
def test_a_box_of_known_height_stands_on_its_footprint(height_m: float):
    camera = view(height_m, away=6 + height_m / 2)
    box = Box(-1.2, 0.0, 2.4, 1.2, 0.8)
    found = footprint(plane_of(camera), cells_of(camera, [box]), stature=KNOWN)
    assert found is not None
    assert found.hidden_m2 > 1.15 * box.area
    assert found.m2 == pytest.approx(box.area, rel=0.15)


def test_what_lies_flat_keeps_its_area():
    camera, flat = view(), Box(-1.2, 0.0, 2.4, 2.0, 0.001)
    found = footprint(plane_of(camera), cells_of(camera, [flat]), stature=Upright(0.001, 0.02, 1.2, 1.0))
    assert found is not None
    assert found.m2 == pytest.approx(found.hidden_m2, rel=0.02)
    assert found.m2 == pytest.approx(flat.area, rel=0.05)


def test_boxes_as_goods_are_come_out_right_on_average_and_the_sigma_is_honest():
    rng = np.random.default_rng(7)
    ratios, hidden, within = [], [], []
    for _ in range(80):
        camera = view(float(rng.uniform(3, 9)), float(rng.uniform(6, 11)))
        box = drawn_box(rng, GOODS)
        found = footprint(plane_of(camera), cells_of(camera, [box]))
        assert found is not None
        ratios.append(found.m2 / box.area)
        hidden.append(found.hidden_m2 / box.area)
        within.append(abs(found.m2 - box.area) / found.sigma_m2)
    assert np.median(ratios) == pytest.approx(1, abs=0.12)
    assert np.median(np.abs(np.array(ratios) - 1)) < 0.25
    assert np.median(np.abs(np.array(hidden) - 1)) > 0.3
    assert 0.6 < np.mean(np.array(within) < 1) < 0.97
    assert np.mean(np.array(within) < 2) > 0.9


def test_a_higher_camera_knows_better():
    box = Box(-1.2, 0.0, 2.4, 1.2, 0.5)
    low, high = (footprint(plane_of(camera), cells_of(camera, [box])) for camera in (view(3.0, 9.0), view(12.0, 9.0)))
    assert low is not None
    assert high is not None
    assert high.sigma_m2 / high.m2 < low.sigma_m2 / low.m2


def test_a_name_tells_the_height():
    camera = view(4.0)
    tall = Box(-1.2, 0.0, 2.4, 0.6, 1.4)
    cells = cells_of(camera, [tall])
    ys, xs = np.nonzero(cells > 0.5)
    around = (xs.min() / GRID[1], ys.min() / GRID[0], (xs.max() + 1) / GRID[1], (ys.max() + 1) / GRID[0])
    named = named_heights([FoundObject("rack", 0.9, around)], *GRID)
    plain, told = (footprint(plane_of(camera), cells, named_m=heights) for heights in (None, named))
    assert plain is not None
    assert told is not None
    assert abs(told.m2 - tall.area) < abs(plain.m2 - tall.area)
    assert named_heights([FoundObject("cat", 0.9, around)], *GRID) is None


def test_the_strip_beyond_the_zone_counts_for_the_height_and_not_for_the_area():
    camera = view(4.0)
    box = Box(-1.2, 0.0, 2.4, 1.2, 0.8)
    whole = cells_of(camera, [box])
    plane = plane_of(camera)
    # The zone ends at the box's back: what the box hides behind it lies outside.
    centres = np.stack(np.meshgrid((np.arange(GRID[1]) + 0.5) / GRID[1], (np.arange(GRID[0]) + 0.5) / GRID[0]), -1)
    behind = plane.to_world(centres.reshape(-1, 2))[:, 1].reshape(GRID) > 1.2
    cut = np.where(behind, 0, whole).astype(np.float32)
    alone, knowing = footprint(plane, cut, stature=KNOWN), footprint(plane, cut, whole, KNOWN)
    assert alone is not None
    assert knowing is not None
    assert knowing.m2 == pytest.approx(box.area, rel=0.2)
    assert alone.m2 < knowing.m2


def test_somebody_behind_a_thing_does_not_make_it_deeper_or_shorter():
    camera, box = view(5.0), Box(-1.2, 0.0, 2.4, 1.2, 0.8)
    person = cells_of(camera, [Box(-0.3, 1.6, 0.5, 0.3, 1.7)])
    cells = cells_of(camera, [box])
    seen = np.where(person > 0.5, 0, cells).astype(np.float32)
    free = footprint(plane_of(camera), cells, stature=KNOWN)
    crossed = footprint(plane_of(camera), seen, stature=KNOWN, veil=person)
    assert free is not None
    assert crossed is not None
    assert crossed.m2 == pytest.approx(free.m2, rel=0.15)


def test_places_and_weights_add_up_to_the_area_and_lie_where_the_thing_stands():
    camera, box = view(5.0), Box(-1.2, 0.0, 2.4, 1.2, 0.8)
    found = footprint(plane_of(camera), cells_of(camera, [box]), stature=KNOWN)
    assert found is not None
    assert found.weights.sum() == pytest.approx(found.m2)
    middle = found.weights @ found.places / found.m2
    assert middle == pytest.approx([0.0, 0.6], abs=0.2)


def test_nothing_is_no_ground_and_faint_things_have_a_wide_sigma():
    plane = plane_of(view())
    none = footprint(plane, np.zeros(GRID, np.float32))
    assert none is not None
    assert (none.m2, none.sigma_m2) == (0, 0)
    faint = footprint(plane, cells_of(view(), [Box(-1, 0, 2, 1, 0.5)]) * np.float32(0.4))
    assert faint is not None
    assert 0 < faint.m2 < faint.hidden_m2
    assert faint.sigma_m2 > 0.4 * faint.m2


def test_above_the_horizon_there_is_no_footprint():
    flat = plane_of(view(3.0, 9.0, aim=60.0))
    assert footprint(flat, np.ones(GRID, np.float32)) is None


def test_a_heap_keeps_most_of_its_ground_and_loses_what_its_top_hides():
    camera = view(4.0, 12.0)
    heap = cells_of(camera, [Box(-2.0, 0.0, 4.0, 4.0, 0.001), Box(-0.8, 1.6, 1.6, 1.2, 1.6)])
    found = footprint(plane_of(camera), heap, stature=SOIL)
    assert found is not None
    assert 0.5 * found.hidden_m2 < found.m2 < found.hidden_m2
    high = view(15.0, 9.0)
    above = footprint(plane_of(high), cells_of(high, [Box(-2.0, 0.0, 4.0, 4.0, 0.001)]), stature=SOIL)
    assert above is not None
    assert above.m2 == pytest.approx(16, rel=0.1)


def test_rules_say_what_their_things_are_like():
    assert stature_of(("soil",)) is SOIL
    assert stature_of(("garbage",)) is LOW
    assert stature_of(("goods",)) is GOODS


def test_a_camera_that_looks_straight_down_takes_nothing_away_below_itself():
    corners = [((0.0, 0.0), (0.0, 0.0)), ((1.0, 0.0), (8.0, 0.0)), ((1.0, 1.0), (8.0, 4.5)), ((0.0, 1.0), (0.0, 4.5))]
    plane = GroundPlane.fit(corners)
    cells = np.zeros(GRID, np.float32)
    cells[18:28, 32:48] = 1
    found = footprint(plane, cells)
    assert found is not None
    assert found.m2 == pytest.approx(found.hidden_m2, rel=0.25)
