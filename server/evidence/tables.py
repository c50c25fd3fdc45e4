"""Evidence files and what refers to them."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel


class EvidenceFile(SQLModel, table=True):
    """A file that lies in the store, whole and verified. `sha256` is its name.

    `district` is the sender's ("" when a person of several districts sent it), `stored_by_id` the sender.
    """

    __tablename__ = "evidence_file"  # type: ignore[assignment]

    sha256: str = Field(primary_key=True, max_length=64)
    media_type: str
    size_bytes: int
    stored_at: datetime
    stored_by: str
    stored_by_id: UUID | None = None
    district: str = Field(default="", index=True)


class EvidenceLink(SQLModel, table=True):
    """Why a file was kept: `role` (EvidenceRole) in one report or one recheck answer (`source_kind`, `source_id`)."""

    __tablename__ = "evidence_link"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    sha256: str = Field(index=True, max_length=64)
    role: str
    media_type: str
    size_bytes: int
    captured_at: datetime
    source_kind: str
    source_id: UUID = Field(index=True)
    alert_id: UUID | None = Field(default=None, foreign_key="alert.id", index=True)
