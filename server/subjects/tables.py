"""Subjects: who they are, where they are, how they are reached, what they answer for."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only

UNKNOWN_SUBJECT_ID = UUID("00000000-0000-7000-8000-000000000000")


class Subject(SQLModel, table=True):
    """`kind`: known (has a code), individual (no licence, identified on site), unknown (one row, stands for nobody).

    `code_check_failed` marks a code whose check character is wrong and that a person let in with a reason.
    `person_digest` is the keyed digest of an individual's ID number, `owner_digest` that of the person who holds the
    licence: no number is kept. `person_pending`: no document, or a foreign one, so nobody is named yet.
    `name` is the present one; earlier ones are in `SubjectName`.
    """

    id: UUID = Field(primary_key=True)
    kind: str = Field(index=True)
    name: str
    code: str | None = Field(default=None, unique=True)
    code_check_failed: bool = False
    code_override_reason: str = ""
    person_digest: str | None = Field(default=None, unique=True)
    person_pending: bool = False
    pending_reason: str = ""
    owner_name: str = ""
    owner_digest: str | None = Field(default=None, index=True)
    head_office_id: UUID | None = Field(default=None, index=True)
    contact: str = ""
    language: str = "zh-CN"
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


@append_only
class SubjectName(SQLModel, table=True):
    """A name that a subject bears or bore, from `since` on until the next one."""

    __tablename__ = "subject_name"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    name: str
    since: datetime
    recorded_at: datetime
    recorded_by: str


class Premises(SQLModel, table=True):
    """A place of business. `ground` is a WGS-84 polygon [[lon, lat], ...]; null when it was not drawn."""

    id: UUID = Field(primary_key=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    district: str = Field(default="local", index=True)
    address: str
    door_number: str = ""
    ground: list[Any] | None = Field(default=None, sa_type=JSON)
    valid_from: datetime
    valid_to: datetime | None = None
    created_at: datetime


class Contact(SQLModel, table=True):
    """Somebody to reach for a subject. `electronic_consent_at`: when electronic service was agreed to in writing
    (Penalty Law 61 allows it only then). `rank` orders them, 1 first.
    """

    id: UUID = Field(primary_key=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    name: str
    role: str
    channel: str
    address: str
    language: str = "zh-CN"
    rank: int = 1
    electronic_consent_at: datetime | None = None
    created_at: datetime
    ended_at: datetime | None = None


@append_only
class SubjectGrade(SQLModel, table=True):
    """A band that the credit office gave. It sets patrol weight and nothing else; never computed here."""

    __tablename__ = "subject_grade"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    band: str
    as_of: date
    source: str
    recorded_at: datetime
    recorded_by: str


@append_only
class SubjectRecord(SQLModel, table=True):
    """What else belongs into the file. `kind`: inspection, honour, repair (信用修复), education."""

    __tablename__ = "subject_record"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    kind: str
    at: datetime
    title: str
    source: str
    recorded_at: datetime
    recorded_by: str


@append_only
class SubjectLink(SQLModel, table=True):
    """Two files that belong together, on a person's word. `kind`: same_person, same_owner. Nothing is merged."""

    __tablename__ = "subject_link"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    other_id: UUID = Field(foreign_key="subject.id", index=True)
    kind: str
    reason: str
    recorded_at: datetime
    recorded_by: str


@append_only
class Handover(SQLModel, table=True):
    """A shop that changed hands at `at`: what went over. The old file keeps its history."""

    id: UUID = Field(primary_key=True)
    from_id: UUID = Field(foreign_key="subject.id", index=True)
    to_id: UUID = Field(foreign_key="subject.id", index=True)
    at: datetime
    zones: list[Any] = Field(sa_type=JSON)
    premises: list[Any] = Field(sa_type=JSON)
    permits: list[Any] = Field(sa_type=JSON)
    reason: str
    recorded_at: datetime
    recorded_by: str


class SubjectImport(SQLModel, table=True):
    """One file as its dry run saw it. `rows` holds what is to be done, never an ID number; `plan_sha256` is of it.

    `state`: refused (bad rows), ready, applied.
    """

    __tablename__ = "subject_import"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    sha256: str = Field(index=True)
    file_name: str
    kind: str
    district: str = Field(default="local", index=True)
    state: str
    row_count: int
    rows: list[Any] = Field(sa_type=JSON)
    faults: list[Any] = Field(sa_type=JSON)
    fault_count: int = 0
    counts: dict[str, Any] = Field(sa_type=JSON)
    plan_sha256: str
    made_at: datetime
    made_by: str
    applied_at: datetime | None = None
    applied_by: str = ""
