"""`/api/subjects`: who they are, how they are reached, which zones they answer for."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session

from server.auth import districts
from server.auth.person import Allow, HousePerson, Person, StaffPerson
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import NotFound
from server.subjects import file, handover, listing, repository, service, sight
from server.subjects.archive_endpoints import router as archive_router
from server.subjects.identity import ServerDigest
from server.subjects.imports.endpoints import router as import_router
from server.subjects.schemas import (
    CodeCounts,
    ContactCreate,
    ContactRead,
    FlagRead,
    HandoverCreate,
    HandoverRead,
    HeadOfficeSet,
    IdentityConfirm,
    LinkCreate,
    LinkRead,
    NameCreate,
    NameRead,
    PremisesCreate,
    PremisesRead,
    RecordCreate,
    RecordRead,
    SubjectCreate,
    SubjectPage,
    SubjectRead,
    ZoneBindingCreate,
    ZoneBindingRead,
)
from server.subjects.tables import Contact, Premises, Subject, ZoneBinding

router = APIRouter(prefix="/api/subjects", tags=["subjects"])
Registrar = Annotated[Person, Depends(Allow(Role.SEAT, Role.OFFICER, Role.SUPERV, Role.ADMIN))]
router.include_router(import_router)
router.include_router(archive_router)


@router.post("", status_code=201)
def create_subject(
    request: Request, wanted: SubjectCreate, session: WriteSession, now: Now, person: Registrar, digest: ServerDigest
) -> SubjectRead:
    """File a subject. A code that fails its check needs `code_override_reason`."""
    district = districts.choose(services_of(request).settings, person, wanted.district)
    if wanted.head_office_id is not None:
        _mine(session, wanted.head_office_id, person)
    return SubjectRead.model_validate(service.create(session, wanted, now, person, digest, district))


@router.get("")
def list_subjects(
    session: ReadSession,
    now: Now,
    person: HousePerson,
    q: Annotated[str | None, Query(max_length=60, pattern=r"^[^\x00]*$")] = None,
    kind: Literal["known", "individual"] | None = None,
    narrow: listing.Narrow | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SubjectPage:
    """A page of subjects, oldest first; `q` is part of a name (also an earlier one), code, address or door number."""
    only = listing.narrowed(kind, narrow, person)
    rows = repository.page(session, sight.within(person.reach), after, limit, q, only)
    return SubjectPage(items=listing.rows(session, rows, person, now), next=rows[-1].id if len(rows) == limit else None)


@router.get("/code-counts")
def count_codes(session: ReadSession, person: HousePerson) -> CodeCounts:
    """How many codes are on file, and how many fail their check."""
    coded, failed = repository.code_counts(session, person.reach)
    return CodeCounts(with_code=coded, check_failed=failed)


@router.get("/{subject_id}")
def get_subject(subject_id: UUID, session: ReadSession, person: HousePerson) -> SubjectRead:
    """One subject."""
    return SubjectRead.model_validate(sight.get(session, subject_id, person))


@router.get("/{subject_id}/names")
def list_names(subject_id: UUID, session: ReadSession, person: HousePerson) -> list[NameRead]:
    """The names that it bears and bore."""
    sight.get(session, subject_id, person)
    return [NameRead.model_validate(row) for row in repository.names_of(session, subject_id)]


@router.post("/{subject_id}/names", status_code=201)
def rename_subject(
    subject_id: UUID, wanted: NameCreate, session: WriteSession, now: Now, person: Registrar
) -> SubjectRead:
    """The same subject under a new name."""
    _mine(session, subject_id, person)
    return SubjectRead.model_validate(service.rename(session, subject_id, wanted.name, wanted.since, person, now))


@router.post("/{subject_id}/identity")
def confirm_identity(
    subject_id: UUID, wanted: IdentityConfirm, session: WriteSession, now: Now, person: Registrar, digest: ServerDigest
) -> SubjectRead:
    """Name an individual whose document was missing at first."""
    _mine(session, subject_id, person)
    row = service.confirm_identity(session, subject_id, wanted.person_number, digest, person, now)
    return SubjectRead.model_validate(row)


@router.post("/{subject_id}/head-office")
def set_head_office(
    subject_id: UUID, wanted: HeadOfficeSet, session: WriteSession, now: Now, person: Registrar
) -> SubjectRead:
    """Make it a branch of a head office, or of none."""
    _mine(session, subject_id, person)
    if wanted.head_office_id is not None:
        _mine(session, wanted.head_office_id, person)
    return SubjectRead.model_validate(service.set_head_office(session, subject_id, wanted.head_office_id, person, now))


@router.get("/{subject_id}/premises")
def list_premises(subject_id: UUID, session: ReadSession, person: HousePerson) -> list[PremisesRead]:
    """Its places of business, also those it left."""
    sight.get(session, subject_id, person)
    return [file.as_read(row) for row in repository.premises_of(session, subject_id)]


@router.post("/{subject_id}/premises", status_code=201)
def add_premises(
    subject_id: UUID, wanted: PremisesCreate, session: WriteSession, now: Now, person: Registrar
) -> PremisesRead:
    """A place of business, with its ground."""
    _mine(session, subject_id, person)
    return file.as_read(file.add_premises(session, subject_id, wanted, person, now))


@router.post("/premises/{premises_id}/end")
def end_premises(premises_id: UUID, session: WriteSession, now: Now, person: Registrar) -> PremisesRead:
    """It is left, from now on."""
    row = session.get(Premises, premises_id)
    if row is None:
        raise NotFound("premises", premises_id)
    _owner(session, row.subject_id, person, NotFound("premises", premises_id))
    return file.as_read(file.end_premises(session, premises_id, now, person, now))


@router.get("/{subject_id}/contacts")
def list_contacts(subject_id: UUID, session: ReadSession, person: StaffPerson) -> list[ContactRead]:
    """Whom to reach, in order."""
    sight.get(session, subject_id, person)
    return [ContactRead.model_validate(row) for row in repository.contacts_of(session, subject_id)]


@router.post("/{subject_id}/contacts", status_code=201)
def add_contact(
    subject_id: UUID, wanted: ContactCreate, session: WriteSession, now: Now, person: Registrar
) -> ContactRead:
    """Somebody to reach."""
    _mine(session, subject_id, person)
    return ContactRead.model_validate(file.add_contact(session, subject_id, wanted, person, now))


@router.post("/contacts/{contact_id}/end")
def end_contact(contact_id: UUID, session: WriteSession, now: Now, person: Registrar) -> ContactRead:
    """The contact holds no longer."""
    row = session.get(Contact, contact_id)
    if row is None:
        raise NotFound("contact", contact_id)
    _owner(session, row.subject_id, person, NotFound("contact", contact_id))
    return ContactRead.model_validate(file.end_contact(session, contact_id, person, now))


@router.get("/{subject_id}/flags")
def list_flags(subject_id: UUID, session: ReadSession, person: StaffPerson) -> list[FlagRead]:
    """The same owner under another licence, the same person in another file: to know, not to decide by."""
    return file.flags_of(session, sight.get(session, subject_id, person), person.reach)


@router.post("/{subject_id}/links", status_code=201)
def link_subject(subject_id: UUID, wanted: LinkCreate, session: WriteSession, now: Now, person: Registrar) -> LinkRead:
    """Two files belong together. Nothing is merged."""
    _mine(session, subject_id, person)
    _mine(session, wanted.other_id, person)
    return LinkRead.model_validate(file.add_link(session, subject_id, wanted, person, now))


@router.post("/{subject_id}/records", status_code=201)
def add_record(
    subject_id: UUID, wanted: RecordCreate, session: WriteSession, now: Now, person: Registrar
) -> RecordRead:
    """An inspection, an honour, a repair, education given."""
    _mine(session, subject_id, person)
    return RecordRead.model_validate(file.add_record(session, subject_id, wanted, person, now))


@router.post("/{subject_id}/handover", status_code=201)
def hand_over(
    subject_id: UUID, wanted: HandoverCreate, session: WriteSession, now: Now, person: Registrar, digest: ServerDigest
) -> HandoverRead:
    """The shop changes hands; the old file keeps its history."""
    _mine(session, subject_id, person)
    return handover.hand_over(session, subject_id, wanted, person, digest, now)


@router.get("/{subject_id}/zones")
def list_zones(subject_id: UUID, session: ReadSession, person: HousePerson) -> list[ZoneBindingRead]:
    """The zones that a subject answers or answered for."""
    subject = sight.get(session, subject_id, person)
    return [ZoneBindingRead.model_validate(row) for row in sight.bindings_of(session, subject, person.reach)]


@router.post("/{subject_id}/zones", status_code=201)
def bind_zone(
    subject_id: UUID, wanted: ZoneBindingCreate, session: WriteSession, now: Now, person: Registrar
) -> ZoneBindingRead:
    """Make the subject answer for a zone of a camera."""
    _mine(session, subject_id, person)
    return ZoneBindingRead.model_validate(service.bind(session, subject_id, wanted, now))


@router.post("/zones/{binding_id}/end")
def end_binding(binding_id: UUID, session: WriteSession, now: Now, person: Registrar) -> ZoneBindingRead:
    """The subject answers for the zone no longer, from now on."""
    row = session.get(ZoneBinding, binding_id)
    if row is None:
        raise NotFound("zone binding", binding_id)
    _owner(session, row.subject_id, person, NotFound("zone binding", binding_id))
    return ZoneBindingRead.model_validate(service.unbind(session, binding_id, now))


def _mine(session: Session, subject_id: UUID, person: Person) -> Subject:
    """The subject, when it is within the person's districts; the unknown one is everybody's."""
    subject = service.get(session, subject_id)
    if subject.kind != "unknown":
        person.reach.require("subject", subject_id, subject.district)
    return subject


def _owner(session: Session, subject_id: UUID, person: Person, hidden: NotFound) -> None:
    """Raises `hidden` when the subject is out of reach: its id is not to be told either."""
    try:
        _mine(session, subject_id, person)
    except NotFound:
        raise hidden from None
