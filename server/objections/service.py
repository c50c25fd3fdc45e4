"""What other rooms ask of objections. Imports nothing that moves cases: recommendation and effects call this.

`is_open` is the input `obj` of the decision table. `lodged` and `answered` keep the objections in step with the moves
of the case, whoever makes them. `check_not_heavier` guards every decision.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.auth.roles import Role
from server.calendars import service as calendars
from server.cases.tables import Case, CaseStep, DecisionRow, RecommendationRow
from server.errors import Conflict
from server.ledger import rules
from server.marks import marks, reached
from server.notify import service as notify
from server.objections import links, repository
from server.objections.harm import heavier, standing
from server.objections.tables import Objection
from server.subjects.tables import Subject

STATEMENT, OBJECTION = "statement", "objection"
BEFORE_DECISION = frozenset({"A0", "A1", "W0", "W1", "W2", "W3", "W4", "W5", "L1", "L2", "L3", "L4"})
RENEWED = frozenset({("C1", "L9"), ("L1", "W6"), ("W4", "W6")})
"""Moves after which new conduct is judged (own-motion correction, a new order): what was said before binds no more."""


def is_open(session: Session, case_id: UUID) -> bool:
    """Whether an objection or a statement of the party waits for its answer on this case."""
    return bool(repository.open_of(session, case_id))


def lodged(
    session: Session, case: Case, statement: str, by: Person, came_by: str, source: str, now: datetime
) -> Objection:
    """Keep what a party says about a case that the caller holds; tell it the receipt and the day of the answer."""
    kind = kind_at(case)
    periods = rules.current(session).periods
    span = (periods.statement if kind == STATEMENT else periods.objection).span()
    row = Objection(
        id=uuid7(now), number=f"YY-{case.number}-{len(repository.of_case(session, case.id)) + 1}", case_id=case.id,
        subject_id=case.subject_id, district=case.district, kind=kind, state_then=case.state, statement=statement,
        came_by=came_by, source=source, baseline=_baseline(session, case), lodged_at=now, lodged_by=by.id,
        lodged_by_name=by.name, **marks(calendars.current(session), now, span),
    )  # fmt: skip
    session.add(row)
    session.flush()
    told = {"case_id": str(case.id), "number": row.number, "kind": kind, "came_by": came_by}
    audit.record(session, by, "objection.lodged", row.id, told, now)
    subject = session.get(Subject, case.subject_id)
    due = {"number": case.number, "due": row.due_at.isoformat()}
    if subject is not None and subject.kind != "unknown":
        receipt = due | {"subject": subject.name, "contact": subject.contact}
        notify.queue(
            session, f"objection:{row.id}", f"subject:{subject.id}", "objection_received", receipt, now, case.district
        )
    _tell(session, row, case, Role.LEGAL, "task", now)
    return row


def kind_of_word(case: Case) -> Literal["statement", "objection"]:
    """What the party would say now: see `kind_at`."""
    return "statement" if kind_at(case) == STATEMENT else "objection"


def kind_at(case: Case) -> str:
    """A statement before a decision; an objection against an order that was served or a decision."""
    return STATEMENT if case.state in BEFORE_DECISION else OBJECTION


def moved(
    session: Session, case: Case, frm: str, to: str, by: Person, reason: str, now: datetime, upheld: bool = False
) -> None:
    """A move just being made, told by its effects. Into L8 or L2 without an objection on file, one is written down;
    out of them every open one is answered with the reason. Raises Conflict when the decider answers.
    """
    if to in ("L8", "L2") and not is_open(session, case.id):
        lodged(session, case, reason, by, "link" if by.roles == {Role.PARTY} else "officer", "move", now)
    if (frm, to) in (("L8", "C1"), ("L8", "L9"), ("L2", "L1")):
        status = "heard" if frm == "L2" else "upheld" if to == "C1" or upheld else "set_aside"
        for row in repository.open_of(session, case.id):
            if (row.kind == STATEMENT) == (frm == "L2"):
                answered(session, case, row, status, reason, by, now)


def answered(session: Session, case: Case, row: Objection, status: str, answer: str, by: Person, now: datetime) -> None:
    """Write down the answer and tell the party. Raises Conflict when `by` decided what is objected to."""
    if by.id in deciders(session, case):
        facts = {"act": "answer an objection", "person_id": str(by.id)}
        raise Conflict("case.same_person", "Another person must do this", facts)
    _close(session, row, status, answer, by, now)
    subject = session.get(Subject, row.subject_id)
    if subject is not None and subject.kind != "unknown":
        zh, en = ANSWERS[status]
        told = {"subject": subject.name, "number": case.number, "answer_zh": f"{zh}：{answer}",
                "answer_en": f"{en}: {answer}", "contact": subject.contact,
                "link_id": str(links.for_notice(session, case, now) or "")}  # fmt: skip
        notify.queue(
            session, f"objection:{row.id}:{status}", f"subject:{subject.id}", "objection_answered", told, now,
            case.district,
        )  # fmt: skip


ANSWERS = {
    "heard": ("已书面复核", "reviewed in writing"),
    "upheld": ("原处理正确", "what was done stands"),
    "set_aside": ("异议成立", "you were right"),
}


def withdrawn(session: Session, row: Objection, reason: str, by: Person, now: datetime) -> None:
    """The party takes it back."""
    _close(session, row, "withdrawn", reason, by, now)


def deciders(session: Session, case: Case) -> set[UUID]:
    """Who may not answer: the newest decision's author; before any decision the officer who handled the case."""
    wanted = select(DecisionRow.decided_by).where(DecisionRow.case_id == case.id)
    newest = session.exec(wanted.order_by(col(DecisionRow.case_version).desc())).first()
    if newest is not None:
        return {newest}
    return {case.handler_id} if case.handler_id is not None and case.state not in ("L2",) else set()


def check_not_heavier(session: Session, case: Case, outcome: str, result: str) -> None:
    """Raises Conflict when this decision is heavier than what stood when the party spoke (Penalty Law 45)."""
    wanted, since = standing(outcome, result), _renewed_at(session, case.id)
    for row in repository.of_case(session, case.id):
        if (since is None or row.lodged_at >= since) and heavier(row.baseline, wanted):
            facts = {
                "objection": row.number,
                "stood": row.baseline,
                "wanted": wanted,
                "article": "行政处罚法第四十五条",
            }
            raise Conflict("case.heavier_after_objection", "What the party said may not make it heavier", facts)


def sweep(session: Session, now: datetime, limit: int = 100) -> int:
    """Tell of open objections at 70 % (LEGAL), 100 % (LEADER) and 150 % (HEAD); how many were looked at."""
    rows = repository.untold(session, now, limit)
    for row in rows:
        share, case = reached(row, now), session.get(Case, row.case_id)
        session.add(row)
        if share is not None and case is not None:
            to = Role.LEGAL if share < 1 else Role.LEADER if share < 1.5 else Role.HEAD
            _tell(session, row, case, to, str(share), now)
    return len(rows)


def _tell(session: Session, row: Objection, case: Case, to: Role, what: str, now: datetime) -> None:
    facts = {"number": case.number, "due": row.due_at.isoformat()}
    notify.queue(session, f"objection:{row.id}:{what}", f"role:{to}", "objection_task", facts, now, row.district)


def _close(session: Session, row: Objection, status: str, answer: str, by: Person, now: datetime) -> None:
    row.status, row.answer, row.next_at = status, answer, None
    row.answered_at, row.answered_by, row.answered_by_name = now, by.id, by.name
    session.add(row)
    session.flush()
    told = {"case_id": str(row.case_id), "number": row.number, "status": status, "answer": answer}
    audit.record(session, by, "objection.closed", row.id, told, now)


def _baseline(session: Session, case: Case) -> str | None:
    since = _renewed_at(session, case.id)
    wanted = select(DecisionRow).where(DecisionRow.case_id == case.id)
    decision = session.exec(wanted.order_by(col(DecisionRow.case_version).desc())).first()
    if decision is not None and (since is None or decision.decided_at >= since):
        return standing(decision.outcome, decision.result)
    newest = select(RecommendationRow).where(RecommendationRow.case_id == case.id)
    stored = session.exec(newest.order_by(col(RecommendationRow.case_version).desc())).first()
    return stored.result if stored is not None and (since is None or stored.at >= since) else None


def _renewed_at(session: Session, case_id: UUID) -> datetime | None:
    steps = select(CaseStep).where(CaseStep.case_id == case_id, CaseStep.kind == "transition")
    found = [step.at for step in session.exec(steps) if (step.from_state, step.to_state) in RENEWED]
    return max(found) if found else None
