"""授权审批: a head lets a leader approve spot cases in his name. In writing, for items, for a time; else only the head.

Only R18 (slight, no harm, on the list) may be approved so, and only on the spot path (rules (b)).
"""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from edge.contracts.permits import LOCAL
from server.audit import service as audit
from server.auth import service as auth
from server.auth.person import Person
from server.auth.roles import Role
from server.cases import repository
from server.cases.tables import ApprovalDelegation, Case
from server.cases.workflow import State
from server.errors import Conflict, InvalidInput, NotFound

S = State
DELEGABLE = frozenset({(S.L4, S.L5), (S.L4, S.L1)})
"""Moves that a leader may make in the head's name."""
RULE = "R18"


def make(
    session: Session, head: Person, leader_id: UUID, document: str, items: list[str], first: date, last: date,
    district: str, now: datetime,
) -> ApprovalDelegation:  # fmt: skip
    """Write down a delegation. Raises NotFound, InvalidInput (no leader, or dates the wrong way round)."""
    leader = auth.as_person(auth.get(session, leader_id))
    if not leader.has(Role.LEADER):
        raise InvalidInput([{"field": "leader_id", "value": str(leader_id), "allowed": "a person with role leader"}])
    if last < first:
        allowed = f"{first.isoformat()} or later"
        raise InvalidInput([{"field": "valid_to", "value": last.isoformat(), "allowed": allowed}])
    row = ApprovalDelegation(
        id=uuid7(now), district=district, document=document, head_id=head.id, leader_id=leader_id,
        items=sorted(set(items)), valid_from=first, valid_to=last, made_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    facts = {"leader_id": str(leader_id), "document": document, "items": row.items, "district": district}
    audit.record(session, head, "delegation.make", row.id, facts | {"from": str(first), "to": str(last)}, now)
    return row


def end(session: Session, head: Person, delegation_id: UUID, now: datetime) -> ApprovalDelegation:
    """End a delegation. Raises NotFound, or Conflict when it was ended before."""
    row = session.get(ApprovalDelegation, delegation_id)
    if row is None or not head.reach.holds(row.district):
        raise NotFound("delegation", delegation_id)
    if row.ended_at is not None:
        raise Conflict("delegation.already_ended", "It was ended before", {"ended_at": row.ended_at.isoformat()})
    row.ended_at, row.ended_by = now, head.id
    session.add(row)
    audit.record(session, head, "delegation.end", row.id, {"document": row.document}, now)
    return row


def page(session: Session, person: Person) -> list[ApprovalDelegation]:
    """All delegations within reach, the newest first."""
    wanted = person.reach.limit(select(ApprovalDelegation), ApprovalDelegation.district)
    return list(session.exec(wanted.order_by(col(ApprovalDelegation.id).desc())).all())


def covering(
    session: Session, case: Case, frm: State, to: State, actor: Person, now: datetime
) -> ApprovalDelegation | None:
    """The delegation by which this person may make this move in the head's name, if there is one."""
    if (frm, to) not in DELEGABLE or not actor.has(Role.LEADER) or actor.has(Role.HEAD) or case.path != "spot":
        return None
    stored = repository.newest_recommendation(session, case.id)
    if stored is None or stored.rule != RULE:
        return None
    today = now.astimezone(LOCAL).date()
    wanted = select(ApprovalDelegation).where(
        ApprovalDelegation.leader_id == actor.id, col(ApprovalDelegation.ended_at).is_(None),
        ApprovalDelegation.valid_from <= today, ApprovalDelegation.valid_to >= today,
        ApprovalDelegation.district == case.district,
    )  # fmt: skip
    return next((row for row in session.exec(wanted) if case.item_code in row.items), None)
