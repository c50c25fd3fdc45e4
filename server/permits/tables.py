"""The permit register."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class PermitRow(SQLModel, table=True):
    """One permit for one zone of one camera. `id` is the permit's number as the edge knows it; `version` counts up.

    `polygon` is in frame coordinates 0..1; hours are local. `renewal_filed_at` opens the 7-day grace after expiry.
    """

    __tablename__ = "permit"  # type: ignore[assignment]

    id: str = Field(primary_key=True)
    version: int = 1
    edge_id: str = Field(index=True)
    district: str = Field(default="local", index=True)
    camera_id: str = Field(index=True)
    zone_id: str
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    polygon: list[Any] = Field(sa_type=JSON)
    weekdays: list[int] = Field(sa_type=JSON)
    hours_from: time
    hours_to: time
    valid_from: date
    valid_to: date
    status: str
    terms: str = ""
    renewal_filed_at: datetime | None = None
    created_at: datetime
    changed_at: datetime
