"""When the authority works, how long each state may last, and the law's own periods, as data (`configs/calendar.yaml`).

Published in versions and editable in the server (`server.calendars`). Pure.
"""

from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Hours = tuple[time, time]
ClockName = Literal["filing", "service", "reconsideration", "suit"]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Span(_Entry):
    """How long something may take: minutes on one of three clocks, or working days.

    `urgent` counts every hour, `office` office hours of working days, `staffed` the hours in which seats are manned.
    """

    minutes: float | None = Field(default=None, ge=0)
    clock: Literal["urgent", "office", "staffed"] = "urgent"
    working_days: float | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.minutes is None) == (self.working_days is None):
            raise ValueError("give either minutes or working_days")
        return self


class StateTime(Span):
    """The time of a state; `if_urgent` for urgent matters; `stability_minutes` on top (W8: it must stay so)."""

    if_urgent: Span | None = None
    stability_minutes: float = Field(default=0, ge=0)

    def for_matter(self, urgent: bool) -> Span:
        """The span of an urgent or an ordinary matter."""
        return self.if_urgent if urgent and self.if_urgent is not None else self


class LegalPeriod(_Entry):
    """A period of the law: days (the first not counted), working days or months, with its source.

    `told`: whether the marks at 70, 100 and 150 % are told; the party's own periods are only shown.
    """

    days: int | None = Field(default=None, gt=0)
    working_days: int | None = Field(default=None, gt=0)
    months: int | None = Field(default=None, gt=0)
    source: str = Field(min_length=1)
    verified: bool
    told: bool = True

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if sum(value is not None for value in (self.days, self.working_days, self.months)) != 1:
            raise ValueError("give one of days, working_days, months")
        return self


class UrgentPlace(_Entry):
    """Where everything is urgent: near a school. No zone: all zones of the camera."""

    edge: str
    camera: str
    zone: str | None = None
    why: str = Field(min_length=1)


class Urgent(_Entry):
    """What makes a matter urgent; a reviewer may say otherwise."""

    items: list[str] = Field(default_factory=list[str])
    places: list[UrgentPlace] = Field(default_factory=list[UrgentPlace])


class Limits(_Entry):
    """Numbers of the loop's own rules; all proposals until the authority sets them."""

    refuse_within_minutes: float = Field(default=10, gt=0)
    returns_at_most: int = Field(default=2, ge=0)
    extensions_at_most: int = Field(default=1, ge=0)
    suspend_at_most_days: int = Field(default=90, gt=0)
    reopen_within_days: int = Field(default=730, gt=0)
    arrival_within_m: float = Field(default=200, gt=0)
    recheck_answer_minutes: float = Field(default=2, gt=0)


class Holiday(_Entry):
    """Days off, both ends included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("to is before from")
        return self


class Calendar(_Entry):
    """Local office time (Asia/Shanghai). `years` are those whose holidays are known."""

    id: str = Field(default="plain", pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    version: str = Field(default="1", pattern=r"^[0-9A-Za-z.\-]{1,40}$")
    years: list[int] = Field(default_factory=list[int])
    office_hours: Annotated[list[Hours], Field(min_length=1)] = [
        (time(8, 30), time(12, 0)), (time(13, 30), time(18, 0)),
    ]  # fmt: skip
    staffed_hours: Annotated[list[Hours], Field(min_length=1)] = [(time(7, 0), time(22, 0))]
    holidays: list[Holiday] = Field(default_factory=list[Holiday])
    make_up_days: list[date] = Field(default_factory=list[date])
    timers: dict[str, StateTime] = Field(default_factory=dict[str, StateTime])
    disposal: dict[str, StateTime] = Field(default_factory=dict[str, StateTime])
    """How long W4 may last, by item; an item that is not here takes the time of W4."""
    clocks: dict[ClockName, LegalPeriod] = Field(default_factory=dict[ClockName, LegalPeriod])
    urgent: Urgent = Urgent()
    limits: Limits = Limits()

    @model_validator(mode="after")
    def _hours_in_order(self) -> Self:
        for name in ("office_hours", "staffed_hours"):
            edges = [edge for hours in getattr(self, name) for edge in hours]
            if edges != sorted(set(edges)):
                raise ValueError(f"{name} must be in order and must not overlap")
        return self

    @model_validator(mode="after")
    def _days_off_are_of_known_years(self) -> Self:
        days = [*self.make_up_days, *(h.first for h in self.holidays), *(h.last for h in self.holidays)]
        unknown = sorted({day.year for day in days} - set(self.years))
        if unknown:
            raise ValueError(f"holidays or make_up_days of {unknown}, which are not among years")
        return self

    @property
    def day_minutes(self) -> float:
        """Office minutes of one working day."""
        return sum(minutes_between(opens, closes) for opens, closes in self.office_hours)

    def is_working(self, day: date) -> bool:
        """Make-up days work, holidays do not, else Monday to Friday."""
        if day in self.make_up_days:
            return True
        return day.isoweekday() <= 5 and not any(h.first <= day <= h.last for h in self.holidays)

    def time_of(self, state: str, item: str | None) -> StateTime | None:
        """The time that a state may last for an item; none when the calendar says nothing of it."""
        if state == "W4" and item is not None and item in self.disposal:
            return self.disposal[item]
        return self.timers.get(state)

    def is_urgent(self, item: str | None, edge: str, camera: str, zone: str) -> bool:
        """Whether a matter of this item at this place is urgent."""
        here = (p for p in self.urgent.places if (p.edge, p.camera) == (edge, camera) and p.zone in (None, zone))
        return item in self.urgent.items or next(here, None) is not None


def minutes_between(opens: time, closes: time) -> float:
    """Minutes from one time of day to a later one."""
    return (closes.hour - opens.hour) * 60 + closes.minute - opens.minute


def unknown_years(calendar: Calendar, today: date) -> list[int]:
    """Of this year, and in December of the next, those whose holidays are not known."""
    wanted = [today.year] + ([today.year + 1] if today.month == 12 else [])
    return [year for year in wanted if year not in calendar.years]


def year_warnings(calendar: Calendar, today: date) -> list[str]:
    """The same in words."""
    return [
        f"holidays of {year} are not in calendar {calendar.id}@{calendar.version}: "
        "Monday to Friday count as working days"
        for year in unknown_years(calendar, today)
    ]
