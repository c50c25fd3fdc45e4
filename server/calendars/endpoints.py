"""`/api/calendars`: office hours, holidays and make-up days, how long things may take."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends
from pydantic import AwareDatetime, BaseModel, ConfigDict

from server.auth.person import Allow, HousePerson, Person
from server.auth.roles import Role
from server.calendars import service
from server.calendars.tables import CalendarDraft
from server.cases.calendar import Calendar
from server.context import Now, ReadSession, WriteSession
from server.policy import publication

router = APIRouter(prefix="/api/calendars", tags=["calendars"])
Keeper = Annotated[Person, Depends(Allow(Role.ADMIN, Role.SUPERV, Role.HEAD))]
"""Who writes calendars and publishes those of others: it is the office's time, not a case."""
Written = Annotated[dict[str, Any], Body(description="The whole calendar, as in configs/calendar.yaml")]


class CalendarInForce(BaseModel):
    """The calendar in force, and what is not known of it (in December also of next year)."""

    calendar: Calendar
    warnings: list[str]


class CalendarVersion(BaseModel):
    """A published version."""

    id: UUID
    name: str
    version: str
    years: list[int]
    published_at: AwareDatetime
    sha256: str


class DraftRead(BaseModel):
    """A draft, or what became of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    body: dict[str, Any]
    drafted_by: UUID
    drafted_by_name: str
    drafted_at: AwareDatetime
    published_by: UUID | None
    published_by_name: str
    published_at: AwareDatetime | None
    dropped_at: AwareDatetime | None


@router.get("/current")
def get_calendar_in_force(session: ReadSession, now: Now, _person: HousePerson) -> CalendarInForce:
    """What deadlines are counted by now."""
    return CalendarInForce(calendar=service.current(session), warnings=service.warnings(session, now))


@router.get("")
def list_calendar_versions(session: ReadSession, _person: HousePerson) -> list[CalendarVersion]:
    """Published versions, the one in force first."""
    return [
        CalendarVersion(
            id=row.id, name=row.name, version=row.version, years=row.body["years"], published_at=row.published_at,
            sha256=row.sha256,
        )
        for row in publication.newest(session, publication.CALENDAR)
    ]  # fmt: skip


@router.get("/drafts")
def list_calendar_drafts(session: ReadSession, _person: Keeper) -> list[DraftRead]:
    """Drafts, the newest first; those published or dropped too."""
    return [_read(row) for row in service.drafts(session)]


@router.post("/drafts", status_code=201)
def draft_calendar(written: Written, session: WriteSession, now: Now, person: Keeper) -> DraftRead:
    """A new draft."""
    return _read(service.draft(session, person, written, now))


@router.put("/drafts/{draft_id}")
def change_calendar_draft(
    draft_id: UUID, written: Written, session: WriteSession, now: Now, person: Keeper
) -> DraftRead:
    """Write a draft anew."""
    return _read(service.change(session, person, draft_id, written, now))


@router.post("/drafts/{draft_id}/publish")
def publish_calendar(draft_id: UUID, session: WriteSession, now: Now, person: Keeper) -> DraftRead:
    """Put a draft of somebody else in force. Deadlines already running stay."""
    return _read(service.publish(session, person, draft_id, now))


@router.post("/drafts/{draft_id}/drop")
def drop_calendar_draft(draft_id: UUID, session: WriteSession, now: Now, person: Keeper) -> DraftRead:
    """Give a draft up."""
    return _read(service.drop(session, person, draft_id, now))


def _read(row: CalendarDraft) -> DraftRead:
    return DraftRead.model_validate(row)
