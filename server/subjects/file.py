"""What a subject's file holds besides its identity: premises, contacts, links, records, flags."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.auth.reach import Reach
from server.errors import Conflict, NotFound
from server.places.geometry import area_m2
from server.subjects import repository, service
from server.subjects.schemas import (
    ContactCreate,
    FlagRead,
    LinkCreate,
    PremisesCreate,
    PremisesRead,
    RecordCreate,
)
from server.subjects.tables import Contact, Premises, Subject, SubjectLink, SubjectRecord


def add_premises(session: Session, subject_id: UUID, wanted: PremisesCreate, by: Person, now: datetime) -> Premises:
    """A place of business from `valid_from` on. Raises Conflict for the unknown subject."""
    subject = service.lock(session, subject_id)
    _not_unknown(subject)
    row = Premises(
        id=uuid7(now), subject_id=subject_id, district=subject.district, created_at=now,
        **wanted.model_dump(mode="python"),
    )  # fmt: skip
    session.add(row)
    session.flush()
    told = {"premises": str(row.id), "address": row.address, "door_number": row.door_number}
    audit.record(session, by, "subject.premises", subject_id, told, now)
    return row


def end_premises(session: Session, premises_id: UUID, at: datetime, by: Person, now: datetime) -> Premises:
    """The place is left at `at`. Raises NotFound, Conflict when it was left already or not taken yet."""
    row = session.get(Premises, premises_id)
    if row is None:
        raise NotFound("premises", premises_id)
    if at <= row.valid_from or (row.valid_to is not None and row.valid_to <= at):
        raise Conflict("subject.premises_already_left", "The place is not held at that time", {"at": at.isoformat()})
    row.valid_to = at
    session.add(row)
    told = {"premises": str(row.id), "at": at.isoformat()}
    audit.record(session, by, "subject.premises_end", row.subject_id, told, now)
    return row


def as_read(row: Premises) -> PremisesRead:
    """With the area of its ground."""
    area = None if row.ground is None else round(area_m2(row.ground), 1)
    return PremisesRead(**row.model_dump(exclude={"subject_id", "district", "created_at"}), area_m2=area)


def add_contact(session: Session, subject_id: UUID, wanted: ContactCreate, by: Person, now: datetime) -> Contact:
    """Somebody to reach."""
    subject = service.lock(session, subject_id)
    _not_unknown(subject)
    row = Contact(id=uuid7(now), subject_id=subject_id, created_at=now, **wanted.model_dump())
    session.add(row)
    session.flush()
    told = {"contact": str(row.id), "role": row.role, "channel": row.channel}
    told["electronic_consent"] = str(row.electronic_consent_at is not None)
    audit.record(session, by, "subject.contact", subject_id, told, now)
    return row


def end_contact(session: Session, contact_id: UUID, by: Person, now: datetime) -> Contact:
    """The contact holds no longer. Raises NotFound."""
    row = session.get(Contact, contact_id)
    if row is None:
        raise NotFound("contact", contact_id)
    row.ended_at = row.ended_at or now
    session.add(row)
    audit.record(session, by, "subject.contact_end", row.subject_id, {"contact": str(row.id)}, now)
    return row


def contacts_in_use(session: Session, subject_id: UUID) -> list[Contact]:
    """Whom to tell, in order: for notices and for service. Empty when nobody was named."""
    return [row for row in repository.contacts_of(session, subject_id) if row.ended_at is None]


def add_link(session: Session, subject_id: UUID, wanted: LinkCreate, by: Person, now: datetime) -> SubjectLink:
    """Say that two files belong together. Nothing is merged: both keep their history, both show a flag."""
    for key in (subject_id, wanted.other_id):
        _not_unknown(service.get(session, key))
    if subject_id == wanted.other_id:
        raise Conflict("subject.link_to_itself", "A file cannot be linked to itself")
    row = SubjectLink(
        id=uuid7(now), subject_id=subject_id, recorded_at=now, recorded_by=by.name, **wanted.model_dump()
    )  # fmt: skip
    session.add(row)
    session.flush()
    told = {"other": str(wanted.other_id), "kind": wanted.kind, "reason": wanted.reason}
    audit.record(session, by, "subject.link", subject_id, told, now)
    return row


def add_record(session: Session, subject_id: UUID, wanted: RecordCreate, by: Person, now: datetime) -> SubjectRecord:
    """An inspection, honour, repair or education."""
    _not_unknown(service.get(session, subject_id))
    if wanted.at > now:
        raise Conflict("subject.record_in_the_future", "What has not happened yet is not recorded")
    row = SubjectRecord(
        id=uuid7(now), subject_id=subject_id, recorded_at=now, recorded_by=by.name, **wanted.model_dump()
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, by, "subject.record", subject_id, {"kind": row.kind, "title": row.title}, now)
    return row


def flags_of(session: Session, subject: Subject, reach: Reach) -> list[FlagRead]:
    """What an officer should know: the same owner under another licence, the same person in another file. Files of
    other districts than the officer's are left out.
    """
    found: dict[tuple[str, UUID], FlagRead] = {}

    def add(kind: Literal["same_owner", "same_person"], other: Subject, why: str) -> None:
        if reach.holds(other.district):
            flag = FlagRead(kind=kind, other_id=other.id, other_name=other.name, why=why)
            found.setdefault((kind, other.id), flag)

    digests = {digest for digest in (subject.person_digest, subject.owner_digest) if digest}
    for other in repository.with_person(session, digests, subject.id) if digests else []:
        same_owner = subject.owner_digest is not None and other.owner_digest == subject.owner_digest
        add("same_owner" if same_owner else "same_person", other, "身份证件号相同 / the same ID number")
    for link in repository.links_of(session, subject.id):
        other_id = link.other_id if link.subject_id == subject.id else link.subject_id
        kind = "same_owner" if link.kind == "same_owner" else "same_person"
        add(kind, service.get(session, other_id), link.reason)
    return list(found.values())


def _not_unknown(subject: Subject) -> None:
    if subject.kind == "unknown":
        raise Conflict("subject.unknown_has_no_file", "The unknown subject stands for nobody")
