"""What happens around a case and changes how it is judged."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.append_only import append_only


class CrisisPeriod(SQLModel, table=True):
    """A public crisis in a district, declared by the head: local days, both included; `ended_on` null while it lasts.

    `items` and `cameras` empty: all of the district. `source` names the document, `source_sha256` its file.
    """

    __tablename__ = "crisis_period"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    name: str
    source: str
    source_sha256: str = ""
    reason: str
    items: list[Any] = Field(sa_type=JSON)
    cameras: list[Any] = Field(sa_type=JSON)
    began_on: date
    ended_on: date | None = None
    set_by: UUID
    set_by_name: str
    set_at: datetime
    ended_by: UUID | None = None
    ended_at: datetime | None = None
    end_reason: str = ""


class PollutionAlert(SQLModel, table=True):
    """A heavy pollution alert (重污染天气预警) of a district, from-to. `level`: yellow, orange or red."""

    __tablename__ = "pollution_alert"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    district: str = Field(default="local", index=True)
    level: str
    began_at: datetime = Field(index=True)
    ended_at: datetime | None = None
    source: str
    recorded_by: UUID
    recorded_by_name: str
    recorded_at: datetime


@append_only
class LateAcceptance(SQLModel, table=True):
    """A leader accepts that a cause beyond the party's control made it miss the deadline `due_at`."""

    __tablename__ = "late_acceptance"  # type: ignore[assignment]
    __table_args__ = (UniqueConstraint("case_id", "due_at"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    due_at: datetime
    reason: str
    accepted_by: UUID
    accepted_by_name: str
    accepted_at: datetime
