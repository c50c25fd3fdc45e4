"""Subjects: made with a checked code, bound to zones, found by zone and time."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import SYSTEM, Person
from server.db import serialise
from server.errors import Conflict, InvalidInput, NotFound
from server.subjects import repository, uscc
from server.subjects.identity import Digest, digest_of
from server.subjects.schemas import SubjectCreate, ZoneBindingCreate
from server.subjects.tables import UNKNOWN_SUBJECT_ID, Subject, SubjectName, ZoneBinding

HOME = "local"


def create(
    session: Session,
    wanted: SubjectCreate,
    now: datetime,
    by: Person = SYSTEM,
    digest: Digest | None = None,
    district: str | None = None,
) -> Subject:
    """A new subject, written to the audit log. Raises what `make` raises."""
    subject = make(session, wanted, now, by, digest, district)
    facts = {"kind": subject.kind, "code_check_failed": subject.code_check_failed, "district": subject.district}
    audit.record(session, by, "subject.create", subject.id, facts, now)
    return subject


def make(
    session: Session, wanted: SubjectCreate, now: datetime, by: Person, digest: Digest | None, district: str | None
) -> Subject:
    """A new subject. Raises InvalidInput for a malformed code, or one that fails its check without a reason given;
    Conflict when the code or the person is on file already (a new name on the same code is the same subject); NoKey
    for an ID number without `digest`.
    """
    subject = Subject(
        id=uuid7(now), kind=wanted.kind, name=wanted.name, contact=wanted.contact, created_at=now,
        person_pending=wanted.kind == "individual" and wanted.person_number is None,
        pending_reason=wanted.pending_reason, owner_name=wanted.owner_name, language=wanted.language,
        district=district or wanted.district or HOME,
    )  # fmt: skip
    if wanted.code is not None:
        _take_code(session, subject, wanted.code, wanted.code_override_reason.strip())
    if wanted.person_number is not None:
        take_person(session, subject, wanted.person_number, digest)
    if wanted.owner_number is not None:
        subject.owner_digest = digest_of(wanted.owner_number, digest, "owner_number")
    if wanted.head_office_id is not None:
        head = get(session, wanted.head_office_id)
        _check_head_office(subject, head)
        subject.head_office_id = head.id
    session.add(subject)
    session.flush()
    name_since(session, subject, wanted.name, now, by, now)
    return subject


def rename(session: Session, subject_id: UUID, name: str, since: datetime, by: Person, now: datetime) -> Subject:
    """The same subject under another name; the earlier ones stay with their dates. Raises Conflict for a name that
    began before the present one.
    """
    subject = lock(session, subject_id)
    borne = repository.names_of(session, subject_id)
    if borne and since <= borne[-1].since:
        facts = {"name": borne[-1].name, "since": borne[-1].since.isoformat()}
        raise Conflict("subject.name_out_of_order", "The present name began later", facts)
    if subject.kind == "unknown":
        raise Conflict("subject.unknown_has_no_name", "The unknown subject stands for nobody")
    before, subject.name = subject.name, name
    session.add(subject)
    name_since(session, subject, name, since, by, now)
    told = {"before": before, "after": name, "since": since.isoformat()}
    audit.record(session, by, "subject.rename", subject_id, told, now)
    return subject


def confirm_identity(
    session: Session, subject_id: UUID, number: str, digest: Digest | None, by: Person, now: datetime
) -> Subject:
    """Name an individual whose document was missing. Raises Conflict when the person has another file: two files are
    never merged silently; say so with a link instead.
    """
    subject = lock(session, subject_id)
    if subject.kind != "individual" or not subject.person_pending:
        raise Conflict("subject.identity_settled", "Only an individual without a document can be named later")
    take_person(session, subject, number, digest)
    subject.person_pending = False
    session.add(subject)
    session.flush()
    audit.record(session, by, "subject.identity", subject_id, {"was_pending": subject.pending_reason}, now)
    return subject


def set_head_office(
    session: Session, subject_id: UUID, head_office_id: UUID | None, by: Person, now: datetime
) -> Subject:
    """Make a branch of a head office, or none. "First" stays with each licence. Raises Conflict for a chain of two."""
    subject = lock(session, subject_id)
    if head_office_id is not None:
        _check_head_office(subject, get(session, head_office_id))
        if repository.branches_of(session, subject_id):
            raise Conflict("subject.has_branches", "A head office with branches cannot itself be a branch")
    told = {"before": _text(subject.head_office_id), "after": _text(head_office_id)}
    subject.head_office_id = head_office_id
    session.add(subject)
    audit.record(session, by, "subject.head_office", subject_id, told, now)
    return subject


def is_named(subject: Subject) -> bool:
    """Whether the party can be named (the input `subj` of the decision table): not unknown, not pending."""
    return subject.kind != "unknown" and not subject.person_pending


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
        # Two who need it first at the same instant would both write it.
        serialise(session, "subject:unknown")
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


def take_person(session: Session, subject: Subject, number: str, digest: Digest | None) -> None:
    """Put the digest of an ID number into a file. Raises Conflict when the person has another."""
    made = digest_of(number, digest)
    # Files of before the key hold a plain digest; it is replaced as soon as the number is seen again.
    plain = hashlib.sha256(uscc.normalize(number).encode()).hexdigest()
    known = repository.by_person(session, made) or repository.by_person(session, plain)
    if known is not None:
        if known.person_digest == plain:
            known.person_digest = made
            session.add(known)
        raise Conflict("subject.person_on_file", "The person is on file", {"subject_id": str(known.id)})
    subject.person_digest = made


def name_since(session: Session, subject: Subject, name: str, since: datetime, by: Person, now: datetime) -> None:
    """Append a name to the history."""
    row = SubjectName(
        id=uuid7(now), subject_id=subject.id, name=name, since=since, recorded_at=now, recorded_by=by.name
    )  # fmt: skip
    session.add(row)
    session.flush()


def _check_head_office(subject: Subject, head: Subject) -> None:
    if head.kind != "known" or head.id == subject.id:
        raise Conflict("subject.not_a_head_office", "A head office is another subject with a code")
    if head.head_office_id is not None:
        facts = {"head_office_id": str(head.head_office_id)}
        raise Conflict("subject.head_office_is_a_branch", "The head office is a branch itself", facts)


def _text(key: UUID | None) -> str | None:
    return None if key is None else str(key)
