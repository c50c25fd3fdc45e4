"""Reports by people, and, kept apart, who made them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class PersonReport(SQLModel, table=True):
    """What somebody saw, as it was told; never changed. `number` is the receipt.

    `source` is call or patrol, `channel` where it came in (12345, hotline, officer, grid, ...). `in_view` are the
    zones whose ground held the place then, as {edge_id, camera_id, zone_id, state}: whether a camera should have seen
    it. `merged`: it joined a case that was open.
    """

    __tablename__ = "person_report"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    number: str = Field(unique=True)
    district: str = Field(default="local", index=True)
    source: str
    channel: str
    alert_id: UUID = Field(foreign_key="alert.id", index=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    merged: bool
    item_code: str | None = None
    violation: str
    text: str
    address: str
    lon: float | None = None
    lat: float | None = None
    seen_at: datetime = Field(index=True)
    received_at: datetime
    reminded: bool = False
    photos: list[str] = Field(sa_type=JSON)
    in_view: list[Any] = Field(sa_type=JSON)
    request_digest: str | None = Field(default=None, unique=True)


class Reporter(SQLModel, table=True):
    """Who made a report. Only the seat may see it, and each look is kept. It can be forgotten, the report stays."""

    report_id: UUID = Field(primary_key=True, foreign_key="person_report.id")
    person_id: UUID | None = None
    name: str = ""
    contact: str = ""
    taken_by: UUID
