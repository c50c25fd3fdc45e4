"""`/api/alerts`: what cameras and people claim; the pictures of a case."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response

from edge.contracts.taxonomy import Name, ViolationId
from server import cursor
from server.alerts import gallery, repository
from server.alerts.repository import Wanted
from server.alerts.schemas import AlertDetail, AlertPage, AlertRead, EvidenceRead, PictureRead, ReportRead
from server.alerts.tables import Alert, AlertThumbnail
from server.auth.person import Person, ReaderPerson
from server.cases import service as cases
from server.context import ReadSession
from server.errors import NotFound
from server.evidence import links
from server.places.schemas import District
from server.times import Instant

router = APIRouter(tags=["alerts"])
PICTURE_HEADERS = {"Cache-Control": "private, max-age=86400, immutable"}


@router.get("/api/alerts")
def list_alerts(
    session: ReadSession,
    person: ReaderPerson,
    after: Annotated[str | None, Query(max_length=200, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    source: Annotated[Literal["camera", "call", "patrol"] | None, Query()] = None,
    state: Annotated[Literal["raised", "cleared"] | None, Query()] = None,
    edge_id: Name | None = None,
    camera_id: Name | None = None,
    violation: ViolationId | None = None,
    district: District | None = None,
    since: Annotated[Instant | None, Query(description="camera time, from")] = None,
    until: Annotated[Instant | None, Query(description="camera time, before")] = None,
    has_case: bool | None = None,
    case_id: UUID | None = None,
    subject_id: UUID | None = None,
) -> AlertPage:
    """Alerts by camera time, newest first."""
    seen = None if after is None else cursor.decode(after)
    wanted = Wanted(
        source=source, state=state, edge_id=edge_id, camera_id=camera_id, violation=violation, district=district,
        since=since, until=until, has_case=has_case, case_id=case_id, subject_id=subject_id,
    )  # fmt: skip
    rows = repository.newest_first(session, person.reach, seen, limit + 1, wanted)
    page = rows[:limit]
    more = cursor.encode(page[-1].raised_at, page[-1].id) if len(rows) > limit else None
    return AlertPage(items=[AlertRead.model_validate(row) for row in page], next=more)


@router.get("/api/cases/{case_id}/pictures")
def list_case_pictures(case_id: UUID, session: ReadSession, person: ReaderPerson) -> list[PictureRead]:
    """Every picture of a case's alerts, the best of all first, then the best of each camera. All are kept."""
    case = cases.get(session, case_id)
    person.reach.require("case", case_id, case.district)
    return gallery.of_case(session, case)


@router.get("/api/alerts/{alert_id}")
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
    return AlertDetail(**read.model_dump(exclude={"area", "peak_area"}), reports=reports, evidence=evidence)


@router.get(
    "/api/alerts/{alert_id}/thumbnail", response_class=Response, responses={200: {"content": {"image/jpeg": {}}}}
)
def get_thumbnail(alert_id: UUID, session: ReadSession, person: ReaderPerson) -> Response:
    """The small picture of the last look at the act (blurred at the edge)."""
    alert = _alert(session, alert_id, person)
    picture = session.get(AlertThumbnail, alert.cover_report_id) if alert.cover_report_id else None
    if picture is None:
        raise NotFound("thumbnail", alert_id)
    return Response(picture.jpeg, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=5"})


@router.get(
    "/api/alerts/{alert_id}/reports/{report_id}/thumbnail",
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
