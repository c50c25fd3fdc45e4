"""`/api/edges/{edge_id}/…`: what an edge runs and how it fares, told by itself; addresses that it is asked to try."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from sqlmodel import Session

from edge.contracts.messages import EdgeLoad
from edge.contracts.plan import EffectiveConfig
from edge.contracts.probes import ProbeAddress, ProbeFault, ProbeResult
from edge.contracts.taxonomy import Name
from server.auth.person import Allow, HousePerson, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import NotFound
from server.fleet import effective, load, probes, service
from server.fleet.load import LoadPoint
from server.fleet.tables import Edge, EdgeProbe

router = APIRouter()
Device = Annotated[Person, Depends(Allow(Role.EDGE))]
Prober = Annotated[Person, Depends(Allow(Role.ADMIN, Role.SUPERV))]


class EffectiveRead(BaseModel):
    """What an edge runs, and when it said so."""

    edge_id: str
    told_at: datetime
    config: EffectiveConfig


class EdgeLoadRead(BaseModel):
    """How an edge fares: its newest report, and a day's line with a point every five minutes."""

    edge_id: str
    received_at: datetime | None
    newest: EdgeLoad | None
    line: list[LoadPoint]


class ProbeAsked(BaseModel):
    """The address to try, with user and password in it where there are any. It is never sent back."""

    model_config = ConfigDict(extra="forbid")

    address: SecretStr = Field(description="1 to 2000 characters: rtsp://, rtsps://, or a file's path")


class ProbeRead(BaseModel):
    """A try. `state`: asked, fetched (the edge is at it), done, expired. `address` without user and password."""

    id: UUID
    edge_id: str
    state: str
    address: str
    asked_at: datetime
    asked_by_name: str
    expires_at: datetime
    answered_at: datetime | None
    ok: bool | None
    fault: ProbeFault | None
    detail: str
    width: int | None
    height: int | None
    codec: str
    frames_per_s: float | None
    has_picture: bool


@router.put("/edges/{edge_id}/effective", status_code=204)
def put_effective(
    edge_id: Name, told: EffectiveConfig, request: Request, session: WriteSession, now: Now, device: Device
) -> None:
    """An edge tells what it runs: at its birth and after each change."""
    _own(device, edge_id)
    effective.keep(session, edge_id, told, now, services_of(request).settings.home_district)


@router.get("/edges/{edge_id}/effective")
def get_effective(edge_id: Name, session: ReadSession, person: HousePerson) -> EffectiveRead:
    """What an edge runs, whole: cameras with their zones, where each comes from; addresses without secrets."""
    _edge(session, edge_id, person)
    config, told_at = effective.of_edge(session, edge_id), effective.told_at(session, edge_id)
    if config is None or told_at is None:
        raise NotFound("effective", edge_id)
    return EffectiveRead(edge_id=edge_id, told_at=told_at, config=config)


@router.get("/edges/{edge_id}/load")
def get_load(edge_id: Name, session: ReadSession, person: HousePerson) -> EdgeLoadRead:
    """How an edge fares, and the last day."""
    _edge(session, edge_id, person)
    row = load.newest(session, [edge_id]).get(edge_id)
    return EdgeLoadRead(
        edge_id=edge_id,
        received_at=None if row is None else row.received_at,
        newest=None if row is None else EdgeLoad.model_validate(row.message),
        line=load.line(session, edge_id),
    )


@router.post("/edges/{edge_id}/probes", status_code=201)
def ask_probe(
    edge_id: Name, wanted: ProbeAsked, request: Request, session: WriteSession, now: Now, person: Prober
) -> ProbeRead:
    """Let an edge try an address: it opens it within ten seconds and sends a blurred picture, or what was wrong."""
    _edge(session, edge_id, person)
    address = wanted.address.get_secret_value()
    return _read(probes.ask(session, services_of(request).secret_key, edge_id, address, person, now), now)


@router.get("/edges/{edge_id}/probes/{probe_id}")
def get_probe(edge_id: Name, probe_id: UUID, session: ReadSession, now: Now, person: HousePerson) -> ProbeRead:
    """How far a try got, and what the edge found."""
    _edge(session, edge_id, person)
    return _read(probes.get(session, edge_id, probe_id), now)


@router.get(
    "/edges/{edge_id}/probes/{probe_id}/picture",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}},
)
def get_probe_picture(edge_id: Name, probe_id: UUID, session: ReadSession, person: HousePerson) -> Response:
    """The picture of a try, blurred at the edge."""
    _edge(session, edge_id, person)
    probe = probes.get(session, edge_id, probe_id)
    if probe.picture is None:
        raise NotFound("probe_picture", probe_id)
    return Response(probe.picture, media_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


@router.get("/edges/{edge_id}/probes/{probe_id}/address")
def fetch_probe_address(
    edge_id: Name, probe_id: UUID, request: Request, session: WriteSession, now: Now, device: Device
) -> ProbeAddress:
    """The address, for the edge that shall try it; until it has answered."""
    _own(device, edge_id)
    return ProbeAddress(address=probes.fetch(session, services_of(request).secret_key, edge_id, probe_id, now))


@router.put("/edges/{edge_id}/probes/{probe_id}/result", status_code=204)
def put_probe_result(
    edge_id: Name, probe_id: UUID, found: ProbeResult, session: WriteSession, now: Now, device: Device
) -> None:
    """What the edge found. The first answer counts."""
    _own(device, edge_id)
    probes.answer(session, edge_id, probe_id, found, now)


def _own(device: Person, edge_id: str) -> None:
    if device.edge_id != edge_id:
        raise NotFound("edge", edge_id)


def _edge(session: Session, edge_id: str, person: Person) -> None:
    edge = session.get(Edge, edge_id)
    if edge is None:
        raise NotFound("edge", edge_id)
    person.reach.require("edge", edge_id, service.district_of(session, edge_id))


def _read(probe: EdgeProbe, now: datetime) -> ProbeRead:
    result = None if probe.result is None else ProbeResult.model_validate(probe.result)
    return ProbeRead(
        id=probe.id,
        edge_id=probe.edge_id,
        state=probes.state_of(probe, now),
        address=probe.shown,
        asked_at=probe.asked_at,
        asked_by_name=probe.asked_by_name,
        expires_at=probe.expires_at,
        answered_at=probe.answered_at,
        ok=None if result is None else result.ok,
        fault=None if result is None else result.fault,
        detail="" if result is None else result.detail,
        width=None if result is None else result.width,
        height=None if result is None else result.height,
        codec="" if result is None else result.codec,
        frames_per_s=None if result is None else result.frames_per_s,
        has_picture=probe.picture is not None,
    )
