"""What stands on a pavement and lasts is one alert, in time, whatever is moved, taken in for a moment or restarted."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.episodes.tracker import Phase
from edge.vision.classes import SemanticClass as C
from tests.fakes.rules import muck
from tests.fakes.streets import Labels, Street, box, goods, real_rule, told

RNG = np.random.Generator
RAISED, CLEARED = Phase.RAISED, Phase.CLEARED


def out(begin: float = 0.0, end: float = 1e9, **where: Any) -> Any:
    """Goods from `begin` to `end`, with a passer-by now and then."""

    def draw(at: float, labels: Labels, rng: RNG) -> None:
        if begin <= at < end:
            goods(labels, **where)
        if rng.random() < 0.2:
            box(labels, C.PERSON, 18, int(rng.integers(14, 46)), 15, 5)

    return draw


def test_goods_put_out_before_the_service_started_are_an_alert_after_the_dwell():
    found = Street(out()).play(0, 400)
    assert told(found) == [(RAISED, 0)]
    assert found[0].dwell_s == pytest.approx(300, abs=5)


def test_goods_present_when_the_service_starts_again_after_a_night_are_an_alert():
    street = Street(out(begin=50_000))
    street.play(0, 600)
    street.restart()
    assert told(street.play(50_000, 50_400)) == [(RAISED, 50_000)]


@pytest.mark.parametrize("every_s", [2.0, 5.0, 10.0])
def test_goods_put_out_are_raised_no_later_than_a_look_after_the_dwell(every_s: float):
    street = Street(out(begin=100), every_s=every_s)
    assert street.play(0, 100 + 300 - 2 * every_s) == []
    found = street.play(100 + 300 - 2 * every_s, 100 + 300 + 2.1 * every_s)
    assert told(found) == [(RAISED, 100)]


@pytest.mark.parametrize("flicker", [0.05, 0.15])
def test_single_looks_that_see_nothing_hardly_delay_it(flicker: float):
    found = Street(out(begin=60), flicker=flicker, seed=5).play(0, 60 + 300 + 200 * flicker)
    assert [f.phase for f in found] == [RAISED]


def test_goods_taken_in_at_night_are_cleared_once_and_are_another_episode_the_next_day():
    def draw(at: float, labels: Labels, rng: RNG) -> None:
        if at < 400 or at >= 600:
            goods(labels)

    found = Street(draw).play(0, 920)
    assert told(found) == [(RAISED, 0), (CLEARED, 400), (RAISED, 600)]
    assert len({f.episode_id for f in found}) == 2


@pytest.mark.parametrize("every", [40, 110])
def test_goods_moved_about_inside_the_zone_are_the_same_episode(every: int):
    places = [(16, 12), (30, 14), (22, 10), (36, 12)]

    def draw(at: float, labels: Labels, rng: RNG) -> None:
        left, wide = places[int(at // every) % 4]
        goods(labels, at=left, wide=wide)

    found = Street(draw).play(0, 900)
    assert told(found) == [(RAISED, 0)]
    assert len({f.episode_id for f in found}) == 1
    first = next(f for f in found if f.phase is RAISED)
    assert first.dwell_s == pytest.approx(300, abs=40)


@pytest.mark.parametrize("away_s", [10, 30, 45])
def test_goods_taken_in_for_a_moment_are_the_same_episode(away_s: int):
    def draw(at: float, labels: Labels, rng: RNG) -> None:
        if not 320 <= at < 320 + away_s:
            goods(labels)

    assert told(Street(draw, flicker=0.05).play(0, 700)) == [(RAISED, 0)]


def test_passers_by_misread_do_not_keep_an_episode_alive():
    def draw(at: float, labels: Labels, rng: RNG) -> None:
        if at < 400:
            goods(labels)
        if rng.random() < 0.3:
            box(labels, C.GOODS, 22, int(rng.integers(14, 44)), 9, 6)

    found = Street(draw).play(0, 800)
    assert [phase for phase, _ in told(found)] == [RAISED, CLEARED]


def test_a_van_that_unloads_on_goods_that_stood_before_delays_nothing():
    def draw(at: float, labels: Labels, rng: RNG) -> None:
        goods(labels, at=34, wide=12)
        if at >= 100:
            box(labels, C.VEHICLE, 24, 14, 12, 10)

    found = Street(draw).play(0, 400)
    assert told(found) == [(RAISED, 0)]


def test_goods_beside_a_vehicle_that_stays_are_an_alert_after_all():
    def draw(at: float, labels: Labels, rng: RNG) -> None:
        if at >= 100:
            goods(labels, at=34, wide=12)
            box(labels, C.VEHICLE, 24, 14, 12, 10)

    found = Street(draw).play(0, 1420)
    assert [f.phase for f in found if f.phase is RAISED] == [RAISED]


def test_an_excavator_excuses_no_soil():
    def draw(at: float, labels: Labels, rng: RNG) -> None:
        if at >= 100:
            box(labels, C.SOIL, 20, 20, 14, 20)
            box(labels, C.VEHICLE, 24, 14, 12, 8)

    rules = {"exposed_muck": muck(dwell_s=300.0, leave_s=120.0)}
    assert told(Street(draw, rules=rules).play(0, 420)) == [(RAISED, 100)]


@settings(max_examples=5, deadline=None)
@given(cuts=st.lists(st.integers(1, 111), max_size=4, unique=True), seed=st.integers(0, 99))
def test_restarts_anywhere_neither_lose_nor_repeat(cuts: list[int], seed: int):
    street, found, before = Street(out(60, 450), seed=seed, flicker=0.05), [], 0
    for cut in [*sorted(cuts), 112]:
        found += street.play(before * 5.0, cut * 5.0)
        street.restart()
        before = cut
    phases = told(found)
    assert [phase for phase, _ in phases] == [RAISED, CLEARED]
    assert phases[0][1] == pytest.approx(60, abs=16)
    assert phases[1][1] == pytest.approx(450, abs=30)


@settings(max_examples=8, deadline=None)
@given(every_s=st.sampled_from([2.5, 5.0, 7.0, 10.0]), begin=st.integers(0, 100), seed=st.integers(0, 99))
def test_when_it_is_raised_does_not_depend_on_how_often_one_looks(every_s: float, begin: int, seed: int):
    street = Street(out(begin), every_s=every_s, seed=seed, rules={"outdoor_display": real_rule(dwell_s=120)})
    found = street.play(0, begin + 200)
    assert [f.phase for f in found] == [RAISED]
    assert found[0].dwell_s == pytest.approx(120, abs=every_s + 1)
    assert told(found)[0][1] == pytest.approx(begin, abs=2 * every_s)


@settings(max_examples=5, deadline=None)
@given(jump_s=st.integers(-5000, 5000), at=st.integers(10, 50))
def test_a_clock_that_jumps_neither_raises_early_nor_twice(jump_s: int, at: int):
    street = Street(out(begin=-1e9))
    found = street.play(0, at * 5.0)
    later = at * 5.0 + jump_s
    found += street.play(later, later + 420)
    assert [f.phase for f in found if f.phase is RAISED] == [RAISED]
    assert all(f.dwell_s >= 300 for f in found)
