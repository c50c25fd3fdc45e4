"""Published versions of what a city decides by: exemption lists, violation rules, calendars."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class PublishedVersion(SQLModel, table=True):
    """One version of one document; never changed. `kind` is exemptions, violation or calendar."""

    __tablename__ = "published_version"  # type: ignore[assignment]
    __table_args__ = (UniqueConstraint("kind", "name", "version"),)

    id: UUID = Field(primary_key=True)
    kind: str = Field(index=True)
    name: str
    version: str
    sha256: str
    body: dict[str, Any] = Field(sa_type=JSON)
    published_at: datetime
