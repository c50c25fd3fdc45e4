"""Reads of objections."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from server.auth.reach import Reach
from server.objections.tables import Objection, PartyFile, PartyLink

OPEN = "open"
STATEMENT, CORRECTION, SIGNATURE = "statement", "correction", "signature"
"""What a party's file is for, once it was named in something."""


def open_of(session: Session, case_id: UUID) -> list[Objection]:
    """Objections of a case that wait for an answer, oldest first."""
    wanted = select(Objection).where(Objection.case_id == case_id, Objection.status == OPEN)
    return list(session.exec(wanted.order_by(col(Objection.id))).all())


def of_case(session: Session, case_id: UUID) -> list[Objection]:
    """All objections of a case, oldest first."""
    return list(session.exec(select(Objection).where(Objection.case_id == case_id).order_by(col(Objection.id))).all())


def get(session: Session, objection_id: UUID, *, lock: bool = False) -> Objection | None:
    """One objection, held to the end of the transaction when `lock`."""
    wanted = select(Objection).where(col(Objection.id) == objection_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def page(session: Session, reach: Reach, status: str | None, before: UUID | None, limit: int) -> list[Objection]:
    """Objections within reach, newest first; `before` is the last id already seen."""
    wanted = reach.limit(select(Objection), Objection.district).order_by(col(Objection.id).desc()).limit(limit)
    if status is not None:
        wanted = wanted.where(Objection.status == status)
    if before is not None:
        wanted = wanted.where(col(Objection.id) < before)
    return list(session.exec(wanted).all())


def untold(session: Session, now: datetime, limit: int) -> list[Objection]:
    """Open objections of which somebody must be told now, held to the end of the transaction."""
    wanted = select(Objection).where(Objection.status == OPEN, col(Objection.next_at) <= now)
    return list(session.exec(wanted.order_by(col(Objection.next_at)).limit(limit).with_for_update(skip_locked=True)))


def overdue(session: Session, now: datetime) -> list[Objection]:
    """Open objections past their day, the oldest first."""
    wanted = select(Objection).where(Objection.status == OPEN, col(Objection.due_at) < now)
    return list(session.exec(wanted.order_by(col(Objection.due_at))).all())


def files_of(session: Session, objection_id: UUID) -> list[PartyFile]:
    """The files of an objection."""
    wanted = select(PartyFile).where(PartyFile.objection_id == objection_id)
    return list(session.exec(wanted.order_by(col(PartyFile.id))).all())


def files_of_case(session: Session, case_id: UUID) -> list[PartyFile]:
    """Every file that a party sent or an officer named for it, oldest first."""
    return list(session.exec(select(PartyFile).where(PartyFile.case_id == case_id).order_by(col(PartyFile.id))).all())


def files_from(session: Session, case_id: UUID, subject_id: UUID) -> list[PartyFile]:
    """What this party sent into this case, over whichever of its links, oldest first."""
    links = select(PartyLink.id).where(PartyLink.case_id == case_id, PartyLink.subject_id == subject_id)
    wanted = select(PartyFile).where(PartyFile.case_id == case_id, col(PartyFile.link_id).in_(links))
    return list(session.exec(wanted.order_by(col(PartyFile.id))).all())


def by_request(session: Session, case_id: UUID, key: str) -> Objection | None:
    """What the same request of a party made before."""
    wanted = select(Objection).where(Objection.case_id == case_id, Objection.request_key == key)
    return session.exec(wanted).first()


def files_over(session: Session, link_id: UUID) -> list[PartyFile]:
    """Every file that came over a link."""
    return list(session.exec(select(PartyFile).where(PartyFile.link_id == link_id)).all())
