"""The permit register."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only


class PermitRow(SQLModel, table=True):
    """One permit. `id` is its key as the edges know it, `number` as it stands on paper; `version` counts up.

    Hours and dates are local. `season_from` and `season_to` are MM-DD, both days included, empty for all year.
    `ground` is a WGS-84 polygon. `terms` is free text, `conditions` what is said of noise, oil, aisle, cleaning.
    `renewal_filed_at` opens the grace after expiry. `holder_left_at`: the shop changed hands, and a permit is personal.
    """

    __tablename__ = "permit"  # type: ignore[assignment]

    id: str = Field(primary_key=True)
    number: str = Field(default="", index=True)
    version: int = 1
    district: str = Field(default="local", index=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    ground: list[Any] | None = Field(default=None, sa_type=JSON)
    weekdays: list[int] = Field(sa_type=JSON)
    hours_from: time
    hours_to: time
    season_from: str = ""
    season_to: str = ""
    goods: str = ""
    terms: str = ""
    conditions: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    valid_from: date
    valid_to: date
    status: str
    renewal_filed_at: datetime | None = None
    holder_left_at: datetime | None = None
    created_at: datetime
    changed_at: datetime


class PermitArea(SQLModel, table=True):
    """What of a permit a camera sees: a polygon (frame coordinates 0..1) in one of its zones."""

    __tablename__ = "permit_area"  # type: ignore[assignment]

    permit_id: str = Field(primary_key=True, foreign_key="permit.id")
    ordinal: int = Field(primary_key=True)
    edge_id: str = Field(index=True)
    camera_id: str = Field(index=True)
    zone_id: str
    polygon: list[Any] = Field(sa_type=JSON)


@append_only
class PermitStatusChange(SQLModel, table=True):
    """A new status: it holds from `served_at`, when the holder was told, and not a moment earlier.

    `found_invalid`: the permit should never have held; what it had let pass since its first day must be looked at.
    """

    __tablename__ = "permit_status_change"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    permit_id: str = Field(foreign_key="permit.id", index=True)
    ordinal: int
    status: str
    served_at: datetime
    found_invalid: bool = False
    reason: str
    recorded_at: datetime
    recorded_by: str


@append_only
class PermitApproval(SQLModel, table=True):
    """One step of the permit's approval, as the body that took it said."""

    __tablename__ = "permit_approval"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    permit_id: str = Field(foreign_key="permit.id", index=True)
    step: str
    body: str
    agreed: bool
    at: datetime
    note: str
    recorded_at: datetime
    recorded_by: str
