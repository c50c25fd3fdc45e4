"""Permits that cover the same ground, or the same part of a picture, at the same time."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from server.auth.reach import Reach
from server.errors import Conflict
from server.permits import repository
from server.permits.schemas import AreaCreate, OverlapRead, PermitCreate
from server.permits.tables import PermitArea, PermitRow
from server.permits.times import meet
from server.permits.wire import times_of
from server.places.geometry import area_m2, overlap_m2

SHARED_AT_LEAST = 0.01
"""Of the smaller polygon: neighbours drawn along one line share a little of it, and that is no overlap."""


def refuse_clash(session: Session, wanted: PermitCreate) -> None:
    """Raises Conflict when a live permit of another subject covers part of the same ground or picture at some time."""
    rows = [
        row for row in repository.not_over(session, wanted.valid_from, wanted.id)
        if row.subject_id != wanted.subject_id and row.holder_left_at is None
        and row.valid_from <= wanted.valid_to and meet(times_of(row), wanted.times)
    ]  # fmt: skip
    areas = repository.areas_of(session, [row.id for row in rows])
    for row in rows:
        where = _shared(row.ground, areas[row.id], wanted.ground, wanted.areas)
        if where:
            facts = {"permit": row.id, "subject_id": str(row.subject_id), "where": where}
            raise Conflict("permit.overlaps", "Another subject's permit covers this ground at that time", facts)


def pairs(session: Session, reach: Reach, since: date) -> list[OverlapRead]:
    """All pairs of permits in force that cover the same ground or picture at some time, by key."""
    rows = [row for row in repository.not_over(session, since) if reach.holds(row.district) and not row.holder_left_at]
    areas = repository.areas_of(session, [row.id for row in rows])
    found: list[OverlapRead] = []
    for i, one in enumerate(rows):
        for other in rows[i + 1 :]:
            where = _shared(one.ground, areas[one.id], other.ground, areas[other.id])
            if where and meet(times_of(one), times_of(other)):
                same = one.subject_id == other.subject_id
                found.append(OverlapRead(first=one.id, second=other.id, same_holder=same, where=where))
    return found


def permits_on(session: Session, subject_rows: Sequence[PermitRow], zones: set[tuple[str, str]]) -> list[str]:
    """Which of these permits name one of the zones (camera, zone)."""
    areas = repository.areas_of(session, [row.id for row in subject_rows])
    return [row.id for row in subject_rows if any((a.camera_id, a.zone_id) in zones for a in areas[row.id])]


def _shared(
    ground: list[tuple[float, float]] | None,
    areas: Sequence[PermitArea],
    other_ground: list[tuple[float, float]] | None,
    others: Sequence[PermitArea | AreaCreate],
) -> list[str]:
    where = ["ground"] if ground and other_ground and _cover(ground, other_ground) else []
    for area in areas:
        for other in others:
            same = (area.camera_id, area.zone_id) == (other.camera_id, other.zone_id)
            # A picture's corners run 0..1: so near the equator of a plane that its geometry holds for them too.
            if same and _cover(area.polygon, other.polygon):
                where.append(f"{area.camera_id}/{area.zone_id}")
    return where


def _cover(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> bool:
    return overlap_m2(one, other) > SHARED_AT_LEAST * min(area_m2(one), area_m2(other))
