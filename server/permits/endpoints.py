"""`/api/permits`: the register. Each change is pushed to the edges with their next desired configuration."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import col, select

from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession
from server.errors import NotFound
from server.permits import service
from server.permits.schemas import PermitChange, PermitCreate, PermitRead
from server.permits.tables import PermitRow

router = APIRouter(prefix="/api/permits", tags=["permits"])
Registrar = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.ADMIN))]


@router.post("", status_code=201)
def register_permit(wanted: PermitCreate, session: WriteSession, now: Now, _person: Registrar) -> PermitRead:
    """Register a permit."""
    return PermitRead.model_validate(service.register(session, wanted, now))


@router.get("")
def list_permits(session: ReadSession, _person: StaffPerson, subject_id: UUID | None = None) -> list[PermitRead]:
    """Permits, by number."""
    wanted = select(PermitRow).order_by(col(PermitRow.id)).limit(1000)
    if subject_id is not None:
        wanted = wanted.where(PermitRow.subject_id == subject_id)
    return [PermitRead.model_validate(row) for row in session.exec(wanted)]


@router.get("/{permit_id}")
def get_permit(permit_id: str, session: ReadSession, _person: StaffPerson) -> PermitRead:
    """One permit."""
    row = session.get(PermitRow, permit_id)
    if row is None:
        raise NotFound("permit", permit_id)
    return PermitRead.model_validate(row)


@router.post("/{permit_id}/changes")
def change_permit(
    permit_id: str, wanted: PermitChange, session: WriteSession, now: Now, _person: Registrar
) -> PermitRead:
    """Suspend, revoke, reinstate, or note a renewal."""
    return PermitRead.model_validate(service.change(session, permit_id, wanted, now))
