"""Published versions of what a city decides by: exemption lists, violation rules, calendars."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class PublishedVersion(SQLModel, table=True):
    """One version of one document; never changed. `kind` is exemptions, violation or calendar.

    `author` wrote it. A version made in the server names who drafted and who published it (two people) and the version
    it was made from; one read from a file has none of these.
    """

    __tablename__ = "published_version"  # type: ignore[assignment]
    __table_args__ = (UniqueConstraint("kind", "name", "version"),)

    id: UUID = Field(primary_key=True)
    kind: str = Field(index=True)
    name: str
    version: str
    sha256: str
    body: dict[str, Any] = Field(sa_type=JSON)
    published_at: datetime
    author: str = ""
    drafted_by: str = ""
    published_by: str = ""
    based_on: str = ""


class ExemptionDraft(SQLModel, table=True):
    """A list being written; `body` may still have faults. `state`: open, published, dropped."""

    __tablename__ = "exemption_draft"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    state: str = Field(default="open", index=True)
    revision: int = 1
    based_on: str
    body: dict[str, Any] = Field(sa_type=JSON)
    drafted_by: UUID
    drafted_by_name: str
    created_at: datetime
    changed_at: datetime
    published_id: UUID | None = None
