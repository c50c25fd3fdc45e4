"""Which open case a claim belongs to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.alerts.merge import (
    BACKFILL_GAP,
    Limits,
    OpenCase,
    Place,
    Sighting,
    find_open,
    gap,
    locks_of,
    same_act,
    same_place,
)
from tests.server.places.test_geometry import at, box

T0 = datetime(2026, 11, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE = Place("edge-1", "cam-1", "z1", "outdoor_display")
THERE = Place("edge-2", "cam-9", "z1", "outdoor_display")
LIMITS = Limits()


def sighting(camera: Place | None = HERE, began_at: datetime = T0, **more: object) -> Sighting:
    return replace(Sighting("outdoor_display", began_at, began_at, camera), **more)  # type: ignore[arg-type]


def ground(*corner_and_size: float) -> tuple[tuple[float, float], ...]:
    return tuple(box(*corner_and_size))


def case(number: int, *seen: Sighting) -> OpenCase:
    return OpenCase(UUID(int=number), min(one.began_at for one in seen), seen)


def test_none_open_is_a_new_case() -> None:
    assert find_open(sighting(), [], LIMITS) is None


def test_the_same_zone_is_the_same_matter_however_long_it_was_gone() -> None:
    one = case(1, sighting())
    assert find_open(sighting(began_at=T0 + 24 * HOUR), [one], LIMITS) == one


def test_another_zone_camera_edge_or_violation_is_another_matter() -> None:
    for other in (
        Place("edge-2", "cam-1", "z1", "outdoor_display"),
        Place("edge-1", "cam-2", "z1", "outdoor_display"),
        Place("edge-1", "cam-1", "z2", "outdoor_display"),
        Place("edge-1", "cam-1", "z1", "exposed_muck"),
    ):
        assert find_open(sighting(), [case(1, sighting(other))], LIMITS) is None


def test_a_late_alert_from_well_before_the_case_is_another_matter() -> None:
    one = case(1, sighting())
    assert find_open(sighting(began_at=T0 - BACKFILL_GAP), [one], LIMITS) == one
    assert find_open(sighting(began_at=T0 - BACKFILL_GAP - timedelta(seconds=1)), [one], LIMITS) is None


def test_of_several_the_zones_own_case_then_the_one_that_began_last() -> None:
    own, later = case(1, sighting()), case(2, sighting(began_at=T0 + 2 * HOUR))
    assert find_open(sighting(began_at=T0 + 3 * HOUR), [later, own], LIMITS) == later
    others = case(3, sighting(THERE, began_at=T0 + 2 * HOUR, frontage="F-1"))
    assert find_open(sighting(began_at=T0 + 3 * HOUR, frontage="F-1"), [others, own], LIMITS) == own


# --- two cameras, calls, patrols ----------------------------------------------------------------------------------


def test_two_cameras_on_the_same_ground_see_one_act() -> None:
    one = case(1, sighting(ground=ground(0, 0, 10, 4)))
    assert find_open(sighting(THERE, ground=ground(2, 0, 10, 4)), [one], LIMITS) == one


def test_neighbouring_zones_are_two_acts_even_within_ten_metres() -> None:
    one = case(1, sighting(ground=ground(0, 0, 10, 4)))
    assert find_open(sighting(THERE, ground=ground(9, 0, 10, 4)), [one], LIMITS) is None
    assert find_open(sighting(THERE, ground=ground(12, 0, 10, 4)), [one], LIMITS) is None


def test_two_halves_of_one_frontage_are_one_act_and_two_frontages_are_two() -> None:
    one = case(1, sighting(ground=ground(0, 0, 10, 4), frontage="F-1"))
    other_half = sighting(THERE, ground=ground(12, 0, 10, 4), frontage="F-1")
    assert find_open(other_half, [one], LIMITS) == one
    next_door = sighting(THERE, ground=ground(2, 0, 10, 4), frontage="F-2")
    assert find_open(next_door, [one], LIMITS) is None


def test_a_call_within_ten_metres_of_the_zone_is_the_cameras_act() -> None:
    one = case(1, sighting(ground=ground(0, 0, 10, 4)))
    assert find_open(sighting(None, point=at(19, 2)), [one], LIMITS) == one
    assert find_open(sighting(None, point=at(21, 2)), [one], LIMITS) is None


def test_two_calls_about_one_stall() -> None:
    one = case(1, sighting(None, point=at(0, 0)))
    assert find_open(sighting(None, point=at(0, 9)), [one], LIMITS) == one
    assert find_open(sighting(None, point=at(0, 11)), [one], LIMITS) is None


def test_where_a_camera_stands_is_no_place_of_an_act() -> None:
    assert find_open(sighting(None, point=at(0, 0)), [case(1, sighting())], LIMITS) is None


@pytest.mark.parametrize(("after", "joins"), [(timedelta(minutes=119), True), (2 * HOUR, False), (-HOUR, True)])
def test_a_gap_under_two_hours(after: timedelta, joins: bool) -> None:
    one = case(1, sighting(None, point=at(0, 0)))
    found = find_open(sighting(None, began_at=T0 + after, point=at(0, 0)), [one], LIMITS)
    assert (found == one) is joins


def test_what_still_lasts_has_no_gap() -> None:
    one = case(1, sighting(ground=ground(0, 0, 10, 4), last_at=None))
    assert find_open(sighting(None, began_at=T0 + 9 * HOUR, point=at(1, 1)), [one], LIMITS) == one


def test_two_shops_are_two_acts() -> None:
    one = case(1, sighting(ground=ground(0, 0, 10, 4), subject=UUID(int=1)))
    near = sighting(None, point=at(1, 1))
    assert find_open(replace(near, subject=UUID(int=2)), [one], LIMITS) is None
    assert find_open(replace(near, subject=UUID(int=1)), [one], LIMITS) == one
    assert find_open(near, [one], LIMITS) == one


def test_another_kind_of_act_at_the_same_place_is_another_matter() -> None:
    one = case(1, sighting(ground=ground(0, 0, 10, 4)))
    assert find_open(replace(sighting(None, point=at(1, 1)), act="CG-23"), [one], LIMITS) is None


def test_the_case_is_found_through_any_of_its_claims() -> None:
    seen_by_both = case(1, sighting(ground=ground(0, 0, 10, 4)), sighting(None, point=at(25, 2)))
    assert find_open(sighting(None, point=at(33, 2)), [seen_by_both], LIMITS) == seen_by_both


# --- properties ---------------------------------------------------------------------------------------------------


@st.composite
def claims(draw: st.DrawFn) -> Sighting:
    camera = draw(st.sampled_from([None, HERE, THERE]))
    east, north = draw(st.floats(-400, 400)), draw(st.floats(-400, 400))
    began = T0 + timedelta(minutes=draw(st.integers(-300, 300)))
    lasted = draw(st.one_of(st.none(), st.integers(0, 200)))
    where = draw(st.sampled_from(["ground", "point", "frontage", "nowhere"]))
    return Sighting(
        act=draw(st.sampled_from(["outdoor_display", "CG-23"])),
        began_at=began,
        last_at=None if lasted is None else began + timedelta(minutes=lasted),
        camera=camera,
        ground=ground(east, north, draw(st.floats(1, 300)), draw(st.floats(1, 50))) if where == "ground" else (),
        point=at(east, north) if where == "point" else None,
        frontage=draw(st.sampled_from(["F-1", "F-2"])) if where == "frontage" else "",
    )


@given(claims(), claims())
def test_same_act_is_the_same_question_both_ways(a: Sighting, b: Sighting) -> None:
    assert same_act(a, b, LIMITS) == same_act(b, a, LIMITS)
    assert gap(a, b) == gap(b, a)


@given(claims(), st.floats(-30, 30), st.floats(-30, 30), st.booleans())
def test_what_could_be_one_act_shares_a_lock(a: Sighting, east: float, north: float, as_point: bool) -> None:
    points = a.ground or ((a.point,) if a.point else ())
    moved = tuple(at(east, north, point) for point in points)
    b = replace(a, ground=() if as_point else moved, point=moved[0] if moved else None, camera=None)
    if same_place(a, b, LIMITS):
        assert set(locks_of(a, LIMITS)) & set(locks_of(b, LIMITS))


@given(claims(), st.lists(claims(), max_size=4))
def test_the_order_of_the_open_cases_does_not_matter(new: Sighting, seen: list[Sighting]) -> None:
    cases = [case(n, one) for n, one in enumerate(seen)]
    assert find_open(new, cases, LIMITS) == find_open(new, cases[::-1], LIMITS)


@given(claims())
def test_locks_are_sorted_and_few(a: Sighting) -> None:
    names = locks_of(a, LIMITS)
    assert names == sorted(set(names))
    assert len(names) <= 12
