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

    `due` is a deadline that a person or the item set; otherwise the calendar's time for the state, of urgent or
    ordinary matters. The case keeps the live deadline too, for lists.
    """
    for old in session.exec(select(CaseTimer).where(CaseTimer.case_id == case.id, col(CaseTimer.live))):
        old.live, old.next_at = False, None
        session.add(old)
    session.flush()
    case.due_at = None
    session.add(case)
    if not is_open(State(case.state)):
        return
    found = calendar.time_of(case.state, case.item_code)
    span = found.for_matter(case.urgent) if found is not None else FALLBACK
    if due is None:
        warn, due, late = (due_at(calendar, now, span, share) for share in (WARN, DUE, LATE))
    else:
        due = max(due, now)
        warn, late = share_between(now, due, WARN), max(share_between(now, due, LATE), due + timedelta(seconds=1))
    case.due_at = due
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


def longest_extension(session: Session, case: Case, now: datetime) -> datetime | None:
    """Until when the extension asked for may go: once more the time first given. On the handling clock, which stands
    still while the request is open, that time is added as well; the order's deadline does not stand still.
    """
    if case.asked_from == State.W6:
        if case.order_due_at is None or case.order_served_at is None:
            return None
        return case.order_due_at + (case.order_due_at - case.order_served_at)
    if case.asked_due_at is None or case.asked_at is None:
        return None
    asked = select(CaseTimer).where(CaseTimer.case_id == case.id, CaseTimer.due_at == case.asked_due_at)
    timer = session.exec(asked.order_by(col(CaseTimer.id).desc())).first()
    given = timer.due_at - timer.started_at if timer is not None else timedelta()
    return case.asked_due_at + given + (now - case.asked_at)


def told(session: Session, timer: CaseTimer, share: float) -> None:
    """The sweeper has told of `share`; when to look next."""
    timer.told = share
    timer.next_at = {WARN: timer.due_at, DUE: timer.late_at}.get(share)
    session.add(timer)
