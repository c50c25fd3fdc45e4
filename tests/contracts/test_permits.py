"""When a permit lives: local hours, weekdays, dates, status, and nights that run past midnight."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from edge.contracts.permits import LOCAL, Permit, PermitStatus

SQUARE = [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)]


def permit(**changes: object) -> Permit:
    fields: dict[str, object] = {
        "id": "wp-1",
        "camera_id": "cam-01",
        "zone_id": "z",
        "polygon": SQUARE,
        "valid_from": date(2026, 4, 1),
        "valid_to": date(2026, 10, 31),
    }
    return Permit.model_validate({**fields, **changes})


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "lives"),
    [
        ("2026-04-01T00:00", True),  # the first moment of the first day, Shanghai time
        ("2026-03-31T23:59", False),
        ("2026-10-31T23:59", True),
        ("2026-11-01T00:00", False),
    ],
)
def test_dates_are_local_days(at: str, lives: bool) -> None:
    assert permit().is_live(local(at)) is lives


@pytest.mark.parametrize(
    ("at", "lives"),
    [
        ("2026-06-05T17:59", False),
        ("2026-06-05T18:00", True),
        ("2026-06-06T01:59", True),  # Saturday early morning belongs to Friday's evening
        ("2026-06-06T02:00", False),
        ("2026-06-06T19:00", False),  # Saturday is not among the days
    ],
)
def test_an_evening_runs_past_midnight(at: str, lives: bool) -> None:
    friday = permit(weekdays={5}, hours_from=time(18), hours_to=time(2))
    assert friday.is_live(local(at)) is lives


@pytest.mark.parametrize("status", [PermitStatus.SUSPENDED, PermitStatus.REVOKED, PermitStatus.EXPIRED])
def test_only_an_active_permit_lives(status: PermitStatus) -> None:
    assert not permit(status=status).is_live(local("2026-06-05T12:00"))


def test_dates_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValidationError, match="before valid_from"):
        permit(valid_from=date(2026, 5, 2), valid_to=date(2026, 5, 1))


@pytest.mark.parametrize(
    ("polygon", "says"),
    [
        ([(0.1, 0.1), (0.2, 0.2), (0.3, 0.3)], "no area"),
        ([(0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)], "cross"),
        ([(0.1, 0.1), (0.9, 0.1)], "at least 3"),
        ([(0.1, 0.1), (1.4, 0.1), (0.9, 0.9)], "less than or equal to 1"),
    ],
)
def test_a_polygon_that_is_none_is_refused(polygon: list[tuple[float, float]], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        permit(polygon=polygon)


@given(hours=st.integers(0, 24 * 400), start=st.integers(0, 23), length=st.integers(1, 23))
def test_a_daily_permit_lives_exactly_its_hours(hours: int, start: int, length: int) -> None:
    """Over any day in its dates, the hours from `start` for `length` hours live and no others."""
    daily = permit(
        valid_from=date(2025, 1, 1),
        valid_to=date(2030, 1, 1),
        hours_from=time(start),
        hours_to=time((start + length) % 24),
    )
    at = local("2026-01-01T00:30") + timedelta(hours=hours)
    since_start = (at.astimezone(LOCAL).hour - start) % 24
    assert daily.is_live(at) is (since_start < length)
