"""Teams, certificates, the duty roster; assignments made against advice; patrol plans."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only


class Team(SQLModel, table=True):
    """执法中队: a team of a body (`server.dispatch.powers.Body`) and the grid cells in its charge."""

    __tablename__ = "team"  # type: ignore[assignment]

    code: str = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    name: str
    body: str
    grids: list[str] = Field(default_factory=list, sa_type=JSON)
    changed_at: datetime


class OfficerRecord(SQLModel, table=True):
    """An officer's team and enforcement certificate (行政执法证): its number and last valid day."""

    __tablename__ = "officer_record"  # type: ignore[assignment]

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    district: str = Field(default="local", index=True)
    team: str = Field(index=True)
    certificate: str = ""
    certificate_to: date | None = None
    changed_at: datetime


class DutyShift(SQLModel, table=True):
    """Somebody on duty from `starts_at` until (not including) `ends_at`. Cancelled ones stay, and count for nothing."""

    __tablename__ = "duty_shift"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    starts_at: datetime
    ends_at: datetime = Field(index=True)
    entered_at: datetime
    entered_by: UUID
    cancelled_at: datetime | None = None


@append_only
class AssignmentAgainst(SQLModel, table=True):
    """An officer sent although something spoke against it, with the reason given. Counted."""

    __tablename__ = "assignment_against"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    assignee_id: UUID
    against: list[str] = Field(sa_type=JSON)
    reason: str
    sent_by: UUID
    sent_at: datetime = Field(index=True)
    powers: str | None = None


@append_only
class PatrolPlan(SQLModel, table=True):
    """双随机: places and officers drawn for a day from a stored seed, with all that went in (`trace`)."""

    __tablename__ = "patrol_plan"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    day: date
    seed: str
    wanted: int
    drawn: list[Any] = Field(sa_type=JSON)
    trace: dict[str, Any] = Field(sa_type=JSON)
    made_at: datetime
    made_by: UUID
