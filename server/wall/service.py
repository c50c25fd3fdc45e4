"""Counts of today, in the city's own day: what came, what waits, what was done. Counted in SQL, within reach."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from server.alerts.tables import Alert
from server.auth.reach import Reach
from server.cases.tables import Case, CaseStep
from server.cases.workflow import ENDS, State
from server.notify.templates import LOCAL

S = State
_ENDED = [state.value for state in ENDS]


@dataclass(frozen=True)
class Today:
    """`waiting`: open cases that wait for a verdict now. `reminded`, `dispatched`, `closed`: cases that came there
    today; each is counted once. `overdue`: open cases past their deadline now."""

    since: datetime
    alerts: int
    waiting: int
    reminded: int
    dispatched: int
    closed: int
    overdue: int


def midnight(now: datetime) -> datetime:
    """When the city's day began."""
    return datetime.combine(now.astimezone(LOCAL).date(), time(), LOCAL).astimezone(UTC)


def today(session: Session, reach: Reach, now: datetime) -> Today:
    """The counts since local midnight."""
    since = midnight(now)
    cases = reach.limit(select(func.count()).select_from(Case), Case.district)
    alerts = reach.limit(select(func.count()).select_from(Alert), Alert.district)
    return Today(
        since=since,
        alerts=session.exec(alerts.where(col(Alert.raised_at) >= since)).one(),
        waiting=session.exec(cases.where(Case.state == S.A1.value)).one(),
        reminded=_moved(session, reach, since, [S.W0.value]),
        dispatched=_moved(session, reach, since, [S.W2.value]),
        closed=session.exec(cases.where(col(Case.closed_at) >= since, col(Case.state).in_(_ENDED))).one(),
        overdue=session.exec(cases.where(col(Case.due_at) < now, col(Case.state).not_in(_ENDED))).one(),
    )


def _moved(session: Session, reach: Reach, since: datetime, states: list[str]) -> int:
    # Ids of steps begin with their time: the key's own index leads to today's, however many there ever were.
    first = UUID(int=int(since.timestamp() * 1000) << 80)
    wanted: Any = (
        select(func.count(func.distinct(CaseStep.case_id)))
        .join(Case, col(Case.id) == col(CaseStep.case_id))
        .where(col(CaseStep.id) >= first, col(CaseStep.at) >= since, CaseStep.kind == "transition")
        .where(col(CaseStep.to_state).in_(states), CaseStep.from_state != CaseStep.to_state)
    )
    return session.exec(reach.limit(wanted, Case.district)).one()
