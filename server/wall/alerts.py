"""Today's alerts as the big screen runs them: the newest few with a blurred picture, and how many each camera had."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from edge.contracts.taxonomy import EvidenceRole
from server.alerts.tables import Alert, AlertThumbnail
from server.auth.person import Person
from server.auth.roles import STAFF
from server.evidence.tables import EvidenceFile, EvidenceLink

MOST = 40


@dataclass(frozen=True)
class Shown:
    """An alert, and where its picture can be fetched ("" for none)."""

    alert: Alert
    picture: str


def newest(session: Session, person: Person, since: datetime) -> list[Shown]:
    """The newest alerts since then within reach, newest first."""
    query = person.reach.limit(select(Alert), Alert.district).where(col(Alert.raised_at) >= since)
    alerts = session.exec(query.order_by(col(Alert.raised_at).desc(), col(Alert.id).desc()).limit(MOST)).all()
    small = _with_thumbnail(session, alerts)
    # Only who works on cases may fetch evidence, blurred copies too.
    others = [one.id for one in alerts if one.id not in small] if person.has(*STAFF) else []
    copies = _blurred(session, others)
    return [
        Shown(one, f"/api/alerts/{one.id}/thumbnail" if one.id in small else copies.get(one.id, "")) for one in alerts
    ]


def by_camera(session: Session, person: Person, since: datetime) -> list[tuple[str, str, int]]:
    """(edge, camera, how many alerts since then)."""
    query = person.reach.limit(
        select(Alert.edge_id, Alert.camera_id, func.count()), Alert.district
    ).where(col(Alert.raised_at) >= since, Alert.source == "camera")  # fmt: skip
    rows = session.exec(query.group_by(col(Alert.edge_id), col(Alert.camera_id)))
    return sorted((edge, camera, count) for edge, camera, count in rows)


def _with_thumbnail(session: Session, alerts: Sequence[Alert]) -> set[UUID]:
    covers = {one.cover_report_id: one.id for one in alerts if one.cover_report_id is not None}
    found = session.exec(select(AlertThumbnail.report_id).where(col(AlertThumbnail.report_id).in_(covers)))
    return {covers[report_id] for report_id in found}


def _blurred(session: Session, alert_ids: Sequence[UUID]) -> dict[UUID, str]:
    query = (
        select(EvidenceLink.alert_id, EvidenceLink.sha256)
        .join(EvidenceFile, col(EvidenceFile.sha256) == col(EvidenceLink.sha256))
        .where(col(EvidenceLink.alert_id).in_(alert_ids), EvidenceLink.role == EvidenceRole.WIDE_SHOWN.value)
        .order_by(col(EvidenceLink.captured_at))
    )
    return {alert_id: f"/api/evidence/{sha256}" for alert_id, sha256 in session.exec(query) if alert_id is not None}
