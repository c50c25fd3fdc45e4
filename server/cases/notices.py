"""Whom a move tells, and what."""

from datetime import datetime

from sqlmodel import Session

from server.auth.roles import Role
from server.cases.recommendation import item_of
from server.cases.tables import Case, CaseClock
from server.cases.workflow import NAMES, State
from server.notify import service as notify
from server.notify.templates import known
from server.objections import links
from server.subjects import service as subjects

S = State
_TASK: dict[State, Role] = {
    S.A1: Role.SEAT, S.W1: Role.DISPATCH, S.W7: Role.VERIFY, S.WX: Role.SUPERV, S.L1: Role.OFFICER,
    S.L3: Role.LEGAL, S.L4: Role.HEAD, S.L5: Role.OFFICER, S.L8: Role.HEAD, S.L9: Role.OFFICER, S.W5: Role.OFFICER,
}  # fmt: skip
DEADLINE = {0.7: "deadline_warn", 1.0: "deadline_due", 1.5: "deadline_late"}


def of_move(session: Session, case: Case, frm: State, now: datetime, contact: str = "") -> None:
    """Queue the notices of the move just made; each once, whatever happens."""
    key, state = f"{case.id}:{case.version}", State(case.state)
    if state in _TASK:
        notify.queue(
            session, f"{key}:task", f"role:{_TASK[state]}", "task", _state_facts(case), now, case.district,
            case_id=case.id,
        )  # fmt: skip
    if state is S.W2 and case.assignee_id is not None:
        notify.queue(
            session, f"{key}:task", f"person:{case.assignee_id}", "task", _state_facts(case), now, case.district,
            case_id=case.id,
        )  # fmt: skip
    if state is S.W0:
        _remind(session, case, key, contact, now)
    if (frm, state) == (S.W0, S.A2):
        _to_subject(session, case, key, "corrected", {}, now)
    if state is S.W6 and case.order_due_at is not None:
        _to_subject(session, case, key, "order", {"due": case.order_due_at.isoformat()}, now)
    if (frm, state) == (S.W8, S.W4):
        told = {"number": case.number, "times": case.rework}
        to = f"person:{case.handler_id}" if case.handler_id else f"role:{Role.LEADER}"
        notify.queue(session, f"{key}:rework", to, "rework", told, now, case.district, case_id=case.id)
    if (frm, state) == (S.W8, S.C2):
        _to_subject(session, case, key, "closed_corrected", {}, now)
    if state is S.L9:
        _to_subject(session, case, key, "decision_revoked", {}, now)
    if state is S.L5:
        _to_subject(session, case, key, "decision", {"outcome_zh": "不予行政处罚", "outcome_en": "no penalty"}, now)


def of_deadline(session: Session, case: Case, share: float, timer_key: str, now: datetime) -> None:
    """Tell the handler (70 %), the leader (100 %) or the head (150 %)."""
    to = _whom(case, share)
    facts = _state_facts(case)
    notify.queue(session, f"{timer_key}:{share}", to, DEADLINE[share], facts, now, case.district, case_id=case.id)


def of_clock(
    session: Session, case: Case, clock: CaseClock, names: tuple[str, str], share: float, now: datetime
) -> None:
    """The same of a period of the law."""
    told = {"number": case.number, "clock_zh": names[0], "clock_en": names[1], "due": clock.due_at.isoformat()}
    to = _whom(case, share)
    notify.queue(session, f"{clock.id}:{share}", to, "legal_clock", told, now, case.district, case_id=case.id)


def _whom(case: Case, share: float) -> str:
    to = {1.0: f"role:{Role.LEADER}", 1.5: f"role:{Role.HEAD}"}.get(share)
    if to is not None:
        return to
    held = case.handler_id or case.assignee_id
    return f"person:{held}" if held else f"role:{_TASK.get(State(case.state), Role.SUPERV)}"


def _remind(session: Session, case: Case, key: str, contact: str, now: datetime) -> None:
    _, item = item_of(session, case)
    if item is None:
        return
    facts = {"item_zh": item.name.zh, "item_en": item.name.en, "minutes": item.reminder_minutes, "contact": contact}
    _to_subject(session, case, key, "reminder", facts, now)


def _to_subject(session: Session, case: Case, key: str, template: str, facts: dict[str, object], now: datetime) -> None:
    subject = subjects.get(session, case.subject_id)
    # Without a contact of this move's own the channel looks up where the subject is reached.
    told = {"subject": subject.name, "number": case.number} | {n: value for n, value in facts.items() if value != ""}
    if known()[template].way_in:
        told |= {"link_id": str(links.for_notice(session, case, now) or "")}
    to = f"subject:{subject.id}"
    notify.queue(session, f"{key}:{template}", to, template, told, now, case.district, case_id=case.id)


def _state_facts(case: Case) -> dict[str, object]:
    zh, en = NAMES[State(case.state)]
    return {"number": case.number, "state_zh": zh, "state_en": en}
