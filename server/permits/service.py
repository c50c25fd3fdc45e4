"""The permit register, and what of it each edge must know."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from edge.contracts.permits import LOCAL, Permit, PermitStatus
from server.errors import Conflict, NotFound
from server.fleet import desired
from server.fleet import service as fleet
from server.permits.schemas import PermitChange, PermitCreate
from server.permits.tables import PermitRow
from server.policy.facts import PermitStanding
from server.subjects import service as subjects

RENEWAL_GRACE = timedelta(days=7)


def register(session: Session, wanted: PermitCreate, now: datetime, district: str = fleet.LOCAL) -> PermitRow:
    """A new permit. Raises Conflict for a number in use, or a live permit of another subject for the same zone and
    overlapping dates, weekdays and hours.
    """
    subjects.lock(session, wanted.subject_id)
    if session.get(PermitRow, wanted.id) is not None:
        raise Conflict("permit.number_in_use", "The permit number is in use", {"id": wanted.id})
    clash = next((row for row in of_zone(session, wanted.camera_id, wanted.zone_id) if _overlaps(row, wanted)), None)
    if clash is not None:
        facts = {"permit": clash.id, "subject_id": str(clash.subject_id)}
        raise Conflict("permit.overlaps", "Another subject's permit covers this zone at that time", facts)
    fields = wanted.model_dump() | {"weekdays": sorted(wanted.weekdays), "status": PermitStatus.ACTIVE.value}
    row = PermitRow(**fields, district=district, created_at=now, changed_at=now)
    session.add(row)
    session.flush()
    desired.refresh(session, row.edge_id, for_edge(session, row.edge_id, now), now)
    return row


def change(session: Session, permit_id: str, wanted: PermitChange, now: datetime) -> PermitRow:
    """Change status or note a renewal; the version counts up, so the edges take it over."""
    row = session.exec(select(PermitRow).where(PermitRow.id == permit_id).with_for_update()).first()
    if row is None:
        raise NotFound("permit", permit_id)
    if wanted.status is not None:
        row.status = wanted.status.value
    if wanted.renewal_filed_at is not None:
        row.renewal_filed_at = wanted.renewal_filed_at
    row.version, row.changed_at = row.version + 1, now
    session.add(row)
    session.flush()
    desired.refresh(session, row.edge_id, for_edge(session, row.edge_id, now), now)
    return row


def of_zone(session: Session, camera_id: str, zone_id: str) -> list[PermitRow]:
    """All permits ever registered for a zone."""
    wanted = select(PermitRow).where(PermitRow.camera_id == camera_id, PermitRow.zone_id == zone_id)
    return list(session.exec(wanted.order_by(col(PermitRow.id))).all())


def for_edge(session: Session, edge_id: str, now: datetime) -> list[Permit]:
    """The permits that an edge must know: all that are not over, whatever their status, ordered by id."""
    oldest = now.astimezone(LOCAL).date() - timedelta(days=1)
    wanted = select(PermitRow).where(PermitRow.edge_id == edge_id, PermitRow.valid_to >= oldest)
    return [as_contract(row) for row in session.exec(wanted.order_by(col(PermitRow.id)))]


def edges_with_permits(session: Session) -> list[str]:
    """Edges that any permit names."""
    return sorted(session.exec(select(PermitRow.edge_id).distinct()).all())


def standing(session: Session, camera_id: str, zone_id: str, at: datetime, exceeded: bool) -> PermitStanding:
    """The `permit` input for an act at `at`; `exceeded` is what the edge measured against the polygon and hours.

    The edge raises nothing inside a live permit. WITHIN is therefore only a person's finding, never concluded here.
    """
    if exceeded:
        return PermitStanding.EXCEEDED
    rows = of_zone(session, camera_id, zone_id)
    day = at.astimezone(LOCAL).date()
    graced = any(
        row.renewal_filed_at is not None and row.valid_to < day <= row.valid_to + RENEWAL_GRACE for row in rows
    )
    return PermitStanding.EXPIRED_GRACE if graced else PermitStanding.NONE


def as_contract(row: PermitRow) -> Permit:
    """The permit as the edge gets it."""
    return Permit.model_validate(row.model_dump(include=set(Permit.model_fields)))


def _overlaps(row: PermitRow, wanted: PermitCreate) -> bool:
    if row.status != PermitStatus.ACTIVE.value or row.subject_id == wanted.subject_id:
        return False
    dates = row.valid_from <= wanted.valid_to and wanted.valid_from <= row.valid_to
    return dates and bool(set(row.weekdays) & wanted.weekdays) and _hours_meet(row, wanted)


def _hours_meet(row: PermitRow, wanted: PermitCreate) -> bool:
    def minutes(a: PermitRow | PermitCreate) -> set[int]:
        start, end = a.hours_from.hour * 60 + a.hours_from.minute, a.hours_to.hour * 60 + a.hours_to.minute
        span = (end - start) % 1440 or 1440
        return {(start + i) % 1440 for i in range(span)}

    return not minutes(row).isdisjoint(minutes(wanted))
