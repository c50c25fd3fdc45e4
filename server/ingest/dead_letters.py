"""What could not be taken, kept whole with its reason, so that it is neither lost nor in the way."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts import topics
from edge.contracts.errors import BadMessage
from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.auth.reach import Reach
from server.db import serialise
from server.errors import Conflict, NotFound
from server.feed import service as feed
from server.fleet import service as fleet
from server.ingest.tables import AlarmSettlement, DeadLetter, SecurityAlarm

MAX_KEPT_BYTES = 1_000_000


def keep(session: Session, topic: str, payload: bytes, code: str, detail: str, now: datetime) -> DeadLetter:
    """One row for each topic, payload and code; the same one coming again is counted."""
    digest = sha256(payload).hexdigest()
    same = select(DeadLetter).where(DeadLetter.payload_sha256 == digest, DeadLetter.code == code)
    known = session.exec(same.where(DeadLetter.topic == _clean(topic))).first()
    if known is not None:
        known.times_seen += 1
        session.add(known)
        return known
    letter = DeadLetter(
        id=uuid7(now),
        received_at=now,
        topic=_clean(topic),
        edge_id=edge_of(topic),
        message_id=id_of(payload),
        code=code,
        detail=_clean(detail)[:2000],
        payload=payload[:MAX_KEPT_BYTES],
        payload_sha256=digest,
    )
    session.add(letter)
    session.flush()
    feed.tell(
        session,
        "dead_letter",
        letter.id,
        {"edge_id": letter.edge_id, "code": code},
        now,
        district_of(session, letter.edge_id),
    )
    return letter


def settle(session: Session, letter_id: UUID, now: datetime) -> None:
    """It was taken after all."""
    letter = session.get(DeadLetter, letter_id)
    if letter is not None:
        letter.settled_at = now
        session.add(letter)


def alarm(session: Session, kind: str, edge_id: str, facts: dict[str, Any], now: datetime) -> SecurityAlarm:
    """Something that an honest edge does not do (`kind`: changed_content, forged_source)."""
    row = SecurityAlarm(id=uuid7(now), at=now, kind=kind, edge_id=edge_id, facts=facts)
    session.add(row)
    session.flush()
    return row


def settle_alarm(session: Session, alarm_id: UUID, by: Person, reason: str, now: datetime) -> AlarmSettlement:
    """Close an alarm with what it was found to be. Raises NotFound (also out of reach), Conflict when it is closed."""
    alarm = session.get(SecurityAlarm, alarm_id)
    if alarm is None:
        raise NotFound("security_alarm", alarm_id)
    district = district_of(session, alarm.edge_id)
    by.reach.require("security_alarm", alarm_id, district)
    serialise(session, f"alarm:{alarm_id}")
    if session.get(AlarmSettlement, alarm_id) is not None:
        raise Conflict("security_alarm.settled", "The alarm is settled", {"id": str(alarm_id)})
    row = AlarmSettlement(alarm_id=alarm_id, settled_at=now, settled_by=by.id, settled_by_name=by.name, reason=reason)
    session.add(row)
    session.flush()
    audit.record(session, by, "alarm.settle", alarm_id, {"kind": alarm.kind, "reason": reason}, now, district)
    return row


def settle_letter(session: Session, letter_id: UUID, by: Person, reason: str, now: datetime) -> DeadLetter:
    """Close a message that will never be taken. It stays on file. Raises NotFound, Conflict when it is closed."""
    letter = session.get(DeadLetter, letter_id)
    if letter is None:
        raise NotFound("dead_letter", letter_id)
    district = district_of(session, letter.edge_id)
    by.reach.require("dead_letter", letter_id, district)
    if letter.settled_at is not None:
        raise Conflict("dead_letter.settled", "The dead letter is settled", {"id": str(letter_id)})
    settle(session, letter_id, now)
    audit.record(session, by, "dead_letter.settle", letter_id, {"code": letter.code, "reason": reason}, now, district)
    return letter


def unsettled_alarms(session: Session) -> list[SecurityAlarm]:
    """Alarms that nobody has looked into; for `shouwei server check`."""
    closed = select(AlarmSettlement.alarm_id)
    wanted = select(SecurityAlarm).where(col(SecurityAlarm.id).not_in(closed))
    return list(session.exec(wanted.order_by(col(SecurityAlarm.at))).all())


def edge_of(topic: str) -> str | None:
    """The edge that a topic names."""
    try:
        return topics.parse(topic)[0]
    except BadMessage:
        return None


def id_of(payload: bytes) -> UUID | None:
    """The message id, when one can be read at all."""
    try:
        event = json.loads(payload)
        return UUID(event["id"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def newest_first(session: Session, reach: Reach, limit: int) -> list[DeadLetter]:
    """The newest dead letters of edges within reach."""
    wanted = select(DeadLetter).where(fleet.of_edges(DeadLetter.edge_id, reach))
    return list(session.exec(wanted.order_by(col(DeadLetter.received_at).desc()).limit(limit)).all())


def alarms(session: Session, reach: Reach, limit: int) -> list[SecurityAlarm]:
    """The newest security alarms of edges within reach."""
    wanted = select(SecurityAlarm).where(fleet.of_edges(SecurityAlarm.edge_id, reach))
    return list(session.exec(wanted.order_by(col(SecurityAlarm.at).desc()).limit(limit)).all())


def district_of(session: Session, edge_id: str | None) -> str:
    """Whose a message of this edge is; "" when nobody knows."""
    return fleet.district_of(session, edge_id, "") if edge_id else ""


def _clean(text: str) -> str:
    """Text that any database takes."""
    return text.replace("\x00", "\\0").encode("utf-8", "backslashreplace").decode()
