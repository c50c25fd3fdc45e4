"""Powers, teams, certificates, the roster, candidates for a case, patrols."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import col, select

from server.auth.person import Allow, HousePerson, Person, ReaderPerson
from server.auth.roles import Role
from server.cases import service as cases
from server.context import Now, ReadSession, WriteSession
from server.dispatch import patrol, roster, service
from server.dispatch.candidates import WORDS, Candidate
from server.dispatch.schemas import (
    AgainstRead,
    AssignmentAgainstRead,
    CandidateRead,
    CandidatesRead,
    OfficerRead,
    OfficerWanted,
    PatrolRead,
    PatrolWanted,
    PowersRead,
    ShiftRead,
    ShiftWanted,
    TeamRead,
    TeamWanted,
)
from server.dispatch.tables import AssignmentAgainst, DutyShift, OfficerRecord, PatrolPlan, Team
from server.errors import NotFound
from server.times import Instant

router = APIRouter(prefix="/api", tags=["dispatch"])
Planner = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.ADMIN))]
Rosterer = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.DISPATCH))]
Supervisor = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.HEAD, Role.AUDITOR))]


@router.get("/powers")
def get_powers(session: ReadSession, now: Now, _person: HousePerson) -> PowersRead:
    """The power list in force today."""
    listing = service.powers_on(session, now)
    if listing is None:
        raise NotFound("powers", "today")
    body = listing.model_dump(mode="json", by_alias=True)
    return PowersRead(key=listing.key, status=listing.status, author=listing.author, body=body)


@router.get("/teams")
def list_teams(session: ReadSession, person: HousePerson) -> list[TeamRead]:
    """Teams, by code."""
    rows = session.exec(person.reach.limit(select(Team), Team.district).order_by(Team.code))
    return [TeamRead.model_validate(row) for row in rows]


@router.post("/teams", status_code=201)
def put_team(wanted: TeamWanted, session: WriteSession, now: Now, person: Planner) -> TeamRead:
    """Write a team; the same code again changes it."""
    return TeamRead.model_validate(roster.put_team(session, wanted, person, now))


@router.get("/officers")
def list_officers(session: ReadSession, person: ReaderPerson) -> list[OfficerRead]:
    """Officers with team and certificate."""
    wanted = person.reach.limit(select(OfficerRecord), OfficerRecord.district)
    rows = session.exec(wanted.order_by(OfficerRecord.team, col(OfficerRecord.person_id)))
    return [OfficerRead.model_validate(row) for row in rows]


@router.put("/officers/{person_id}")
def put_officer(
    person_id: UUID, wanted: OfficerWanted, session: WriteSession, now: Now, person: Planner
) -> OfficerRead:
    """Write an officer's team and certificate."""
    return OfficerRead.model_validate(roster.put_officer(session, person_id, wanted, person, now))


@router.get("/shifts")
def list_shifts(
    session: ReadSession,
    person: ReaderPerson,
    since: Annotated[Instant, Query()],
    until: Annotated[Instant, Query()],
) -> list[ShiftRead]:
    """The roster: shifts that share time with `since` to `until`, at most 1000."""
    wanted = person.reach.limit(select(DutyShift), DutyShift.district)
    wanted = wanted.where(DutyShift.starts_at < until, DutyShift.ends_at > since)
    rows = session.exec(wanted.order_by(col(DutyShift.starts_at), col(DutyShift.id)).limit(1000))
    return [ShiftRead.model_validate(row) for row in rows]


@router.post("/shifts", status_code=201)
def enter_shifts(wanted: ShiftWanted, session: WriteSession, now: Now, person: Rosterer) -> list[ShiftRead]:
    """Put people on duty."""
    return [ShiftRead.model_validate(row) for row in roster.enter_shifts(session, wanted, person, now)]


@router.post("/shifts/{shift_id}/cancel")
def cancel_shift(shift_id: UUID, session: WriteSession, now: Now, person: Rosterer) -> ShiftRead:
    """Take somebody off duty."""
    return ShiftRead.model_validate(roster.cancel_shift(session, shift_id, person, now))


@router.get("/cases/{case_id}/candidates")
def list_candidates(case_id: UUID, session: ReadSession, now: Now, person: ReaderPerson) -> CandidatesRead:
    """Who should go, best first, each with what speaks against."""
    case = cases.get(session, case_id)
    person.reach.require("case", case_id, case.district)
    ranking, listing = service.candidates(session, case, now), service.powers_on(session, now)
    grid = service.grid_of(session, case)
    return CandidatesRead(
        case_id=case.id,
        item_code=case.item_code,
        grid=grid.code if grid else None,
        powers=listing.key if listing else None,
        bodies=list(ranking.bodies),
        transfer=ranking.transfer,
        unchecked=list(ranking.unchecked),  # type: ignore[arg-type]
        candidates=[_candidate(one) for one in ranking.candidates],
    )


@router.get("/assignments-against-advice")
def list_assignments_against(
    session: ReadSession,
    person: Supervisor,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[AssignmentAgainstRead]:
    """Officers sent although something spoke against it, newest first; `before` is the last id of the page before."""
    wanted = person.reach.limit(select(AssignmentAgainst), AssignmentAgainst.district)
    if before is not None:
        wanted = wanted.where(col(AssignmentAgainst.id) < before)
    rows = session.exec(wanted.order_by(col(AssignmentAgainst.id).desc()).limit(limit))
    return [AssignmentAgainstRead.model_validate(row) for row in rows]


@router.post("/patrol-plans", status_code=201)
def plan_patrol(wanted: PatrolWanted, session: WriteSession, now: Now, person: Rosterer) -> PatrolRead:
    """Draw a patrol by weight: places and pairs of officers (双随机)."""
    row = patrol.plan(session, wanted.district, wanted.day, wanted.count, wanted.seed, person, now)
    return _plan(row)


@router.get("/patrol-plans")
def list_patrols(
    session: ReadSession,
    person: ReaderPerson,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> list[PatrolRead]:
    """Plans, newest first; `before` is the last id of the page before."""
    wanted = person.reach.limit(select(PatrolPlan), PatrolPlan.district)
    if before is not None:
        wanted = wanted.where(col(PatrolPlan.id) < before)
    rows = session.exec(wanted.order_by(col(PatrolPlan.id).desc()).limit(limit))
    return [_plan(row) for row in rows]


@router.get("/patrol-plans/{plan_id}")
def get_patrol(plan_id: UUID, session: ReadSession, person: ReaderPerson) -> PatrolRead:
    """One plan, drawn again from its seed to see that it holds."""
    row = session.get(PatrolPlan, plan_id)
    if row is None:
        raise NotFound("patrol_plan", plan_id)
    person.reach.require("patrol_plan", plan_id, row.district)
    return _plan(row)


def _plan(row: PatrolPlan) -> PatrolRead:
    return PatrolRead(**row.model_dump(), holds=patrol.holds(row))


def _candidate(one: Candidate) -> CandidateRead:
    officer = one.officer
    return CandidateRead(
        person_id=officer.person_id,
        name=officer.name,
        team=officer.team,
        body=officer.body,
        fit=one.fit,
        against=[AgainstRead(code=code, zh=WORDS[code][0], en=WORDS[code][1]) for code in one.against],
        in_charge=one.in_charge,
        on_duty=officer.on_duty,
        certificate_to=officer.certificate_to,
        load=officer.load,
    )
