"""Work of people with a day it is due: who is told at 70, 100 and 150 % of the time. Nothing closes by itself."""

from datetime import datetime
from typing import TypedDict

from sqlmodel import Field, SQLModel

from server.cases.deadlines import DUE, LATE, WARN, Calendar, Span, due_at


class Marked(SQLModel):
    """The three marks; `next_at` is when to look again (null: all told or settled), `told` the last mark told."""

    warn_at: datetime
    due_at: datetime = Field(index=True)
    late_at: datetime
    next_at: datetime | None = Field(default=None, index=True)
    told: float = 0


class MarkTimes(TypedDict):
    """The times of the marks, as `Marked` takes them."""

    warn_at: datetime
    due_at: datetime
    late_at: datetime
    next_at: datetime | None


def marks(calendar: Calendar, start: datetime, span: Span) -> MarkTimes:
    """The times of the marks for something that begins at `start` and may last `span`."""
    warn, due, late = (due_at(calendar, start, span, share) for share in (WARN, DUE, LATE))
    return {"warn_at": warn, "due_at": due, "late_at": late, "next_at": warn}


def reached(row: Marked, now: datetime) -> float | None:
    """The latest mark that was reached and not told yet; it counts as told from here on."""
    times = ((WARN, row.warn_at), (DUE, row.due_at), (LATE, row.late_at))
    passed = [share for share, at in times if at <= now and share > row.told]
    if not passed:
        return None
    row.told = passed[-1]
    row.next_at = next((at for share, at in times if share > row.told), None)
    return passed[-1]
