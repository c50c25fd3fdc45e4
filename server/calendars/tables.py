"""Calendars being written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class CalendarDraft(SQLModel, table=True):
    """A calendar before it is in force. `published_at` null: still a draft, may be changed or dropped."""

    __tablename__ = "calendar_draft"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    body: dict[str, Any] = Field(sa_type=JSON)
    drafted_by: UUID
    drafted_by_name: str
    drafted_at: datetime
    published_by: UUID | None = None
    published_by_name: str = ""
    published_at: datetime | None = None
    dropped_at: datetime | None = None
