"""`/api/offences`: the ledger. Internal: exemption entries never leave the authority (no grade, no public view)."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session

from server.auth.person import Allow, Person, ReaderPerson
from server.auth.roles import Role
from server.cases.tables import Case
from server.context import Now, ReadSession, WriteSession
from server.errors import NotFound
from server.ledger import repository, service
from server.ledger.tables import Offence
from server.ledger.window import Kind, standing_of
from server.subjects import service as subjects

router = APIRouter(prefix="/api/offences", tags=["ledger"])
Leader = Annotated[Person, Depends(Allow(Role.LEADER, Role.HEAD))]


class EventRead(BaseModel):
    """What happened to a finding."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    at: AwareDatetime
    recorded_at: AwareDatetime
    recorded_by: UUID
    note: str


class OffenceRead(BaseModel):
    """A confirmed finding, how it stands and since when it counts."""

    id: UUID
    subject_id: UUID
    nature_group: str
    item_code: str
    ordinal: int
    case_id: UUID
    act_at: AwareDatetime
    confirmed_at: AwareDatetime
    standing: str
    served_at: AwareDatetime | None
    events: list[EventRead]


class EventCreate(BaseModel):
    """What other procedures did: a penalty served, a challenge in reconsideration or court, its outcome."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal[Kind.PENALTY_SERVED, Kind.CHALLENGED, Kind.UPHELD, Kind.QUASHED]
    at: AwareDatetime
    note: str = Field(min_length=1, max_length=400)


@router.get("")
def list_offences(subject_id: UUID, session: ReadSession, person: ReaderPerson) -> list[OffenceRead]:
    """A subject's findings in the order of the acts."""
    subjects.get(session, subject_id)
    return [_read(session, row) for row in repository.within(session, person.reach, subject_id)]


@router.post("/{offence_id}/events", status_code=201)
def add_event(offence_id: UUID, wanted: EventCreate, session: WriteSession, now: Now, person: Leader) -> OffenceRead:
    """Append what happened to a finding outside this system."""
    offence = session.get(Offence, offence_id)
    case = None if offence is None else session.get(Case, offence.case_id)
    if offence is None or case is None or not person.reach.holds(case.district):
        raise NotFound("offence", offence_id)
    subjects.lock(session, offence.subject_id)
    service.append(session, offence, wanted.kind, wanted.at, person, now, wanted.note)
    return _read(session, offence)


def _read(session: Session, row: Offence) -> OffenceRead:
    rows = repository.event_rows(session, row.id)
    stands = standing_of(row.id, [(Kind(event.kind), event.at) for event in rows])
    events = [EventRead.model_validate(event) for event in rows]
    known = row.model_dump(exclude={"confirmed_by"})
    return OffenceRead(**known, standing=stands.standing, served_at=stands.served_at, events=events)
