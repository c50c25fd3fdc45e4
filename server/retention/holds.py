"""Legal holds: what must stay whatever the terms say, on a person's word and with a reason."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.cases.tables import Case
from server.db import serialise
from server.errors import Conflict, NotFound
from server.evidence.tables import EvidenceFile
from server.retention.tables import LegalHold
from server.subjects.tables import Subject

LOCK = "retention"
HoldKind = Literal["case", "subject", "evidence"]


def place(session: Session, by: Person, kind: HoldKind, target: str, reason: str, now: datetime) -> LegalHold:
    """Hold it from now on. Raises NotFound (also outside one's reach), Conflict when it is held already."""
    district = _district(session, kind, target)
    if district is None:
        raise NotFound(kind, target)
    by.reach.require(kind, target, district)
    serialise(session, LOCK)
    live = select(LegalHold).where(LegalHold.kind == kind, LegalHold.target == target)
    if session.exec(live.where(col(LegalHold.released_at).is_(None))).first() is not None:
        raise Conflict("hold.already", "It is held already", {"kind": kind, "target": target})
    row = LegalHold(
        id=uuid7(now), kind=kind, target=target, district=district, reason=reason, placed_by=by.id,
        placed_by_name=by.name, placed_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, by, "hold.place", target, {"kind": kind, "reason": reason}, now, district or None)
    return row


def release(session: Session, by: Person, hold_id: UUID, reason: str, now: datetime) -> LegalHold:
    """The terms count again. Raises NotFound, Conflict when it was released before."""
    row = session.get(LegalHold, hold_id, with_for_update=True)
    if row is None:
        raise NotFound("hold", hold_id)
    by.reach.require("hold", hold_id, row.district)
    if row.released_at is not None:
        raise Conflict("hold.released", "It was released before", {"at": row.released_at.isoformat()})
    row.released_by, row.released_by_name, row.released_at, row.release_reason = by.id, by.name, now, reason
    session.add(row)
    facts = {"kind": row.kind, "target": row.target, "reason": reason}
    audit.record(session, by, "hold.release", hold_id, facts, now, row.district or None)
    return row


def _district(session: Session, kind: HoldKind, target: str) -> str | None:
    if kind == "evidence":
        file = session.get(EvidenceFile, target)
        return file.district if file else None
    try:
        key = UUID(target)
    except ValueError:
        return None
    row = session.get(Case if kind == "case" else Subject, key)
    return row.district if row else None
