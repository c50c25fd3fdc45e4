"""Cases as they go out: a row of a list, or one with its history, clocks and the reasons for its recommendation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from server.auth.tables import PersonRow
from server.cases import clocks, history, repository, timers
from server.cases.fields import WITHOUT_REASON
from server.cases.points import RESULTS, points
from server.cases.recommendation import Recommendation, item_of, newest_stored, recommend
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
from server.ledger.tables import Offence
from server.subjects.tables import Subject

_KEPT_BACK = frozenset(Case.model_fields) - frozenset(CaseRead.model_fields)


def rows(session: Session, found: Sequence[Case]) -> list[CaseRead]:
    """Rows of a list, with the subjects' names read at once."""
    wanted = select(Subject.id, Subject.name).where(col(Subject.id).in_({case.subject_id for case in found}))
    names = dict(session.exec(wanted).all())
    officers = {case.assignee_id for case in found if case.assignee_id is not None}
    if officers:
        people = select(PersonRow.id, PersonRow.name).where(col(PersonRow.id).in_(officers))
        names |= dict(session.exec(people).all())
    return [CaseRead(**_known(case, names)) for case in found]


def detail(session: Session, case: Case, now: datetime) -> CaseDetail:
    """One case with its history; `why` explains what is recommended now, or what a closed case was decided on."""
    steps = repository.steps_of(session, case.id)
    timer = timers.live(session, case)
    _, item = item_of(session, case)
    subject = session.get(Subject, case.subject_id)
    assignee = session.get(PersonRow, case.assignee_id) if case.assignee_id else None
    names = {case.subject_id: subject.name if subject else ""} | ({assignee.id: assignee.name} if assignee else {})
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
    given = recommend(session, case, now) if is_open(State(case.state)) else newest_stored(session, case.id)
    return None if given is None else why_of(session, given)


def why_of(session: Session, given: Recommendation) -> Why:
    """A recommendation in words. One kept before matters were kept with it has its trace, and no points."""
    told = explain(given.trace, given.facts)
    told.result, (told.result_zh, told.result_en) = given.result.value, RESULTS[given.result]
    if given.matter is not None:
        ids = [UUID(prior.offence_id) for prior in given.priors]
        acts = session.exec(select(Offence.id, Offence.act_at).where(col(Offence.id).in_(ids))).all() if ids else []
        told.points = points(
            given.matter, given.facts.first, given.facts.cor, given.layers, given.undecided, priors=given.priors,
            acts={str(key): at for key, at in acts}, at=given.at, needs_legal=given.needs_legal,
        )  # fmt: skip
    return told


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
        "assignee_name": names.get(case.assignee_id, "") if case.assignee_id else "",
    }
