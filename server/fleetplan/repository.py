"""Reading and writing plans."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from server.auth.reach import Reach
from server.fleetplan.tables import PlanAnswer, PlanDraft, PlanVersion
from server.subjects.tables import Subject, ZoneBinding


def draft(session: Session, edge_id: str, *, lock: bool = False) -> PlanDraft | None:
    """The draft's row, open or not."""
    wanted = select(PlanDraft).where(PlanDraft.edge_id == edge_id)
    return session.exec(wanted.with_for_update() if lock else wanted).first()


def newest(session: Session, edge_id: str) -> PlanVersion | None:
    """The version put in force last."""
    wanted = select(PlanVersion).where(PlanVersion.edge_id == edge_id)
    return session.exec(wanted.order_by(col(PlanVersion.version).desc()).limit(1)).first()


def version(session: Session, edge_id: str, number: int | None) -> PlanVersion | None:
    """One version; None when there is none such."""
    return None if number is None else session.get(PlanVersion, (edge_id, number))


def by_key(session: Session, edge_id: str, key: str) -> PlanVersion | None:
    """The version that was made with this idempotency key."""
    wanted = select(PlanVersion).where(PlanVersion.edge_id == edge_id, PlanVersion.idempotency_key == key)
    return session.exec(wanted.limit(1)).first()


def versions(session: Session, edge_id: str, before: int | None, limit: int) -> list[PlanVersion]:
    """Versions, newest first, below `before`."""
    wanted = select(PlanVersion).where(PlanVersion.edge_id == edge_id)
    if before is not None:
        wanted = wanted.where(PlanVersion.version < before)
    return list(session.exec(wanted.order_by(col(PlanVersion.version).desc()).limit(limit)))


def answer(session: Session, edge_id: str, number: int) -> PlanAnswer | None:
    """What the edge said last to a version."""
    wanted = select(PlanAnswer).where(PlanAnswer.edge_id == edge_id, PlanAnswer.version == number)
    return session.exec(wanted.order_by(col(PlanAnswer.at).desc(), col(PlanAnswer.id).desc()).limit(1)).first()


def holders(session: Session, camera_id: str, reach: Reach, now: datetime) -> Sequence[tuple[ZoneBinding, Subject]]:
    """Who answers now for the zones of a camera, by zone; subjects out of reach are left out."""
    wanted = select(ZoneBinding, Subject).where(
        ZoneBinding.camera_id == camera_id,
        ZoneBinding.subject_id == Subject.id,
        ZoneBinding.valid_from <= now,
        or_(col(ZoneBinding.valid_to).is_(None), col(ZoneBinding.valid_to) > now),
    )
    limited = reach.limit(wanted, Subject.district).order_by(col(ZoneBinding.zone_id), col(ZoneBinding.valid_from))
    return session.exec(limited).all()
