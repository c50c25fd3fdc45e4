"""Open correction tasks when a subject's ledger changes. Called by the ledger, which holds the subject.

Imports nothing that moves cases: the ledger is part of every move.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.auth.roles import Role
from server.calendars import service as calendars
from server.cases.deadlines import LATE
from server.cases.tables import Case, DecisionRow, RecommendationRow
from server.corrections import repository
from server.corrections.affected import (
    WORDS,
    Affected,
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
from server.ledger.window import Prior, Standing, standing_of
from server.marks import marks, reached
from server.notify import service as notify
from server.policy import publication
from server.policy.exemptions import ExemptionList
from server.policy.facts import Facts

DEFAULT_MONTHS = 24


def prior_changed(session: Session, offence: Offence, before: Prior, after: Prior, by: Person, now: datetime) -> int:
    """A finding stands otherwise than it did: open a task for each decision that is affected; how many."""
    why = what_changed(before, after)
    if why is None:
        return 0
    relied, findings = _relied(session, offence), _findings(session, offence)
    found = affected_by_prior(relied, findings, offence.id, why)
    return _open_all(session, offence, found, by, now)


def act_entered(session: Session, offence: Offence, by: Person, now: datetime) -> int:
    """A new finding: when decisions on later acts are already made, it came late; how many tasks that opened."""
    found = affected_by_late_act(_relied(session, offence), _findings(session, offence), offence.act_at)
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
    relied, cause = one.relied, {"why": one.why.value, "offence_id": str(offence.id), "at": now.isoformat()}
    new = {"first": one.first.value, "rule": one.rule, "result": one.result.value}
    case = session.get(Case, relied.case_id)
    assert case is not None
    task = repository.open_of(session, relied.case_id)
    if task is None:
        span = rules.current(session).periods.correction.span()
        task = CorrectionTask(
            id=uuid7(now), case_id=case.id, subject_id=offence.subject_id, district=case.district,
            nature_group=offence.nature_group, recommendation_id=relied.recommendation_id,
            decision_id=relied.decision_id, causes=[cause],
            old={"first": relied.facts.first.value, "rule": relied.rule, "result": relied.result}, new=new,
            opened_at=now, **marks(calendars.current(session), now, span),
        )  # fmt: skip
    else:
        task.causes, task.new = [*task.causes, cause], new
        task.recommendation_id, task.decision_id = relied.recommendation_id, relied.decision_id
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


def _findings(session: Session, offence: Offence) -> list[Prior]:
    rows = ledger.of_subject(session, offence.subject_id, offence.nature_group)
    events = ledger.events_of(session, rows)
    return [standing_of(row.id, events.get(row.id, [])) for row in rows]


def _relied(session: Session, offence: Offence) -> list[Relied]:
    return [_as_relied(session, *found) for found in repository.relying(session, offence)]


def _as_relied(
    session: Session, case: Case, own: Offence, row: RecommendationRow, decision: DecisionRow | None
) -> Relied:
    counted = tuple(
        Prior(
            UUID(prior["offence_id"]),
            datetime.fromisoformat(prior["served_at"]) if prior["served_at"] else None,
            Standing(prior["standing"]),
        )
        for prior in row.body.get("priors", [])
    )
    return Relied(
        recommendation_id=row.id, decision_id=decision.id if decision else None, case_id=case.id, own=own.id,
        act_at=own.act_at, months=_months(session, row), facts=Facts.model_validate(row.body["facts"], strict=False),
        rule=row.rule, result=row.result, priors=counted,
    )  # fmt: skip


def _months(session: Session, row: RecommendationRow) -> int:
    """The window of the item in the version of the list that the recommendation named."""
    name, _, version = (row.list_version or "").partition("@")
    for published in publication.newest(session, publication.EXEMPTIONS, name):
        if published.version == version:
            item = publication.parsed(ExemptionList, published).item(row.body.get("item_code") or "")
            return item.look_back.months if item else DEFAULT_MONTHS
    return DEFAULT_MONTHS
