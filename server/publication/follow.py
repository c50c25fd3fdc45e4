"""What happens to an act happens to its publication: served, challenged, upheld, quashed; suspended, revoked."""

from datetime import datetime

from sqlmodel import Session

from edge.contracts.permits import PermitStatus
from server.auth.person import Person
from server.ledger.tables import Offence
from server.ledger.window import Kind as Event
from server.permits.tables import PermitRow
from server.publication import acts, service
from server.publication.tables import Kind

_ENDS = frozenset({Event.QUASHED, Event.RELEASED})


def ledger_event(session: Session, offence: Offence, event: Event, at: datetime, by: Person, now: datetime) -> None:
    """After an event of a finding was recorded. A served exemption changes nothing here: it is never published."""
    case = offence.case_id
    if event is Event.PENALTY_SERVED:
        acts.penalty(session, offence, at, by, now)
    elif event is Event.CHALLENGED:
        service.freeze(session, "有异议、复议或诉讼 / under challenge", by, now, case_id=case)
    elif event is Event.UPHELD:
        service.unfreeze(session, "维持 / upheld", by, now, case_id=case)
    elif event in _ENDS:
        service.withdraw(session, "决定被撤销或变更 / quashed or changed", by, now, case_id=case)


def permit_status(session: Session, row: PermitRow, reason: str, by: Person, now: datetime) -> None:
    """After a permit got a new status."""
    status = PermitStatus(row.status)
    if status is PermitStatus.REVOKED:
        service.withdraw(session, reason, by, now, kind=Kind.PERMIT, target=row.id)
    elif status is PermitStatus.SUSPENDED:
        service.freeze(session, reason, by, now, kind=Kind.PERMIT, target=row.id)
    elif status is PermitStatus.ACTIVE:
        service.unfreeze(session, reason, by, now, kind=Kind.PERMIT, target=row.id)
