"""`/api/delegations`: written delegation of approval, from a head to a leader."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from server.auth.person import Allow, Person, ReaderPerson
from server.auth.roles import Role
from server.cases import delegations
from server.cases.schemas import DelegationCreate, DelegationRead
from server.context import Now, ReadSession, WriteSession

router = APIRouter(prefix="/api/delegations", tags=["cases"])
Head = Annotated[Person, Depends(Allow(Role.HEAD))]


@router.get("")
def list_delegations(session: ReadSession, person: ReaderPerson) -> list[DelegationRead]:
    """All delegations within reach, the newest first; those that ended too."""
    return [DelegationRead.model_validate(row) for row in delegations.page(session, person)]


@router.post("", status_code=201)
def make_delegation(told: DelegationCreate, session: WriteSession, now: Now, person: Head) -> DelegationRead:
    """Delegate approval of spot cases (R18) to a leader, in writing."""
    person.reach.require("district", told.district, told.district)
    row = delegations.make(
        session, person, told.leader_id, told.document, list(told.items), told.valid_from, told.valid_to,
        told.district, now,
    )  # fmt: skip
    return DelegationRead.model_validate(row)


@router.post("/{delegation_id}/end")
def end_delegation(delegation_id: UUID, session: WriteSession, now: Now, person: Head) -> DelegationRead:
    """End a delegation now."""
    return DelegationRead.model_validate(delegations.end(session, person, delegation_id, now))
