"""Whether two claims are about the same act, and which open case a new one belongs to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from uuid import UUID

from server.places import geometry
from server.places.geometry import LonLat

BACKFILL_GAP = timedelta(hours=1)
"""How much earlier than everything in an open case a camera's alert may be and still be the same matter."""
CELL_DEGREES = 0.002
"""Side of a lock cell: about 200 m."""


@dataclass(frozen=True)
class Limits:
    """Up to where two claims are one act (rules (b), duplicates; proposed numbers, `configs/merging.yaml`).

    `near_m`: so near in place when no frontage tells; `gap`: so near in time; `shared`: so much of the smaller ground
    must two zones share to be looking at the same act (0..1).
    """

    near_m: float = 10.0
    gap: timedelta = timedelta(hours=2)
    shared: float = 0.2
    backfill: timedelta = BACKFILL_GAP


@dataclass(frozen=True)
class Place:
    """A zone of a camera, and what it was looked at for."""

    edge_id: str
    camera_id: str
    zone_id: str
    violation: str


@dataclass(frozen=True)
class Sighting:
    """One claim of an act, by a camera (`camera` set) or a person.

    `act` names what was done: the violation, else the item. `last_at` is null while it lasts; `raised_at` is when a
    camera first told of it (`began_at` when left out). Where it is: `ground`
    (a zone's polygon), `point` (a person's), `frontage`; any may be missing. `subject` only when one is known.
    """

    act: str
    began_at: datetime
    last_at: datetime | None
    camera: Place | None = None
    ground: tuple[LonLat, ...] = ()
    point: LonLat | None = None
    frontage: str = ""
    subject: UUID | None = None
    raised_at: datetime | None = None


@dataclass(frozen=True)
class OpenCase:
    """An open case with all that was claimed of it, and the time at which the earliest act in it began."""

    id: UUID
    began_at: datetime
    sightings: tuple[Sighting, ...]


def find_open(sighting: Sighting, open_cases: Iterable[OpenCase], limits: Limits) -> OpenCase | None:
    """The open case that a new claim belongs to, or none.

    1. The same zone of the same camera: the same act, gone and back while its case is open, is one matter.
    2. Else the same act seen by another: see `same_act`.

    A camera's alert that comes in late from well before the open case (an edge that was offline) is another matter:
    joining it would change what was already worked on. A zone's own case goes first, then the one that began last.
    """
    found: list[tuple[bool, datetime, UUID, OpenCase]] = []
    for case in open_cases:
        told_at = sighting.raised_at or sighting.began_at
        if sighting.camera is not None and told_at < case.began_at - limits.backfill:
            continue
        own = sighting.camera is not None and any(seen.camera == sighting.camera for seen in case.sightings)
        if own or any(same_act(sighting, seen, limits) for seen in case.sightings):
            found.append((own, case.began_at, case.id, case))
    return max(found, key=lambda one: one[:3])[3] if found else None


def same_act(a: Sighting, b: Sighting, limits: Limits) -> bool:
    """Whether two claims by different cameras or people are about one act: the same kind, time and place, and not of
    two different subjects. Two looks of one zone are never compared here: they are one matter only within a case.
    """
    if a.camera is not None and a.camera == b.camera:
        return False
    if a.act != b.act or (a.subject and b.subject and a.subject != b.subject):
        return False
    return gap(a, b) < limits.gap and same_place(a, b, limits)


def gap(a: Sighting, b: Sighting) -> timedelta:
    """The time between two claims; zero when they overlap."""
    later, earlier = (a, b) if a.began_at >= b.began_at else (b, a)
    return timedelta(0) if earlier.last_at is None else max(timedelta(0), later.began_at - earlier.last_at)


def same_place(a: Sighting, b: Sighting, limits: Limits) -> bool:
    """The same frontage; where none tells, grounds that overlap enough, or a point within `near_m`.

    Where a camera stands says nothing: without ground or frontage a zone is no place that others can be compared to.
    """
    if a.frontage and b.frontage:
        return a.frontage == b.frontage
    if a.ground and b.ground:
        smaller = min(geometry.area_m2(a.ground), geometry.area_m2(b.ground))
        return geometry.overlap_m2(a.ground, b.ground) >= limits.shared * smaller
    if a.ground and b.point is not None:
        return geometry.gap_to_point_m(a.ground, b.point) <= limits.near_m
    if b.ground and a.point is not None:
        return geometry.gap_to_point_m(b.ground, a.point) <= limits.near_m
    if a.point is not None and b.point is not None:
        return geometry.distance_m(a.point, b.point) <= limits.near_m
    return False


def locks_of(sighting: Sighting, limits: Limits) -> list[str]:
    """Names of the locks to hold while looking for an open case and opening one, sorted.

    Two claims that could be one act have at least one name in common: the zone, the frontage, or a cell of a fixed
    lattice that both touch, each within half of `near_m`. Everybody takes them in the same order.
    """
    names = [f"place:{sighting.camera}"] if sighting.camera is not None else []
    names += [f"frontage:{sighting.frontage}"] if sighting.frontage else []
    points = list(sighting.ground) or ([sighting.point] if sighting.point is not None else [])
    if points:
        # A little more than half, against rounding at the border of a cell.
        box = geometry.bounds(points).grown(limits.near_m * 0.51)
        lons = range(floor(box.west / CELL_DEGREES), floor(box.east / CELL_DEGREES) + 1)
        lats = range(floor(box.south / CELL_DEGREES), floor(box.north / CELL_DEGREES) + 1)
        names += [f"cell:{lon}:{lat}" for lon in lons for lat in lats]
    return sorted(names)
