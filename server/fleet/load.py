"""How the edges fare: the newest report of each, and a day's line of a few figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, BaseModel
from sqlmodel import Session, col, select

from edge.contracts.messages import EdgeLoad
from server.fleet.tables import EdgeLoadLine, EdgeLoadNow

POINT_EVERY = timedelta(minutes=5)
LINE = timedelta(days=1)


class LoadPoint(BaseModel):
    """One point of the line. `judged_per_s` is of all cameras together, `waiting` all messages not yet acked."""

    at: AwareDatetime
    pass_p95_ms: float | None
    cpu_share: float
    memory_bytes: int
    disk_free_bytes: int
    waiting: int
    judged_per_s: float


def keep(session: Session, edge_id: str, told: EdgeLoad, now: datetime) -> None:
    """Keep a report; one that is older than the newest changes nothing."""
    row = session.get(EdgeLoadNow, edge_id)
    if row is not None and row.at >= told.at:
        return
    message = told.model_dump(mode="json")
    if row is None:
        row = EdgeLoadNow(edge_id=edge_id, at=told.at, received_at=now, message=message)
    row.at, row.received_at, row.message = told.at, now, message
    session.add(row)
    _draw(session, edge_id, told)
    session.flush()


def _draw(session: Session, edge_id: str, told: EdgeLoad) -> None:
    row = session.get(EdgeLoadLine, edge_id) or EdgeLoadLine(edge_id=edge_id)
    if row.points and told.at - datetime.fromisoformat(row.points[-1]["at"]) < POINT_EVERY:
        return
    since = told.at - LINE
    kept = [point for point in row.points if datetime.fromisoformat(point["at"]) > since]
    row.points = [*kept, _point(told)]
    session.add(row)


def _point(told: EdgeLoad) -> dict[str, Any]:
    point = LoadPoint(
        at=told.at,
        pass_p95_ms=told.pass_p95_ms,
        cpu_share=told.cpu_share,
        memory_bytes=told.memory_bytes,
        disk_free_bytes=told.disk_free_bytes,
        waiting=told.waiting_alerts + told.waiting_telemetry,
        judged_per_s=round(sum(camera.judged_per_s for camera in told.cameras), 3),
    )
    return point.model_dump(mode="json")


def newest(session: Session, edge_ids: Iterable[str]) -> dict[str, EdgeLoadNow]:
    """The newest report of each of these edges that ever told one."""
    wanted = select(EdgeLoadNow).where(col(EdgeLoadNow.edge_id).in_(sorted(set(edge_ids))))
    return {row.edge_id: row for row in session.exec(wanted)}


@dataclass(frozen=True, slots=True)
class CameraFares:
    """One camera in its edge's newest report."""

    judged_per_s: float
    last_frame_at: datetime | None


def of_cameras(session: Session, edge_ids: Iterable[str]) -> dict[tuple[str, str], CameraFares]:
    """(edge, camera) -> how it fares, for those that their edge told of."""
    found: dict[tuple[str, str], CameraFares] = {}
    for row in newest(session, edge_ids).values():
        for camera in EdgeLoad.model_validate(row.message).cameras:
            age = camera.last_frame_age_s
            seen_at = None if age is None else row.at - timedelta(seconds=age)
            found[row.edge_id, camera.camera_id] = CameraFares(camera.judged_per_s, seen_at)
    return found


def line(session: Session, edge_id: str) -> list[LoadPoint]:
    """The last day, oldest first."""
    row = session.get(EdgeLoadLine, edge_id)
    return [] if row is None else [LoadPoint.model_validate(point) for point in row.points]
