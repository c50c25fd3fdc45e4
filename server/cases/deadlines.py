"""When something is due, in working time or urgent time. Pure: the calendar and the start come in as values."""

import calendar as months
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from edge.contracts.permits import LOCAL
from server.cases.calendar import Calendar, Hours, LegalPeriod, Span, StateTime

WARN, DUE, LATE = 0.7, 1.0, 1.5
"""Shares of the allowed time at which somebody is told: the handler, the leader, the head. Nothing closes by itself."""
__all__ = ["DUE", "LATE", "WARN", "Calendar", "Span", "StateTime", "due_at", "period_end", "share_between"]


def due_at(calendar: Calendar, start: datetime, span: Span, share: float = 1.0) -> datetime:
    """The aware UTC instant at which `share` of the span is used up."""
    extra = timedelta(minutes=span.stability_minutes * share) if isinstance(span, StateTime) else timedelta()
    if span.working_days is not None:
        return _add_office_minutes(calendar, start, span.working_days * calendar.day_minutes * share) + extra
    minutes = (span.minutes or 0.0) * share
    if span.clock == "office":
        return _add_office_minutes(calendar, start, minutes) + extra
    if span.clock == "staffed":
        return _add_minutes(calendar, start, minutes, calendar.staffed_hours, every_day=True) + extra
    return start.astimezone(UTC) + timedelta(minutes=minutes) + extra


def period_end(calendar: Calendar, start: datetime, period: LegalPeriod) -> datetime:
    """The end of a legal period: the last local day is over. The day of the start is not counted (Penalty Law 85,
    by analogy; months end on the same day of the month, the last one where there is none).
    """
    day = start.astimezone(LOCAL).date()
    if period.days is not None:
        last = day + timedelta(days=period.days)
    elif period.months is not None:
        last = _months_later(day, period.months)
    else:
        last = _working_days_later(calendar, day, period.working_days or 0)
    return datetime.combine(last + timedelta(days=1), time(0), LOCAL).astimezone(UTC)


def share_between(start: datetime, due: datetime, share: float) -> datetime:
    """The instant at which `share` of the plain time from start to due is over (for deadlines set by a person)."""
    return start + (due - start) * share


def _add_office_minutes(calendar: Calendar, start: datetime, minutes: float) -> datetime:
    return _add_minutes(calendar, start, minutes, calendar.office_hours, every_day=False)


def _add_minutes(
    calendar: Calendar, start: datetime, minutes: float, hours: Sequence[Hours], *, every_day: bool
) -> datetime:
    local, left = start.astimezone(LOCAL), minutes
    day = local.date()
    for _ in range(3660):
        if every_day or calendar.is_working(day):
            for opens, closes in hours:
                begin = max(datetime.combine(day, opens, LOCAL), local)
                end = datetime.combine(day, closes, LOCAL)
                room = (end - begin).total_seconds() / 60
                if room > 0 and left <= room:
                    return (begin + timedelta(minutes=left)).astimezone(UTC)
                left -= max(room, 0)
        day += timedelta(days=1)
    raise ValueError("no working time within ten years: the calendar has no working days")


def _months_later(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 + count
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


def _working_days_later(calendar: Calendar, day: date, count: int) -> date:
    for _ in range(3660):
        if count == 0:
            return day
        day += timedelta(days=1)
        count -= calendar.is_working(day)
    raise ValueError("no working time within ten years: the calendar has no working days")
