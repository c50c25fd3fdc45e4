"""`/api/places`: where cameras stand, what their zones cover, and the areas of the map."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from sqlmodel import col, select, tuple_

from edge.contracts.taxonomy import Name
from server.auth.person import Allow, HousePerson, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession
from server.errors import InvalidInput
from server.places import geometry, importing, service
from server.places.schemas import (
    AreaKind,
    AreaPage,
    AreaRead,
    AreaWanted,
    CameraPlaceRead,
    CameraPlaceWanted,
    ImportRead,
    ImportWanted,
    Lat,
    Lon,
    PlaceRead,
    ZoneGroundRead,
    ZoneGroundWanted,
)
from server.places.tables import CameraPlace, MapArea, ZoneGround

router = APIRouter(prefix="/api/places", tags=["places"])
Surveyor = Annotated[Person, Depends(Allow(Role.ADMIN, Role.SUPERV))]


@router.get("/at")
def what_is_at(
    session: ReadSession,
    person: HousePerson,
    lon: Annotated[Lon, Query()],
    lat: Annotated[Lat, Query()],
    within_m: Annotated[float, Query(ge=0, le=1000)] = service.SENSITIVE_WITHIN_M,
) -> PlaceRead:
    """The grid cell of a point (WGS-84), the frontages and sensitive places near it, and the zones that see it."""
    grid = service.grid_at(session, lon, lat)
    mine = person.reach.holds
    return PlaceRead(
        lon=lon,
        lat=lat,
        grid=AreaRead.model_validate(grid) if grid is not None and mine(grid.district) else None,
        sensitive=[
            AreaRead.model_validate(row)
            for row in service.sensitive_near(session, lon, lat, within_m)
            if mine(row.district)
        ],
        frontages=[
            AreaRead.model_validate(row)
            for row in service.areas_near(session, "frontage", (lon, lat), within_m)
            if mine(row.district)
        ],
        in_view_of=[_zone(row) for row in service.in_view(session, lon, lat) if mine(row.district)],
    )


@router.get("/cameras")
def list_camera_places(session: ReadSession, person: HousePerson) -> list[CameraPlaceRead]:
    """Where the cameras stand."""
    wanted = person.reach.limit(select(CameraPlace), CameraPlace.district)
    rows = session.exec(wanted.order_by(CameraPlace.edge_id, CameraPlace.camera_id))
    return [CameraPlaceRead.model_validate(row) for row in rows]


@router.put("/cameras/{edge_id}/{camera_id}")
def put_camera_place(
    edge_id: Name, camera_id: Name, wanted: CameraPlaceWanted, session: WriteSession, now: Now, person: Surveyor
) -> CameraPlaceRead:
    """Write where a camera stands (WGS-84)."""
    return CameraPlaceRead.model_validate(service.put_camera(session, edge_id, camera_id, wanted, person, now)[0])


@router.get("/zones")
def list_zone_grounds(
    session: ReadSession, person: HousePerson, camera_id: Annotated[Name | None, Query()] = None
) -> list[ZoneGroundRead]:
    """What ground the zones cover."""
    wanted = person.reach.limit(select(ZoneGround), ZoneGround.district)
    if camera_id is not None:
        wanted = wanted.where(ZoneGround.camera_id == camera_id)
    rows = session.exec(wanted.order_by(ZoneGround.edge_id, ZoneGround.camera_id, ZoneGround.zone_id))
    return [_zone(row) for row in rows]


@router.put("/zones/{edge_id}/{camera_id}/{zone_id}")
def put_zone_ground(
    edge_id: Name,
    camera_id: Name,
    zone_id: Name,
    wanted: ZoneGroundWanted,
    session: WriteSession,
    now: Now,
    person: Surveyor,
) -> ZoneGroundRead:
    """Write what ground a zone covers, and at which frontage it lies."""
    if wanted.polygon is None and not wanted.frontage:
        allowed = "a polygon, a frontage, or both"
        raise InvalidInput([{"field": "polygon", "value": None, "allowed": allowed}])
    return _zone(service.put_zone(session, edge_id, camera_id, zone_id, wanted, person, now)[0])


@router.get("/areas")
def list_areas(
    session: ReadSession,
    person: HousePerson,
    kind: Annotated[AreaKind | None, Query()] = None,
    after: Annotated[str | None, Query(max_length=80, pattern=r"^[a-z]+/[0-9A-Za-z_.-]+$")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> AreaPage:
    """Grid cells, sensitive places and frontages; `after` is the `next` of the page before."""
    wanted = person.reach.limit(select(MapArea), MapArea.district).order_by(MapArea.kind, MapArea.code)
    if kind is not None:
        wanted = wanted.where(MapArea.kind == kind)
    if after is not None:
        wanted = wanted.where(tuple_(col(MapArea.kind), col(MapArea.code)) > tuple(after.split("/", 1)))
    rows = list(session.exec(wanted.limit(limit + 1)))
    more = f"{rows[limit - 1].kind}/{rows[limit - 1].code}" if len(rows) > limit else None
    return AreaPage(items=[AreaRead.model_validate(row) for row in rows[:limit]], next=more)


@router.post("/areas", status_code=201)
def put_area(wanted: AreaWanted, session: WriteSession, now: Now, person: Surveyor) -> AreaRead:
    """Write one area; the same kind and code again changes it."""
    return AreaRead.model_validate(service.put_area(session, wanted, person, now)[0])


@router.post("/import")
def import_places(wanted: ImportWanted, session: WriteSession, now: Now, person: Surveyor) -> ImportRead:
    """Read a GeoJSON file. `dry_run` (the default) writes nothing and lists every bad feature."""
    return importing.take(session, wanted, person, now)


def _zone(row: ZoneGround) -> ZoneGroundRead:
    polygon = service.corners(row)
    fields: dict[str, Any] = row.model_dump(exclude={"polygon"})
    return ZoneGroundRead(**fields, polygon=polygon, area_m2=geometry.area_m2(polygon) if polygon else None)
