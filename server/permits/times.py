"""When a permit allows trading: dates, season, weekdays, hours. All local (Asia/Shanghai). Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from edge.contracts.permits import LOCAL

SEASON_DAY = re.compile(r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")
DAY = timedelta(days=1)
WEEK_MINUTES = 7 * 1440


@dataclass(frozen=True)
class Times:
    """`season_from`, `season_to` are MM-DD, both included, empty for all year; a season may run over New Year.

    `hours_to` before `hours_from` runs past midnight: the night belongs to the day on which it began. Equal hours are
    the whole day.
    """

    weekdays: frozenset[int]
    hours_from: time
    hours_to: time
    valid_from: date
    valid_to: date
    season_from: str = ""
    season_to: str = ""

    def in_season(self, day: date) -> bool:
        """Whether the season holds on a day; 02-29 means the last of February."""
        return any(first <= day <= last for first, last in self._seasons(day.year - 1, day.year))

    def spans(self, since: date) -> list[tuple[date, date]]:
        """The stretches of days, within the dates and the season, that are not over on `since`."""
        if not self.season_from:
            whole = [(self.valid_from, self.valid_to)]
        else:
            whole = self._seasons(self.valid_from.year - 1, self.valid_to.year)
        cut = [(max(first, self.valid_from), min(last, self.valid_to)) for first, last in whole]
        return [(first, last) for first, last in cut if first <= last and last >= since]

    def business_day(self, at: datetime) -> date:
        """The day to which an instant belongs: of the hours after midnight of an overnight permit, the day before."""
        local = at.astimezone(LOCAL)
        is_night = self.hours_to < self.hours_from and local.time() < self.hours_to
        return local.date() - DAY if is_night else local.date()

    def minutes_outside(self, at: datetime) -> float:
        """Minutes between an instant and the nearest hours, on a permitted weekday; 0 inside them."""
        local = at.astimezone(LOCAL)
        near = [self._open(local.date() + offset * DAY) for offset in range(-8, 9)]
        gaps = [max((opens - local).total_seconds(), (local - closes).total_seconds(), 0) for opens, closes in near if
                opens.date().isoweekday() in self.weekdays]  # fmt: skip
        return min(gaps) / 60

    def _open(self, day: date) -> tuple[datetime, datetime]:
        if self.hours_from == self.hours_to:
            start = datetime.combine(day, time(), LOCAL)
            return start, start + DAY
        opens, closes = datetime.combine(day, self.hours_from, LOCAL), datetime.combine(day, self.hours_to, LOCAL)
        return opens, closes if closes > opens else closes + DAY

    def _seasons(self, first_year: int, last_year: int) -> list[tuple[date, date]]:
        if not self.season_from:
            return [(date(first_year, 1, 1), date(last_year, 12, 31))]
        over_new_year = self.season_to < self.season_from
        return [
            (_day(year, self.season_from), _day(year + 1 if over_new_year else year, self.season_to))
            for year in range(first_year, last_year + 1)
        ]


def meet(one: Times, other: Times) -> bool:
    """Whether there is a moment that both allow."""
    if not _week(one) & _week(other):
        return False
    return any(max(a, c) <= min(b, d) for a, b in one.spans(one.valid_from) for c, d in other.spans(other.valid_from))


def _week(times: Times) -> int:
    """A week's minutes as bits, Monday 00:00 first."""
    start = times.hours_from.hour * 60 + times.hours_from.minute
    length = (times.hours_to.hour * 60 + times.hours_to.minute - start) % 1440 or 1440
    start = 0 if length == 1440 else start
    bits = 0
    for weekday in times.weekdays:
        opens = (weekday - 1) * 1440 + start
        bits |= ((1 << length) - 1) << opens
    return (bits | (bits >> WEEK_MINUTES)) & ((1 << WEEK_MINUTES) - 1)


def _day(year: int, month_day: str) -> date:
    month, day = int(month_day[:2]), int(month_day[3:])
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
