"""What each edge runs, as it tells it at its birth and after each change."""

from datetime import datetime

from sqlmodel import Session, col, select

from edge.contracts.plan import EffectiveConfig
from edge.secrets import hide
from server.feed import service as feed
from server.fleet import service
from server.fleet.tables import Camera, EdgeEffective


def keep(session: Session, edge_id: str, told: EffectiveConfig, now: datetime, home: str) -> None:
    """Keep what an edge runs; older news changes nothing. Cameras that it no longer names are watched no more."""
    row = session.get(EdgeEffective, edge_id)
    if row is not None and EffectiveConfig.model_validate(row.config).at > told.at:
        return
    service.heard(session, edge_id, now, home)
    # An edge hides them itself; one that does not must not make the server hand them on.
    cameras = [camera.model_copy(update={"address": hide(camera.address)}) for camera in told.cameras]
    config = told.model_copy(update={"cameras": cameras}).model_dump(mode="json")
    before = None if row is None else row.config | {"at": config["at"]}
    if row is None:
        row = EdgeEffective(edge_id=edge_id, config=config, told_at=now)
    row.config, row.told_at = config, now
    session.add(row)
    names = {camera.id: camera.name for camera in told.cameras}
    for name in names:
        service.camera(session, edge_id, name, now)
    for camera in session.exec(select(Camera).where(col(Camera.edge_id) == edge_id)):
        camera.watched, camera.name = camera.id in names, names.get(camera.id, camera.name)
        session.add(camera)
    session.flush()
    if before != config:
        facts = {"config": told.config, "plan_version": told.plan_version, "cameras": len(cameras)}
        feed.tell(session, "edge", edge_id, facts, now, service.district_of(session, edge_id))


def of_edge(session: Session, edge_id: str) -> EffectiveConfig | None:
    """What an edge runs; None when it never said."""
    row = session.get(EdgeEffective, edge_id)
    return None if row is None else EffectiveConfig.model_validate(row.config)


def told_at(session: Session, edge_id: str) -> datetime | None:
    """When the server was told."""
    row = session.get(EdgeEffective, edge_id)
    return None if row is None else row.told_at
