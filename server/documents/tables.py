"""Issued documents and what became of them; education given and pledges made. All append-only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class IssuedDocument(SQLModel, table=True):
    """A document as it went out. `snapshot` is all that the template was given; `sha256` names the PDF in the store.

    `serial` counts within `authority` (its short name), `kind` and `year` (local), without gaps;
    `ordinal` within the case. `token` is what the QR code carries.
    """

    __tablename__ = "issued_document"  # type: ignore[assignment]
    __table_args__ = (
        UniqueConstraint("authority", "kind", "year", "serial"), UniqueConstraint("number"),
        UniqueConstraint("case_id", "ordinal"), UniqueConstraint("made_by", "idempotency_key"),
        UniqueConstraint("token"),
    )  # fmt: skip

    id: UUID = Field(primary_key=True)
    authority: str
    kind: str = Field(index=True)
    year: int
    serial: int
    number: str
    case_id: UUID = Field(foreign_key="case.id", index=True)
    ordinal: int
    district: str = Field(default="local", index=True)
    list_version: str | None
    wording_version: str
    snapshot: dict[str, Any] = Field(sa_type=JSON)
    setting: str
    sha256: str = Field(index=True, max_length=64)
    size_bytes: int
    token: str
    replaces: UUID | None = None
    idempotency_key: str | None = None
    made_by: UUID
    made_by_name: str
    made_at: datetime


@append_only
class DocumentWithdrawal(SQLModel, table=True):
    """A document that holds no longer, from `at` on; `replaced_by` is the one in its place, if any."""

    __tablename__ = "document_withdrawal"  # type: ignore[assignment]

    document_id: UUID = Field(primary_key=True, foreign_key="issued_document.id")
    reason: str
    replaced_by: UUID | None = None
    at: datetime
    by: UUID
    by_name: str


@append_only
class EducationRecord(SQLModel, table=True):
    """Education given (Penalty Law 6, 33(3)): ED1 explained with leaflet, ED2 pledge, ED3 talk with who is in charge.

    `receipt` is how the party confirmed it; `photos` are evidence files.
    """

    __tablename__ = "education_record"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    district: str = Field(default="local", index=True)
    subject_id: UUID = Field(index=True)
    kind: str
    given_at: datetime
    given_by: UUID
    given_by_name: str
    received_by: str
    content: str
    receipt: str
    photos: list[str] = Field(sa_type=JSON)
    recorded_at: datetime


@append_only
class Pledge(SQLModel, table=True):
    """What a party promised in writing, and by when."""

    __tablename__ = "pledge"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    district: str = Field(default="local", index=True)
    subject_id: UUID = Field(index=True)
    document_id: UUID | None = None
    text: str
    signed_at: datetime
    signed_by: str
    due_at: datetime | None = None
    photos: list[str] = Field(sa_type=JSON)
    recorded_by: UUID
    recorded_at: datetime


@append_only
class PledgeOutcome(SQLModel, table=True):
    """Whether a pledge was kept; the last one (`ordinal`, from 1) stands."""

    __tablename__ = "pledge_outcome"  # type: ignore[assignment]
    __table_args__ = (UniqueConstraint("pledge_id", "ordinal"),)

    id: UUID = Field(primary_key=True)
    pledge_id: UUID = Field(foreign_key="pledge.id", index=True)
    ordinal: int
    kept: bool
    reason: str
    at: datetime
    by: UUID
    by_name: str
