"""Reads of correction tasks, and of what relied on a subject's ledger."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from server.auth.reach import Reach
from server.cases.tables import Case, DecisionRow, RecommendationRow
from server.corrections.tables import CorrectionTask
from server.ledger.tables import Offence

Row = TypeVar("Row", DecisionRow, RecommendationRow)
OPEN = "open"
BEING_DECIDED = ("L1", "L2", "L3", "L4")
"""Not decided yet, but a recommendation lies before people."""


def relying(session: Session, offence: Offence) -> list[tuple[Case, Offence, RecommendationRow, DecisionRow | None]]:
    """Every other case of the subject and nature with its newest decision and the recommendation this was made on; of
    one that is being decided the recommendation alone. A decision that is set aside (L9, V) is none.
    """
    wanted = (
        select(Case, Offence)
        .join(Offence, col(Offence.case_id) == col(Case.id))
        .where(Offence.subject_id == offence.subject_id, Offence.nature_group == offence.nature_group)
        .where(Offence.id != offence.id, col(Case.state).not_in(("L9", "V")))
        .order_by(col(Offence.act_at), col(Offence.id))
    )
    others = session.exec(wanted).all()
    decided = _newest(session, DecisionRow, [case.id for case, _ in others if case.state not in BEING_DECIDED])
    recommended = _newest(session, RecommendationRow, [case.id for case, _ in others if case.state in BEING_DECIDED])
    found: list[tuple[Case, Offence, RecommendationRow, DecisionRow | None]] = []
    for case, own in others:
        decision = decided.get(case.id)
        row = session.get(RecommendationRow, decision.recommendation_id) if decision else recommended.get(case.id)
        if row is not None:
            found.append((case, own, row, decision))
    return found


def open_of(session: Session, case_id: UUID) -> CorrectionTask | None:
    """The open task of a case."""
    wanted = select(CorrectionTask).where(CorrectionTask.case_id == case_id, CorrectionTask.status == OPEN)
    return session.exec(wanted).first()


def get(session: Session, task_id: UUID, *, lock: bool = False) -> CorrectionTask | None:
    """One task, held to the end of the transaction when `lock`."""
    wanted = select(CorrectionTask).where(col(CorrectionTask.id) == task_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def page(session: Session, reach: Reach, status: str | None, before: UUID | None, limit: int) -> list[CorrectionTask]:
    """Tasks within reach, newest first; `before` is the last id already seen."""
    wanted = reach.limit(select(CorrectionTask), CorrectionTask.district)
    wanted = wanted.order_by(col(CorrectionTask.id).desc()).limit(limit)
    if status is not None:
        wanted = wanted.where(CorrectionTask.status == status)
    if before is not None:
        wanted = wanted.where(col(CorrectionTask.id) < before)
    return list(session.exec(wanted).all())


def untold(session: Session, now: datetime, limit: int) -> list[CorrectionTask]:
    """Open tasks of which somebody must be told now, held to the end of the transaction."""
    wanted = select(CorrectionTask).where(CorrectionTask.status == OPEN, col(CorrectionTask.next_at) <= now)
    wanted = wanted.order_by(col(CorrectionTask.next_at)).limit(limit).with_for_update(skip_locked=True)
    return list(session.exec(wanted).all())


def overdue(session: Session, now: datetime) -> list[CorrectionTask]:
    """Open tasks past their day, the oldest first."""
    wanted = select(CorrectionTask).where(CorrectionTask.status == OPEN, col(CorrectionTask.due_at) < now)
    return list(session.exec(wanted.order_by(col(CorrectionTask.due_at))).all())


def _newest(session: Session, table: type[Row], case_ids: list[UUID]) -> dict[UUID, Row]:
    """The newest row of each case."""
    if not case_ids:
        return {}
    wanted = select(table).where(col(table.case_id).in_(case_ids)).order_by(col(table.case_version))
    return {row.case_id: row for row in session.exec(wanted)}
