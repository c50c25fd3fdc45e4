"""Article 41 cards of cameras, and reviews of records."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from server.append_only import append_only


class CameraCard(SQLModel, table=True):
    """One camera's card; the audit log has every change. `wanted`: CLUE or OFFSITE, set by the head."""

    __tablename__ = "camera_card"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    camera_id: str = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    legal_basis: str = ""
    legal_basis_sha256: str = ""
    legal_review: str = ""
    legal_reviewed_on: date | None = None
    technical_review: str = ""
    technical_reviewed_on: date | None = None
    standard_certificate: str = ""
    standard_valid_to: date | None = None
    sign_photo_sha256: str = ""
    published_place: str = ""
    published_on: date | None = None
    wanted: str = "CLUE"
    wanted_by: str = ""
    wanted_reason: str = ""
    changed_at: datetime
    changed_by: UUID


@append_only
class RecordReviewRow(SQLModel, table=True):
    """A person looked at the record of a case: is it true, clear, complete, accurate (Penalty Law 41)?"""

    __tablename__ = "record_review"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    is_true: bool
    is_clear: bool
    is_complete: bool
    is_accurate: bool
    note: str = ""
    reviewed_by: UUID
    reviewed_by_name: str
    reviewed_at: datetime
