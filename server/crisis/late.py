"""A cause beyond the party's control that made its correction late: accepted by a leader, with a reason."""

from datetime import datetime

from sqlmodel import Session, select

from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.auth.roles import Role
from server.cases.tables import Case
from server.crisis.tables import LateAcceptance
from server.errors import Conflict
from server.policy.matter import LateAccepted


def accept_late(session: Session, case: Case, reason: str, person: Person, now: datetime) -> LateAcceptance:
    """The leader accepts the cause of a missed deadline. Raises Conflict when none was missed, or it was accepted."""
    due = case.order_due_at
    facts = {"order_due_at": due.isoformat() if due else None}
    if due is None or (case.corrected_at or now) <= due:
        raise Conflict("case.not_late", "The correction is not late", facts)
    if _acceptance(session, case) is not None:
        raise Conflict("case.late_already_accepted", "A cause was accepted already", facts)
    row = LateAcceptance(
        id=uuid7(now), case_id=case.id, due_at=due, reason=reason, accepted_by=person.id,
        accepted_by_name=person.name, accepted_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    # Imported here: cases ask this room for what was accepted.
    from server.cases import history, moves

    before = history.snapshot(case)
    moves.note(session, case, reason, facts, before, now, kind="late_accepted", actor=person, role=Role.LEADER)
    return row


def late_accepted(session: Session, case: Case) -> LateAccepted | None:
    """The cause accepted for the deadline that the case has now."""
    row = _acceptance(session, case)
    if row is None:
        return None
    return LateAccepted(due_at=row.due_at, by=row.accepted_by_name, at=row.accepted_at, reason=row.reason)


def _acceptance(session: Session, case: Case) -> LateAcceptance | None:
    wanted = select(LateAcceptance).where(
        LateAcceptance.case_id == case.id, LateAcceptance.due_at == case.order_due_at
    )  # fmt: skip
    return session.exec(wanted).first()
