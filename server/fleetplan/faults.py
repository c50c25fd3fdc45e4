"""What stands in the way of a plan, each at its field. Pure; the edge checks the same again when it takes it over."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from edge.contracts.geometry import Point, signed_area
from edge.contracts.plan import EdgePlan
from server.fleetplan.schemas import CameraForm, PlanFault, ZoneForm

LEAST_AREA = 1e-4
"""A zone smaller than a hundredth of the picture's width and height squared cannot be measured."""
_PLACE = re.compile(r"cameras\[(\d+)\](?:\.zones\[(\d+)\])?")
_NAMED = re.compile(r"camera ([a-z0-9][a-z0-9_-]*)")


def of_cameras(
    cameras: Sequence[CameraForm], violations: Collection[str], has_stream: Collection[str]
) -> list[PlanFault]:
    """Every fault. `violations` are those that can be measured, `has_stream` the ids whose address is known."""
    found: list[PlanFault] = []
    twice = {name for name, count in Counter(camera.id for camera in cameras).items() if count > 1}
    for i, camera in enumerate(cameras):
        at = f"cameras[{i}]"
        if camera.id in twice:
            found.append(_fault(f"{at}.id", "id_twice", "this id is used twice", camera))
        if camera.id not in has_stream and camera.address is None:
            found.append(_fault(f"{at}.address", "no_address", "no address: say where the picture comes from", camera))
        elif camera.address is not None and not is_address(camera.address):
            text = "not an address: rtsp://host/path, rtsps://host/path or a file's path on the edge"
            found.append(_fault(f"{at}.address", "bad_address", text, camera))
        if not camera.zones:
            found.append(_fault(f"{at}.zones", "no_zone", "no zone is drawn yet", camera))
        if camera.ground is not None and len(camera.ground) < 4:
            found.append(_fault(f"{at}.ground", "ground_points", "the ground needs four points or more", camera))
        found += _of_zones(at, camera, violations)
    return found or _as_the_edge_reads(cameras)


def of_answer(problems: Sequence[str], cameras: Sequence[Mapping[str, Any]]) -> list[PlanFault]:
    """The edge's own words, each at the camera and zone that it names."""
    found: list[PlanFault] = []
    for text in problems:
        place = _PLACE.search(text)
        camera = _at(cameras, place.group(1)) if place else None
        named = _NAMED.search(text)
        if camera is None and named:
            camera = next((one for one in cameras if one["id"] == named.group(1)), None)
        zone = _at(camera["zones"], place.group(2)) if camera and place and place.group(2) else None
        found.append(
            PlanFault(
                field=place.group(0) if place else "",
                camera_id=camera["id"] if camera else "",
                zone_id=zone["id"] if zone else "",
                code="edge_refused",
                text=text,
            )
        )
    return found


def is_address(text: str) -> bool:
    """Whether this names a stream or a file: the edge decides in the end whether it may open it."""
    if "://" not in text:
        return True
    try:
        parts = urlsplit(text)
        return parts.scheme in ("rtsp", "rtsps", "file") and (parts.scheme == "file" or bool(parts.hostname))
    except ValueError:
        return False


def _of_zones(at: str, camera: CameraForm, violations: Collection[str]) -> Iterator[PlanFault]:
    twice = {name for name, count in Counter(zone.id for zone in camera.zones).items() if count > 1}
    for j, zone in enumerate(camera.zones):
        where = f"{at}.zones[{j}]"
        if zone.id in twice:
            yield _fault(f"{where}.id", "zone_id_twice", "this zone id is used twice", camera, zone)
        code, text = _shape(zone.polygon)
        if code:
            yield _fault(f"{where}.polygon", code, text, camera, zone)
        if not zone.violations:
            yield _fault(f"{where}.violations", "no_violation", "nothing is chosen to be watched here", camera, zone)
        for k, name in enumerate(zone.violations):
            if name not in violations:
                text = f"this edge cannot measure {name}; it can: {', '.join(sorted(violations)) or 'nothing'}"
                facts = {"violation": name, "known": sorted(violations)}
                yield _fault(f"{where}.violations[{k}]", "unknown_violation", text, camera, zone, facts)
            elif name in zone.violations[:k]:
                yield _fault(f"{where}.violations[{k}]", "violation_twice", "chosen twice", camera, zone)


def _shape(polygon: list[Point]) -> tuple[str, str]:
    if len(polygon) < 3:
        return "few_corners", f"{len(polygon)} corners: a zone has three at least"
    if _crosses_itself(polygon):
        return "crossing", "the outline crosses itself: move a corner so that no edges cross"
    if abs(signed_area(polygon)) < LEAST_AREA:
        return "no_area", "the zone has hardly any area: pull its corners apart"
    return "", ""


def _crosses_itself(polygon: list[Point]) -> bool:
    edges = list(zip(polygon, polygon[1:] + polygon[:1], strict=True))

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return any(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
        for (a, b), (c, d) in combinations(edges, 2)
    )


def _as_the_edge_reads(cameras: Sequence[CameraForm]) -> list[PlanFault]:
    """What the contract refuses beyond our own checks; nothing should be left for it."""
    plain = [camera.model_dump(exclude={"probe_id"}) for camera in cameras]
    try:
        EdgePlan.model_validate({"version": 1, "cameras": plain})
    except ValidationError as error:
        return [
            PlanFault(field=".".join(map(str, fault["loc"])), code="invalid", text=fault["msg"])
            for fault in error.errors(include_url=False, include_input=False)
        ]
    return []


def _fault(
    field: str, code: str, text: str, camera: CameraForm, zone: ZoneForm | None = None,
    facts: Mapping[str, Any] | None = None,
) -> PlanFault:  # fmt: skip
    zone_id = "" if zone is None else zone.id
    return PlanFault(field=field, camera_id=camera.id, zone_id=zone_id, code=code, text=text, facts=dict(facts or {}))


def _at(rows: Sequence[Any], index: str) -> Any:
    return rows[int(index)] if int(index) < len(rows) else None
