"""Where and when: how many cases began at each camera in each local hour of the day. Counted in SQL."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Integer, cast
from sqlmodel import Session, col, func, select

from server.auth.reach import Reach
from server.notify.templates import LOCAL
from server.places.tables import CameraPlace
from server.reports.facts import Range
from server.reports.service import Scope
from server.reports.tables import CaseFigure

HOURS, HOUR_S = 24, 3_600


@dataclass(frozen=True)
class HeatRow:
    """One camera: `hours[h]` cases began there from h:00 to h:59 local time, `total` of them in all."""

    district: str
    camera: str
    hours: tuple[int, ...]
    total: int


def heat(session: Session, scope: Scope, reach: Reach, most: int) -> tuple[list[HeatRow], int]:
    """The cameras with most cases, and how many cases the others have together. Void cases do not count."""
    hour = _local_hour(session, scope.within)
    query = (
        select(CaseFigure.district, CaseFigure.camera_id, hour, func.count())  # type: ignore[call-overload]
        .where(col(CaseFigure.opened_s) >= scope.within.since_s, col(CaseFigure.opened_s) < scope.within.until_s)
        .where(col(CaseFigure.is_void).is_(False))
        .group_by(CaseFigure.district, CaseFigure.camera_id, hour)
    )
    for column, value in (
        (CaseFigure.district, scope.district), (CaseFigure.camera_id, scope.camera), (CaseFigure.item, scope.item),
    ):  # fmt: skip
        if value:
            query = query.where(col(column) == value)
    counted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * HOURS)
    for district, camera, at, count in session.exec(reach.limit(query, CaseFigure.district)):
        counted[district, camera][int(at)] += count
    rows = [HeatRow(district, camera, tuple(hours), sum(hours)) for (district, camera), hours in counted.items()]
    rows.sort(key=lambda row: (-row.total, row.district, row.camera))
    return rows[:most], sum(row.total for row in rows[most:])


def places_of(
    session: Session, reach: Reach, cameras: Collection[str]
) -> dict[tuple[str, str], tuple[str, float, float]]:
    """(name, lon, lat) of cameras by district and id; of two with one id in a district the first edge's counts."""
    query = select(CameraPlace).where(col(CameraPlace.camera_id).in_(sorted(cameras)))
    rows = session.exec(reach.limit(query, CameraPlace.district).order_by(col(CameraPlace.edge_id).desc())).all()
    return {(row.district, row.camera_id): (row.name, row.lon, row.lat) for row in rows}


def _local_hour(session: Session, within: Range) -> Any:
    """0 to 23 of `opened_s`. China keeps one offset all year, so that of the first day holds for all."""
    offset = datetime.fromtimestamp(within.since_s, UTC).astimezone(LOCAL).utcoffset()
    seconds = col(CaseFigure.opened_s) + (offset.total_seconds() if offset else 0)
    # SQLite's cast cuts off, PostgreSQL's rounds: there the whole hours have to be taken first.
    hours = seconds / HOUR_S if session.get_bind().dialect.name == "sqlite" else func.floor(seconds / HOUR_S)
    return cast(hours, Integer) % HOURS
