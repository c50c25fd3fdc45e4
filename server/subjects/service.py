"""Subjects: made with a checked code, bound to zones, found by zone and time."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.errors import Conflict, InvalidInput, NotFound
from server.subjects import repository, uscc
from server.subjects.schemas import SubjectCreate, ZoneBindingCreate
from server.subjects.tables import UNKNOWN_SUBJECT_ID, Subject, ZoneBinding


def create(session: Session, wanted: SubjectCreate, now: datetime) -> Subject:
    """A new subject. Raises InvalidInput for a malformed code, or one that fails its check without a reason given;
    Conflict when the code or the person is on file already (a new name on the same code is the same subject).
    """
    subject = Subject(id=uuid7(now), kind=wanted.kind, name=wanted.name, contact=wanted.contact, created_at=now)
    if wanted.code is not None:
        _take_code(session, subject, wanted.code, wanted.code_override_reason.strip())
    if wanted.person_number is not None:
        _take_person(session, subject, wanted.person_number)
    session.add(subject)
    session.flush()
    return subject


def get(session: Session, subject_id: UUID) -> Subject:
    """The subject; raises NotFound."""
    subject = session.get(Subject, subject_id)
    if subject is None:
        raise NotFound("subject", subject_id)
    return subject


def lock(session: Session, subject_id: UUID) -> Subject:
    """The subject with its row locked until the transaction ends; raises NotFound.

    PostgreSQL locks the row. SQLite has no row locks and needs none: a writing scope holds the only write lock.
    """
    subject = session.exec(select(Subject).where(col(Subject.id) == subject_id).with_for_update()).first()
    if subject is None:
        raise NotFound("subject", subject_id)
    return subject


def bind(session: Session, subject_id: UUID, wanted: ZoneBindingCreate, now: datetime) -> ZoneBinding:
    """Make the subject answer for a zone. Raises Conflict when somebody else does in that time."""
    lock(session, subject_id)
    if subject_id == UNKNOWN_SUBJECT_ID:
        raise Conflict("subject.unknown_cannot_be_bound", "The unknown subject stands for zones nobody is bound to")
    taken = repository.overlapping(session, wanted.camera_id, wanted.zone_id, wanted.valid_from, wanted.valid_to)
    if taken is not None:
        facts = {"binding_id": str(taken.id), "subject_id": str(taken.subject_id)}
        raise Conflict("subject.zone_already_bound", "The zone has a subject in that time", facts)
    binding = ZoneBinding(id=uuid7(now), subject_id=subject_id, created_at=now, **wanted.model_dump())
    session.add(binding)
    session.flush()
    return binding


def unbind(session: Session, binding_id: UUID, at: datetime) -> ZoneBinding:
    """End a binding at `at` (a shop changes hands: the next one is another subject)."""
    binding = session.get(ZoneBinding, binding_id)
    if binding is None:
        raise NotFound("zone binding", binding_id)
    if at <= binding.valid_from or (binding.valid_to is not None and binding.valid_to <= at):
        raise Conflict("subject.binding_already_over", "The binding does not hold at that time", {"at": at.isoformat()})
    binding.valid_to = at
    session.add(binding)
    return binding


def subject_for_zone(session: Session, camera_id: str, zone_id: str, at: datetime) -> Subject:
    """Who answered for the zone at `at`; the unknown subject when nobody was bound."""
    return repository.bound_to(session, camera_id, zone_id, at) or unknown_subject(session, at)


def unknown_subject(session: Session, now: datetime) -> Subject:
    """The one subject that stands for nobody; made on first use."""
    subject = session.get(Subject, UNKNOWN_SUBJECT_ID)
    if subject is None:
        subject = Subject(id=UNKNOWN_SUBJECT_ID, kind="unknown", name="主体不明", created_at=now)
        session.add(subject)
        session.flush()
    return subject


def _take_code(session: Session, subject: Subject, typed: str, reason: str) -> None:
    result = uscc.check(typed)
    if not result.is_well_formed:
        allowed = f"18 characters of {uscc.ALPHABET}"
        raise InvalidInput([{"field": "code", "value": typed, "allowed": allowed}], "subject.code_malformed")
    if not result.passes and not reason:
        allowed = f"check character {result.expected}, or a code_override_reason saying why it stands as written"
        raise InvalidInput([{"field": "code", "value": typed, "allowed": allowed}], "subject.code_check_failed")
    holder = repository.by_code(session, result.code)
    if holder is not None:
        raise Conflict("subject.code_on_file", "The code is on file", {"subject_id": str(holder.id)})
    subject.code, subject.code_check_failed = result.code, not result.passes
    subject.code_override_reason = "" if result.passes else reason


def _take_person(session: Session, subject: Subject, number: str) -> None:
    digest = hashlib.sha256(uscc.normalize(number).encode()).hexdigest()
    known = repository.by_person(session, digest)
    if known is not None:
        raise Conflict("subject.person_on_file", "The person is on file", {"subject_id": str(known.id)})
    subject.person_digest = digest
