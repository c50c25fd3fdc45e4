"""Reads of subjects and bindings."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from server.subjects.tables import Subject, ZoneBinding


def by_code(session: Session, code: str) -> Subject | None:
    """The holder of a code."""
    return session.exec(select(Subject).where(Subject.code == code)).first()


def by_person(session: Session, digest: str) -> Subject | None:
    """The individual with this ID number digest."""
    return session.exec(select(Subject).where(Subject.person_digest == digest)).first()


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


def page(session: Session, after: UUID | None, limit: int) -> list[Subject]:
    """Subjects by id (which is time-ordered), after the last one seen."""
    wanted = select(Subject).order_by(col(Subject.id)).limit(limit)
    if after is not None:
        wanted = wanted.where(col(Subject.id) > after)
    return list(session.exec(wanted).all())


def code_counts(session: Session) -> tuple[int, int]:
    """(subjects with a code, of these with a failed check): the 重错码率 is the second over the first."""
    coded = session.exec(select(func.count()).select_from(Subject).where(col(Subject.code).is_not(None))).one()
    failed = session.exec(select(func.count()).select_from(Subject).where(col(Subject.code_check_failed))).one()
    return coded, failed
