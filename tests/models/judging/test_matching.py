import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judging.matching import FoundAlert, TrueAct, area_error, delay_s, match


def act(
    begin: float = 10, end: float = 60, zone: str = "z", violation: str = "v", area: float | None = None
) -> TrueAct:
    return TrueAct(zone, violation, begin, begin + 5, end, area)


def alert(began: float = 12, cleared: float | None = 65, zone: str = "z", violation: str = "v") -> FoundAlert:
    return FoundAlert(zone, violation, began, began + 20, cleared)


def counts(acts: list[TrueAct], alerts: list[FoundAlert], dwell_s: float = 0) -> tuple[int, int, int]:
    said = match(acts, alerts, dwell_s)
    return len(said.found), len(said.missed), len(said.false)


def test_an_alert_that_overlaps_its_act_is_found() -> None:
    assert counts([act()], [alert()]) == (1, 0, 0)


def test_touching_is_not_overlapping() -> None:
    assert counts([act(begin=10, end=60)], [alert(began=60, cleared=90)]) == (0, 1, 1)
    assert counts([act(begin=65, end=90)], [alert(began=12, cleared=65)]) == (0, 1, 1)


@pytest.mark.parametrize("other", [alert(zone="y"), alert(violation="w")])
def test_another_zone_or_violation_answers_nothing(other: FoundAlert) -> None:
    assert counts([act()], [other]) == (0, 1, 1)


def test_a_second_alert_on_the_same_act_is_false() -> None:
    said = match([act()], [alert(began=40), alert(began=12, cleared=30)])
    assert [a.began_s for _, a in said.found] == [12]
    assert [a.began_s for a in said.false] == [40]


def test_one_alert_over_two_acts_answers_the_first() -> None:
    said = match([act(70, 90), act(10, 60)], [alert(began=12, cleared=None)])
    assert [a.begin_s for a, _ in said.found] == [10]
    assert [a.begin_s for a in said.missed] == [70]


def test_an_alert_that_is_never_cleared_lasts() -> None:
    assert counts([act(500, 600)], [alert(began=300, cleared=None)]) == (1, 0, 0)


def test_an_act_shorter_than_the_dwell_is_none() -> None:
    assert counts([act(10, 25)], [], dwell_s=20) == (0, 0, 0)
    assert counts([act(10, 25)], [alert(12, 24)], dwell_s=20) == (0, 0, 1)


spans = st.tuples(st.integers(0, 50), st.integers(1, 50), st.sampled_from("ab"))


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8))
def test_every_act_and_every_alert_is_counted_once(acts: list[tuple], alerts: list[tuple]) -> None:
    true = [act(a, a + n, zone) for a, n, zone in acts]
    told = [alert(a, a + n, zone) for a, n, zone in alerts]
    said = match(true, told)
    assert sorted([id(a) for a, _ in said.found] + [id(a) for a in said.missed]) == sorted(map(id, true))
    assert sorted([id(b) for _, b in said.found] + [id(b) for b in said.false]) == sorted(map(id, told))


def test_delay_counts_from_when_all_of_it_had_stood_for_the_dwell() -> None:
    assert delay_s(act(10), FoundAlert("z", "v", 11, 38, None), 20) == 3
    assert delay_s(act(10), FoundAlert("z", "v", 10, 30, None), 20) == -5


def test_area_error_takes_the_middle_of_what_was_told() -> None:
    told = FoundAlert("z", "v", 0, 20, None, areas_m2=(100.0, 5.0, 4.0, 6.0))
    assert area_error(act(area=5.0), told) == pytest.approx(0.1)
    assert area_error(act(area=None), told) is None
    assert area_error(act(area=5.0), alert()) is None
