"""Reads of subjects and bindings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from server.auth.reach import Reach
from server.subjects.tables import (
    Contact,
    Handover,
    Premises,
    Subject,
    SubjectGrade,
    SubjectLink,
    SubjectName,
    SubjectRecord,
    ZoneBinding,
)


def by_code(session: Session, code: str) -> Subject | None:
    """The holder of a code."""
    return session.exec(select(Subject).where(Subject.code == code)).first()


def by_person(session: Session, digest: str) -> Subject | None:
    """The individual with this ID number digest."""
    return session.exec(select(Subject).where(Subject.person_digest == digest)).first()


def by_pending(session: Session, district: str, name: str, reason: str) -> Subject | None:
    """The person without a document who is on file under this name, for this reason."""
    here = select(Subject).where(Subject.district == district, col(Subject.person_pending))
    return session.exec(here.where(Subject.name == name, Subject.pending_reason == reason)).first()


def bound_to(session: Session, camera_id: str, zone_id: str, at: datetime) -> Subject | None:
    """Who answered for the zone at `at`."""
    wanted = (
        select(Subject)
        .join(ZoneBinding, col(ZoneBinding.subject_id) == col(Subject.id))
        .where(ZoneBinding.camera_id == camera_id, ZoneBinding.zone_id == zone_id, ZoneBinding.valid_from <= at)
        .where(or_(col(ZoneBinding.valid_to).is_(None), col(ZoneBinding.valid_to) > at))
    )
    return session.exec(wanted).first()


def overlapping(
    session: Session, camera_id: str, zone_id: str, valid_from: datetime, valid_to: datetime | None
) -> ZoneBinding | None:
    """A binding of the same zone that shares time with the given span."""
    wanted = (
        select(ZoneBinding)
        .where(ZoneBinding.camera_id == camera_id, ZoneBinding.zone_id == zone_id)
        .where(or_(col(ZoneBinding.valid_to).is_(None), col(ZoneBinding.valid_to) > valid_from))
    )
    if valid_to is not None:
        wanted = wanted.where(ZoneBinding.valid_from < valid_to)
    return session.exec(wanted).first()


def bindings_of(session: Session, subject_id: UUID) -> list[ZoneBinding]:
    """All bindings of a subject, oldest first."""
    wanted = select(ZoneBinding).where(ZoneBinding.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(ZoneBinding.valid_from))).all())


def page(
    session: Session, visible: ColumnElement[bool], after: UUID | None, limit: int, text: str | None = None,
    narrowed: Sequence[ColumnElement[bool]] = (),
) -> list[Subject]:  # fmt: skip
    """Subjects that are `visible`, by id (which is time-ordered), after the last one seen; `text` is part of a name,
    earlier name, code, address or door number.
    """
    wanted = select(Subject).where(visible, *narrowed).order_by(col(Subject.id)).limit(limit)
    if after is not None:
        wanted = wanted.where(col(Subject.id) > after)
    if text:
        like = f"%{_escaped(text)}%"
        named = select(SubjectName.subject_id).where(col(SubjectName.name).like(like, escape="\\"))
        placed = select(Premises.subject_id).where(
            or_(col(Premises.address).like(like, escape="\\"), col(Premises.door_number).like(like, escape="\\"))
        )
        code = col(Subject.code).like(like.upper(), escape="\\")
        here = or_(col(Subject.name).like(like, escape="\\"), code, col(Subject.id).in_(named))
        wanted = wanted.where(or_(here, col(Subject.id).in_(placed)))
    return list(session.exec(wanted).all())


def code_counts(session: Session, reach: Reach) -> tuple[int, int]:
    """(subjects with a code, of these with a failed check): the 重错码率 is the second over the first."""
    count = reach.limit(select(func.count()).select_from(Subject), Subject.district)
    coded = session.exec(count.where(col(Subject.code).is_not(None))).one()
    failed = session.exec(count.where(col(Subject.code_check_failed))).one()
    return coded, failed


def names_of(session: Session, subject_id: UUID) -> list[SubjectName]:
    """The names of a subject, the first one first."""
    wanted = select(SubjectName).where(SubjectName.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(SubjectName.since), col(SubjectName.id))).all())


def premises_of(session: Session, subject_id: UUID) -> list[Premises]:
    """Its places of business, oldest first."""
    wanted = select(Premises).where(Premises.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(Premises.valid_from), col(Premises.id))).all())


def contacts_of(session: Session, subject_id: UUID) -> list[Contact]:
    """Whom to reach, in the order wanted; those that hold no longer come last."""
    wanted = select(Contact).where(Contact.subject_id == subject_id)
    order = (col(Contact.ended_at).is_not(None), col(Contact.rank), col(Contact.id))
    return list(session.exec(wanted.order_by(*order)).all())


def branches_of(session: Session, subject_id: UUID) -> list[Subject]:
    """The branches of a head office."""
    wanted = select(Subject).where(Subject.head_office_id == subject_id)
    return list(session.exec(wanted.order_by(col(Subject.id))).all())


def grades_of(session: Session, subject_id: UUID) -> list[SubjectGrade]:
    """The bands given, the newest day last."""
    wanted = select(SubjectGrade).where(SubjectGrade.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(SubjectGrade.as_of), col(SubjectGrade.recorded_at))).all())


def records_of(session: Session, subject_id: UUID) -> list[SubjectRecord]:
    """Inspections, honours, repairs and education on file, oldest first."""
    wanted = select(SubjectRecord).where(SubjectRecord.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(SubjectRecord.at), col(SubjectRecord.id))).all())


def links_of(session: Session, subject_id: UUID) -> list[SubjectLink]:
    """Links in which a subject stands on either side."""
    either = or_(col(SubjectLink.subject_id) == subject_id, col(SubjectLink.other_id) == subject_id)
    return list(session.exec(select(SubjectLink).where(either).order_by(col(SubjectLink.id))).all())


def with_person(session: Session, digests: set[str], except_id: UUID) -> list[Subject]:
    """Other files that name one of these persons, as themselves or as owner."""
    either = or_(col(Subject.person_digest).in_(digests), col(Subject.owner_digest).in_(digests))
    wanted = select(Subject).where(either, Subject.id != except_id)
    return list(session.exec(wanted.order_by(col(Subject.id))).all())


def handovers_of(session: Session, subject_id: UUID) -> list[Handover]:
    """What a subject took over or gave away, oldest first."""
    either = or_(col(Handover.from_id) == subject_id, col(Handover.to_id) == subject_id)
    return list(session.exec(select(Handover).where(either).order_by(col(Handover.at), col(Handover.id))).all())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
