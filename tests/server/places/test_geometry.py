"""Distances, areas and overlaps on the ground."""

from math import cos, isclose, pi, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.places.geometry import (
    Bounds,
    LonLat,
    area_m2,
    bounds,
    centre,
    contains,
    distance_m,
    gap_m,
    gap_to_point_m,
    is_simple,
    overlap_m2,
)

HERE: LonLat = (119.97, 31.78)
PER_DEGREE = 6_371_008.8 * radians(1)


def at(east: float, north: float, origin: LonLat = HERE) -> LonLat:
    """A point so many metres from `origin`."""
    return origin[0] + east / (PER_DEGREE * cos(radians(origin[1]))), origin[1] + north / PER_DEGREE


def box(east: float, north: float, wide: float, high: float) -> list[LonLat]:
    return [at(east, north), at(east + wide, north), at(east + wide, north + high), at(east, north + high)]


L_SHAPE = [at(0, 0), at(20, 0), at(20, 5), at(5, 5), at(5, 20), at(0, 20)]


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        ((0.0, 0.0), (0.0, 90.0), 6_371_008.8 * pi / 2),
        ((0.0, 0.0), (180.0, 0.0), 6_371_008.8 * pi),
        (HERE, HERE, 0.0),
        ((119.97, 31.78), (119.98, 31.78), 945.2),
    ],
)  # fmt: skip
def test_distances_that_are_known(a: LonLat, b: LonLat, metres: float) -> None:
    assert isclose(distance_m(a, b), metres, rel_tol=1e-4, abs_tol=1e-6)


def test_a_box_of_ten_by_four_is_forty_square_metres() -> None:
    assert isclose(area_m2(box(0, 0, 10, 4)), 40, rel_tol=1e-6)
    assert isclose(area_m2(L_SHAPE), 175, rel_tol=1e-5)


def test_a_point_in_the_hollow_of_an_l_is_outside() -> None:
    assert contains(L_SHAPE, at(2, 15))
    assert not contains(L_SHAPE, at(15, 15))
    assert isclose(gap_to_point_m(L_SHAPE, at(15, 15)), 10, rel_tol=1e-4)
    assert gap_to_point_m(L_SHAPE, at(2, 2)) == 0


def test_what_two_zones_share() -> None:
    assert isclose(overlap_m2(box(0, 0, 10, 10), box(5, 5, 10, 10)), 25, rel_tol=1e-5)
    assert isclose(overlap_m2(L_SHAPE, box(0, 0, 20, 20)), 175, rel_tol=1e-5)
    assert overlap_m2(L_SHAPE, box(8, 8, 10, 10)) == pytest.approx(0, abs=1e-6)
    assert overlap_m2(box(0, 0, 10, 10), box(50, 0, 10, 10)) == 0


def test_gaps() -> None:
    assert isclose(gap_m(box(0, 0, 10, 10), box(18, 0, 10, 10)), 8, rel_tol=1e-4)
    assert isclose(gap_m(L_SHAPE, box(8, 8, 2, 2)), 3, rel_tol=1e-4)
    assert gap_m(box(0, 0, 10, 10), box(2, 2, 2, 2)) == 0
    assert gap_m(box(0, 4, 30, 2), box(10, 0, 2, 30)) == 0


def test_crossing_edges_are_seen() -> None:
    assert is_simple(L_SHAPE)
    assert not is_simple([at(0, 0), at(10, 10), at(10, 0), at(0, 10)])


def test_a_grown_box_holds_what_is_that_near() -> None:
    grown = bounds(box(0, 0, 10, 10)).grown(10)
    assert isinstance(grown, Bounds)
    west, south, east, north = grown
    for near in (at(-9.9, -9.9), at(19.9, 19.9)):
        assert west <= near[0] <= east
        assert south <= near[1] <= north
    assert at(-11, 0)[0] < west


# --- properties ---------------------------------------------------------------------------------------------------

lons, lats = st.floats(-179, 179), st.floats(-80, 80)
points = st.tuples(lons, lats)


@st.composite
def star(draw: st.DrawFn) -> list[LonLat]:
    """A simple polygon with hollows: corners at growing angles, at any distance from the middle."""
    corners = draw(st.integers(3, 9))
    turn, east, north = draw(st.floats(0, 1)), draw(st.floats(-40, 40)), draw(st.floats(-40, 40))
    reach = draw(st.lists(st.floats(2, 50), min_size=corners, max_size=corners))
    angles = [2 * pi * (i + turn) / corners for i in range(corners)]
    ring = [at(east + r * cos(a), north + r * sin(a)) for r, a in zip(reach, angles, strict=True)]
    return ring if draw(st.booleans()) else ring[::-1]


@given(points, points, points)
def test_distance_is_a_metric(a: LonLat, b: LonLat, c: LonLat) -> None:
    assert distance_m(a, b) == distance_m(b, a) >= 0
    assert distance_m(a, c) <= distance_m(a, b) + distance_m(b, c) + 1e-6


@given(star(), star())
def test_overlap_is_the_same_both_ways_and_never_more_than_either(a: list[LonLat], b: list[LonLat]) -> None:
    shared = overlap_m2(a, b)
    assert isclose(shared, overlap_m2(b, a), rel_tol=1e-3, abs_tol=1e-2)
    assert -1e-9 <= shared <= min(area_m2(a), area_m2(b)) * 1.001 + 1e-6


@given(star())
def test_a_polygon_shares_all_of_itself(a: list[LonLat]) -> None:
    assert isclose(overlap_m2(a, a), area_m2(a), rel_tol=1e-6, abs_tol=1e-6)
    assert isclose(overlap_m2(a, a[::-1]), area_m2(a), rel_tol=1e-6, abs_tol=1e-6)


@given(star(), star(), st.lists(st.tuples(st.floats(-90, 90), st.floats(-90, 90)), min_size=10, max_size=10))
def test_what_is_in_both_lies_in_the_shared_ground(a: list[LonLat], b: list[LonLat], spots: list[LonLat]) -> None:
    if any(contains(a, at(*spot)) and contains(b, at(*spot)) for spot in spots):
        assert gap_m(a, b) == 0
    if overlap_m2(a, b) > 0.01:
        assert gap_m(a, b) == 0
    if gap_m(a, b) > 0:
        assert overlap_m2(a, b) == pytest.approx(0, abs=1e-3)


@given(star(), points)
def test_inside_means_no_gap(a: list[LonLat], p: LonLat) -> None:
    assert (gap_to_point_m(a, p) == 0) or not contains(a, p)


@given(st.floats(1, 50), st.floats(1, 50))
def test_the_centre_of_a_box_is_its_middle(wide: float, high: float) -> None:
    assert distance_m(centre(box(0, 0, wide, high)), at(wide / 2, high / 2)) < 0.01
