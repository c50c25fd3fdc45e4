"""Find the open case that a new alert belongs to, holding the area so that two alerts at once make one case."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from server.alerts import merge, rules
from server.alerts.merge import Limits, OpenCase, Sighting
from server.alerts.tables import Alert
from server.cases.tables import Case
from server.cases.workflow import State, is_open
from server.db import serialise
from server.places import geometry
from server.places import service as places
from server.places.tables import MapArea, ZoneGround
from server.subjects.tables import UNKNOWN_SUBJECT_ID

_OPEN = [state.value for state in State if is_open(state)]
Zone = tuple[str, str, str]
"""Edge, camera and zone."""
NOTHING: Mapping[Zone, ZoneGround | None] = {}
OPEN_AT_MOST = timedelta(days=200)
"""No case is open for longer after a claim: suspended 90 days at most, and the file's 90 days (rules (c))."""


def open_case_of(session: Session, alert: Alert) -> UUID | None:
    """The open case that a new alert belongs to, or none.

    Holds the alert's zone, frontage and lattice cells to the end of the transaction: whoever else comes with a claim
    that could be the same act waits here and then finds the case that this one opened.
    """
    limits = rules.limits(session)
    sighting = sighting_of(session, alert)
    for name in merge.locks_of(sighting, limits):
        serialise(session, name)
    found = merge.find_open(sighting, _candidates(session, alert, sighting, limits), limits)
    return None if found is None else found.id


def sighting_of(session: Session, alert: Alert, known: Mapping[Zone, ZoneGround | None] = NOTHING) -> Sighting:
    """The claim of an alert, with the ground and frontage of its zone. A raised camera alert is taken to last.

    `known` are grounds at hand already.
    """
    camera = None
    ground: tuple[merge.LonLat, ...] = ()
    frontage = ""
    if alert.source == "camera":
        camera = merge.Place(alert.edge_id, alert.camera_id, alert.zone_id, alert.violation)
        key = (alert.edge_id, alert.camera_id, alert.zone_id)
        zone = known[key] if key in known else session.get(ZoneGround, key)
        if zone is not None:
            ground, frontage = tuple(places.corners(zone)), zone.frontage
    point = None if alert.lon is None or alert.lat is None else (alert.lon, alert.lat)
    if point is not None:
        fronts = places.areas_near(session, "frontage", point, 0)
        frontage = fronts[0].code if len(fronts) == 1 else ""
    lasts = alert.source == "camera" and alert.state == "raised"
    return Sighting(
        act=alert.violation or alert.item_code or "",
        began_at=alert.began_at,
        raised_at=alert.raised_at,
        last_at=None if lasts else alert.last_captured_at,
        camera=camera,
        ground=ground,
        point=point,
        frontage=frontage,
        subject=None if alert.subject_id == UNKNOWN_SUBJECT_ID else alert.subject_id,
    )


def _candidates(session: Session, alert: Alert, sighting: Sighting, limits: Limits) -> list[OpenCase]:
    """Open cases of the district with those of their claims that are of this kind of act and at this place or near."""
    zones = _zones_around(session, sighting, limits)
    same = Alert.violation == alert.violation if alert.violation else Alert.item_code == alert.item_code
    recent = col(Alert.raised_at) > sighting.began_at - OPEN_AT_MOST
    near = [_told_by_people(box) for box in _boxes(session, sighting, limits)]
    if zones:
        cameras, ids = {key[1] for key in zones}, {key[2] for key in zones}
        near.append(col(Alert.camera_id).in_(cameras) & col(Alert.zone_id).in_(ids))
    found: dict[UUID, dict[UUID, Sighting]] = {}
    began: dict[UUID, datetime] = {}
    for condition in near:
        for case, claim in session.exec(_open_claims(alert.district, condition, same, recent)):
            if claim.source == "camera" and (claim.edge_id, claim.camera_id, claim.zone_id) not in zones:
                continue
            found.setdefault(case.id, {})[claim.id] = sighting_of(session, claim, zones)
            began[case.id] = case.began_at
    return [OpenCase(case_id, began[case_id], tuple(seen.values())) for case_id, seen in found.items()]


def _open_claims(district: str, *conditions: Any) -> Any:
    """Open cases with their claims. The claims are found first: left to itself, PostgreSQL begins with all the open
    cases of the district as long as it has no statistics.
    """
    claims = select(Alert.id, Alert.case_id).where(*conditions).cte("claims")
    claims = claims.prefix_with("MATERIALIZED", dialect="postgresql")
    return (
        select(Case, Alert)
        .join(claims, claims.c.case_id == col(Case.id))
        .join(Alert, col(Alert.id) == claims.c.id)
        .where(col(Case.state).in_(_OPEN), Case.district == district)
        .execution_options(populate_existing=True)
    )


def _zones_around(session: Session, sighting: Sighting, limits: Limits) -> dict[Zone, ZoneGround | None]:
    near = [] if (box := _box(sighting, limits)) is None else places.zones_in(session, box)
    near += places.zones_at_frontage(session, sighting.frontage) if sighting.frontage else []
    zones: dict[Zone, ZoneGround | None] = {(row.edge_id, row.camera_id, row.zone_id): row for row in near}
    if sighting.camera is not None:
        zones.setdefault((sighting.camera.edge_id, sighting.camera.camera_id, sighting.camera.zone_id), None)
    return zones


def _boxes(session: Session, sighting: Sighting, limits: Limits) -> list[geometry.Bounds]:
    """Where a person's claim of the same act may lie: near the place, or on the frontage."""
    boxes = [] if (box := _box(sighting, limits)) is None else [box]
    area = session.get(MapArea, ("frontage", sighting.frontage)) if sighting.frontage else None
    return boxes + ([] if area is None else [geometry.bounds(places.corners(area))])


def _told_by_people(box: geometry.Bounds) -> ColumnElement[bool]:
    return and_(
        col(Alert.lon) >= box.west, col(Alert.lon) <= box.east, col(Alert.lat) >= box.south, col(Alert.lat) <= box.north
    )  # fmt: skip


def _box(sighting: Sighting, limits: Limits) -> geometry.Bounds | None:
    points = list(sighting.ground) or ([sighting.point] if sighting.point is not None else [])
    return geometry.bounds(points).grown(limits.near_m) if points else None
