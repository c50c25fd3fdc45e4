"""Key figures step by step through a range of days: what a chart of them is drawn from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlmodel import Session

from server.auth.reach import Reach
from server.reports import reading
from server.reports.facts import CaseFact, Range, set_agreement
from server.reports.kpis import KPIS, Measured, Of, measure
from server.reports.service import Scope

Step = Literal["day", "week", "month"]
MOST_STEPS = 92
READ: tuple[Of, ...] = ("case", "alert", "patrol", "subject")


@dataclass(frozen=True)
class Point:
    """The figures of one step, its days included."""

    since: date
    until: date
    figures: dict[str, Measured]


def steps(since: date, until: date, step: Step) -> Iterator[tuple[date, date]]:
    """The days cut into steps: weeks from Monday, calendar months; the first and last one cut to the range."""
    first = since
    while first <= until:
        if step == "day":
            last = first
        elif step == "week":
            last = first + timedelta(days=6 - first.weekday())
        else:
            last = (first.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        yield first, min(last, until)
        first = last + timedelta(days=1)


def trend(
    session: Session, scope: Scope, reach: Reach, since: date, until: date, step: Step, now: datetime
) -> list[Point]:
    """The figures of each step. Everything is read once; a figure of a step counts as if that were the whole range."""
    read = {of: reading.records(session, of, scope.within, reach) for of in READ}
    records = {of: [record for record in found if scope.holds(record)] for of, found in read.items()}
    points: list[Point] = []
    for first, last in steps(since, until, step):
        cut = Range.of_days(first, last, now)
        _agree_anew(read["case"], cut)
        points.append(Point(first, last, {kpi.id: measure(kpi, records[kpi.of], cut) for kpi in KPIS}))
    return points


def _agree_anew(cases: Sequence[CaseFact], within: Range) -> None:
    """What is usual depends on the decisions that are compared, so it is found for each step."""
    for fact in cases:
        fact.agrees = None
    set_agreement(cases, within)
