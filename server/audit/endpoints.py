"""`/api/audit`: who did what (administrators, legal staff, the supervising authority)."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from server.audit import service
from server.auth.person import Allow, Person
from server.auth.roles import Role
from server.context import ReadSession

router = APIRouter(prefix="/api/audit", tags=["audit"])
Auditor = Annotated[Person, Depends(Allow(Role.ADMIN, Role.LEGAL, Role.AUDITOR))]


class AuditRead(BaseModel):
    """One entry with its hash and that of the one before."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    at: datetime
    actor_id: UUID
    actor_name: str
    action: str
    target: str
    district: str
    facts: dict[str, Any]
    previous_hash: str
    hash: str


@router.get("")
def list_audit(
    session: ReadSession,
    person: Auditor,
    before: Annotated[int | None, Query(ge=1, le=9_000_000_000_000_000)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[AuditRead]:
    """The newest entries, or those before `before`."""
    return [AuditRead.model_validate(row) for row in service.newest_first(session, person.reach, before, limit)]
