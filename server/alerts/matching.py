"""Find the open case that a new alert belongs to, holding the area so that two alerts at once make one case."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from server.alerts import merge, rules
from server.alerts.merge import Limits, OpenCase, Sighting
from server.alerts.tables import Alert
from server.cases.tables import Case
from server.cases.workflow import State, is_open
from server.db import serialise
from server.places import geometry
from server.places import service as places
from server.subjects.tables import UNKNOWN_SUBJECT_ID

_OPEN = [state.value for state in State if is_open(state)]
LOOKED_AT = 50
"""Newest alerts of a zone that are looked through: an open case is among the newest, since later ones join it."""


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


def sighting_of(session: Session, alert: Alert) -> Sighting:
    """The claim of an alert, with the ground and frontage of its zone. A raised camera alert is taken to last."""
    camera = None
    ground: tuple[merge.LonLat, ...] = ()
    frontage = ""
    if alert.source == "camera":
        camera = merge.Place(alert.edge_id, alert.camera_id, alert.zone_id, alert.violation)
        zone = session.get(places.ZoneGround, (alert.edge_id, alert.camera_id, alert.zone_id))
        if zone is not None:
            ground, frontage = tuple(places.corners(zone)), zone.frontage
    point = None if alert.lon is None or alert.lat is None else (alert.lon, alert.lat)
    if point is not None:
        fronts = places.areas_near(session, "frontage", point, 0)
        frontage = fronts[0].code if len(fronts) == 1 else ""
    lasts = alert.source == "camera" and alert.state == "raised"
    return Sighting(
        act=alert.violation or alert.item_code or "",
        began_at=alert.raised_at if alert.source == "camera" else alert.began_at,
        last_at=None if lasts else alert.last_captured_at,
        camera=camera,
        ground=ground,
        point=point,
        frontage=frontage,
        subject=None if alert.subject_id == UNKNOWN_SUBJECT_ID else alert.subject_id,
    )


def _candidates(session: Session, alert: Alert, sighting: Sighting, limits: Limits) -> list[OpenCase]:
    """Open cases of the district with a claim at this place or near it."""
    ids: set[UUID] = set()
    for zone in _zones_around(session, sighting, limits):
        at_zone = select(Alert.case_id).where(
            Alert.edge_id == zone[0], Alert.camera_id == zone[1], Alert.zone_id == zone[2]
        )  # fmt: skip
        newest = session.exec(at_zone.order_by(col(Alert.raised_at).desc()).limit(LOOKED_AT))
        ids |= {case_id for case_id in newest if case_id is not None}
    ids |= _claimed_by_people(session, sighting, limits)
    wanted = select(Case).where(col(Case.id).in_(ids), col(Case.state).in_(_OPEN), Case.district == alert.district)
    cases = session.exec(wanted.execution_options(populate_existing=True)).all() if ids else []
    found: list[OpenCase] = []
    for case in cases:
        claims = session.exec(select(Alert).where(Alert.case_id == case.id)).all()
        found.append(OpenCase(case.id, case.began_at, tuple(sighting_of(session, one) for one in claims)))
    return found


def _zones_around(session: Session, sighting: Sighting, limits: Limits) -> Iterable[tuple[str, str, str]]:
    zones: set[tuple[str, str, str]] = set()
    if sighting.camera is not None:
        zones.add((sighting.camera.edge_id, sighting.camera.camera_id, sighting.camera.zone_id))
    near = [] if (box := _box(sighting, limits)) is None else places.zones_in(session, box)
    near += places.zones_at_frontage(session, sighting.frontage) if sighting.frontage else []
    return sorted(zones | {(row.edge_id, row.camera_id, row.zone_id) for row in near})


def _claimed_by_people(session: Session, sighting: Sighting, limits: Limits) -> set[UUID]:
    boxes = [box for box in (_box(sighting, limits),) if box is not None]
    if sighting.frontage:
        area = session.get(places.MapArea, ("frontage", sighting.frontage))
        boxes += [] if area is None else [geometry.bounds(places.corners(area))]
    ids: set[UUID] = set()
    for box in boxes:
        wanted = select(Alert.case_id).where(
            col(Alert.lon) >= box.west, col(Alert.lon) <= box.east,
            col(Alert.lat) >= box.south, col(Alert.lat) <= box.north,
            col(Alert.last_captured_at) > sighting.began_at - limits.gap,
        )  # fmt: skip
        ids |= {case_id for case_id in session.exec(wanted) if case_id is not None}
    return ids


def _box(sighting: Sighting, limits: Limits) -> geometry.Bounds | None:
    points = list(sighting.ground) or ([sighting.point] if sighting.point is not None else [])
    return geometry.bounds(points).grown(limits.near_m) if points else None
