"""Deadlines as rows: one live timer for each open case."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.cases.deadlines import DUE, LATE, WARN, Calendar, Span, due_at, share_between
from server.cases.tables import Case, CaseTimer
from server.cases.workflow import State, is_open

FALLBACK = Span(working_days=2)
"""For a state that the calendar has no time for; an open case is never without a deadline."""


def rearm(session: Session, calendar: Calendar, case: Case, now: datetime, due: datetime | None = None) -> None:
    """End the live timer; start the one of the case's present state, unless the case is closed.

    `due` is a deadline that a person or the item set; otherwise the calendar's time for the state.
    """
    for old in session.exec(select(CaseTimer).where(CaseTimer.case_id == case.id, col(CaseTimer.live))):
        old.live, old.next_at = False, None
        session.add(old)
    if not is_open(State(case.state)):
        return
    span = calendar.timers.get(case.state, FALLBACK)
    if due is None:
        warn, due, late = (due_at(calendar, now, span, share) for share in (WARN, DUE, LATE))
    else:
        due = max(due, now)
        warn, late = share_between(now, due, WARN), max(share_between(now, due, LATE), due + timedelta(seconds=1))
    session.add(
        CaseTimer(
            id=uuid7(now), case_id=case.id, state=case.state, started_at=now,
            warn_at=warn, due_at=due, late_at=late, next_at=warn,
        )
    )  # fmt: skip
    session.flush()


def live(session: Session, case: Case) -> CaseTimer | None:
    """The live timer of a case."""
    return session.exec(select(CaseTimer).where(CaseTimer.case_id == case.id, col(CaseTimer.live))).first()


def told(session: Session, timer: CaseTimer, share: float) -> None:
    """The sweeper has told of `share`; when to look next."""
    timer.told = share
    timer.next_at = {WARN: timer.due_at, DUE: timer.late_at}.get(share)
    session.add(timer)
