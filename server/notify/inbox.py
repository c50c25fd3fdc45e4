"""What somebody has been told, and whether they have read it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, and_, col, func, or_, select

from server.auth.person import Person
from server.errors import NotFound
from server.notify.tables import Delivery, DeliveryProof, Notice, NoticeSeen


def mine(person: Person) -> ColumnElement[bool]:
    """Notices to a person, or to a role of theirs about a district of theirs."""
    roles = [f"role:{role}" for role in sorted(person.roles)]
    to_roles = and_(col(Notice.to).in_(roles), person.reach.clause(Notice.district))
    return or_(col(Notice.to) == f"person:{person.id}", to_roles)


def page(
    session: Session, person: Person, unread_only: bool, before: UUID | None, limit: int
) -> list[tuple[Notice, datetime | None]]:
    """Their notices, newest first, each with the time they read it."""
    seen = and_(col(NoticeSeen.notice_id) == col(Notice.id), col(NoticeSeen.person_id) == person.id)
    wanted = (
        select(Notice, NoticeSeen.seen_at)
        .join(NoticeSeen, seen, isouter=True)
        .where(mine(person))
        .order_by(col(Notice.id).desc())
        .limit(limit)
    )
    if unread_only:
        wanted = wanted.where(col(NoticeSeen.seen_at).is_(None))
    if before is not None:
        wanted = wanted.where(col(Notice.id) < before)
    return [(notice, at) for notice, at in session.exec(wanted)]


def unread(session: Session, person: Person) -> int:
    """How many they have not read."""
    seen = exists().where(and_(col(NoticeSeen.notice_id) == col(Notice.id), col(NoticeSeen.person_id) == person.id))
    return session.exec(select(func.count()).select_from(Notice).where(mine(person), ~seen)).one()


def read(session: Session, person: Person, notice_ids: list[UUID], now: datetime) -> int:
    """Mark as read; how many were not yet. Raises NotFound for one that is not theirs."""
    fresh = 0
    for notice_id in dict.fromkeys(notice_ids):
        if session.exec(select(Notice.id).where(col(Notice.id) == notice_id, mine(person))).first() is None:
            raise NotFound("notice", notice_id)
        if session.get(NoticeSeen, (notice_id, person.id)) is None:
            session.add(NoticeSeen(notice_id=notice_id, person_id=person.id, seen_at=now))
            fresh += 1
    return fresh


def deliveries(session: Session, notice_id: UUID) -> list[tuple[Delivery, list[DeliveryProof]]]:
    """How a notice went out, each way with its proofs from the first on."""
    rows = session.exec(select(Delivery).where(Delivery.notice_id == notice_id).order_by(col(Delivery.channel))).all()
    proofs = select(DeliveryProof).order_by(col(DeliveryProof.ordinal))
    return [(row, list(session.exec(proofs.where(DeliveryProof.delivery_id == row.id)))) for row in rows]
