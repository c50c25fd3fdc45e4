"""`/api/permits`: the register. Each change is pushed to the edges with their next desired configuration."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session, col, select

from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import NotFound
from server.fleet import service as fleet
from server.permits import service
from server.permits.schemas import PermitChange, PermitCreate, PermitRead
from server.permits.tables import PermitRow

router = APIRouter(prefix="/api/permits", tags=["permits"])
Registrar = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.ADMIN))]


@router.post("", status_code=201)
def register_permit(
    request: Request, wanted: PermitCreate, session: WriteSession, now: Now, person: Registrar
) -> PermitRead:
    """Register a permit for a zone of an edge of one's own district."""
    home = services_of(request).settings.home_district
    district = fleet.district_of(session, wanted.edge_id, home)
    person.reach.require("edge", wanted.edge_id, district)
    return PermitRead.model_validate(service.register(session, wanted, now, district))


@router.get("")
def list_permits(session: ReadSession, person: StaffPerson, subject_id: UUID | None = None) -> list[PermitRead]:
    """Permits, by number."""
    wanted = person.reach.limit(select(PermitRow), PermitRow.district).order_by(col(PermitRow.id)).limit(1000)
    if subject_id is not None:
        wanted = wanted.where(PermitRow.subject_id == subject_id)
    return [PermitRead.model_validate(row) for row in session.exec(wanted)]


@router.get("/{permit_id}")
def get_permit(permit_id: str, session: ReadSession, person: StaffPerson) -> PermitRead:
    """One permit."""
    return PermitRead.model_validate(_within_reach(session, permit_id, person))


@router.post("/{permit_id}/changes")
def change_permit(
    permit_id: str, wanted: PermitChange, session: WriteSession, now: Now, person: Registrar
) -> PermitRead:
    """Suspend, revoke, reinstate, or note a renewal."""
    _within_reach(session, permit_id, person)
    return PermitRead.model_validate(service.change(session, permit_id, wanted, now))


def _within_reach(session: Session, permit_id: str, person: Person) -> PermitRow:
    row = session.get(PermitRow, permit_id)
    if row is None:
        raise NotFound("permit", permit_id)
    person.reach.require("permit", permit_id, row.district)
    return row
