"""Write down who did what, in the transaction that does it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from server.audit import chain
from server.audit.tables import AuditEntry
from server.auth.person import Person
from server.auth.reach import Reach
from server.db import serialise

LOCK = "audit"


def record(
    session: Session,
    actor: Person,
    action: str,
    target: str | UUID,
    facts: Mapping[str, Any],
    now: datetime,
    district: str | None = None,
) -> AuditEntry:
    """Append one entry (`action` is `area.verb`, `facts` JSON values) to the one chain; locked to the commit.

    `district` is whose matter it is; not said, the actor's only one. Give it where the actor may hold several.
    """
    serialise(session, LOCK)
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq).desc()).limit(1)).first()
    entry = AuditEntry(
        seq=last.seq + 1 if last else 1,
        at=now,
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        target=str(target),
        district=actor.reach.only if district is None else district,
        facts=dict(facts),
        previous_hash=last.hash if last else chain.GENESIS,
        hash="",
    )
    entry.hash = chain.hash_of(entry)
    session.add(entry)
    session.flush()
    return entry


def newest_first(session: Session, reach: Reach, before_seq: int | None, limit: int) -> list[AuditEntry]:
    """The newest entries within reach, or those before one already seen."""
    wanted = reach.limit(select(AuditEntry), AuditEntry.district).order_by(col(AuditEntry.seq).desc()).limit(limit)
    if before_seq is not None:
        wanted = wanted.where(AuditEntry.seq < before_seq)
    return list(session.exec(wanted).all())


def verify(session: Session) -> list[str]:
    """What is wrong with the chain; empty when it holds."""
    rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq)).execution_options(yield_per=1000))
    return list(chain.faults(rows))
