"""From a case's history to its figure. Pure but for `refresh`, which makes the figures of cases that changed."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import Session, col, func, or_, select

from server.cases.tables import Case, CaseStep, DecisionRow, RecommendationRow
from server.cases.workflow import ENDS, State
from server.reports.tables import CaseFigure

S = State
EXEMPT = frozenset({"exempt_t1", "exempt_t2"})
AT_ONCE = 500
_WRONG = frozenset({(S.W1, S.V), (S.L9, S.V), (S.W2, S.W1), (S.W4, S.A3), (S.W4, S.C5), (S.WX, S.W1)})
"""Moves that say: wrongly filed, or given to the wrong hands (差错)."""
_RELEASED = frozenset({(S.W4, S.A3), (S.W4, S.C4), (S.L1, S.C4), (S.L9, S.C4), (S.L9, S.V), (S.W4, S.C5)})
"""Moves that say: no violation after all, or not ours."""
_CHECKED = frozenset({(S.W8, S.W4), (S.W8, S.L1), (S.W8, S.C2)})
_UNDONE = frozenset({(S.L8, S.L9), (S.C1, S.L9)})


@dataclass(frozen=True)
class Step:
    """What of a step counts. `share`: of a deadline mark, else 0."""

    at: datetime
    frm: State
    to: State
    kind: str = "transition"
    outcome: str = ""
    share: float = 0.0


@dataclass(frozen=True)
class Decided:
    """The last decision: outcome, whether it differs from the recommendation, when."""

    outcome: str
    differs: bool
    at: datetime


def figure_of(
    case: Case, steps: Sequence[Step], decided: Decided | None = None, facts: dict[str, Any] | None = None
) -> CaseFigure:
    """The milestones of a case: `steps` its history from the first on, `facts` the 17 inputs last stored."""
    state = State(case.state)
    row = CaseFigure(
        case_id=case.id, version=case.version, district=case.district, camera_id=case.camera_id,
        item=case.item_code or case.violation, subject_id=case.subject_id, handler_id=case.handler_id,
        state=case.state, opened_s=_s(case.opened_at), last_s=_s(steps[-1].at if steps else case.opened_at),
        due_s=None if case.due_at is None else _s(case.due_at), is_void=state is S.V or case.merged_into is not None,
        suspended=state is S.W9, extended=case.extensions > 0,
        corrected_in_time=_in_time(case),
    )  # fmt: skip
    for step in steps:
        _read(row, step)
    if state not in ENDS:
        row.ended_s = None
    if decided is not None:
        row.outcome, row.differs, row.decided_s = decided.outcome, decided.differs, _s(decided.at)
    if facts is not None:
        row.is_first = facts.get("first") == "YES"
        row.facts_digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
    return row


def _read(row: CaseFigure, step: Step) -> None:
    at, move = _s(step.at), (step.frm, step.to)
    if step.kind == "deadline":
        row.overrun = row.overrun or step.share >= 1
        return
    if step.kind != "transition" or step.frm is step.to:
        return
    if step.to is S.W0:
        row.reminded_s = row.reminded_s or at
    if move == (S.W0, S.A2):
        row.settled_s = at
    if step.to is S.W1:
        row.filed_s = row.filed_s or at
    if step.to is S.W2:
        row.dispatched_s = row.dispatched_s or at
    if step.to is S.W4 and step.frm is S.W3:
        row.arrived_s = row.arrived_s or at
    if step.to in ENDS and step.frm not in ENDS:
        row.ended_s = at
    if move in ((S.W4, S.W6), (S.W4, S.W7)):
        row.found_s = row.found_s or at
        row.ordered_s = row.ordered_s or at
    if move in _RELEASED:
        row.found_s = None
    if move in _CHECKED:
        row.checks += 1
        row.failed_checks += step.to is S.W4
    if move == (S.L4, S.L5) and step.outcome in EXEMPT:
        row.exempt_s, row.exempt_undone = at, False
    if move in _UNDONE and row.exempt_s is not None:
        row.exempt_undone = True
    if step.to is S.L8:
        row.objected_s = row.objected_s or at
    row.wrong = row.wrong or move in _WRONG


def _in_time(case: Case) -> bool:
    if case.corrected_at is None or case.verified_at is None:
        return False
    return case.order_due_at is None or case.corrected_at <= case.order_due_at


def _s(at: datetime) -> float:
    return at.timestamp()


def stale(session: Session) -> int:
    """How many cases have changed since their figure was made."""
    wanted = select(func.count()).select_from(Case).join(CaseFigure, _of_case(), isouter=True)
    return session.exec(wanted.where(_is_stale())).one()


def refresh(session: Session, limit: int = AT_ONCE) -> int:
    """Make the figures of cases that changed, at most so many; how many."""
    wanted = select(Case).join(CaseFigure, _of_case(), isouter=True).where(_is_stale())
    cases = session.exec(wanted.order_by(col(Case.id)).limit(limit)).all()
    if not cases:
        return 0
    ids = [case.id for case in cases]
    steps, decided, facts = _steps(session, ids), _decided(session, ids), _facts(session, ids)
    made = [figure_of(case, steps[case.id], decided.get(case.id), facts.get(case.id)) for case in cases]
    session.execute(delete(CaseFigure).where(col(CaseFigure.case_id).in_(ids)))
    session.execute(insert(CaseFigure), [row.model_dump() for row in made])
    session.expunge_all()
    return len(cases)


def _of_case() -> Any:
    return col(CaseFigure.case_id) == col(Case.id)


def _is_stale() -> Any:
    return or_(col(CaseFigure.version).is_(None), col(CaseFigure.version) != col(Case.version))


def _steps(session: Session, ids: Iterable[UUID]) -> dict[UUID, list[Step]]:
    wanted = (
        select(
            CaseStep.case_id, CaseStep.at, CaseStep.from_state, CaseStep.to_state, CaseStep.kind, CaseStep.fields
        )  # type: ignore[call-overload]
        .where(col(CaseStep.case_id).in_(ids))
        .order_by(col(CaseStep.case_id), col(CaseStep.ordinal))
    )  # fmt: skip
    found: dict[UUID, list[Step]] = defaultdict(list)
    for case_id, at, frm, to, kind, fields in session.exec(wanted):
        share = float(fields.get("share", 0)) if kind == "deadline" else 0.0
        found[case_id].append(Step(at, State(frm), State(to), kind, str(fields.get("outcome", "")), share))
    return found


def _decided(session: Session, ids: Iterable[UUID]) -> dict[UUID, Decided]:
    wanted = select(DecisionRow).where(col(DecisionRow.case_id).in_(ids)).order_by(col(DecisionRow.case_version))
    return {row.case_id: Decided(row.outcome, row.differs, row.decided_at) for row in session.exec(wanted)}


def _facts(session: Session, ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    wanted = select(RecommendationRow.case_id, RecommendationRow.body).where(col(RecommendationRow.case_id).in_(ids))
    rows = session.exec(wanted.order_by(col(RecommendationRow.case_version)))
    return {case_id: dict(body.get("facts", {})) for case_id, body in rows}
