"""Reads and writes of alerts and their reports."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import ClassVar, cast
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.alerts.fold import Episode, Kind, Report
from server.alerts.tables import Alert, AlertReport
from server.auth.reach import Reach


def by_episode(session: Session, edge_id: str, episode_id: UUID) -> Alert | None:
    """The alert of an episode."""
    return session.exec(select(Alert).where(Alert.edge_id == edge_id, Alert.episode_id == episode_id)).first()


def reports_of(session: Session, alert_id: UUID) -> list[AlertReport]:
    """All reports of an alert in the order of camera time."""
    wanted = select(AlertReport).where(AlertReport.alert_id == alert_id)
    return list(session.exec(wanted.order_by(col(AlertReport.captured_at), col(AlertReport.id))).all())


def report(session: Session, report_id: UUID) -> AlertReport | None:
    """One report."""
    return session.get(AlertReport, report_id)


@dataclass(frozen=True)
class Wanted:
    """Which alerts are asked for; null asks for all. Times are camera times, `until` not included."""

    source: str | None = None
    state: str | None = None
    edge_id: str | None = None
    camera_id: str | None = None
    violation: str | None = None
    district: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    has_case: bool | None = None
    case_id: UUID | None = None
    subject_id: UUID | None = None

    _SAME: ClassVar[tuple[str, ...]] = (
        "source", "state", "edge_id", "camera_id", "violation", "district", "case_id", "subject_id",
    )  # fmt: skip

    def narrow(self, query: SelectOfScalar[Alert]) -> SelectOfScalar[Alert]:
        """The query with every condition asked for."""
        for name in self._SAME:
            if (value := getattr(self, name)) is not None:
                query = query.where(getattr(Alert, name) == value)
        if self.since is not None:
            query = query.where(Alert.raised_at >= self.since)
        if self.until is not None:
            query = query.where(Alert.raised_at < self.until)
        if self.has_case is not None:
            missing = col(Alert.case_id).is_(None)
            query = query.where(~missing if self.has_case else missing)
        return query


def newest_first(
    session: Session, reach: Reach, before: tuple[datetime, UUID] | None, limit: int, wanted: Wanted
) -> list[Alert]:
    """Alerts within reach, newest camera time first; `before` is the (raised_at, id) of the last one already seen."""
    query = wanted.narrow(reach.limit(select(Alert), Alert.district))
    if before is not None:
        at, last = before
        older = col(Alert.raised_at) < at
        query = query.where(older | ((col(Alert.raised_at) == at) & (col(Alert.id) < last)))
    return list(session.exec(query.order_by(col(Alert.raised_at).desc(), col(Alert.id).desc()).limit(limit)).all())


def take_over(alert: Alert, episode: Episode) -> None:
    """Write what the reports amount to into the alert."""
    for name, value in asdict(episode).items():
        setattr(alert, name, value)


def as_report(row: AlertReport) -> Report:
    """A stored report as the value that folding takes."""
    return Report(
        id=row.id,
        kind=cast(Kind, row.kind),
        began_at=row.began_at,
        captured_at=row.captured_at,
        cleared_at=row.cleared_at,
        permit=row.permit,
        dwell_s=row.dwell_s,
        score=row.measurement["score"],
        area_m2=row.measurement.get("area_m2"),
        clock_offset_s=row.clock_offset_s,
        has_thumbnail=row.has_thumbnail,
        area_m2_sigma=row.measurement.get("area_m2_sigma"),
    )
