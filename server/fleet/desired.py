"""The desired configuration of each edge: the permits of its cameras. A new version only when something changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from edge.contracts.commands import DesiredConfig
from edge.contracts.permits import Permit
from server.fleet.tables import Camera, DesiredState


def refresh(session: Session, permits: Iterable[Permit], now: datetime) -> list[str]:
    """Bring every known edge's desired state in line with `permits`; returns the edges that got a new version."""
    of_camera: defaultdict[str, list[Permit]] = defaultdict(list)
    for permit in permits:
        of_camera[permit.camera_id].append(permit)
    of_edge: defaultdict[str, list[Permit]] = defaultdict(list)
    for camera in session.exec(select(Camera).order_by(col(Camera.edge_id), col(Camera.id))):
        of_edge[camera.edge_id] += of_camera[camera.id]
    changed: list[str] = []
    for edge_id, wanted in of_edge.items():
        state = session.get(DesiredState, edge_id)
        version = 1 if state is None else state.version + 1
        config = DesiredConfig(version=version, permits=sorted(wanted, key=lambda permit: permit.id))
        message = config.model_dump(mode="json")
        if state is None:
            state = DesiredState(edge_id=edge_id, version=version, message=message, made_at=now)
        elif _permits(state.message) == _permits(message):
            continue
        state.version, state.message, state.made_at = version, message, now
        session.add(state)
        changed.append(edge_id)
    session.flush()
    return changed


def all_states(session: Session) -> list[DesiredState]:
    """The newest desired state of every edge."""
    return list(session.exec(select(DesiredState).order_by(col(DesiredState.edge_id))).all())


def of_edge(session: Session, edge_id: str) -> DesiredState | None:
    """The newest desired state of one edge."""
    return session.get(DesiredState, edge_id)


def _permits(message: dict[str, object]) -> object:
    """Permits as compared: weekdays are a set, whose order in JSON means nothing."""
    return DesiredConfig.model_validate(message).permits
