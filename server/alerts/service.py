"""Take in what edges claim: each report once, in any order, early or late."""

import base64
import binascii
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from edge.contracts.codec import Envelope
from edge.contracts.errors import BadMessage
from edge.contracts.ids import uuid7
from edge.contracts.messages import Alert as AlertMessage
from edge.contracts.messages import AlertCleared, AlertEnded, AlertRaised, AlertUpdated, EvidenceAdded, RecheckAnswered
from server.alerts import repository
from server.alerts.fold import Episode, Kind, fold
from server.alerts.tables import Alert, AlertReport, AlertThumbnail
from server.cases import service as cases
from server.evidence import links
from server.feed import service as feed
from server.fleet import commands
from server.fleet import service as fleet
from server.subjects import service as subjects

_KIND: dict[type, Kind] = {AlertRaised: "raised", AlertUpdated: "updated", AlertCleared: "cleared"}
_JPEG = b"\xff\xd8\xff"


def receive(session: Session, envelope: Envelope, now: datetime) -> Alert | None:
    """Take one alert message or recheck answer; a second delivery of it changes nothing.

    The first message of an episode opens (or joins) a case, whichever kind it is: a clearing that overtook its
    raising still proves that the act was there. That a camera looks there no more closes nothing. Returns the alert,
    or None for a recheck answer. Raises BadMessage.
    """
    message = envelope.message
    if isinstance(message, RecheckAnswered):
        _receive_answer(session, message, now)
        return None
    if isinstance(message, AlertEnded):
        return _unwatched(session, envelope.source, message, now)
    if isinstance(message, EvidenceAdded):
        return _late_evidence(session, envelope, message, now)
    if not isinstance(message, AlertRaised | AlertUpdated | AlertCleared):
        raise BadMessage(f"{type(message).__name__} is not an alert")
    picture = _thumbnail(message.thumbnail_jpeg_base64)
    alert = repository.by_episode(session, envelope.source, message.episode_id)
    known = [] if alert is None else repository.reports_of(session, alert.id)
    if any(report.message_id == envelope.id for report in known):
        return alert
    report = _report_of(envelope, message, alert.id if alert else uuid7(now), picture is not None, now)
    episode = fold([repository.as_report(row) for row in (*known, report)])
    is_new = alert is None
    if alert is None:
        subject = subjects.subject_for_zone(session, message.camera_id, message.zone_id, episode.began_at)
        alert = _alert_of(envelope.source, message, report.alert_id, episode, now)
        alert.subject_id, alert.district = subject.id, fleet.district_of(session, envelope.source)
    else:
        _check_same_place(alert, message)
        repository.take_over(alert, episode)
    session.add(alert)
    session.flush()
    session.add(report)
    session.flush()
    if picture is not None:
        session.add(AlertThumbnail(report_id=report.id, jpeg=picture))
    links.keep(session, message.evidence, "alert_report", report.id, alert.id, now)
    if is_new:
        case = cases.open_from_alert(session, alert, now)
        alert.case_id, alert.district = case.id, case.district
    elif not isinstance(message, AlertCleared):
        cases.seen_again(session, alert)
    if isinstance(message, AlertCleared):
        cases.seen_corrected(session, alert, message.cleared_at, now)
    facts = {"phase": report.kind, "camera_id": alert.camera_id, "zone_id": alert.zone_id}
    facts |= {"violation": alert.violation, "case_id": str(alert.case_id)}
    feed.tell(session, "alert", alert.id, facts, now, alert.district)
    return alert


def _receive_answer(session: Session, answer: RecheckAnswered, now: datetime) -> None:
    if not commands.mark_answered(session, answer.command_id, now):
        return
    links.keep(session, answer.evidence, "recheck", answer.command_id, None, now)
    cases.recheck_answered(session, answer, now)


def _unwatched(session: Session, edge_id: str, message: AlertEnded, now: datetime) -> Alert | None:
    """The camera looks there no more: kept beside the alert, which stays as it was last seen. People decide."""
    alert = repository.by_episode(session, edge_id, message.episode_id)
    if alert is None:
        return None
    alert.unwatched_at, alert.unwatched_why = message.ended_at, message.reason.value
    session.add(alert)
    session.flush()
    facts = {
        "phase": "unwatched",
        "camera_id": alert.camera_id,
        "zone_id": alert.zone_id,
        "reason": message.reason.value,
    }
    feed.tell(session, "alert", alert.id, facts | {"case_id": str(alert.case_id)}, now, alert.district)
    return alert


def _late_evidence(session: Session, envelope: Envelope, message: EvidenceAdded, now: datetime) -> Alert:
    """Files that took the edge longer than the alert: kept beside it."""
    alert = repository.by_episode(session, envelope.source, message.episode_id)
    if alert is None:
        raise BadMessage(f"evidence of episode {message.episode_id}, of which there is no alert")
    links.keep(session, message.evidence, "late_evidence", envelope.id, alert.id, now)
    facts = {"phase": "evidence", "camera_id": alert.camera_id, "zone_id": alert.zone_id, "case_id": str(alert.case_id)}
    feed.tell(session, "alert", alert.id, facts, now, alert.district)
    return alert


def _check_same_place(alert: Alert, message: AlertMessage) -> None:
    told = (message.camera_id, message.zone_id, message.violation)
    if told != (alert.camera_id, alert.zone_id, alert.violation):
        raise BadMessage(
            f"episode {message.episode_id} is {alert.camera_id}/{alert.zone_id}/{alert.violation}; "
            f"the message says {'/'.join(told)}"
        )


def _report_of(
    envelope: Envelope,
    message: AlertRaised | AlertUpdated | AlertCleared,
    alert_id: UUID,
    has_thumbnail: bool,
    now: datetime,
) -> AlertReport:
    return AlertReport(
        id=uuid7(now),
        alert_id=alert_id,
        message_id=envelope.id,
        kind=_KIND[type(message)],
        began_at=message.began_at,
        captured_at=message.captured_at,
        sent_at=envelope.sent_at,
        received_at=now,
        cleared_at=message.cleared_at if isinstance(message, AlertCleared) else None,
        permit=message.permit,
        dwell_s=message.dwell_s,
        clock_offset_s=message.clock_offset_s,
        measurement=message.measurement.model_dump(mode="json"),
        versions=message.versions.model_dump(mode="json"),
        has_thumbnail=has_thumbnail,
        zone_polygon=None if message.zone_polygon is None else [list(point) for point in message.zone_polygon],
    )


def _alert_of(edge_id: str, message: AlertMessage, alert_id: UUID, episode: Episode, now: datetime) -> Alert:
    return Alert(
        id=alert_id,
        edge_id=edge_id,
        episode_id=message.episode_id,
        camera_id=message.camera_id,
        zone_id=message.zone_id,
        violation=message.violation,
        violation_version=message.versions.violation,
        received_at=now,
        **asdict(episode),
    )


def _thumbnail(encoded: str | None) -> bytes | None:
    if encoded is None:
        return None
    try:
        picture = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadMessage(f"thumbnail_jpeg_base64: {error}") from error
    if not picture.startswith(_JPEG):
        raise BadMessage("thumbnail_jpeg_base64: does not start like a JPEG")
    return picture
