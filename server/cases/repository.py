"""Reads of cases and their parts."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, or_, select

from server.alerts.tables import Alert
from server.auth.roles import Role
from server.cases.tables import (
    Case,
    CaseRecheck,
    CaseRequest,
    CaseStep,
    CaseTimer,
    DecisionRow,
    RecommendationRow,
)
from server.cases.workflow import ENDS

_ENDED = [state.value for state in ENDS]


def get(session: Session, case_id: UUID, *, lock: bool = False) -> Case | None:
    """The case, its row held until the transaction ends when `lock`."""
    wanted = select(Case).where(col(Case.id) == case_id)
    if lock:
        # Read again under the lock: what the session remembers may be older.
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def open_at(session: Session, edge_id: str, camera_id: str, zone_id: str, violation: str) -> list[Case]:
    """Open cases of one place."""
    wanted = select(Case).where(
        Case.edge_id == edge_id, Case.camera_id == camera_id, Case.zone_id == zone_id, Case.violation == violation
    )
    return list(session.exec(wanted.where(col(Case.state).not_in(_ENDED))).all())


def by_recheck(session: Session, command_id: UUID) -> Case | None:
    """The case that asked for this recheck."""
    found = session.get(CaseRecheck, command_id)
    return None if found is None else get(session, found.case_id)


def steps_of(session: Session, case_id: UUID) -> list[CaseStep]:
    """The history, oldest first."""
    return list(session.exec(select(CaseStep).where(CaseStep.case_id == case_id).order_by(col(CaseStep.ordinal))).all())


def alerts_of(session: Session, case_id: UUID) -> list[Alert]:
    """The alerts of a case by camera time."""
    wanted = select(Alert).where(Alert.case_id == case_id)
    return list(session.exec(wanted.order_by(col(Alert.raised_at), col(Alert.id))).all())


def acted_as(session: Session, case_id: UUID, *roles: Role) -> set[UUID]:
    """Who has moved the case in any of these roles."""
    wanted = select(CaseStep.actor_id).where(
        CaseStep.case_id == case_id, CaseStep.kind == "transition", col(CaseStep.actor_role).in_(list(roles))
    )
    return set(session.exec(wanted).all())


def came_to_by(session: Session, case_id: UUID, state: str) -> str | None:
    """From which state the case came the last time that it came to `state`."""
    wanted = select(CaseStep.from_state).where(
        CaseStep.case_id == case_id, CaseStep.kind == "transition", CaseStep.to_state == state
    )
    return session.exec(wanted.order_by(col(CaseStep.ordinal).desc())).first()


def siblings_of(session: Session, case: Case) -> list[UUID]:
    """The other cases of the same act: split off this one, or the one that this was split off and its others."""
    root = case.sibling_of or case.id
    wanted = select(Case.id).where(or_(Case.id == root, Case.sibling_of == root), Case.id != case.id)
    return list(session.exec(wanted.order_by(col(Case.id))).all())


def rechecks_of(session: Session, case_id: UUID) -> list[CaseRecheck]:
    """The rechecks ever asked for, oldest first."""
    wanted = select(CaseRecheck).where(CaseRecheck.case_id == case_id)
    return list(session.exec(wanted.order_by(col(CaseRecheck.command_id))).all())


def newest_recommendation(session: Session, case_id: UUID) -> RecommendationRow | None:
    """The recommendation stored last."""
    wanted = select(RecommendationRow).where(RecommendationRow.case_id == case_id)
    return session.exec(wanted.order_by(col(RecommendationRow.case_version).desc())).first()


def decisions_of(session: Session, case_id: UUID) -> list[DecisionRow]:
    """The decisions, oldest first."""
    wanted = select(DecisionRow).where(DecisionRow.case_id == case_id)
    return list(session.exec(wanted.order_by(col(DecisionRow.case_version))).all())


def request(session: Session, person_id: UUID, key: str) -> CaseRequest | None:
    """The request that used this Idempotency-Key."""
    return session.get(CaseRequest, (person_id, key))


def due_timers(session: Session, now: datetime, limit: int) -> list[CaseTimer]:
    """Live timers that must be looked at, the longest waiting first."""
    wanted = select(CaseTimer).where(col(CaseTimer.live), col(CaseTimer.next_at) <= now)
    return list(session.exec(wanted.order_by(col(CaseTimer.next_at)).limit(limit)).all())
