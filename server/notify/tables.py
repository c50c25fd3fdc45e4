"""What is told (the inbox is these rows), how each telling goes out, and the proof of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.append_only import append_only


class Notice(SQLModel, table=True):
    """One thing told to one recipient, written with the change it tells of. The row itself is the in-app message.

    `key` names the occasion: the same occasion is told once. `to` is `role:...`, `person:...` or `subject:...`.
    `routed_at`: its deliveries have been made. `delivered_at`, `proof`, `tries`, `last_error` sum these up: the first
    that went, the tries of all, the error seen last.
    """

    id: UUID = Field(primary_key=True)
    key: str = Field(unique=True)
    to: str = Field(index=True)
    template: str
    facts: dict[str, Any] = Field(sa_type=JSON)
    district: str = Field(default="", index=True)
    case_id: UUID | None = Field(default=None, index=True)
    queued_at: datetime
    next_try_at: datetime = Field(index=True)
    routed_at: datetime | None = Field(default=None, index=True)
    tries: int = 0
    delivered_at: datetime | None = None
    proof: str = ""
    last_error: str = ""


class Delivery(SQLModel, table=True):
    """One notice by one channel to one target: the outbox. `id` follows from the three and is the idempotency key.

    `state` is waiting, sent or dead. While somebody speaks, `claim` is theirs and `next_try_at` the end of the lease.
    The address is looked up when it goes and kept only masked, in the proofs.
    """

    __tablename__ = "notice_delivery"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    notice_id: UUID = Field(foreign_key="notice.id", index=True)
    channel: str = Field(index=True)
    target: str
    district: str = Field(default="", index=True)
    state: str = Field(default="waiting", index=True)
    made_at: datetime
    next_try_at: datetime = Field(index=True)
    claim: UUID | None = None
    held: bool = False
    tries: int = 0
    sent_at: datetime | None = None
    receipt: str = Field(default="", index=True)
    last_error: str = ""


@append_only
class DeliveryProof(SQLModel, table=True):
    """One thing that happened to a delivery. `kind`: sent, failed, gave_up, held, status (told by the gateway), again.

    `once` keeps a status that a gateway tells twice from counting twice.
    """

    __tablename__ = "notice_proof"  # type: ignore[assignment]
    __table_args__ = (UniqueConstraint("delivery_id", "ordinal"),)

    id: UUID = Field(primary_key=True)
    delivery_id: UUID = Field(foreign_key="notice_delivery.id", index=True)
    ordinal: int
    at: datetime
    kind: str
    receipt: str = ""
    facts: dict[str, Any] = Field(sa_type=JSON)
    once: str = Field(unique=True)


class NoticeSeen(SQLModel, table=True):
    """A person has read a notice."""

    __tablename__ = "notice_seen"  # type: ignore[assignment]

    notice_id: UUID = Field(primary_key=True, foreign_key="notice.id")
    person_id: UUID = Field(primary_key=True)
    seen_at: datetime


class NoticePreference(SQLModel, table=True):
    """The language somebody (`person:<id>`, `subject:<id>`) wants, and where they are reached by kind of channel."""

    __tablename__ = "notice_preference"  # type: ignore[assignment]

    who: str = Field(primary_key=True)
    language: str
    contacts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    changed_at: datetime
    changed_by: UUID
