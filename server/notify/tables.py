"""The notification outbox: written with the change it tells of, carried later, proof kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class Notice(SQLModel, table=True):
    """`key` names the occasion: the same occasion is told once. `to` is `role:...`, `person:...` or `subject:...`."""

    id: UUID = Field(primary_key=True)
    key: str = Field(unique=True)
    to: str = Field(index=True)
    district: str = Field(default="", index=True)
    template: str
    facts: dict[str, Any] = Field(sa_type=JSON)
    queued_at: datetime
    next_try_at: datetime = Field(index=True)
    tries: int = 0
    delivered_at: datetime | None = None
    proof: str = ""
    last_error: str = ""
