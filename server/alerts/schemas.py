"""Alerts as the API tells them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, computed_field

from server.alerts.area import AreaShown, shown


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
    area_m2_sigma: float | None
    peak_area_m2: float | None
    peak_area_m2_sigma: float | None
    subject_id: UUID | None
    case_id: UUID | None
    cover_report_id: UUID | None
    unwatched_at: datetime | None
    unwatched_why: str
    item_code: str | None
    lon: float | None
    lat: float | None
    address: str

    @computed_field
    @property
    def area(self) -> AreaShown | None:
        """The area at the last look, as it is to be shown."""
        return shown(self.area_m2, self.area_m2_sigma)

    @computed_field
    @property
    def peak_area(self) -> AreaShown | None:
        """The largest area seen, as it is to be shown."""
        return shown(self.peak_area_m2, self.peak_area_m2_sigma)


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


class PictureRead(BaseModel):
    """A picture of a case. `is_best`: of its camera; `is_cover`: of all. `sealed`: seeing it needs a reason.

    `camera_id` is empty for a person's photo.
    """

    sha256: str
    role: str
    media_type: str
    captured_at: datetime
    alert_id: UUID
    source: str
    edge_id: str
    camera_id: str
    score: float | None
    occluded: bool | None
    is_best: bool
    is_cover: bool
    sealed: bool
