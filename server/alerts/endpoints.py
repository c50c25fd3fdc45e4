"""`/api/alerts`: what the edges claim."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from edge.contracts.taxonomy import Name
from server import cursor
from server.alerts import repository
from server.alerts.schemas import AlertDetail, AlertPage, AlertRead, EvidenceRead, ReportRead
from server.alerts.tables import Alert, AlertThumbnail
from server.auth.person import Person, ReaderPerson
from server.context import ReadSession
from server.errors import NotFound
from server.evidence import links

router = APIRouter(prefix="/api/alerts", tags=["alerts"])
PICTURE_HEADERS = {"Cache-Control": "private, max-age=86400, immutable"}


@router.get("")
def list_alerts(
    session: ReadSession,
    person: ReaderPerson,
    after: Annotated[str | None, Query(max_length=200, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    camera_id: Name | None = None,
    state: Annotated[str | None, Query(pattern="^(raised|cleared)$")] = None,
) -> AlertPage:
    """Alerts by camera time, newest first."""
    seen = None if after is None else cursor.decode(after)
    rows = repository.newest_first(session, person.reach, seen, limit + 1, camera_id, state)
    page = rows[:limit]
    more = cursor.encode(page[-1].raised_at, page[-1].id) if len(rows) > limit else None
    return AlertPage(items=[AlertRead.model_validate(row) for row in page], next=more)


@router.get("/{alert_id}")
def get_alert(alert_id: UUID, session: ReadSession, person: ReaderPerson) -> AlertDetail:
    """One alert, its reports and its evidence."""
    alert = _alert(session, alert_id, person)
    evidence = [
        EvidenceRead(
            sha256=link.sha256,
            role=link.role,
            media_type=link.media_type,
            size_bytes=link.size_bytes,
            captured_at=link.captured_at,
            sealed=link.role not in links.FREE_TO_STAFF,
        )
        for link in links.of_alert(session, alert_id)
    ]
    reports = [ReportRead.model_validate(row) for row in repository.reports_of(session, alert_id)]
    read = AlertRead.model_validate(alert)
    return AlertDetail(**read.model_dump(), reports=reports, evidence=evidence)


@router.get("/{alert_id}/thumbnail", response_class=Response, responses={200: {"content": {"image/jpeg": {}}}})
def get_thumbnail(alert_id: UUID, session: ReadSession, person: ReaderPerson) -> Response:
    """The small picture of the last look at the act (blurred at the edge)."""
    alert = _alert(session, alert_id, person)
    picture = session.get(AlertThumbnail, alert.cover_report_id) if alert.cover_report_id else None
    if picture is None:
        raise NotFound("thumbnail", alert_id)
    return Response(picture.jpeg, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=5"})


@router.get(
    "/{alert_id}/reports/{report_id}/thumbnail",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}},
)
def get_report_thumbnail(alert_id: UUID, report_id: UUID, session: ReadSession, person: ReaderPerson) -> Response:
    """The small picture of one report."""
    _alert(session, alert_id, person)
    picture = session.get(AlertThumbnail, report_id)
    report = repository.report(session, report_id)
    if picture is None or report is None or report.alert_id != alert_id:
        raise NotFound("thumbnail", report_id)
    return Response(picture.jpeg, media_type="image/jpeg", headers=PICTURE_HEADERS)


def _alert(session: ReadSession, alert_id: UUID, person: Person) -> Alert:
    alert = session.get(Alert, alert_id)
    if alert is None:
        raise NotFound("alert", alert_id)
    person.reach.require("alert", alert_id, alert.district)
    return alert
