"""`/api/reports`: 上报, what people saw. Who reported is seen by the seat only."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from sqlmodel import Session, col, select

from server import cursor
from server.auth.person import Allow, Person, ReaderPerson
from server.auth.roles import Role
from server.cases import service as cases
from server.cases.tables import Case
from server.context import Now, ReadSession, WriteSession
from server.errors import NotFound
from server.once import service as once
from server.reports_by_people import missed, service
from server.reports_by_people.schemas import (
    PersonReportPage,
    PersonReportRead,
    ReportCreate,
    ReporterRead,
    ReportTaken,
)
from server.reports_by_people.tables import PersonReport
from server.times import Instant

router = APIRouter(prefix="/api/reports", tags=["reports by people"])
Taker = Annotated[Person, Depends(Allow(Role.SEAT, Role.OFFICER, Role.GRID, Role.LEADER, Role.VERIFY))]
Seat = Annotated[Person, Depends(Allow(Role.SEAT))]


class MissedRead(BaseModel):
    """What patrols found, of it in view of a camera, and of that what no camera told of."""

    found: int
    in_view: int
    missed: int
    not_watching: int


@router.post("", status_code=201)
def take_report(
    wanted: ReportCreate,
    session: WriteSession,
    now: Now,
    person: Taker,
    idempotency_key: once.Key = None,
) -> ReportTaken:
    """Report what was seen: a call (the seat), or on patrol. It opens a case, or joins the one that is open.

    With an Idempotency-Key the same request may safely be sent again: it gives the same receipt.
    """
    asked = once.Asked(person, idempotency_key, "report", wanted)

    def take() -> UUID:
        return service.take(session, wanted, person, now, idempotency_key).report.id

    report = service.get(session, once.once(session, asked, now, take), person)
    case = cases.get(session, report.case_id)
    return ReportTaken(
        id=report.id, number=report.number, case_id=case.id, case_number=case.number, merged=report.merged,
        received_at=report.received_at,
    )  # fmt: skip


@router.get("")
def list_reports(
    session: ReadSession,
    person: ReaderPerson,
    after: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    source: Literal["call", "patrol"] | None = None,
    case_id: UUID | None = None,
) -> PersonReportPage:
    """Reports, newest seen first."""
    wanted = person.reach.limit(select(PersonReport), PersonReport.district)
    wanted = wanted.order_by(col(PersonReport.seen_at).desc(), col(PersonReport.id).desc())
    if after is not None:
        at, last = cursor.decode(after)
        older = col(PersonReport.seen_at) < at
        wanted = wanted.where(older | ((col(PersonReport.seen_at) == at) & (col(PersonReport.id) < last)))
    if source is not None:
        wanted = wanted.where(PersonReport.source == source)
    if case_id is not None:
        wanted = wanted.where(PersonReport.case_id == case_id)
    rows = list(session.exec(wanted.limit(limit + 1)))
    more = cursor.encode(rows[limit - 1].seen_at, rows[limit - 1].id) if len(rows) > limit else None
    return PersonReportPage(items=[_read(session, row) for row in rows[:limit]], next=more)


@router.get("/missed")
def count_missed(
    session: ReadSession,
    person: ReaderPerson,
    since: Annotated[Instant, Query()],
    until: Annotated[Instant, Query()],
) -> MissedRead:
    """漏报: of what patrols found in view of a camera, what no camera had told of."""
    counted = missed.count(session, person.reach, since, until)
    return MissedRead.model_validate(counted, from_attributes=True)


@router.get("/{report_id:uuid}")
def get_report(report_id: UUID, session: ReadSession, person: ReaderPerson) -> PersonReportRead:
    """One report, without whoever made it."""
    return _read(session, service.get(session, report_id, person))


@router.get("/{report_id:uuid}/reporter")
def get_reporter(
    report_id: UUID,
    session: WriteSession,
    now: Now,
    person: Seat,
    reason: Annotated[str, Query(min_length=4, max_length=200, pattern=r"^[^\x00-\x1f]*$")],
) -> ReporterRead:
    """Who made a report, to call them back. Needs a reason, and the look is kept."""
    return ReporterRead.model_validate(
        service.reporter_of(session, report_id, person, reason, now), from_attributes=True
    )


def _read(session: Session, row: PersonReport) -> PersonReportRead:
    case = session.get(Case, row.case_id)
    if case is None:
        raise NotFound("case", row.case_id)
    known = row.model_dump(exclude={"request_digest"})
    return PersonReportRead(**known, case_number=case.number, state=case.state, missed=missed.was_missed(session, row))
