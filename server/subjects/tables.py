"""Subjects and the zones they answer for."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

UNKNOWN_SUBJECT_ID = UUID("00000000-0000-7000-8000-000000000000")


class Subject(SQLModel, table=True):
    """`kind`: known (has a code), individual (no licence, identified on site), unknown (one row, stands for nobody).

    `code_check_failed` marks a code whose check character is wrong and that a person let in with a reason.
    `person_digest` is the SHA-256 of an individual's ID number: the number itself is not kept.
    """

    id: UUID = Field(primary_key=True)
    kind: str = Field(index=True)
    name: str
    code: str | None = Field(default=None, unique=True)
    code_check_failed: bool = False
    code_override_reason: str = ""
    person_digest: str | None = Field(default=None, unique=True)
    contact: str = ""
    district: str = Field(default="local", index=True)
    created_at: datetime


class ZoneBinding(SQLModel, table=True):
    """Who answers for a camera's zone from `valid_from` until (not including) `valid_to`."""

    __tablename__ = "zone_binding"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    camera_id: str = Field(index=True)
    zone_id: str
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    valid_from: datetime
    valid_to: datetime | None = None
    created_at: datetime
