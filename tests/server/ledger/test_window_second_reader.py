"""The window arithmetic read a second time: the rules' sentences done slowly, day by day, compared by hypothesis.

"A prior counts while the new act date is on or before the same calendar day two years after the prior was served
(clamp 29 Feb). Served 2024-03-01: an act on 2026-03-01 is a repeat, on 2026-03-02 is first. Acts committed before the
prior was served are not repeats." Local days are the city's (eight hours ahead of UTC, no summer time).
"""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from server.ledger.window import Kind, Prior, Standing, count_first, counts, standing_of, window_end
from server.policy.facts import First

AHEAD = timedelta(hours=8)
START = datetime(2019, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 14 * 365 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds))
MONTHS = st.sampled_from([1, 6, 12, 24, 24, 24, 36, 48, 60])
DAY = timedelta(days=1)


def city_day(at: datetime) -> date:
    return (at.replace(tzinfo=None) + AHEAD).date()


def slow_end(served: date, months: int) -> date:
    """Walk on day by day; count month starts; stop on the same day number, or on the month's last day before it."""
    day, passed = served, 0
    while True:
        following = day + DAY
        if following.month != day.month:
            if passed == months:
                return day  # the month has no such day
            passed += 1
        day = following
        if passed == months and day.day == served.day:
            return day


def slow_is_repeat(served_at: datetime, act_at: datetime, months: int) -> bool:
    if act_at < served_at:
        return False
    last = slow_end(city_day(served_at), months)
    day = city_day(served_at)
    while day <= last:
        if day == city_day(act_at):
            return True
        day += DAY
    return False


@given(st.dates(date(2019, 1, 1), date(2033, 1, 1)), MONTHS)
def test_the_last_day_of_the_window(served: date, months: int) -> None:
    noon = datetime(served.year, served.month, served.day, 4, tzinfo=UTC)
    assert window_end(noon, months) == slow_end(served, months)


@given(st.sampled_from([2020, 2024, 2028]), MONTHS)
def test_served_on_29_february(year: int, months: int) -> None:
    served = datetime(year, 2, 29, 4, tzinfo=UTC)
    end = window_end(served, months)
    assert end == slow_end(date(year, 2, 29), months)
    if months == 24:
        assert end == date(year + 2, 2, 28)


@given(INSTANTS, st.integers(-40, 800), st.integers(0, 86_399), MONTHS)
def test_whether_an_act_is_a_repeat(served_at: datetime, days: int, seconds: int, months: int) -> None:
    act_at = served_at + timedelta(days=days, seconds=seconds)
    prior = Prior(uuid4(), served_at, Standing.EFFECTIVE)
    assert counts(prior, act_at, months) is slow_is_repeat(served_at, act_at, months)


@given(INSTANTS, MONTHS, st.integers(-2, 2), st.integers(0, 86_399))
def test_around_the_last_day(served_at: datetime, months: int, days: int, seconds: int) -> None:
    last = slow_end(city_day(served_at), months)
    midnight = datetime(last.year, last.month, last.day, tzinfo=UTC) - AHEAD
    act_at = midnight + timedelta(days=days, seconds=seconds)
    prior = Prior(uuid4(), served_at, Standing.EFFECTIVE)
    assert counts(prior, act_at, months) is (served_at <= act_at and days <= 0)


@given(st.lists(st.tuples(INSTANTS, st.sampled_from(list(Standing))), max_size=5), INSTANTS, st.booleans())
def test_first_by_the_table_of_what_uses_up_the_chance(
    told: list[tuple[datetime, Standing]], act_at: datetime, reachable: bool
) -> None:
    priors = [Prior(uuid4(), None if how is Standing.NOT_SERVED else at, how) for at, how in told]
    inside = [how for at, how in told if how in (Standing.EFFECTIVE, Standing.CHALLENGED)
              and slow_is_repeat(at, act_at, 24)]  # fmt: skip
    wanted = (
        First.NO if Standing.EFFECTIVE in inside
        else First.PENDING if inside
        else First.YES if reachable
        else First.UNKNOWABLE
    )  # fmt: skip
    assert count_first(act_at, priors, 24, reachable).first is wanted


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), INSTANTS), max_size=7))
def test_how_a_finding_stands_read_backwards(events: list[tuple[Kind, datetime]]) -> None:
    """The last thing that served or ended it says whether it stands; open challenges since then make it pending."""
    served = (Kind.PENALTY_SERVED, Kind.NO_PENALTY_SERVED, Kind.ORDER_WITH_PLEDGE_SERVED)
    turns = [kind for kind, _ in events if kind in (*served, Kind.QUASHED, Kind.RELEASED)]
    prior = standing_of(uuid4(), events)
    if not turns:
        assert prior.standing is Standing.NOT_SERVED
    elif turns[-1] in (Kind.QUASHED, Kind.RELEASED):
        assert prior.standing is Standing.VOID
    else:
        assert prior.standing in (Standing.EFFECTIVE, Standing.CHALLENGED)
