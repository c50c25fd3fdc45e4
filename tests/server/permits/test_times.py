"""Dates, seasons, weekdays and hours; what the edges get agrees with the register at every moment."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.contracts.permits import LOCAL
from server.permits.tables import PermitArea, PermitRow
from server.permits.times import Times, meet
from server.permits.wire import expand, key_of, times_of

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=LOCAL)
SQUARE = [[0.1, 0.5], [0.5, 0.5], [0.5, 0.9], [0.1, 0.9]]


def permit(**changes: Any) -> PermitRow:
    fields: dict[str, Any] = {
        "id": "wb-1", "subject_id": UUID(int=1), "weekdays": [1, 2, 3, 4, 5, 6, 7], "hours_from": time(0),
        "hours_to": time(0), "valid_from": date(2026, 1, 1), "valid_to": date(2028, 12, 31), "status": "active",
        "created_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    return PermitRow(**(fields | changes))


def areas(count: int) -> list[PermitArea]:
    return [
        PermitArea(permit_id="wb-1", ordinal=n, edge_id="edge-1", camera_id=f"cam-{n}", zone_id="z1", polygon=SQUARE)
        for n in range(1, count + 1)
    ]


def test_one_entry_becomes_a_contract_permit_for_each_zone_and_each_season() -> None:
    row = permit(season_from="05-01", season_to="10-15")
    sent = expand(row, areas(2), date(2026, 6, 1))
    spans = {(p.camera_id, p.valid_from, p.valid_to) for p in sent}
    years = {(date(y, 5, 1), date(y, 10, 15)) for y in (2026, 2027, 2028)}
    assert spans == {(camera, *span) for camera in ("cam-1", "cam-2") for span in years}
    assert len({p.id for p in sent}) == 6
    assert {key_of(p.id) for p in sent} == {"wb-1"}


def test_the_names_on_the_wire_stay_when_a_season_passes() -> None:
    row = permit(season_from="05-01", season_to="10-15")
    early, late = expand(row, areas(1), date(2026, 6, 1)), expand(row, areas(1), date(2027, 6, 1))
    assert [p.id for p in late] == [p.id for p in early][1:]


def test_without_a_season_the_first_area_keeps_the_plain_key() -> None:
    assert [p.id for p in expand(permit(), areas(3), date(2026, 6, 1))] == ["wb-1", "wb-1__2", "wb-1__3"]


def test_a_permit_that_is_over_or_whose_holder_left_is_not_sent() -> None:
    assert expand(permit(), areas(1), date(2029, 1, 1)) == []
    left = permit(holder_left_at=datetime(2026, 3, 10, 4, tzinfo=UTC))
    assert [p.valid_to for p in expand(left, areas(1), date(2026, 1, 1))] == [date(2026, 3, 9)]
    assert expand(permit(holder_left_at=datetime(2026, 1, 1, 4, tzinfo=UTC)), areas(1), date(2026, 1, 1)) == []


def test_a_winter_season_runs_over_new_year_and_29_february_is_the_last_day() -> None:
    winter = times_of(permit(season_from="11-15", season_to="02-29"))
    inside = [date(2026, 1, 1), date(2026, 2, 28), date(2026, 11, 15), date(2028, 2, 29)]
    outside = [date(2026, 3, 1), date(2026, 11, 14), date(2028, 3, 1)]
    assert [winter.in_season(day) for day in inside] == [True] * 4
    assert [winter.in_season(day) for day in outside] == [False] * 3


MONTH_DAY = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")
HOUR = st.sampled_from([time(0), time(2), time(9, 30), time(17), time(22)])


@given(
    season=st.none() | st.tuples(MONTH_DAY, MONTH_DAY),
    weekdays=st.sets(st.integers(1, 7), min_size=1),
    hours=st.tuples(HOUR, HOUR),
    at=st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
)
def test_register_and_edge_agree_at_every_moment(
    season: tuple[str, str] | None, weekdays: set[int], hours: tuple[time, time], at: datetime
) -> None:
    first, last = season or ("", "")
    row = permit(season_from=first, season_to=last, weekdays=sorted(weekdays), hours_from=hours[0], hours_to=hours[1])
    times = times_of(row)
    sent = expand(row, areas(1), row.valid_from)
    day = times.business_day(at)
    allowed = row.valid_from <= day <= row.valid_to and times.in_season(day) and times.minutes_outside(at) == 0
    closing = time(0) if hours[0] == hours[1] else hours[1]
    at_closing = at.time() == closing  # the closing moment itself is neither
    assert at_closing or any(p.is_live(at) for p in sent) == allowed


EVENING = Times(frozenset({5}), time(22), time(2), date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("other", "met"),
    [
        (Times(frozenset({6}), time(1), time(3), date(2026, 1, 1), date(2026, 12, 31)), True),  # Friday's night
        (Times(frozenset({6}), time(2), time(3), date(2026, 1, 1), date(2026, 12, 31)), False),
        (Times(frozenset({5}), time(22), time(23), date(2027, 1, 1), date(2027, 12, 31)), False),
        (Times(frozenset({5}), time(0), time(0), date(2026, 12, 31), date(2027, 12, 31)), True),
    ],
)
def test_two_permits_meet_when_there_is_a_moment_that_both_allow(other: Times, met: bool) -> None:
    assert meet(EVENING, other) is met
    assert meet(other, EVENING) is met


def test_seasons_apart_do_not_meet() -> None:
    spring = Times(EVENING.weekdays, time(9), time(10), EVENING.valid_from, EVENING.valid_to, "03-01", "05-31")
    autumn = Times(EVENING.weekdays, time(9), time(10), EVENING.valid_from, EVENING.valid_to, "09-01", "11-30")
    assert not meet(spring, autumn)
    assert meet(spring, spring)
