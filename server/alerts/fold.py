"""What an episode amounts to: all its reports, in whatever order they came, folded by camera time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Kind = Literal["raised", "updated", "cleared"]
_RANK: dict[Kind, int] = {"raised": 0, "updated": 1, "cleared": 2}


@dataclass(frozen=True)
class Report:
    """One message about the episode. `score` 0..1; `area_m2` and its standard deviation null without a homography."""

    id: UUID
    kind: Kind
    began_at: datetime
    captured_at: datetime
    cleared_at: datetime | None
    permit: str
    dwell_s: float
    score: float
    area_m2: float | None
    clock_offset_s: float | None
    has_thumbnail: bool = False
    area_m2_sigma: float | None = None


@dataclass(frozen=True)
class Episode:
    """The reports as one; the fields of `server.alerts.tables.Alert` that follow from them."""

    state: Literal["raised", "cleared"]
    began_at: datetime
    raised_at: datetime
    last_captured_at: datetime
    cleared_at: datetime | None
    permit: str
    dwell_s: float
    score: float
    peak_score: float
    area_m2: float | None
    area_m2_sigma: float | None
    peak_area_m2: float | None
    peak_area_m2_sigma: float | None
    clock_offset_s: float | None
    cover_report_id: UUID | None


def fold(reports: Sequence[Report]) -> Episode:
    """The episode that these reports (at least one) describe. The order of the argument does not matter.

    Once cleared, an episode stays cleared: an act that comes back is another episode. The permit relation and the
    measured values are those of the last look at the act itself, so a clearing look does not overwrite them.
    """
    ordered = sorted(reports, key=lambda report: (report.captured_at, _RANK[report.kind], report.id))
    acts = [report for report in ordered if report.kind != "cleared"] or ordered
    clearings = [report for report in ordered if report.kind == "cleared"]
    seen, peak = acts[-1], max(acts, key=lambda report: -1.0 if report.area_m2 is None else report.area_m2)
    pictured = [report.id for report in acts if report.has_thumbnail]
    return Episode(
        state="cleared" if clearings else "raised",
        began_at=min(report.began_at for report in ordered),
        raised_at=ordered[0].captured_at,
        last_captured_at=ordered[-1].captured_at,
        cleared_at=clearings[-1].cleared_at if clearings else None,
        permit=seen.permit,
        dwell_s=max(report.dwell_s for report in ordered),
        score=seen.score,
        peak_score=max(report.score for report in acts),
        area_m2=seen.area_m2,
        area_m2_sigma=seen.area_m2_sigma,
        peak_area_m2=peak.area_m2,
        peak_area_m2_sigma=peak.area_m2_sigma,
        clock_offset_s=ordered[-1].clock_offset_s,
        cover_report_id=pictured[-1] if pictured else None,
    )
