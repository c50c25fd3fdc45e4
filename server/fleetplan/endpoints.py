"""`/api/edges/{edge}/plan…`: what an edge shall watch, drafted and put in force; `/api/ground/fits`."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from sqlmodel import Session

from edge.contracts.taxonomy import Name
from server.auth.person import Allow, HousePerson, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import NotFound, PreconditionRequired
from server.fleet.tables import Edge
from server.fleetplan import read, repository, service
from server.fleetplan.ground_schemas import FitRead, FitWanted
from server.fleetplan.schemas import PlanDraftRead, PlanState, PlanVersionRead, PlanWanted, StageWanted, ZoneHolder
from server.fleetplan.sealing import Sealer

router = APIRouter(prefix="/api", tags=["fleetplan"])
Planner = Annotated[Person, Depends(Allow(Role.ADMIN, Role.SUPERV))]
Device = Annotated[Person, Depends(Allow(Role.EDGE))]
IfMatch = Annotated[str | None, Header()]
Before = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
Key = Annotated[str | None, Header(min_length=1, max_length=100)]


@router.get("/edges/{edge_id}/plan")
def get_edge_plan(
    edge_id: Name, request: Request, session: ReadSession, person: Planner, response: Response
) -> PlanState:
    """What the edge runs, the open draft, and the version in force with the edge's answer. The ETag is the draft's."""
    state = read.state(session, _sealer(request), _edge(session, edge_id, person))
    response.headers["ETag"] = f'"{state.revision}"'
    return state


@router.put("/edges/{edge_id}/plan/draft")
def put_plan_draft(
    edge_id: Name, wanted: PlanWanted, request: Request, session: WriteSession, now: Now, person: Planner,
    response: Response, if_match: IfMatch = None,
) -> PlanDraftRead:  # fmt: skip
    """Write the draft, whole. Needs If-Match: the plan's ETag. It may be unfinished; `faults` say what is missing."""
    _edge(session, edge_id, person)
    sealer = _sealer(request)
    row = service.put_draft(session, sealer, edge_id, wanted.cameras, _revision(if_match), person, now)
    response.headers["ETag"] = f'"{row.revision}"'
    return read.draft(session, sealer, row)


@router.post("/edges/{edge_id}/plan/draft/drop", status_code=204)
def drop_plan_draft(edge_id: Name, session: WriteSession, now: Now, person: Planner, if_match: IfMatch = None) -> None:
    """Give the open draft up. Needs If-Match."""
    _edge(session, edge_id, person)
    service.drop_draft(session, edge_id, _revision(if_match), person, now)


@router.post("/edges/{edge_id}/plan/draft/stage", status_code=201)
def stage_plan(
    edge_id: Name, wanted: StageWanted, request: Request, session: WriteSession, now: Now, person: Planner,
    if_match: IfMatch = None, idempotency_key: Key = None,
) -> PlanVersionRead:  # fmt: skip
    """Put the draft in force as the next version; the edge fetches it and answers. Needs If-Match."""
    _edge(session, edge_id, person)
    row = service.stage(
        session, _sealer(request), edge_id, _revision(if_match), wanted.note, person, now, idempotency_key or ""
    )
    return read.version(session, row)


@router.get("/edges/{edge_id}/plan/versions")
def list_plan_versions(
    edge_id: Name, session: ReadSession, person: Planner, before: Before = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> list[PlanVersionRead]:  # fmt: skip
    """Versions put in force, newest first; `before` is the last number already seen."""
    _edge(session, edge_id, person)
    return [read.version(session, row) for row in repository.versions(session, edge_id, before, limit)]


@router.post("/edges/{edge_id}/plan/versions/{version}/roll-back", status_code=201)
def roll_plan_back(
    edge_id: Name, version: int, wanted: StageWanted, request: Request, session: WriteSession, now: Now,
    person: Planner, idempotency_key: Key = None,
) -> PlanVersionRead:  # fmt: skip
    """A new version with the body of an older one. An open draft stays as it is."""
    _edge(session, edge_id, person)
    row = service.roll_back(
        session, _sealer(request), edge_id, version, wanted.note, person, now, idempotency_key or ""
    )
    return read.version(session, row)


@router.get("/edges/{edge_id}/plan/{version:int}", response_class=Response)
def bring_plan(edge_id: Name, version: int, request: Request, session: ReadSession, device: Device) -> Response:
    """The bytes of a version, for its own edge alone: they hold addresses whole. ETag is their SHA-256."""
    if device.edge_id != edge_id or not 0 < version < 2**31:
        raise NotFound("plan", f"{edge_id}/{version}")
    content, sha256 = service.bytes_of(session, _sealer(request), edge_id, version)
    headers = {"ETag": f'"{sha256}"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/json", headers=headers)


@router.get("/cameras/{edge_id}/{camera_id}/holders")
def list_zone_holders(
    edge_id: Name, camera_id: Name, session: ReadSession, now: Now, person: HousePerson
) -> list[ZoneHolder]:
    """Who answers now for the zones of a camera."""
    _edge(session, edge_id, person)
    return [
        ZoneHolder(
            binding_id=binding.id, zone_id=binding.zone_id, subject_id=subject.id, subject_name=subject.name,
            valid_from=binding.valid_from,
        )
        for binding, subject in repository.holders(session, camera_id, person.reach, now)
    ]  # fmt: skip


@router.post("/ground/fits")
def fit_ground(wanted: FitWanted, _person: Planner) -> FitRead:
    """What four or more points (or distances) tell of a camera's ground: homography, residual, areas, a metre grid.

    Writes nothing. `usable` false says why in `problems`.
    """
    # Needs NumPy, which takes a while to load: not at every start.
    from server.fleetplan import ground

    return ground.fit(wanted)


def _edge(session: Session, edge_id: str, person: Person) -> Edge:
    edge = session.get(Edge, edge_id)
    if edge is None:
        raise NotFound("edge", edge_id)
    person.reach.require("edge", edge_id, edge.district)
    return edge


def _sealer(request: Request) -> Sealer:
    return Sealer(services_of(request).secret_key)


def _revision(if_match: str | None) -> int:
    found = re.fullmatch(r'(?:W/)?"(\d{1,9})"', if_match or "")
    if found is None:
        raise PreconditionRequired("plan")
    return int(found.group(1))
