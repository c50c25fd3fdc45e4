"""What edges say about themselves: presence, camera health, applied configuration."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col, select

from edge.contracts.codec import Envelope
from edge.contracts.ids import uuid7
from edge.contracts.messages import CameraHealth, ConfigApplied, Presence
from server.auth.reach import Reach
from server.feed import service as feed
from server.fleet.tables import Camera, CameraHealthChange, DesiredState, Edge

LOCAL = "local"
"""The district of a server that names none."""
TOUCH_EVERY = timedelta(seconds=10)


def heard(session: Session, edge_id: str, now: datetime, home: str = LOCAL) -> Edge:
    """The edge, made in district `home` on its first message; remembers (not more often than needed) when it last
    spoke.
    """
    edge = session.get(Edge, edge_id)
    if edge is None:
        edge = Edge(id=edge_id, district=home, first_seen_at=now, last_seen_at=now)
    elif abs(now - edge.last_seen_at) < TOUCH_EVERY:
        return edge
    edge.last_seen_at = now
    session.add(edge)
    session.flush()
    return edge


def presence(session: Session, envelope: Envelope, message: Presence, now: datetime, home: str = LOCAL) -> bool:
    """Take a birth or a will; False when it is old news.

    A will of another boot than the current one was overtaken by a restart. A birth with a lower count counts only
    when it was sent later: an edge that was set up anew starts at 1 again, a retained birth of long ago does not.
    """
    edge = heard(session, envelope.source, now, home)
    if not message.online:
        if message.boot != edge.boot or not edge.online:
            return False
        edge.online = False
    else:
        is_older = edge.born_at is not None and envelope.sent_at < edge.born_at
        if message.boot < edge.boot and is_older:
            return False
        if edge.online and message.boot == edge.boot and envelope.sent_at == edge.born_at:
            return True
        edge.online, edge.boot, edge.born_at = True, message.boot, envelope.sent_at
        edge.edge_version, edge.last_seen_at = message.edge_version, now
        for camera_id in message.cameras:
            camera(session, envelope.source, camera_id, now)
    session.add(edge)
    session.flush()
    feed.tell(session, "edge", edge.id, {"online": edge.online, "boot": edge.boot}, now, edge.district)
    return True


def camera(session: Session, edge_id: str, camera_id: str, now: datetime) -> Camera:
    """The camera, made when it is first heard of."""
    row = session.get(Camera, (edge_id, camera_id))
    if row is None:
        row = Camera(edge_id=edge_id, id=camera_id, first_seen_at=now)
        session.add(row)
        session.flush()
    return row


def health(session: Session, envelope: Envelope, message: CameraHealth, now: datetime) -> None:
    """Keep a change of a camera's state; an older change that arrives late stays history."""
    row = camera(session, envelope.source, message.camera_id, now)
    session.add(
        CameraHealthChange(
            id=uuid7(now),
            edge_id=envelope.source,
            camera_id=message.camera_id,
            state=message.state,
            since=message.since,
            detail=message.detail,
            received_at=now,
        )
    )
    if row.since is None or message.since >= row.since:
        row.state, row.since, row.detail = message.state.value, message.since, message.detail
        session.add(row)
        facts = {"edge_id": envelope.source, "state": row.state, "detail": row.detail}
        feed.tell(session, "camera", message.camera_id, facts, now, district_of(session, envelope.source))
    session.flush()


def config_applied(session: Session, envelope: Envelope, message: ConfigApplied, now: datetime) -> None:
    """Keep how far the desired configuration got; an answer to an older version than the last one is old news."""
    desired = session.get(DesiredState, envelope.source)
    if desired is None or message.version < desired.answered_version:
        return
    desired.answered_version, desired.answered_at = message.version, now
    desired.accepted, desired.problems = message.accepted, list(message.problems)
    session.add(desired)
    session.flush()
    facts = {"config_version": message.version, "accepted": message.accepted, "problems": list(message.problems)}
    feed.tell(session, "edge", envelope.source, facts, now, district_of(session, envelope.source))


def edges(session: Session, reach: Reach) -> list[Edge]:
    """Every edge within reach, by id."""
    return list(session.exec(reach.limit(select(Edge), Edge.district).order_by(col(Edge.id))).all())


def cameras(session: Session, reach: Reach) -> list[Camera]:
    """Every camera within reach, by edge and id."""
    wanted = select(Camera).where(of_edges(Camera.edge_id, reach))
    return list(session.exec(wanted.order_by(col(Camera.edge_id), col(Camera.id))).all())


def district_of(session: Session, edge_id: str, otherwise: str = LOCAL) -> str:
    """The district of an edge; `otherwise` for one that was never heard of."""
    edge = session.get(Edge, edge_id)
    return otherwise if edge is None else edge.district


def of_edges(edge_id: Any, reach: Reach) -> ColumnElement[bool]:
    """The condition that a column of edge ids names an edge within reach."""
    if reach.everywhere:
        return true()
    return col(edge_id).in_(reach.limit(select(Edge.id), Edge.district))


def health_of(session: Session, edge_id: str, camera_id: str, limit: int) -> list[CameraHealthChange]:
    """The newest changes of one camera's state."""
    wanted = select(CameraHealthChange).where(
        CameraHealthChange.edge_id == edge_id, CameraHealthChange.camera_id == camera_id
    )
    return list(session.exec(wanted.order_by(col(CameraHealthChange.since).desc()).limit(limit)).all())
