"""漏报: what a patrol found before a camera's eyes, and whether the camera had told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from server.alerts import rules
from server.alerts.tables import Alert
from server.auth.reach import Reach
from server.fleet.tables import CameraHealthChange
from server.reports_by_people.tables import PersonReport


@dataclass(frozen=True)
class Missed:
    """漏报率 = `missed` / `in_view` (rules (d)). `not_watching`: of those in view, cameras that could not see then."""

    found: int
    in_view: int
    missed: int
    not_watching: int


def count(session: Session, reach: Reach, since: datetime, until: datetime) -> Missed:
    """What patrols saw from `since` until before `until`, within reach."""
    wanted = reach.limit(select(PersonReport), PersonReport.district).where(
        PersonReport.source == "patrol", PersonReport.seen_at >= since, PersonReport.seen_at < until
    )
    found = in_view = missed = blind = 0
    for report in session.exec(wanted):
        found += 1
        if report.in_view:
            in_view += 1
            missed += was_missed(session, report) is True
            blind += not any(_watched(session, zone, report.seen_at) for zone in report.in_view)
    return Missed(found, in_view, missed, blind)


def was_missed(session: Session, report: PersonReport) -> bool | None:
    """Whether no camera in view told of the act around that time; null when none was in view, or for a call.

    An alert counts when it is of the same kind of act at a zone in view, and lasted or came within the merging gap:
    one that comes in late (an edge that was offline) counts too, so the answer may change from yes to no.
    """
    if report.source != "patrol" or not report.in_view:
        return None
    return not any(_alerted(session, report, zone) for zone in report.in_view)


def _alerted(session: Session, report: PersonReport, zone: dict[str, str]) -> bool:
    gap = rules.limits(session).gap
    wanted = select(Alert.id).where(
        Alert.source == "camera",
        Alert.edge_id == zone["edge_id"], Alert.camera_id == zone["camera_id"], Alert.zone_id == zone["zone_id"],
        Alert.violation == report.violation, Alert.began_at < report.seen_at + gap,
        or_(Alert.state == "raised", col(Alert.last_captured_at) > report.seen_at - gap),
    )  # fmt: skip
    return session.exec(wanted.limit(1)).first() is not None


def _watched(session: Session, zone: dict[str, str], at: datetime) -> bool:
    """Whether the camera's picture was good then; one that never told its health is taken to be."""
    wanted = select(CameraHealthChange.state).where(
        CameraHealthChange.edge_id == zone["edge_id"], CameraHealthChange.camera_id == zone["camera_id"],
        CameraHealthChange.since <= at,
    )  # fmt: skip
    newest: Iterable[str] = session.exec(wanted.order_by(col(CameraHealthChange.since).desc()).limit(1))
    return next(iter(newest), "ok") == "ok"
