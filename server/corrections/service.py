"""Open correction tasks when a subject's ledger changes. Called by the ledger, which holds the subject.

Imports nothing that moves cases: the ledger is part of every move.
"""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.auth.roles import Role
from server.calendars import service as calendars
from server.cases.deadlines import LATE
from server.cases.tables import Case
from server.corrections import again, repository
from server.corrections.affected import (
    WORDS,
    Affected,
    Events,
    Relied,
    Why,
    affected_by_late_act,
    affected_by_prior,
    what_changed,
)
from server.corrections.tables import CorrectionTask
from server.ledger import repository as ledger
from server.ledger import rules
from server.ledger.tables import Offence
from server.ledger.window import Prior
from server.marks import marks, reached
from server.notify import service as notify


def prior_changed(session: Session, offence: Offence, before: Prior, after: Prior, by: Person, now: datetime) -> int:
    """A finding stands otherwise than it did: open a task for each decision that is affected; how many."""
    why = what_changed(before, after)
    if why is None:
        return 0
    relied = _relied(session, offence)
    if not relied:
        return 0
    found = affected_by_prior(relied, offence.nature_group, _events(session, offence), offence.id, why)
    return _open_all(session, offence, found, by, now)


def act_entered(session: Session, offence: Offence, by: Person, now: datetime) -> int:
    """A new finding: when decisions on later acts are already made, it came late; how many tasks that opened."""
    relied = _relied(session, offence)
    if not relied:
        return 0
    found = affected_by_late_act(relied, offence.nature_group, _events(session, offence), offence.act_at)
    return _open_all(session, offence, found, by, now)


def sweep(session: Session, now: datetime, limit: int = 100) -> int:
    """Tell of open tasks at 70 % (LEGAL), 100 % (LEADER) and 150 % (HEAD); how many were told. Never settles one."""
    rows = repository.untold(session, now, limit)
    for task in rows:
        share = reached(task, now)
        session.add(task)
        if share is not None:
            to = {0.7: Role.LEGAL, 1.0: Role.LEADER}.get(share, Role.HEAD if share == LATE else Role.LEGAL)
            _tell(session, task, Why(task.causes[-1]["why"]), f"role:{to}", f"{task.id}:{share}", now)
    return len(rows)


def _open_all(session: Session, offence: Offence, found: list[Affected], by: Person, now: datetime) -> int:
    for one in found:
        _open(session, offence, one, by, now)
    return len(found)


def _open(session: Session, offence: Offence, one: Affected, by: Person, now: datetime) -> None:
    basis, cause = one.relied, {"why": one.why.value, "offence_id": str(offence.id), "at": now.isoformat()}
    old, new = asdict(one.relied.said), asdict(one.says)
    case = session.get(Case, basis.case_id)
    assert case is not None
    task = repository.open_of(session, basis.case_id)
    if task is None:
        span = rules.current(session).periods.correction.span()
        task = CorrectionTask(
            id=uuid7(now), case_id=case.id, subject_id=offence.subject_id, district=case.district,
            nature_group=offence.nature_group, recommendation_id=basis.recommendation_id,
            decision_id=basis.decision_id, causes=[cause],
            old=old, new=new, opened_at=now, **marks(calendars.current(session), now, span),
        )  # fmt: skip
    else:
        task.causes, task.new = [*task.causes, cause], new
        task.recommendation_id, task.decision_id = basis.recommendation_id, basis.decision_id
    session.add(task)
    session.flush()
    facts = {"case_id": str(case.id), "task_id": str(task.id), "old": task.old, "new": new} | cause
    audit.record(session, by, "correction.opened", task.id, facts, now)
    _tell(session, task, one.why, f"role:{Role.LEGAL}", f"{task.id}:{len(task.causes)}", now)


def _tell(session: Session, task: CorrectionTask, why: Why, to: str, key: str, now: datetime) -> None:
    case = session.get(Case, task.case_id)
    zh, en = WORDS[why]
    facts = {"number": case.number if case else "", "why_zh": zh, "why_en": en, "due": task.due_at.isoformat()}
    notify.queue(session, f"correction:{key}", to, "correction_task", facts, now, task.district)


def _events(session: Session, offence: Offence) -> Events:
    rows = ledger.of_subject(session, offence.subject_id, offence.nature_group)
    events = ledger.events_of(session, rows)
    return {row.id: events.get(row.id, []) for row in rows}


def _relied(session: Session, offence: Offence) -> list[Relied]:
    return [again.relied(session, *found) for found in repository.relying(session, offence)]
