"""When something is due, in working time or urgent time. Pure: the calendar and the start come in as values."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from edge.contracts.permits import LOCAL

WARN, DUE, LATE = 0.7, 1.0, 1.5
"""Shares of the allowed time at which somebody is told: the handler, the leader, the head. Nothing closes by itself."""
OfficeHours = tuple[time, time]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Span(_Entry):
    """How long something may take: minutes on one of the two clocks, or working days."""

    minutes: float | None = Field(default=None, ge=0)
    clock: Literal["urgent", "office"] = "urgent"
    working_days: float | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.minutes is None) == (self.working_days is None):
            raise ValueError("give either minutes or working_days")
        return self


class Holiday(_Entry):
    """Days off, both ends included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")


class Calendar(_Entry):
    """Local office time. `years` are those whose holidays are known."""

    id: str = "plain"
    version: str = "1"
    years: list[int] = Field(default_factory=list[int])
    office_hours: Annotated[list[OfficeHours], Field(min_length=1)] = [
        (time(8, 30), time(12, 0)), (time(13, 30), time(18, 0)),
    ]  # fmt: skip
    holidays: list[Holiday] = Field(default_factory=list[Holiday])
    make_up_days: list[date] = Field(default_factory=list[date])
    timers: dict[str, Span] = Field(default_factory=dict[str, Span])

    @model_validator(mode="after")
    def _hours_in_order(self) -> Self:
        edges = [edge for hours in self.office_hours for edge in hours]
        if edges != sorted(set(edges)):
            raise ValueError("office_hours must be in order and must not overlap")
        return self

    @property
    def day_minutes(self) -> float:
        """Office minutes of one working day."""
        return sum(_minutes_between(opens, closes) for opens, closes in self.office_hours)

    def is_working(self, day: date) -> bool:
        """Make-up days work, holidays do not, else Monday to Friday."""
        if day in self.make_up_days:
            return True
        return day.isoweekday() <= 5 and not any(h.first <= day <= h.last for h in self.holidays)


def due_at(calendar: Calendar, start: datetime, span: Span, share: float = 1.0) -> datetime:
    """The aware UTC instant at which `share` of the span is used up."""
    if span.working_days is not None:
        return _add_office_minutes(calendar, start, span.working_days * calendar.day_minutes * share)
    minutes = (span.minutes or 0.0) * share
    if span.clock == "office":
        return _add_office_minutes(calendar, start, minutes)
    return start.astimezone(UTC) + timedelta(minutes=minutes)


def share_between(start: datetime, due: datetime, share: float) -> datetime:
    """The instant at which `share` of the plain time from start to due is over (for deadlines set by a person)."""
    return start + (due - start) * share


def _add_office_minutes(calendar: Calendar, start: datetime, minutes: float) -> datetime:
    local, left = start.astimezone(LOCAL), minutes
    day = local.date()
    for _ in range(3660):
        if calendar.is_working(day):
            for opens, closes in calendar.office_hours:
                begin = max(datetime.combine(day, opens, LOCAL), local)
                end = datetime.combine(day, closes, LOCAL)
                room = (end - begin).total_seconds() / 60
                if room > 0 and left <= room:
                    return (begin + timedelta(minutes=left)).astimezone(UTC)
                left -= max(room, 0)
        day += timedelta(days=1)
    raise ValueError("no working time within ten years: the calendar has no working days")


def _minutes_between(opens: time, closes: time) -> float:
    return (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
