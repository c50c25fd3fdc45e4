"""The desired configuration of each edge: its permits. A new version only when something changed."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from edge.contracts.commands import DesiredConfig
from edge.contracts.permits import Permit
from server.fleet.tables import DesiredState


def refresh(session: Session, edge_id: str, permits: Iterable[Permit], now: datetime) -> bool:
    """Bring an edge's desired state in line with `permits`; whether that made a new version."""
    state = session.get(DesiredState, edge_id)
    version = 1 if state is None else state.version + 1
    config = DesiredConfig(version=version, permits=sorted(permits, key=lambda permit: permit.id))
    message = config.model_dump(mode="json")
    if state is None:
        state = DesiredState(edge_id=edge_id, version=version, message=message, made_at=now)
    elif DesiredConfig.model_validate(state.message).permits == config.permits:
        return False
    state.version, state.message, state.made_at = version, message, now
    session.add(state)
    session.flush()
    return True


def all_states(session: Session) -> list[DesiredState]:
    """The newest desired state of every edge."""
    return list(session.exec(select(DesiredState).order_by(col(DesiredState.edge_id))).all())


def of_edge(session: Session, edge_id: str) -> DesiredState | None:
    """The newest desired state of one edge."""
    return session.get(DesiredState, edge_id)
