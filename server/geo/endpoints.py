"""`/api/map`: how to draw the ground, and what lies on it. Places of cameras, zones and areas are `/api/places`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from server.auth.person import HousePerson, ReaderPerson
from server.cases.workflow import NAMES, State, is_open
from server.context import Now, ReadSession, services_of
from server.errors import ServerError
from server.geo import repository, tiles
from server.geo.repository import CasesWanted
from server.geo.schemas import MapCaseRead, MapCases, MapPermitRead, MapPremisesRead, MapRead
from server.notify.templates import LOCAL

router = APIRouter(prefix="/api/map", tags=["map"])


class KeyMissing(ServerError):
    """The tile server's key cannot be read: the operator has to put its file there."""

    def __init__(self) -> None:
        super().__init__(503, "map.no_key", "The key of the map's tile server cannot be read", {})


@router.get("")
def get_map(request: Request, session: ReadSession, person: HousePerson) -> MapRead:
    """How to draw the ground, and where to begin."""
    settings = services_of(request).settings.map
    try:
        layers = tiles.addresses(settings)
    except (OSError, UnicodeDecodeError) as error:
        raise KeyMissing from error
    return MapRead(
        tiles=layers, attribution=settings.attribution, crs=settings.crs, tile_size=settings.tile_size,
        max_zoom=settings.max_zoom, bounds=repository.bounds(session, person.reach),
    )  # fmt: skip


@router.get("/cases")
def list_map_cases(
    session: ReadSession, now: Now, person: ReaderPerson, wanted: Annotated[CasesWanted, Query()]
) -> MapCases:
    """Cases with their places, the newest first: the centre of the zone's ground, else where its camera stands, else
    the place that a person told."""
    rows, total = repository.cases(session, person.reach, wanted, now)
    told = repository.told_places(session, [row[0].id for row in rows if row[2] is None and row[6] is None])
    placed = [_case(row, told.get(row[0].id)) for row in rows]
    items = [one for one in placed if one is not None]
    return MapCases(items=items, total=total, unplaced=len(rows) - len(items))


@router.get("/premises")
def list_premises(session: ReadSession, now: Now, person: ReaderPerson) -> list[MapPremisesRead]:
    """Places of business that were drawn on the map."""
    return [
        MapPremisesRead(subject_id=row.subject_id, subject_name=name, address=row.address, polygon=row.ground or [])
        for row, name in repository.premises(session, person.reach, now)
    ]


@router.get("/permits")
def list_permit_grounds(session: ReadSession, now: Now, person: ReaderPerson) -> list[MapPermitRead]:
    """The grounds of permits that are valid today."""
    return [
        MapPermitRead(
            id=row.id, number=row.number, subject_id=row.subject_id, subject_name=name, status=row.status,
            hours=f"{row.hours_from:%H:%M}-{row.hours_to:%H:%M}", valid_to=row.valid_to.isoformat(),
            polygon=row.ground or [],
        )
        for row, name in repository.permits(session, person.reach, now.astimezone(LOCAL).date())
    ]  # fmt: skip


def _case(row: Any, told: tuple[float, float] | None) -> MapCaseRead | None:
    case, name, west, south, east, north, lon, lat = row
    if west is not None:
        where, point = "zone", ((west + east) / 2, (south + north) / 2)
    elif lon is not None:
        where, point = "camera", (lon, lat)
    elif told is not None:
        where, point = "told", told
    else:
        return None
    state = State(case.state)
    zh, en = NAMES[state]
    return MapCaseRead(
        id=case.id, number=case.number, state=state, state_zh=zh, state_en=en, is_open=is_open(state),
        urgent=case.urgent, district=case.district, edge_id=case.edge_id, camera_id=case.camera_id,
        violation=case.violation, item_code=case.item_code, subject_id=case.subject_id, subject_name=name,
        opened_at=case.opened_at, due_at=case.due_at, lon=point[0], lat=point[1], where=where,
    )  # fmt: skip
