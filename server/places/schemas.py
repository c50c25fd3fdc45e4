"""What comes in and goes out about places."""

from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from edge.contracts.taxonomy import Name
from server.places import geometry
from server.places.datum import Datum
from server.places.geometry import LonLat

AREA_AT_MOST_M2 = 500_000_000.0
"""Larger than any district's grid cell: such a polygon has its corners in the wrong order or the wrong unit."""
Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Lat = Annotated[float, Field(ge=-85, le=85, allow_inf_nan=False)]
Point = tuple[Lon, Lat]
District = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,32}$")]
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z_.-]{1,64}$")]
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
AreaKind = Literal["grid", "sensitive", "frontage"]


def _on_the_ground(ring: list[LonLat]) -> list[LonLat]:
    if ring[0] == ring[-1]:
        ring = ring[:-1]
    if len(ring) < 3:
        raise ValueError("a polygon needs three different corners")
    if not geometry.is_simple(ring):
        raise ValueError("the polygon's edges cross each other: list its corners in order around the outline")
    area = geometry.area_m2(ring)
    if not 0.05 <= area <= AREA_AT_MOST_M2:
        raise ValueError(f"the polygon covers {area:.3g} m2; allowed 0.05 to {AREA_AT_MOST_M2:.3g}")
    return ring


GroundPolygon = Annotated[list[Point], Field(min_length=3, max_length=400), AfterValidator(_on_the_ground)]
"""Corners as (lon, lat) in order; the first may be given again at the end, as GeoJSON does."""


class _Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid")

    district: District = "local"


class CameraPlaceWanted(_Wanted):
    """Where a camera stands."""

    point: Point
    name: Text = ""


class ZoneGroundWanted(_Wanted):
    """What ground a zone covers, and at which frontage it lies; one of the two at least."""

    polygon: GroundPolygon | None = None
    frontage: Code | Literal[""] = ""


class AreaWanted(_Wanted):
    """A grid cell, a sensitive place or a frontage."""

    kind: AreaKind
    code: Code
    name: Text
    body: Code | Literal[""] = ""
    category: Code | Literal[""] = ""
    polygon: GroundPolygon


class CameraPlaceRead(BaseModel):
    """A camera's place, WGS-84."""

    model_config = ConfigDict(from_attributes=True)

    edge_id: str
    camera_id: str
    district: str
    name: str
    lon: float
    lat: float
    changed_at: AwareDatetime


class ZoneGroundRead(BaseModel):
    """A zone's ground, WGS-84, `area_m2` computed from it."""

    edge_id: str
    camera_id: str
    zone_id: str
    district: str
    frontage: str
    polygon: list[Point]
    area_m2: float | None
    changed_at: AwareDatetime


class AreaRead(BaseModel):
    """An area of the map, WGS-84."""

    model_config = ConfigDict(from_attributes=True)

    kind: AreaKind
    code: str
    district: str
    name: str
    body: str
    category: str
    polygon: list[Point]
    changed_at: AwareDatetime


class AreaPage(BaseModel):
    """By kind and code; `next` is the cursor of the page that follows, null at the end."""

    items: list[AreaRead]
    next: str | None


class PlaceRead(BaseModel):
    """What lies at a point: its grid cell, and what is within the asked distance."""

    lon: float
    lat: float
    grid: AreaRead | None
    sensitive: list[AreaRead]
    frontages: list[AreaRead]
    in_view_of: list[ZoneGroundRead]


class FeatureFault(BaseModel):
    """What is wrong with one feature of a file; `feature` counts from 1, 0 is the file itself."""

    feature: int
    name: str
    field: str
    value: str
    allowed: str


class ImportRead(BaseModel):
    """What an import did, or would do (`dry_run`). With any fault nothing is written."""

    dry_run: bool
    written: bool
    features: int
    cameras: int
    zones: int
    areas: int
    new: int
    changed: int
    unchanged: int
    faults: list[FeatureFault]


class ImportWanted(BaseModel):
    """A GeoJSON FeatureCollection (RFC 7946), and the datum of its coordinates."""

    model_config = ConfigDict(extra="forbid")

    datum: Datum
    district: District = "local"
    dry_run: bool = True
    collection: dict[str, object]


__all__ = [
    "AreaKind", "AreaPage", "AreaRead", "AreaWanted", "CameraPlaceRead", "CameraPlaceWanted", "FeatureFault",
    "GroundPolygon", "ImportRead", "ImportWanted", "Name", "PlaceRead", "Point", "ZoneGroundRead", "ZoneGroundWanted",
]  # fmt: skip
