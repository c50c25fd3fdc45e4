"""The desired configuration of each edge: its permits, its plan of cameras. A new version only for a change."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from edge.contracts.commands import DesiredConfig
from edge.contracts.permits import Permit
from server.fleet.tables import DesiredState


def refresh(session: Session, edge_id: str, permits: Iterable[Permit], now: datetime) -> bool:
    """Bring an edge's desired state in line with `permits`; whether that made a new version."""
    known = _known(session, edge_id)
    ordered = sorted(permits, key=lambda permit: permit.id)
    return _bring(session, edge_id, known.model_copy(update={"permits": ordered}), now)


def set_plan(session: Session, edge_id: str, version: int | None, sha256: str | None, now: datetime) -> bool:
    """Let the edge run this plan, whose bytes it fetches by HTTP (both null: none, its own file alone).

    Whether that made a new version of the desired state; its permits stay.
    """
    known = _known(session, edge_id)
    wanted = DesiredConfig(version=known.version, permits=known.permits, plan_version=version, plan_sha256=sha256)
    return _bring(session, edge_id, wanted, now)


def _known(session: Session, edge_id: str) -> DesiredConfig:
    state = session.get(DesiredState, edge_id)
    return DesiredConfig(version=0) if state is None else DesiredConfig.model_validate(state.message)


def _bring(session: Session, edge_id: str, wanted: DesiredConfig, now: datetime) -> bool:
    state = session.get(DesiredState, edge_id)
    if state is not None and DesiredConfig.model_validate(state.message) == wanted:
        return False
    version = 1 if state is None else state.version + 1
    message = wanted.model_copy(update={"version": version}).model_dump(mode="json")
    if state is None:
        state = DesiredState(edge_id=edge_id, version=version, message=message, made_at=now)
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
