"""`/api/edges` and `/api/cameras`: who is there, and how the pictures are."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from edge.contracts.messages import EdgeLoad
from edge.contracts.taxonomy import Name
from edge.contracts.violations import ViolationRule
from server.auth import districts
from server.auth.person import AdminPerson, HousePerson
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import NotFound
from server.fleet import assignment, desired, edge_endpoints, load, service
from server.policy import publication

router = APIRouter(prefix="/api", tags=["fleet"])
router.include_router(edge_endpoints.router)


class _Read(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class EdgeRead(_Read):
    """An edge; `boot` counts its connections. `load` is its newest report, null from edges that tell none."""

    id: str
    district: str
    online: bool
    boot: int
    edge_version: str
    first_seen_at: datetime
    last_seen_at: datetime
    born_at: datetime | None
    load: EdgeLoad | None = None
    load_received_at: datetime | None = None


class EdgeDistrict(BaseModel):
    """Where an edge belongs."""

    model_config = ConfigDict(extra="forbid")

    district: str = Field(min_length=1, max_length=32)


class CameraRead(_Read):
    """A camera; `state` ok, lost, frozen, black, blurred, moved or unknown, `since` by camera time.

    `watched` is false once its edge runs without it. `last_frame_at` and `judged_per_s` as of the edge's last report.
    """

    edge_id: str
    id: str
    name: str
    watched: bool
    state: str
    since: datetime | None
    detail: str
    edge_online: bool
    judged_per_s: float | None
    last_frame_at: datetime | None


class HealthChangeRead(_Read):
    """One change of a camera's state."""

    id: UUID
    state: str
    since: datetime
    detail: str
    received_at: datetime


class DesiredStateRead(_Read):
    """The newest desired configuration and what the edge said to it."""

    version: int
    message: dict[str, Any]
    made_at: datetime
    answered_version: int
    answered_at: datetime | None
    accepted: bool | None
    problems: list[str]


@router.get("/edges")
def list_edges(session: ReadSession, person: HousePerson) -> list[EdgeRead]:
    """Every edge that was ever heard of."""
    rows = service.edges(session, person.reach)
    loads = load.newest(session, (row.id for row in rows))
    read: list[EdgeRead] = []
    for row in rows:
        told = loads.get(row.id)
        news = EdgeLoad.model_validate(told.message) if told else None
        more = {"load": news, "load_received_at": told.received_at if told else None}
        read.append(EdgeRead.model_validate(row).model_copy(update=more))
    return read


@router.put("/edges/{edge_id}/district")
def move_edge(
    edge_id: Name, wanted: EdgeDistrict, request: Request, session: WriteSession, now: Now, admin: AdminPerson
) -> EdgeRead:
    """Make an edge belong to a district, with its permits and whatever of it had none yet. Cases stay."""
    district = districts.choose(services_of(request).settings, admin, wanted.district)
    return EdgeRead.model_validate(assignment.move(session, admin, edge_id, district, now))


@router.get("/edges/{edge_id}/config")
def get_desired_state(edge_id: Name, request: Request, session: ReadSession, person: HousePerson) -> DesiredStateRead:
    """What the edge was told to do, and its answer."""
    settings = services_of(request).settings
    row = desired.of_edge(session, edge_id)
    if row is None or not person.reach.holds(service.district_of(session, edge_id, settings.home_district)):
        raise NotFound("desired_config", edge_id)
    return DesiredStateRead.model_validate(row)


@router.get("/violations")
def list_violations(session: ReadSession, _person: HousePerson) -> list[ViolationRule]:
    """What the cameras look for: the newest published version of each rule."""
    newest: dict[str, ViolationRule] = {}
    for row in publication.newest(session, publication.VIOLATION):
        newest.setdefault(row.name, publication.parsed(ViolationRule, row))
    return sorted(newest.values(), key=lambda rule: rule.id)


@router.get("/cameras")
def list_cameras(session: ReadSession, person: HousePerson) -> list[CameraRead]:
    """Every camera, with whether its edge is there."""
    edges = service.edges(session, person.reach)
    online = {edge.id for edge in edges if edge.online}
    loads = load.of_cameras(session, (edge.id for edge in edges))
    return [
        CameraRead(
            edge_id=row.edge_id,
            id=row.id,
            name=row.name,
            watched=row.watched,
            state=row.state,
            since=row.since,
            detail=row.detail,
            edge_online=row.edge_id in online,
            judged_per_s=loads[row.edge_id, row.id].judged_per_s if (row.edge_id, row.id) in loads else None,
            last_frame_at=loads[row.edge_id, row.id].last_frame_at if (row.edge_id, row.id) in loads else None,
        )
        for row in service.cameras(session, person.reach)
    ]


@router.get("/cameras/{edge_id}/{camera_id}/health")
def camera_history(edge_id: Name, camera_id: Name, session: ReadSession, person: HousePerson) -> list[HealthChangeRead]:
    """The newest 200 changes of a camera's state."""
    person.reach.require("edge", edge_id, service.district_of(session, edge_id, ""))
    return [HealthChangeRead.model_validate(row) for row in service.health_of(session, edge_id, camera_id, 200)]
