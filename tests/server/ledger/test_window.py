"""What "first" means."""

from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from server.ledger.window import Kind, Prior, Standing, count_first, counts, standing_of, window_end
from server.policy.facts import First

CITY = ZoneInfo("Asia/Shanghai")
TWO_YEARS = 24


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=CITY)


def served(when: datetime | None, standing: Standing = Standing.EFFECTIVE) -> Prior:
    return Prior(uuid4(), when, standing)


@pytest.mark.parametrize(
    ("served_at", "months", "last_day"),
    [
        (at(2024, 3, 1), 24, date(2026, 3, 1)),
        (at(2024, 2, 29), 24, date(2026, 2, 28)),  # clamped
        (at(2024, 2, 29), 48, date(2028, 2, 29)),  # no need to
        (at(2025, 8, 31), 6, date(2026, 2, 28)),
        (at(2025, 12, 15), 1, date(2026, 1, 15)),
        (at(2024, 3, 1, 0), 24, date(2026, 3, 1)),  # midnight in Shanghai is the day before in UTC
    ],
)
def test_window_end(served_at: datetime, months: int, last_day: date) -> None:
    assert window_end(served_at.astimezone(UTC), months) == last_day


@pytest.mark.parametrize(
    ("act_at", "first"),
    [
        (at(2026, 3, 1, 23), First.NO),  # the same calendar day two years on is still a repeat
        (at(2026, 3, 2, 0), First.YES),
        (at(2024, 3, 1, 13), First.NO),  # an hour after it was served
        (at(2024, 3, 1, 11), First.YES),  # before it was served: nobody had been told
        (at(2024, 2, 1), First.YES),
    ],
)
def test_served_on_the_first_of_march(act_at: datetime, first: First) -> None:
    assert count_first(act_at, [served(at(2024, 3, 1, 12))], TWO_YEARS).first is first


def test_what_stands_decides() -> None:
    act = at(2026, 5, 1)
    prior, challenged = served(at(2026, 1, 1)), served(at(2026, 2, 1), Standing.CHALLENGED)
    assert count_first(act, [], TWO_YEARS).first is First.YES
    assert count_first(act, [served(None, Standing.NOT_SERVED)], TWO_YEARS).first is First.YES
    assert count_first(act, [served(at(2026, 1, 1), Standing.VOID)], TWO_YEARS).first is First.YES
    assert count_first(act, [challenged], TWO_YEARS).first is First.PENDING
    assert count_first(act, [challenged, prior], TWO_YEARS).rests_on == (prior,)
    assert count_first(act, [], TWO_YEARS, sources_reachable=False).first is First.UNKNOWABLE
    assert count_first(act, [prior], TWO_YEARS, sources_reachable=False).first is First.NO


@pytest.mark.parametrize(
    ("kinds", "standing", "served_month"),
    [
        ([], Standing.NOT_SERVED, None),
        ([Kind.CHALLENGED], Standing.NOT_SERVED, None),  # nothing served: nothing to challenge
        ([Kind.ORDER_WITH_PLEDGE_SERVED], Standing.EFFECTIVE, 1),
        ([Kind.ORDER_WITH_PLEDGE_SERVED, Kind.NO_PENALTY_SERVED], Standing.EFFECTIVE, 1),  # counts once, from the first
        ([Kind.NO_PENALTY_SERVED, Kind.CHALLENGED], Standing.CHALLENGED, 1),
        ([Kind.NO_PENALTY_SERVED, Kind.CHALLENGED, Kind.UPHELD], Standing.EFFECTIVE, 1),
        ([Kind.NO_PENALTY_SERVED, Kind.CHALLENGED, Kind.CHALLENGED, Kind.UPHELD], Standing.CHALLENGED, 1),
        ([Kind.NO_PENALTY_SERVED, Kind.SERVICE_DATE_CORRECTED], Standing.EFFECTIVE, 2),
        ([Kind.SERVICE_DATE_CORRECTED], Standing.NOT_SERVED, None),
        ([Kind.NO_PENALTY_SERVED, Kind.CHALLENGED, Kind.QUASHED], Standing.VOID, 1),
        ([Kind.NO_PENALTY_SERVED, Kind.QUASHED, Kind.UPHELD], Standing.VOID, 1),
        ([Kind.NO_PENALTY_SERVED, Kind.QUASHED, Kind.NO_PENALTY_SERVED], Standing.EFFECTIVE, 3),  # decided anew
        ([Kind.ORDER_WITH_PLEDGE_SERVED, Kind.RELEASED], Standing.VOID, 1),  # R13, no fault: uses no chance
    ],
)
def test_standing(kinds: list[Kind], standing: Standing, served_month: int | None) -> None:
    prior = standing_of(uuid4(), [(kind, at(2026, month, 1)) for month, kind in enumerate(kinds, start=1)])
    assert prior.standing is standing
    assert (prior.served_at.month if prior.served_at else None) == served_month


def test_a_void_prior_never_counts() -> None:
    assert not counts(served(at(2026, 1, 1), Standing.VOID), at(2026, 1, 2), TWO_YEARS)
