"""Tell the feed of a change, in the transaction that makes it; read on from a cursor."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from server.auth.reach import Reach
from server.db import serialise
from server.feed.tables import FeedEntry

LOCK = "feed"


def tell(
    session: Session, kind: str, key: str | UUID, facts: Mapping[str, Any], at: datetime, district: str = ""
) -> FeedEntry:
    """Append one change (`kind`: alert, case, camera, edge, dead_letter); `facts` are JSON values.

    People see changes of their `district`; one that names none only those who see every district.

    Numbers are given under a lock held to the commit, so a reader who saw n will never later find an n-1.
    """
    entry = FeedEntry(seq=_next_number(session), at=at, kind=kind, key=str(key), district=district, facts=dict(facts))
    session.add(entry)
    return entry


def _next_number(session: Session) -> int:
    """While the lock is held nobody else counts, so each transaction asks the database only once."""
    transaction = session.get_transaction()
    asked, last = session.info.get(LOCK, (None, 0))
    if asked is not transaction or asked is None:
        serialise(session, LOCK)
        last = newest(session)
    session.info[LOCK] = (session.get_transaction(), last + 1)
    return last + 1


def after(
    session: Session, seq: int, reach: Reach, kinds: Collection[str] | None = None, limit: int = 200
) -> list[FeedEntry]:
    """Changes within reach (of these kinds, when said) with a greater number than `seq`, oldest first."""
    wanted = reach.limit(select(FeedEntry), FeedEntry.district).where(FeedEntry.seq > seq)
    if kinds is not None:
        wanted = wanted.where(col(FeedEntry.kind).in_(kinds))
    return list(session.exec(wanted.order_by(col(FeedEntry.seq)).limit(limit)))


def newest(session: Session) -> int:
    """The number of the newest change; 0 when there is none."""
    return session.exec(select(func.max(FeedEntry.seq))).one() or 0
