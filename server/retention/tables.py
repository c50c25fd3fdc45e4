"""Holds, what is listed for deletion, and tombstones of what is gone."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only


class LegalHold(SQLModel, table=True):
    """Nothing of this may be deleted until it is released. `kind`: case, subject (all cases of it) or evidence."""

    __tablename__ = "legal_hold"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    kind: str
    target: str = Field(index=True)
    district: str = Field(default="", index=True)
    reason: str
    placed_by: UUID
    placed_by_name: str
    placed_at: datetime
    released_by: UUID | None = None
    released_by_name: str = ""
    released_at: datetime | None = Field(default=None, index=True)
    release_reason: str = ""


class DueFile(SQLModel, table=True):
    """An evidence file whose term is over, listed for people to look at before it goes."""

    __tablename__ = "retention_due"  # type: ignore[assignment]

    sha256: str = Field(primary_key=True, max_length=64)
    rule: str = Field(index=True)
    district: str = Field(default="", index=True)
    size_bytes: int
    matters: list[str] = Field(sa_type=JSON)
    due_at: datetime
    listed_at: datetime = Field(index=True)


@append_only
class Tombstone(SQLModel, table=True):
    """A file that was lawfully deleted, written before the deed. `what`: file (in the store) or thumbnail (a row).

    `rule` is the class, `days` its term then, `matters` what it had belonged to.
    """

    __tablename__ = "retention_tombstone"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    sha256: str = Field(index=True, max_length=64)
    what: str = "file"
    media_type: str
    size_bytes: int
    stored_at: datetime
    rule: str
    days: int
    source: str
    matters: list[str] = Field(sa_type=JSON)
    district: str = Field(default="", index=True)
    listed_at: datetime
    deleted_at: datetime
    run_id: UUID


@append_only
class RetentionRun(SQLModel, table=True):
    """One round. `day` is local; `mode` dry_run or delete; counts of files."""

    __tablename__ = "retention_run"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    day: date = Field(index=True)
    started_at: datetime
    ended_at: datetime
    mode: str
    by: str
    due: int
    listed: int
    deleted: int
    deleted_bytes: int
    recovered: int
