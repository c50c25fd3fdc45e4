"""`/api/desk`: what waits for whoever asks."""

import secrets
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from server.auth.person import Allow, Person, ReaderPerson
from server.auth.roles import Role
from server.context import Now, ReadSession
from server.desk import objections, plans, service
from server.desk.queues import Queue
from server.desk.schemas import (
    DelegationNamed,
    DeskRead,
    ObjectionWaiting,
    OfficerNamed,
    PersonNamed,
    PlaceDrawn,
    SampleRead,
    WaitingPage,
)
from server.times import Instant

router = APIRouter(prefix="/api/desk", tags=["desk"])
Sampler = Annotated[Person, Depends(Allow(Role.AUDITOR, Role.LEGAL, Role.LEADER, Role.HEAD))]
Head = Annotated[Person, Depends(Allow(Role.HEAD))]
Seed = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z_-]{1,64}$")]


@router.get("")
def get_desk(session: ReadSession, now: Now, person: ReaderPerson) -> DeskRead:
    """What waits, by queue: of the person's roles, within reach."""
    return service.desk(session, person, now)


@router.get("/queues/{queue}")
def list_waiting(
    queue: Queue,
    session: ReadSession,
    now: Now,
    person: ReaderPerson,
    before: Annotated[str | None, Query(max_length=120)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> WaitingPage:
    """Cases of a queue, the one due first ahead; `before` is the `next` of the page before."""
    return service.page(session, queue, person, before, limit, now)


@router.get("/sample")
def draw_sample(
    session: ReadSession,
    person: Sampler,
    closed_from: Annotated[Instant, Query()],
    closed_to: Annotated[Instant, Query()],
    count: Annotated[int, Query(ge=1, le=100)] = 10,
    seed: Seed = None,
) -> SampleRead:
    """Closed cases drawn by lot, to look through; without a seed one is made. The same seed draws the same again."""
    return service.sample(session, person, closed_from, closed_to, seed or secrets.token_hex(4), count)


@router.get("/objections")
def list_open_objections(session: ReadSession, person: ReaderPerson) -> list[ObjectionWaiting]:
    """Open objections, the one due first ahead, with what whoever asks may answer."""
    return objections.waiting(session, person)


@router.get("/officers")
def list_named_officers(session: ReadSession, person: ReaderPerson) -> list[OfficerNamed]:
    """Officers on file with their names, by team."""
    return plans.officers(session, person)


@router.get("/patrols/{plan_id}")
def list_places_drawn(plan_id: UUID, session: ReadSession, person: ReaderPerson) -> list[PlaceDrawn]:
    """The places of a random patrol by name, in the order drawn."""
    return plans.places(session, plan_id, person)


@router.get("/leaders")
def list_leaders(session: ReadSession, person: Head) -> list[PersonNamed]:
    """Leaders to whom approval may be delegated."""
    return plans.leaders(session, person)


@router.get("/delegations")
def list_named_delegations(session: ReadSession, now: Now, person: ReaderPerson) -> list[DelegationNamed]:
    """Delegations of approval with the names, the newest first."""
    return plans.delegations(session, person, now)
