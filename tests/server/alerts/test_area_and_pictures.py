"""How an area is shown, and which picture goes first."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.alerts.area import shown
from server.alerts.pictures import Look, best_first, best_of_cameras

T0 = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "sigma", "words"),
    [
        (2.5437, 0.31, "2.54 ± 0.61 m²（95%）"),
        (25.437, 3.1, "25.4 ± 6.1 m²（95%）"),
        (254.37, 31.0, "254 ± 61 m²（95%）"),
        (2.5437, 0.0, "2.54 ± 0.00 m²（95%）"),
        (2.5437, None, "约 2.5 m²（不确定度未知）"),
    ],
)
def test_an_area_is_shown_with_the_digits_that_it_has(value: float, sigma: float | None, words: str) -> None:
    area = shown(value, sigma)
    assert area is not None
    assert area.zh == words


def test_no_area_is_no_number() -> None:
    assert shown(None, None) is None
    assert shown(None, 0.3) is None


@given(st.floats(0, 1e5), st.floats(0, 1e4))
def test_the_interval_holds_the_value_and_is_never_negative(value: float, sigma: float) -> None:
    area = shown(value, sigma)
    assert area is not None
    assert area.low_m2 is not None
    assert area.high_m2 is not None
    assert 0 <= area.low_m2 <= value <= area.high_m2


def look(number: int, camera: str = "cam-1", score: float = 0.7, occluded: bool = False, **more: float | None) -> Look:
    at = T0 + timedelta(minutes=number)
    return Look(UUID(int=number), ("edge-1", camera), at, occluded, score, more.get("spread"))


def test_nobody_in_front_then_plainer_then_surer_then_later() -> None:
    hidden, faint = look(1, score=0.9, occluded=True), look(2, score=0.6)
    plain, sure, later = look(3, score=0.8), look(4, score=0.8, spread=0.1), look(5, score=0.8, spread=0.1)
    assert best_first([hidden, faint, plain, sure, later]) == [later, sure, plain, faint, hidden]


def test_each_camera_has_its_best_and_one_is_the_cover() -> None:
    cover, best = best_of_cameras([look(1), look(2, score=0.8), look(3, camera="cam-2", score=0.6)])
    assert cover == UUID(int=2)
    assert best == {UUID(int=2), UUID(int=3)}
    assert best_of_cameras([]) == (None, frozenset())
