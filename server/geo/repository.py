"""What lies where, read from the tables of other rooms, within a person's reach."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session, and_, col, func, or_, select

from server.alerts.tables import Alert
from server.auth.reach import Reach
from server.cases.tables import Case
from server.cases.workflow import ENDS, State
from server.permits.tables import PermitRow
from server.places.tables import CameraPlace, MapArea, ZoneGround
from server.subjects.tables import Premises, Subject

MOST_CASES, MOST_SHAPES = 2000, 2000
_ENDED = [state.value for state in ENDS]
Box = tuple[float, float, float, float]


class CasesWanted(BaseModel):
    """Which cases; all filters together."""

    model_config = ConfigDict(extra="forbid")

    state: list[State] = Field(default_factory=list[State])
    open_only: bool = True
    item: str | None = Field(default=None, max_length=64, pattern=r"^[^\x00]*$", description="item code or violation")
    camera_id: str | None = Field(default=None, max_length=64, pattern=r"^[^\x00]*$")
    opened_from: AwareDatetime | None = None
    opened_to: AwareDatetime | None = None
    closed_from: AwareDatetime | None = None
    overdue: bool = False
    limit: int = Field(default=500, ge=1, le=MOST_CASES)


def cases(session: Session, reach: Reach, wanted: CasesWanted, now: datetime) -> tuple[list[Any], int]:
    """Rows of (case, subject's name, zone's box, camera's place), newest first, and how many there are in all."""
    fits = _fits(reach, wanted, now)
    total = session.exec(select(func.count()).select_from(Case).where(*fits)).one()
    ground = and_(
        col(ZoneGround.edge_id) == Case.edge_id,
        col(ZoneGround.camera_id) == Case.camera_id,
        col(ZoneGround.zone_id) == Case.zone_id,
    )
    stands = and_(col(CameraPlace.edge_id) == Case.edge_id, col(CameraPlace.camera_id) == Case.camera_id)
    query = (
        select(  # type: ignore[call-overload]
            Case, Subject.name, ZoneGround.west, ZoneGround.south, ZoneGround.east, ZoneGround.north,
            CameraPlace.lon, CameraPlace.lat,
        )
        .join(Subject, col(Subject.id) == Case.subject_id)
        .join(ZoneGround, ground, isouter=True)
        .join(CameraPlace, stands, isouter=True)
        .where(*fits)
        .order_by(col(Case.id).desc())
        .limit(wanted.limit)
    )  # fmt: skip
    return list(session.exec(query)), total


def told_places(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, tuple[float, float]]:
    """The places that people named for these cases; the earliest claim counts."""
    query = (
        select(Alert.case_id, Alert.lon, Alert.lat)
        .where(col(Alert.case_id).in_(case_ids), col(Alert.lon).is_not(None), col(Alert.lat).is_not(None))
        .order_by(col(Alert.raised_at).desc())
    )
    return {case_id: (lon, lat) for case_id, lon, lat in session.exec(query) if case_id and lon is not None and lat}


def premises(session: Session, reach: Reach, now: datetime) -> list[tuple[Premises, str]]:
    """Drawn premises of today, with the subject's name."""
    query = (
        select(Premises, Subject.name)
        .join(Subject, col(Subject.id) == Premises.subject_id)
        .where(col(Premises.ground).is_not(None), col(Premises.valid_from) <= now)
        .where(or_(col(Premises.valid_to).is_(None), col(Premises.valid_to) > now))
        .order_by(col(Premises.id))
    )
    rows = session.exec(reach.limit(query, Premises.district).limit(MOST_SHAPES)).all()
    return [(row, name) for row, name in rows if row.ground]


def permits(session: Session, reach: Reach, today: date) -> list[tuple[PermitRow, str]]:
    """Drawn permits that are valid on this day, with the holder's name."""
    query = (
        select(PermitRow, Subject.name)
        .join(Subject, col(Subject.id) == PermitRow.subject_id)
        .where(col(PermitRow.ground).is_not(None), col(PermitRow.status) == "active")
        .where(col(PermitRow.valid_from) <= today, col(PermitRow.valid_to) >= today)
        .order_by(col(PermitRow.id))
    )
    rows = session.exec(reach.limit(query, PermitRow.district).limit(MOST_SHAPES)).all()
    return [(row, name) for row, name in rows if row.ground]


def bounds(session: Session, reach: Reach) -> Box | None:
    """The box around all cameras, zones and areas within reach."""
    boxes = [
        session.exec(
            reach.limit(select(*_ends(table.west, table.south, table.east, table.north)), table.district)
        ).one()
        for table in (ZoneGround, MapArea)
    ]
    places = _ends(CameraPlace.lon, CameraPlace.lat, CameraPlace.lon, CameraPlace.lat)
    boxes.append(session.exec(reach.limit(select(*places), CameraPlace.district)).one())
    found = [box for box in boxes if box[0] is not None]
    if not found:
        return None
    west, south, east, north = zip(*found, strict=True)
    return min(west), min(south), max(east), max(north)


def _ends(west: Any, south: Any, east: Any, north: Any) -> tuple[Any, ...]:
    return func.min(west), func.min(south), func.max(east), func.max(north)


def _fits(reach: Reach, wanted: CasesWanted, now: datetime) -> list[Any]:
    fits: list[Any] = [reach.clause(Case.district)]
    if wanted.state:
        fits.append(col(Case.state).in_([state.value for state in wanted.state]))
    if wanted.open_only:
        fits.append(col(Case.state).not_in(_ENDED))
    if wanted.item is not None:
        fits.append(or_(col(Case.item_code) == wanted.item, col(Case.violation) == wanted.item))
    if wanted.camera_id is not None:
        fits.append(col(Case.camera_id) == wanted.camera_id)
    if wanted.opened_from is not None:
        fits.append(col(Case.opened_at) >= wanted.opened_from)
    if wanted.opened_to is not None:
        fits.append(col(Case.opened_at) < wanted.opened_to)
    if wanted.closed_from is not None:
        fits.append(col(Case.closed_at) >= wanted.closed_from)
    if wanted.overdue:
        fits.append(col(Case.due_at) < now)
    return fits
