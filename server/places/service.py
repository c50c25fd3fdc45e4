"""Where things are, asked and written. `None` means: not on file, never a guess."""

from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from server.audit import service as audit
from server.auth.person import Person
from server.places import geometry
from server.places.geometry import Bounds, LonLat
from server.places.schemas import AreaWanted, CameraPlaceWanted, ZoneGroundWanted
from server.places.tables import CameraPlace, MapArea, ZoneGround

Row = TypeVar("Row", CameraPlace, ZoneGround, MapArea)
SENSITIVE_WITHIN_M = 50.0
"""P: how near a school an act must be to be urgent."""


def place_of(session: Session, edge_id: str, camera_id: str) -> LonLat | None:
    """Where a camera stands."""
    row = session.get(CameraPlace, (edge_id, camera_id))
    return None if row is None else (row.lon, row.lat)


def ground_of(session: Session, edge_id: str, camera_id: str, zone_id: str) -> list[LonLat] | None:
    """The corners of the ground that a zone covers."""
    row = session.get(ZoneGround, (edge_id, camera_id, zone_id))
    return corners(row) if row is not None and row.polygon else None


def frontage_of(session: Session, edge_id: str, camera_id: str, zone_id: str) -> str | None:
    """The code of the frontage that a zone lies at."""
    row = session.get(ZoneGround, (edge_id, camera_id, zone_id))
    return row.frontage or None if row is not None else None


def spot_of(session: Session, edge_id: str, camera_id: str, zone_id: str) -> LonLat | None:
    """Where an act in a zone is: the middle of its ground, else where the camera stands."""
    ground = ground_of(session, edge_id, camera_id, zone_id)
    return geometry.centre(ground) if ground else place_of(session, edge_id, camera_id)


def grid_at(session: Session, lon: float, lat: float) -> MapArea | None:
    """The grid cell of a point; of overlapping ones the smallest."""
    cells = areas_near(session, "grid", (lon, lat), 0)
    return min(cells, key=lambda cell: (geometry.area_m2(corners(cell)), cell.code), default=None)


def sensitive_near(session: Session, lon: float, lat: float, within_m: float = SENSITIVE_WITHIN_M) -> list[MapArea]:
    """Schools and other sensitive places within so many metres: what happens there is urgent."""
    return areas_near(session, "sensitive", (lon, lat), within_m)


def areas_near(session: Session, kind: str, point: LonLat, within_m: float) -> list[MapArea]:
    """Areas of a kind that hold the point or lie within so many metres of it, by code."""
    box = Bounds(*point, *point).grown(within_m)
    wanted = select(MapArea).where(
        MapArea.kind == kind,
        col(MapArea.west) <= box.east, col(MapArea.east) >= box.west,
        col(MapArea.south) <= box.north, col(MapArea.north) >= box.south,
    )  # fmt: skip
    rows = session.exec(wanted.order_by(MapArea.code)).all()
    return [row for row in rows if geometry.gap_to_point_m(corners(row), point) <= within_m]


def zones_in(session: Session, box: Bounds) -> list[ZoneGround]:
    """Zones whose ground's box meets a box."""
    wanted = select(ZoneGround).where(
        col(ZoneGround.west) <= box.east, col(ZoneGround.east) >= box.west,
        col(ZoneGround.south) <= box.north, col(ZoneGround.north) >= box.south,
    )  # fmt: skip
    return list(session.exec(wanted.order_by(ZoneGround.edge_id, ZoneGround.camera_id, ZoneGround.zone_id)).all())


def zones_at_frontage(session: Session, frontage: str) -> list[ZoneGround]:
    """Zones that lie at a frontage."""
    wanted = select(ZoneGround).where(ZoneGround.frontage == frontage)
    return list(session.exec(wanted.order_by(ZoneGround.edge_id, ZoneGround.camera_id, ZoneGround.zone_id)).all())


def in_view(session: Session, lon: float, lat: float) -> list[ZoneGround]:
    """The zones whose ground holds a point: what happens there is before a camera's eyes."""
    found = zones_in(session, Bounds(lon, lat, lon, lat))
    return [row for row in found if geometry.contains(corners(row), (lon, lat))]


def corners(row: ZoneGround | MapArea) -> list[LonLat]:
    """The stored polygon as points."""
    return [(float(lon), float(lat)) for lon, lat in row.polygon]


def put_camera(
    session: Session, edge_id: str, camera_id: str, wanted: CameraPlaceWanted, by: Person, now: datetime
) -> tuple[CameraPlace, str]:
    """Write where a camera stands; with it new, changed or unchanged. Raises NotFound for another's district."""
    lon, lat = wanted.point
    fields = {"district": wanted.district, "name": wanted.name, "lon": lon, "lat": lat}
    return _put(session, CameraPlace, {"edge_id": edge_id, "camera_id": camera_id}, fields, by, now)


def put_zone(
    session: Session, edge_id: str, camera_id: str, zone_id: str, wanted: ZoneGroundWanted, by: Person, now: datetime
) -> tuple[ZoneGround, str]:
    """Write what ground a zone covers and where it lies; with it new, changed or unchanged."""
    fields = {"district": wanted.district, "frontage": wanted.frontage} | _boxed(wanted.polygon)
    return _put(session, ZoneGround, {"edge_id": edge_id, "camera_id": camera_id, "zone_id": zone_id}, fields, by, now)


def put_area(session: Session, wanted: AreaWanted, by: Person, now: datetime) -> tuple[MapArea, str]:
    """Write an area of the map; with it new, changed or unchanged."""
    fields = wanted.model_dump(exclude={"kind", "code", "polygon"}) | _boxed(wanted.polygon)
    return _put(session, MapArea, {"kind": wanted.kind, "code": wanted.code}, fields, by, now)


def _boxed(polygon: list[LonLat] | None) -> dict[str, Any]:
    if polygon is None:
        return {"polygon": [], "west": None, "south": None, "east": None, "north": None}
    return {"polygon": [list(corner) for corner in polygon]} | geometry.bounds(polygon)._asdict()


def _put(
    session: Session, table: type[Row], key: dict[str, str], fields: dict[str, Any], by: Person, now: datetime
) -> tuple[Row, str]:
    """Insert or change one row. A row of a district out of the person's reach is as if it were not there."""
    target = "/".join(key.values())
    row = session.get(table, tuple(key.values()))
    for district in {fields["district"], fields["district"] if row is None else row.district}:
        by.reach.require(str(table.__tablename__), target, district)
    before = None if row is None else {name: getattr(row, name) for name in fields}
    if row is not None and before == fields:
        return row, "unchanged"
    if row is None:
        row = table(**key, **fields, changed_at=now)
    else:
        for name, value in (fields | {"changed_at": now}).items():
            setattr(row, name, value)
    session.add(row)
    session.flush()
    facts = {"table": str(table.__tablename__), "before": before, "after": fields}
    audit.record(session, by, "place.put", target, facts, now)
    return row, "new" if before is None else "changed"
