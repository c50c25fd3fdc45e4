"""The inbox that makes a second delivery harmless, and what could not be taken."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class InboxMessage(SQLModel, table=True):
    """One committed message. `content_sha256` is of the message without its sending time, which a retry may renew."""

    __tablename__ = "inbox_message"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    type: str
    content_sha256: str
    received_at: datetime


class DeadLetter(SQLModel, table=True):
    """A payload that could not be taken, whole, with the reason. `code` is stable, `detail` for people."""

    __tablename__ = "dead_letter"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    received_at: datetime = Field(index=True)
    topic: str
    edge_id: str | None = None
    message_id: UUID | None = None
    code: str
    detail: str
    payload: bytes
    payload_sha256: str = Field(index=True)
    times_seen: int = 1
    settled_at: datetime | None = None


@append_only
class SecurityAlarm(SQLModel, table=True):
    """Something that an honest edge does not do. `kind`: changed_content, forged_source."""

    __tablename__ = "security_alarm"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    at: datetime = Field(index=True)
    kind: str
    edge_id: str
    facts: dict[str, Any] = Field(sa_type=JSON)


@append_only
class AlarmSettlement(SQLModel, table=True):
    """A person looked into an alarm and says what it was. An alarm without one is open."""

    __tablename__ = "alarm_settlement"  # type: ignore[assignment]

    alarm_id: UUID = Field(primary_key=True, foreign_key="security_alarm.id")
    settled_at: datetime
    settled_by: UUID
    settled_by_name: str
    reason: str
