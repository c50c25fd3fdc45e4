"""`/api/dead-letters` and `/api/security-alarms`: what could not be taken, and what an honest edge does not do."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from server.audit import service as audit
from server.auth.person import AdminPerson, Allow, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import NotFound
from server.ingest import dead_letters, dispatch
from server.ingest.intake import Delivery, Intake
from server.ingest.tables import AlarmSettlement, DeadLetter

router = APIRouter(prefix="/api", tags=["ingest"])
Keeper = Annotated[Person, Depends(Allow(Role.ADMIN, Role.SUPERV))]
Limit = Annotated[int, Query(ge=1, le=500)]


class _Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class DeadLetterRead(_Read):
    """A message that could not be taken; `code` is stable, `payload` as far as it is text."""

    id: UUID
    received_at: datetime
    topic: str
    edge_id: str | None
    message_id: UUID | None
    code: str
    detail: str
    times_seen: int
    settled_at: datetime | None
    payload: str


class Settlement(BaseModel):
    """What it was found to be."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=4, max_length=400, pattern=r"^[^\x00]*$")


class SettlementRead(_Read):
    """An alarm that was looked into."""

    alarm_id: UUID
    settled_at: datetime
    settled_by_name: str
    reason: str


class AlarmRead(_Read):
    """Something that an honest edge does not do."""

    id: UUID
    at: datetime
    kind: str
    edge_id: str
    facts: dict[str, Any]
    settled: SettlementRead | None = None


class Retried(BaseModel):
    """What became of it this time; `rejected` is null when it was taken."""

    rejected: str | None


@router.get("/dead-letters")
def list_dead_letters(session: ReadSession, person: Keeper, limit: Limit = 100) -> list[DeadLetterRead]:
    """The newest ones."""
    return [_read(row) for row in dead_letters.newest_first(session, person.reach, limit)]


@router.post("/dead-letters/{letter_id}/retry")
def retry_dead_letter(letter_id: UUID, request: Request, admin: AdminPerson) -> Retried:
    """Take it in as if it had just come, after the cause was put right."""
    services = services_of(request)
    with services.database.session_scope() as session:
        letter = session.get(DeadLetter, letter_id)
        if letter is None:
            raise NotFound("dead_letter", letter_id)
        district = dead_letters.district_of(session, letter.edge_id)
        admin.reach.require("dead_letter", letter_id, district)
        delivery = Delivery(letter.topic, letter.payload)
        audit.record(session, admin, "dead_letter.retry", letter_id, {"code": letter.code}, services.clock.now())
    outcome = Intake(
        services.database, services.clock, partial(dispatch.accept, home=services.settings.home_district)
    ).take([delivery])[0]
    if outcome.rejected is None:
        with services.database.session_scope() as session:
            dead_letters.settle(session, letter_id, services.clock.now())
    return Retried(rejected=outcome.rejected)


@router.get("/security-alarms")
def list_alarms(session: ReadSession, person: Keeper, limit: Limit = 100) -> list[AlarmRead]:
    """The newest ones."""
    return [
        AlarmRead(**row.model_dump(), settled=_settlement(session, row.id))
        for row in dead_letters.alarms(session, person.reach, limit)
    ]


@router.post("/security-alarms/{alarm_id}/settlement", status_code=201)
def settle_alarm(alarm_id: UUID, wanted: Settlement, session: WriteSession, now: Now, person: Keeper) -> SettlementRead:
    """Say what an alarm was; `shouwei server check` then no longer names it."""
    row = dead_letters.settle_alarm(session, alarm_id, person, wanted.reason, now)
    return SettlementRead.model_validate(row)


@router.post("/dead-letters/{letter_id}/settlement")
def settle_dead_letter(
    letter_id: UUID, wanted: Settlement, session: WriteSession, now: Now, person: Keeper
) -> DeadLetterRead:
    """Close a message that will never be taken; it stays on file."""
    return _read(dead_letters.settle_letter(session, letter_id, person, wanted.reason, now))


def _settlement(session: Session, alarm_id: UUID) -> SettlementRead | None:
    row = session.get(AlarmSettlement, alarm_id)
    return None if row is None else SettlementRead.model_validate(row)


def _read(row: DeadLetter) -> DeadLetterRead:
    text = row.payload.decode("utf-8", "backslashreplace")
    return DeadLetterRead.model_validate(row.model_dump(exclude={"payload"}) | {"payload": text})
