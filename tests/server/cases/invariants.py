"""What must hold of the cases in a database after every step, asked of the rows alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from sqlmodel import Session, col, func, select

from server.cases import history
from server.cases.tables import Case, CaseClock, CaseStep, CaseTimer, DecisionRow, RecommendationRow
from server.ledger import repository as ledger
from server.notify.tables import Notice
from tests.server.cases.reference import CLOSED, MOVES, PARTS


def everywhere(session: Session) -> None:
    """Of all cases at once: deadlines, versions, ordinals."""
    live: dict[UUID, list[CaseTimer]] = defaultdict(list)
    for timer in session.exec(select(CaseTimer).where(col(CaseTimer.live))):
        live[timer.case_id].append(timer)
    running: dict[UUID, Counter[str]] = defaultdict(Counter)
    for clock in session.exec(select(CaseClock).where(col(CaseClock.ended_at).is_(None))):
        running[clock.case_id][clock.kind] += 1
    counted = select(CaseStep.case_id, func.count(), func.max(CaseStep.ordinal)).group_by(col(CaseStep.case_id))
    steps = {case_id: (count, last) for case_id, count, last in session.exec(counted)}
    for case in session.exec(select(Case)):
        timers = live.pop(case.id, [])
        if case.state in CLOSED:
            assert timers == [], f"{case.number} is closed and has a deadline"
            assert case.due_at is None
        else:
            assert len(timers) == 1, f"{case.number} in {case.state} has {len(timers)} live deadlines"
            assert timers[0].state == case.state, f"the deadline is of {timers[0].state}, the case in {case.state}"
            assert case.due_at == timers[0].due_at
        assert steps[case.id] == (case.version, case.version), f"{case.number}: {steps[case.id]} steps, {case.version}"
        assert max(running[case.id].values(), default=0) <= 1
        undecided = case.state not in CLOSED | {"L5", "L8"}
        assert bool(running[case.id]["filing"]) == (undecided and case.filed_at is not None), case.state
        assert bool(running[case.id]["service"]) == (case.state == "L5"), case.state
    assert not live, "a deadline without a case"
    assert ledger.ordinal_faults(session) == []
    keys = session.exec(select(Notice.key)).all()
    assert len(set(keys)) == len(keys)


def of_case(session: Session, case: Case, roles: dict[UUID, frozenset[str]]) -> None:
    """Of one case: its chain, every move in the table and by whom, four eyes, limits, lawful exemptions."""
    steps = list(session.exec(select(CaseStep).where(CaseStep.case_id == case.id).order_by(col(CaseStep.ordinal))))
    assert list(history.faults(steps)) == []
    assert steps[-1].to_state == case.state
    assert steps[0].kind in ("opened", "split_off")
    for before, after in pairwise(steps):
        assert after.from_state == before.to_state
    for step in steps:
        if step.kind != "transition":
            assert step.from_state == step.to_state, f"{step.kind} moved the case"
            continue
        who = MOVES.get((step.from_state, step.to_state))
        assert who is not None, f"{step.from_state} -> {step.to_state} is not in the table"
        assert step.actor_role == who, f"{step.from_state} -> {step.to_state} by {step.actor_role}"
        held = roles.get(step.actor_id, frozenset())
        lent = "leader" in held and "delegation_id" in step.fields
        assert who in held or lent, f"{who} is not among {sorted(held)}"
    _four_eyes(steps)
    _limits(steps)
    _marks_once(steps)
    _lawful(session, case)


def _four_eyes(steps: Iterable[CaseStep]) -> None:
    parts: dict[UUID, set[str]] = defaultdict(set)
    for step in steps:
        if step.kind == "transition" and step.actor_role in PARTS:
            parts[step.actor_id].add(PARTS[step.actor_role])
    doubled = {str(person): sorted(had) for person, had in parts.items() if len(had) > 1}
    assert not doubled, f"one person in several parts: {doubled}"


def _limits(steps: list[CaseStep]) -> None:
    returned = extended = 0
    asked: CaseStep | None = None
    for step in steps:
        move = (step.from_state, step.to_state)
        if step.kind == "void_asked":
            asked = step
        if step.kind != "transition":
            continue
        if move == ("W2", "W1"):
            assert returned < 2, "a third return without the shift leader"
        returned += move == ("W2", "W1") or (move == ("WX", "W1") and "returns" in step.after)
        extended += bool(step.fields.get("granted"))
        assert extended <= 1, "extended twice"
        if step.to_state == "V":
            assert asked is not None, "voided without being asked for"
            assert asked.actor_id != step.actor_id, "voided by one person"
        if move == ("WX", "W9"):
            review = datetime.fromisoformat(step.fields["review_at"])
            assert review <= step.at + timedelta(days=90), "suspended for more than ninety days"
            assert step.fields["photos"]
        if move in (("W4", "W6"), ("W6", "W7"), ("W8", "L1"), ("W8", "C2")):
            assert step.fields["photos"], f"{move} without a photo"
        asked = None


def _marks_once(steps: Iterable[CaseStep]) -> None:
    told = Counter(
        (step.fields.get("clock", ""), step.fields["due_at"], step.fields["share"], step.from_state)
        for step in steps
        if step.kind == "deadline"
    )
    legal = Counter((clock, due, share) for clock, due, share, _ in told.elements() if clock)
    assert not [mark for mark, times in legal.items() if times > 1], "a legal mark was told twice"


def _lawful(session: Session, case: Case) -> None:
    decisions = session.exec(select(DecisionRow).where(DecisionRow.case_id == case.id)).all()
    for decision in decisions:
        stored = session.get(RecommendationRow, decision.recommendation_id)
        assert stored is not None
        facts = stored.body["facts"]
        if decision.outcome == "exempt_t2":
            assert facts["first"] == "YES", "exempt as first, and it is not"
        if decision.outcome.startswith("exempt"):
            assert (facts["subj"], facts["ev"], facts["cor"]) == ("KNOWN", "OK", "IN_TIME"), facts
        if decision.outcome == "penalty_track" and not decision.differs:
            assert stored.result.startswith(("PENALTY", "LEGAL_REVIEW")), stored.result
