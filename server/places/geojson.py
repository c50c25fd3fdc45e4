"""A GeoJSON file (RFC 7946) as places: every feature read, every fault named. Pure.

`properties.kind` says what a feature is: `camera` (Point; edge_id, camera_id, name), `zone` (Polygon; edge_id,
camera_id, zone_id, frontage), or `grid`, `sensitive`, `frontage` (Polygon; code, name, body, category). Polygons have
one ring: a hole or several parts are refused, since a zone or cell is one piece of ground.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edge.contracts.taxonomy import Name
from server.places.datum import Datum, to_wgs84
from server.places.schemas import AreaWanted, CameraPlaceWanted, FeatureFault, ZoneGroundWanted

MOST_FEATURES = 5_000
KINDS = ("camera", "zone", "grid", "sensitive", "frontage")


class CameraFeature(BaseModel):
    """A camera to place."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["camera"] = "camera"
    edge_id: Name
    camera_id: Name
    wanted: CameraPlaceWanted


class ZoneFeature(BaseModel):
    """A zone to lay on the ground."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["zone"] = "zone"
    edge_id: Name
    camera_id: Name
    zone_id: Name
    wanted: ZoneGroundWanted


class AreaFeature(BaseModel):
    """An area of the map."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["area"] = "area"
    wanted: AreaWanted = Field()


Feature = CameraFeature | ZoneFeature | AreaFeature


@dataclass
class Parsed:
    """What a file holds: `features` are good, `faults` name what is not."""

    features: list[Feature] = field(default_factory=list[Feature])
    faults: list[FeatureFault] = field(default_factory=list[FeatureFault])


def parse(collection: Mapping[str, Any], datum: Datum, district: str) -> Parsed:
    """Every feature of a FeatureCollection; `district` is taken where a feature names none."""
    parsed = Parsed()
    features = collection.get("features")
    if collection.get("type") != "FeatureCollection" or not isinstance(features, list):
        parsed.faults.append(_fault(0, {}, "type", collection.get("type"), "FeatureCollection with features"))
        return parsed
    if len(features) > MOST_FEATURES:
        allowed = f"at most {MOST_FEATURES} features a file"
        parsed.faults.append(_fault(0, {}, "features", len(features), allowed))
        return parsed
    first: dict[tuple[str, ...], int] = {}
    for number, raw in enumerate(features, 1):
        feature = _feature(number, raw, datum, district, parsed.faults)
        if feature is None:
            continue
        twin = first.setdefault(key_of(feature), number)
        if twin != number:
            shown = "/".join(key_of(feature))
            parsed.faults.append(_fault(number, {}, "id", shown, f"another than that of feature {twin}"))
            continue
        parsed.features.append(feature)
    return parsed


def key_of(feature: Feature) -> tuple[str, ...]:
    """What a feature is known by."""
    if isinstance(feature, CameraFeature):
        return ("camera", feature.edge_id, feature.camera_id)
    if isinstance(feature, ZoneFeature):
        return ("zone", feature.edge_id, feature.camera_id, feature.zone_id)
    return (feature.wanted.kind, feature.wanted.code)


def _feature(number: int, raw: Any, datum: Datum, district: str, faults: list[FeatureFault]) -> Feature | None:
    given: Any = raw.get("properties") if isinstance(raw, dict) else None
    if not isinstance(given, dict) or raw.get("type") != "Feature":
        faults.append(_fault(number, {}, "type", type(raw).__name__, "a Feature with properties"))
        return None
    properties: dict[str, Any] = {str(name): value for name, value in given.items()}
    kind = properties.pop("kind", None)
    if kind not in KINDS:
        faults.append(_fault(number, properties, "kind", kind, ", ".join(KINDS)))
        return None
    try:
        shape = _shape(raw.get("geometry"), "Point" if kind == "camera" else "Polygon", datum)
    except (TypeError, ValueError, IndexError, OverflowError) as error:
        faults.append(_fault(number, properties, "geometry", raw.get("geometry"), str(error)))
        return None
    named = {name: properties.pop(name) for name in ("edge_id", "camera_id", "zone_id") if name in properties}
    wanted = {"district": district} | properties
    try:
        if kind == "camera":
            return CameraFeature(**named, wanted=wanted | {"point": shape})  # type: ignore[arg-type]
        if kind == "zone":
            return ZoneFeature(**named, wanted=wanted | {"polygon": shape})  # type: ignore[arg-type]
        return AreaFeature(**named, wanted=wanted | {"kind": kind, "polygon": shape})  # type: ignore[arg-type]
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            where = ".".join(str(part) for part in fault["loc"] if part != "wanted")
            faults.append(_fault(number, given, where, fault["input"], fault["msg"]))
        return None


def _shape(geometry: Any, wanted: Literal["Point", "Polygon"], datum: Datum) -> Any:
    if not isinstance(geometry, dict) or geometry.get("type") != wanted:
        found = geometry.get("type") if isinstance(geometry, dict) else None
        raise ValueError(f"a {wanted}, not {found}")
    coordinates: Any = geometry.get("coordinates")
    if wanted == "Point":
        return _position(coordinates, datum)
    if not isinstance(coordinates, list) or len(coordinates) != 1:
        raise ValueError("one ring: neither holes nor several parts")
    return [_position(position, datum) for position in coordinates[0]]


def _position(position: Any, datum: Datum) -> tuple[float, float]:
    if not isinstance(position, list) or not 2 <= len(position) <= 3:
        raise ValueError("a position is [lon, lat]")
    lon, lat = (float(value) for value in position[:2])
    if not (-180 <= lon <= 180 and -85 <= lat <= 85):
        raise ValueError("lon within -180..180 first, then lat within -85..85")
    return to_wgs84((lon, lat), datum)


def _fault(number: int, properties: Mapping[str, Any], field_name: str, value: object, allowed: str) -> FeatureFault:
    name = next((str(properties[key]) for key in ("code", "zone_id", "camera_id", "name") if key in properties), "")
    shown = repr(value)
    short = shown if len(shown) <= 80 else f"{shown[:77]}..."
    return FeatureFault(feature=number, name=name[:80], field=field_name, value=short, allowed=allowed)
