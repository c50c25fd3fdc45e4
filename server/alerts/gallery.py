"""The pictures of a case, with the best marked."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.taxonomy import EvidenceRole
from server.alerts.pictures import Look, best_first, best_of_cameras
from server.alerts.schemas import PictureRead
from server.alerts.tables import Alert, AlertReport
from server.cases.tables import Case
from server.evidence import links
from server.evidence.tables import EvidenceLink

CLEAN = EvidenceRole.REFERENCE_SHOWN.value
"""Shows the place without the act: beside the pictures of it, never one of them."""


def of_case(session: Session, case: Case) -> list[PictureRead]:
    """Pictures of the case's alerts (of an act of several subjects: of the whole act), best first."""
    ids = [case.id] if case.sibling_of is None else [case.id, case.sibling_of]
    alerts = {row.id: row for row in session.exec(select(Alert).where(col(Alert.case_id).in_(ids)))}
    reports = session.exec(select(AlertReport).where(col(AlertReport.alert_id).in_(alerts))).all()
    wanted = select(EvidenceLink).where(col(EvidenceLink.alert_id).in_(alerts))
    pictures = [link for link in session.exec(wanted) if link.media_type.startswith("image/")]
    return arrange(alerts, reports, pictures)


def arrange(
    alerts: Mapping[UUID, Alert], reports: Iterable[AlertReport], pictures: Iterable[EvidenceLink]
) -> list[PictureRead]:
    """These pictures of these alerts, best first, by what their reports measured. Pure."""
    reports = list(reports)
    pictures = list(pictures)
    looks = {report.id: _look(report, alerts[report.alert_id]) for report in reports}
    pictured = {link.source_id for link in pictures}
    acts = {report.id for report in reports if report.kind != "cleared"}
    cover, best = best_of_cameras([looks[one] for one in acts & pictured])
    order = {look.report_id: n for n, look in enumerate(best_first(looks.values()))}
    pictures.sort(
        key=lambda link: (
            link.role == CLEAN, link.source_id != cover, link.source_id not in best,
            order.get(link.source_id, len(order)), link.role, link.sha256,
        )
    )  # fmt: skip
    return [
        _read(
            link,
            alerts[link.alert_id],
            looks.get(link.source_id),
            link.source_id == cover and link.role != CLEAN,
            link.source_id in best and link.role != CLEAN,
        )
        for link in pictures
        if link.alert_id is not None
    ]


def _look(report: AlertReport, alert: Alert) -> Look:
    told = report.measurement
    area, sigma = told.get("area_m2"), told.get("area_m2_sigma")
    return Look(
        report_id=report.id,
        camera=(alert.edge_id, alert.camera_id),
        captured_at=report.captured_at,
        occluded=bool(told.get("occluded", False)),
        score=float(told["score"]),
        spread=sigma / area if area and sigma is not None else None,
    )


def _read(link: EvidenceLink, alert: Alert, look: Look | None, is_cover: bool, is_best: bool) -> PictureRead:
    return PictureRead(
        sha256=link.sha256,
        role=link.role,
        media_type=link.media_type,
        captured_at=link.captured_at,
        alert_id=alert.id,
        source=alert.source,
        edge_id=alert.edge_id,
        camera_id=alert.camera_id,
        score=look.score if look else None,
        occluded=look.occluded if look else None,
        is_best=is_best,
        is_cover=is_cover,
        sealed=link.role not in links.FREE_TO_STAFF,
    )
