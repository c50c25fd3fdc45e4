"""Periods of the law that run beside the deadline of the state: filing (Art. 60), service (61), the party's remedies.

Which run follows from the case alone, so they are put right after every move and nothing can be forgotten.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.cases.calendar import Calendar, ClockName
from server.cases.deadlines import DUE, LATE, WARN, period_end, share_between
from server.cases.tables import Case, CaseClock
from server.cases.workflow import State, is_open

S = State
NAMES: dict[ClockName, tuple[str, str]] = {
    "filing": ("立案九十日期限", "90 days from filing"),
    "service": ("送达七日期限", "7 days to serve"),
    "reconsideration": ("行政复议期限", "reconsideration"),
    "suit": ("行政诉讼期限", "suit"),
}
_DECIDED = frozenset({S.L5, S.L8})


def wanted(case: Case, now: datetime) -> dict[ClockName, datetime]:
    """The clocks that run, with the instant from which each does. Pure.

    filing: from filing until decided or closed; it goes on, with its old start, when the case is opened again.
    service: from the decision until served. reconsideration and suit: from service, shown for as long as they last.
    """
    state = State(case.state)
    running: dict[ClockName, datetime] = {}
    if case.filed_at is not None and is_open(state) and state not in _DECIDED:
        running["filing"] = case.filed_at
    if state is S.L5 and case.decided_at is not None:
        running["service"] = case.decided_at
    if case.served_at is not None and state is not S.V and case.decided_at is not None:
        running["reconsideration"] = running["suit"] = case.served_at
    return running


def refresh(session: Session, calendar: Calendar, case: Case, now: datetime) -> None:
    """End the clocks that run no longer, start those that do."""
    running = wanted(case, now)
    known = {(row.kind, row.started_at): row for row in of_case(session, case.id)}
    for (kind, started_at), row in known.items():
        if running.get(kind) == started_at:  # type: ignore[call-overload]
            if row.ended_at is not None:
                row.ended_at, row.next_at = None, _next(row, calendar)
        elif row.ended_at is None:
            row.ended_at, row.next_at = now, None
        session.add(row)
    for kind, started_at in running.items():
        period = calendar.clocks.get(kind)
        if period is None or (kind, started_at) in known:
            continue
        due = period_end(calendar, started_at, period)
        row = CaseClock(
            id=uuid7(now), case_id=case.id, kind=kind, source=period.source, started_at=started_at,
            warn_at=share_between(started_at, due, WARN), due_at=due, late_at=share_between(started_at, due, LATE),
        )  # fmt: skip
        row.next_at = _next(row, calendar)
        session.add(row)
    session.flush()


def of_case(session: Session, case_id: UUID) -> list[CaseClock]:
    """The clocks of a case, those that ended too, oldest first."""
    return list(session.exec(select(CaseClock).where(CaseClock.case_id == case_id).order_by(col(CaseClock.id))).all())


def due(session: Session, now: datetime, limit: int) -> list[CaseClock]:
    """Running clocks with a mark to tell."""
    asked = select(CaseClock).where(col(CaseClock.next_at) <= now).order_by(col(CaseClock.next_at)).limit(limit)
    return list(session.exec(asked.execution_options(populate_existing=True)).all())


def reached(row: CaseClock, now: datetime) -> list[float]:
    """The marks that were reached and not told; they count as told from here on."""
    marks = ((WARN, row.warn_at), (DUE, row.due_at), (LATE, row.late_at))
    passed = [share for share, at in marks if at <= now and share > row.told]
    row.told = max([row.told, *passed])
    row.next_at = next((at for share, at in marks if share > row.told), None)
    return passed


def _next(row: CaseClock, calendar: Calendar) -> datetime | None:
    period = calendar.clocks.get(row.kind)  # type: ignore[call-overload]
    if period is None or not period.told:
        return None
    marks = ((WARN, row.warn_at), (DUE, row.due_at), (LATE, row.late_at))
    return next((at for share, at in marks if share > row.told), None)
