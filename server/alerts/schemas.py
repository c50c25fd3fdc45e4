"""Alerts as the API tells them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class _Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AlertRead(_Read):
    """One act as a camera, a caller or a patrol claims it (`source`). Shares and scores 0..1, areas in m² (null
    without a ground homography), places WGS-84.
    """

    id: UUID
    source: str
    district: str
    edge_id: str
    episode_id: UUID
    camera_id: str
    zone_id: str
    violation: str
    violation_version: int
    permit: str
    state: str
    began_at: datetime
    raised_at: datetime
    last_captured_at: datetime
    cleared_at: datetime | None
    received_at: datetime
    dwell_s: float
    score: float
    peak_score: float
    area_m2: float | None
    peak_area_m2: float | None
    subject_id: UUID | None
    case_id: UUID | None
    cover_report_id: UUID | None
    item_code: str | None
    lon: float | None
    lat: float | None
    address: str


class EvidenceRead(_Read):
    """A file of a report. `sealed`: seeing it needs a reason."""

    sha256: str
    role: str
    media_type: str
    size_bytes: int
    captured_at: datetime
    sealed: bool


class ReportRead(_Read):
    """One message about the episode."""

    id: UUID
    message_id: UUID
    kind: str
    captured_at: datetime
    sent_at: datetime
    received_at: datetime
    cleared_at: datetime | None
    permit: str
    dwell_s: float
    clock_offset_s: float | None
    measurement: dict[str, Any]
    versions: dict[str, Any]
    has_thumbnail: bool


class AlertDetail(AlertRead):
    """An alert with its reports in the order of camera time, and its evidence."""

    reports: list[ReportRead]
    evidence: list[EvidenceRead]


class AlertPage(BaseModel):
    """Newest first; `next` is the cursor of the next page, null on the last."""

    items: list[AlertRead]
    next: str | None
