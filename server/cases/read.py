"""Cases as they go out: a row of a list, or one with its history, clocks and the reasons for its recommendation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from server.cases import clocks, history, repository, timers
from server.cases.fields import WITHOUT_REASON
from server.cases.recommendation import item_of, recommend
from server.cases.schemas import (
    CaseDetail,
    CaseRead,
    ClockRead,
    DecisionRead,
    MoveRead,
    RecheckRead,
    StepRead,
    TimerRead,
)
from server.cases.tables import Case, CaseClock
from server.cases.why import Why, explain
from server.cases.workflow import NAMES, State, exits, is_open
from server.policy.decide import Tried
from server.policy.facts import Facts
from server.subjects.tables import Subject

_KEPT_BACK = frozenset(Case.model_fields) - frozenset(CaseRead.model_fields)


def rows(session: Session, found: Sequence[Case]) -> list[CaseRead]:
    """Rows of a list, with the subjects' names read at once."""
    wanted = select(Subject.id, Subject.name).where(col(Subject.id).in_({case.subject_id for case in found}))
    names = dict(session.exec(wanted).all())
    return [CaseRead(**_known(case, names)) for case in found]


def detail(session: Session, case: Case, now: datetime) -> CaseDetail:
    """One case with its history; `why` explains what is recommended now, or what a closed case was decided on."""
    steps = repository.steps_of(session, case.id)
    timer = timers.live(session, case)
    _, item = item_of(session, case)
    subject = session.get(Subject, case.subject_id)
    names = {case.subject_id: subject.name if subject else ""}
    return CaseDetail(
        **_known(case, names),
        item_name=item.name.zh if item else None,
        steps=[StepRead.model_validate(step) for step in steps],
        history_faults=list(history.faults(steps)),
        alert_ids=[alert.id for alert in repository.alerts_of(session, case.id)],
        timer=TimerRead.model_validate(timer) if timer else None,
        clocks=[_clock(row) for row in clocks.of_case(session, case.id)],
        rechecks=[RecheckRead.model_validate(row) for row in repository.rechecks_of(session, case.id)],
        sibling_ids=repository.siblings_of(session, case),
        why=_why(session, case, now),
        decisions=[DecisionRead.model_validate(row) for row in repository.decisions_of(session, case.id)],
        moves=[
            MoveRead(
                to=t.to, name_zh=NAMES[t.to][0], name_en=NAMES[t.to][1], who=t.who, when=t.when,
                needs_reason=(t.frm, t.to) not in WITHOUT_REASON,
            )
            for t in exits(State(case.state))
        ],
    )  # fmt: skip


def _why(session: Session, case: Case, now: datetime) -> Why | None:
    stored = repository.newest_recommendation(session, case.id)
    if is_open(State(case.state)):
        present = recommend(session, case, now)
        return explain(present.trace, present.facts)
    if stored is None:
        return None
    trace: list[Tried] = stored.body["trace"]
    return explain(trace, Facts.model_validate(stored.body["facts"], strict=False))


def _clock(row: CaseClock) -> ClockRead:
    zh, en = clocks.NAMES[row.kind]  # type: ignore[index]
    kept = row.model_dump(exclude={"id", "case_id", "next_at"})
    return ClockRead(**kept, name_zh=zh, name_en=en, runs=row.ended_at is None)


def _known(case: Case, names: dict[UUID, str]) -> dict[str, Any]:
    zh, en = NAMES[State(case.state)]
    return case.model_dump(exclude=set(_KEPT_BACK)) | {
        "state_zh": zh,
        "state_en": en,
        "is_open": is_open(State(case.state)),
        "subject_name": names.get(case.subject_id, ""),
    }
