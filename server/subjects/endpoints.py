"""`/api/subjects`: who answers for which zone."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession
from server.subjects import repository, service
from server.subjects.schemas import (
    CodeCounts,
    SubjectCreate,
    SubjectPage,
    SubjectRead,
    ZoneBindingCreate,
    ZoneBindingRead,
)

router = APIRouter(prefix="/api/subjects", tags=["subjects"])
Registrar = Annotated[Person, Depends(Allow(Role.SEAT, Role.OFFICER, Role.SUPERV, Role.ADMIN))]


@router.post("", status_code=201)
def create_subject(wanted: SubjectCreate, session: WriteSession, now: Now, _person: Registrar) -> SubjectRead:
    """File a subject. A code that fails its check needs `code_override_reason`."""
    return SubjectRead.model_validate(service.create(session, wanted, now))


@router.get("")
def list_subjects(
    session: ReadSession,
    _person: StaffPerson,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SubjectPage:
    """A page of subjects, oldest first."""
    rows = repository.page(session, after, limit)
    items = [SubjectRead.model_validate(row) for row in rows]
    return SubjectPage(items=items, next=rows[-1].id if len(rows) == limit else None)


@router.get("/code-counts")
def count_codes(session: ReadSession, _person: StaffPerson) -> CodeCounts:
    """How many codes are on file, and how many fail their check."""
    coded, failed = repository.code_counts(session)
    return CodeCounts(with_code=coded, check_failed=failed)


@router.get("/{subject_id}")
def get_subject(subject_id: UUID, session: ReadSession, _person: StaffPerson) -> SubjectRead:
    """One subject."""
    return SubjectRead.model_validate(service.get(session, subject_id))


@router.get("/{subject_id}/zones")
def list_zones(subject_id: UUID, session: ReadSession, _person: StaffPerson) -> list[ZoneBindingRead]:
    """The zones that a subject answers or answered for."""
    service.get(session, subject_id)
    return [ZoneBindingRead.model_validate(row) for row in repository.bindings_of(session, subject_id)]


@router.post("/{subject_id}/zones", status_code=201)
def bind_zone(
    subject_id: UUID, wanted: ZoneBindingCreate, session: WriteSession, now: Now, _person: Registrar
) -> ZoneBindingRead:
    """Make the subject answer for a zone of a camera."""
    return ZoneBindingRead.model_validate(service.bind(session, subject_id, wanted, now))


@router.post("/zones/{binding_id}/end")
def end_binding(binding_id: UUID, session: WriteSession, now: Now, _person: Registrar) -> ZoneBindingRead:
    """The subject answers for the zone no longer, from now on."""
    return ZoneBindingRead.model_validate(service.unbind(session, binding_id, now))
