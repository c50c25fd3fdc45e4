"""A queue as a condition of SQL: which rows of `case` wait in it for a person."""

from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, or_
from sqlmodel import Session, col, false, select

from edge.contracts.permits import LOCAL
from server.auth.person import Person
from server.cases import delegations
from server.cases.tables import ApprovalDelegation, Case, RecommendationRow
from server.cases.workflow import ENDS
from server.desk.queues import QUEUES, Queue

_ENDED = sorted(ENDS)


def waiting(session: Session, queue: Queue, person: Person, now: datetime) -> ColumnElement[bool]:
    """Cases within reach that wait in `queue` for this person."""
    asked = QUEUES[queue]
    parts = [person.reach.clause(Case.district)]
    if asked.states:
        parts.append(col(Case.state).in_(sorted(asked.states)))
    if asked.own:
        parts.append(or_(col(Case.handler_id) == person.id, col(Case.handler_id).is_(None)))
    if asked.rules:
        parts.append(_rule_of(asked.states).in_(asked.rules))
    if asked.not_rules:
        parts.append(_rule_of(asked.states).not_in(asked.not_rules))
    if queue is Queue.OVERDUE:
        parts += [col(Case.state).not_in(_ENDED), col(Case.due_at) < now]
    if queue is Queue.VOID:
        parts.append(col(Case.void_asked_by).is_not(None))
    if queue is Queue.DELEGATED:
        parts += [col(Case.path) == "spot", _rule_of(asked.states) == delegations.RULE]
        parts.append(_covered(live_delegations(session, person, now)))
    return and_(*parts)


def live_delegations(session: Session, person: Person, now: datetime) -> list[ApprovalDelegation]:
    """The delegations that stand for this leader today."""
    today = now.astimezone(LOCAL).date()
    wanted = select(ApprovalDelegation).where(
        ApprovalDelegation.leader_id == person.id, col(ApprovalDelegation.ended_at).is_(None),
        ApprovalDelegation.valid_from <= today, ApprovalDelegation.valid_to >= today,
    )  # fmt: skip
    return list(session.exec(wanted).all())


def _covered(rows: list[ApprovalDelegation]) -> ColumnElement[bool]:
    """Cases of a district and an item that some delegation names."""
    if not rows:
        return false()
    return or_(*(and_(col(Case.district) == row.district, col(Case.item_code).in_(row.items)) for row in rows))


def _rule_of(states: frozenset[str]) -> ColumnElement[str]:
    """The rule of the newest stored recommendation, looked up only for cases in these states; "" without one."""
    newest: ScalarSelect[str] = (
        select(RecommendationRow.rule)
        .where(col(RecommendationRow.case_id) == col(Case.id))
        .order_by(col(RecommendationRow.case_version).desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )  # type: ignore[assignment]
    return case((col(Case.state).in_(sorted(states)), func.coalesce(newest, "")), else_="")
