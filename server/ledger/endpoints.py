"""`/api/offences`: the ledger. Internal: exemption entries never leave the authority (no grade, no public view)."""

from dataclasses import asdict
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
from server.ledger import repository, rules, service
from server.ledger.flags import Act, many_natures
from server.ledger.tables import Offence
from server.ledger.window import Kind, Prior, Standing, standing_of
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


class ManyNaturesRead(BaseModel):
    """Acts of so many different natures within the days that the rules name."""

    natures: list[str]
    since: AwareDatetime
    until: AwareDatetime


class FlagsRead(BaseModel):
    """Flags of a subject; null when there is none."""

    many_natures: ManyNaturesRead | None


class TotalRead(BaseModel):
    """How many findings of one nature a licence has, and how they stand."""

    subject_id: UUID
    name: str
    nature_group: str
    findings: int = 0
    effective: int = 0
    challenged: int = 0
    void: int = 0


class EventCreate(BaseModel):
    """What other procedures did: a penalty served, a challenge in reconsideration or court, its outcome; or that
    something was served at another time (`at`) than recorded.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal[Kind.PENALTY_SERVED, Kind.CHALLENGED, Kind.UPHELD, Kind.QUASHED, Kind.SERVICE_DATE_CORRECTED]
    at: AwareDatetime
    note: str = Field(min_length=1, max_length=400)


@router.get("")
def list_offences(subject_id: UUID, session: ReadSession, person: ReaderPerson) -> list[OffenceRead]:
    """A subject's findings in the order of the acts."""
    subjects.get(session, subject_id)
    return [_read(session, row) for row in repository.within(session, person.reach, subject_id)]


@router.get("/flags")
def get_flags(subject_id: UUID, session: ReadSession, person: ReaderPerson) -> FlagsRead:
    """What an officer may want to know of a subject. Never a reason against the party."""
    person.reach.require("subject", subject_id, subjects.get(session, subject_id).district)
    rows = repository.within(session, person.reach, subject_id)
    acts = [Act(row.nature_group, row.act_at) for row in rows if _stands(session, row).standing is not Standing.VOID]
    found = many_natures(acts, rules.current(session).different_natures)
    return FlagsRead(many_natures=None if found is None else ManyNaturesRead(**asdict(found)))


@router.get("/totals")
def get_totals(head_office_id: UUID, session: ReadSession, person: ReaderPerson) -> list[TotalRead]:
    """What each licence of a head office has, within reach. "First" is counted per licence all the same."""
    person.reach.require("subject", head_office_id, subjects.get(session, head_office_id).district)
    found: dict[tuple[UUID, str], TotalRead] = {}
    for subject, row in repository.of_head_office(session, person.reach, head_office_id):
        empty = TotalRead(subject_id=subject.id, name=subject.name, nature_group=row.nature_group)
        total = found.setdefault((subject.id, row.nature_group), empty)
        total.findings += 1
        standing = _stands(session, row).standing
        total.effective += standing is Standing.EFFECTIVE
        total.challenged += standing is Standing.CHALLENGED
        total.void += standing is Standing.VOID
    return list(found.values())


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
    stands = _stands(session, row)
    events = [EventRead.model_validate(event) for event in repository.event_rows(session, row.id)]
    known = row.model_dump(exclude={"confirmed_by"})
    return OffenceRead(**known, standing=stands.standing, served_at=stands.served_at, events=events)


def _stands(session: Session, row: Offence) -> Prior:
    return standing_of(row.id, repository.events_of(session, [row]).get(row.id, []))
