"""Working time and urgent time, in Shanghai."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from server.cases.deadlines import Calendar, Span, due_at
from tests.server.cases.test_workflow import shipped_calendar

CITY = ZoneInfo("Asia/Shanghai")
CALENDAR = shipped_calendar()


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CITY)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        (local(11, 20, 10), 30, local(11, 20, 10, 30)),  # inside the morning
        (local(11, 20, 11, 50), 30, local(11, 20, 13, 50)),  # over the noon break
        (local(11, 20, 17, 50), 30, local(11, 23, 8, 50)),  # Friday evening into Monday
        (local(11, 21, 9), 30, local(11, 23, 9)),  # Saturday: begins on Monday
        (local(11, 20, 3), 10, local(11, 20, 8, 40)),  # at night: begins when the office opens
        (local(9, 30, 17, 50), 30, local(10, 8, 8, 50)),  # over the National Day holidays
        (local(9, 19, 12), 30, local(9, 20, 9)),  # the Sunday of 20 September is a make-up day
        (local(11, 20, 10), 0, local(11, 20, 10)),
    ],
)
def test_office_minutes(start: datetime, minutes: float, due: datetime) -> None:
    assert due_at(CALENDAR, start, Span(minutes=minutes, clock="office")) == due


def test_urgent_time_runs_round_the_clock() -> None:
    assert due_at(CALENDAR, local(9, 30, 23, 50), Span(minutes=30)) == local(10, 1, 0, 20)


def test_two_working_days_are_two_days_of_office_hours() -> None:
    assert due_at(CALENDAR, local(11, 20, 8, 30), Span(working_days=2)) == local(11, 23, 18)


def test_shares_are_of_the_working_time() -> None:
    span = Span(minutes=100, clock="office")
    assert due_at(CALENDAR, local(11, 20, 8, 30), span, 0.7) == local(11, 20, 9, 40)
    assert due_at(CALENDAR, local(11, 20, 8, 30), span, 1.5) == local(11, 20, 11, 0)


def test_holidays_and_make_up_days() -> None:
    assert not CALENDAR.is_working(date(2026, 10, 1))
    assert not CALENDAR.is_working(date(2026, 11, 22))
    assert CALENDAR.is_working(date(2026, 10, 10))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)), st.floats(0, 20_000), st.floats(0, 20_000))  # noqa: DTZ001 - zone below
def test_a_longer_time_is_never_due_earlier_and_the_due_instant_is_office_time(
    naive: datetime, one: float, other: float
) -> None:
    start = naive.replace(tzinfo=UTC)
    short, long = sorted((one, other))
    first = due_at(CALENDAR, start, Span(minutes=short, clock="office"))
    assert start <= first <= due_at(CALENDAR, start, Span(minutes=long, clock="office"))
    if short > 0.001:
        clock = (first.astimezone(CITY) - timedelta(microseconds=500)).time()
        assert any(opens <= clock <= closes for opens, closes in CALENDAR.office_hours)


def test_a_calendar_must_have_hours_in_order() -> None:
    with pytest.raises(ValidationError, match="in order"):
        Calendar(office_hours=[(time(13), time(17)), (time(9), time(12))])
    with pytest.raises(ValidationError, match="either minutes or working_days"):
        Span(minutes=3, working_days=1)
