"""Reads and writes of alerts and their reports."""

from dataclasses import asdict
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlmodel import Session, col, select

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


def newest_first(
    session: Session,
    reach: Reach,
    before: tuple[datetime, UUID] | None,
    limit: int,
    camera_id: str | None,
    state: str | None,
) -> list[Alert]:
    """Alerts within reach, newest camera time first; `before` is the (raised_at, id) of the last one already seen."""
    wanted = reach.limit(select(Alert), Alert.district)
    wanted = wanted.order_by(col(Alert.raised_at).desc(), col(Alert.id).desc()).limit(limit)
    if before is not None:
        at, last = before
        older = col(Alert.raised_at) < at
        wanted = wanted.where(older | ((col(Alert.raised_at) == at) & (col(Alert.id) < last)))
    if camera_id is not None:
        wanted = wanted.where(Alert.camera_id == camera_id)
    if state is not None:
        wanted = wanted.where(Alert.state == state)
    return list(session.exec(wanted).all())


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
    )
