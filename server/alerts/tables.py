"""Alerts: one row for each episode, and one for each message about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.append_only import append_only


class Alert(SQLModel, table=True):
    """One act as an edge or a person claims it. An edge's reports are folded together in the order of camera time.

    `source` is camera, call or patrol. A person's claim (`server.reports_by_people`) has no edge, camera and zone
    (empty) unless the place lies in a zone, its own `item_code`, place (`lon`, `lat`, WGS-84; `address` in words), and
    times of the one who saw it.

    `state` is raised or cleared; `permit` none, within or exceeded (latest report). `raised_at` is the camera time of
    the earliest report, `last_captured_at` of the latest. `peak_score` (0..1) and `peak_area_m2` are the worst seen.
    `unwatched_at`, `unwatched_why` (EndReason): the camera looks there no more, so it says neither that it is put right
    nor that it is still there. `subject_id` and `case_id` are set in the transaction that takes the first report.
    """

    __table_args__ = (
        UniqueConstraint("edge_id", "episode_id"),
        Index("ix_alert_camera_id_zone_id_raised_at", "camera_id", "zone_id", "raised_at"),
        Index("ix_alert_district_raised_at", "district", "raised_at"),
        Index("ix_alert_violation_raised_at", "violation", "raised_at"),
    )

    id: UUID = Field(primary_key=True)
    source: str = Field(default="camera", index=True)
    edge_id: str = Field(index=True)
    district: str = Field(default="local", index=True)
    episode_id: UUID
    camera_id: str = Field(index=True)
    zone_id: str
    violation: str
    violation_version: int
    permit: str
    state: str
    began_at: datetime
    raised_at: datetime = Field(index=True)
    last_captured_at: datetime
    cleared_at: datetime | None = None
    received_at: datetime
    dwell_s: float
    score: float
    peak_score: float
    area_m2: float | None = None
    area_m2_sigma: float | None = None
    peak_area_m2: float | None = None
    peak_area_m2_sigma: float | None = None
    clock_offset_s: float | None = None
    subject_id: UUID | None = Field(default=None, index=True)
    case_id: UUID | None = Field(default=None, index=True)
    cover_report_id: UUID | None = None
    unwatched_at: datetime | None = None
    unwatched_why: str = ""
    item_code: str | None = None
    lon: float | None = Field(default=None, index=True)
    lat: float | None = None
    address: str = ""


@append_only
class AlertReport(SQLModel, table=True):
    """One message of an edge about an episode; never changed. `kind` is raised, updated or cleared.

    `zone_polygon` is the zone as it was measured, in 0..1 of the picture; null from older edges.
    """

    __tablename__ = "alert_report"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    alert_id: UUID = Field(foreign_key="alert.id", index=True)
    message_id: UUID
    kind: str
    began_at: datetime
    captured_at: datetime
    sent_at: datetime
    received_at: datetime
    cleared_at: datetime | None = None
    permit: str
    dwell_s: float
    clock_offset_s: float | None = None
    measurement: dict[str, Any] = Field(sa_type=JSON)
    versions: dict[str, Any] = Field(sa_type=JSON)
    has_thumbnail: bool = False
    zone_polygon: list[Any] | None = Field(default=None, sa_type=JSON)


class AlertThumbnail(SQLModel, table=True):
    """The small picture that rode in a report; kept apart so that reading reports stays cheap."""

    __tablename__ = "alert_thumbnail"  # type: ignore[assignment]

    report_id: UUID = Field(primary_key=True, foreign_key="alert_report.id")
    jpeg: bytes
