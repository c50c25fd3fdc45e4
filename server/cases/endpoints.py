"""`/api/cases`: lists, one with its history, moves, and what the engine recommends."""

import json
import re
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response
from sqlmodel import Session

from server.auth.person import Allow, HousePerson, Person, ReaderPerson
from server.auth.roles import INTERNAL
from server.cases import history, repository, service, timers
from server.cases.fields import FIELDS, WITHOUT_REASON, NoFields
from server.cases.recommendation import Recommendation, item_of, recommend
from server.cases.schemas import (
    ActionRequest,
    CaseDetail,
    CasePage,
    CaseRead,
    DecisionRead,
    MoveRead,
    StateRead,
    StepRead,
    TimerRead,
    TransitionRead,
    WorkflowRead,
)
from server.cases.tables import Case
from server.cases.workflow import NAMES, TRANSITIONS, State, exits, is_open
from server.context import Now, ReadSession, WriteSession
from server.errors import InvalidInput, PreconditionRequired
from server.subjects import service as subjects

router = APIRouter(prefix="/api/cases", tags=["cases"])
_ETAG = re.compile(r'^(?:W/)?"(\d{1,9})"$')
Mover = Annotated[Person, Depends(Allow(*({t.who for t in TRANSITIONS} - INTERNAL)))]
"""Anybody with a part in the state table; the table itself says who makes which move."""


@router.get("")
def list_cases(
    session: ReadSession,
    person: ReaderPerson,
    state: Annotated[list[State] | None, Query()] = None,
    open_only: bool = False,
    subject_id: UUID | None = None,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> CasePage:
    """Cases, newest first; `before` is the `next` of the page before."""
    wanted = list(State) if state is None else state
    states = [s.value for s in wanted if is_open(s) or not open_only]
    rows = repository.page(session, person.reach, before, limit, states, subject_id)
    return CasePage(items=[_read(session, row) for row in rows], next=rows[-1].id if len(rows) == limit else None)


@router.get("/workflow")
def get_workflow(_person: HousePerson) -> WorkflowRead:
    """The states and the moves between them, as data."""
    states = [StateRead(state=s, name_zh=zh, name_en=en, is_open=is_open(s)) for s, (zh, en) in NAMES.items()]
    moves = [
        TransitionRead(
            frm=t.frm, to=t.to, who=t.who, when=t.when, needs_reason=(t.frm, t.to) not in WITHOUT_REASON,
            fields=FIELDS.get((t.frm, t.to), NoFields).model_json_schema(),
        )
        for t in TRANSITIONS
    ]  # fmt: skip
    return WorkflowRead(states=states, transitions=moves)


@router.get("/{case_id}")
def get_case(case_id: UUID, session: ReadSession, person: ReaderPerson, response: Response) -> CaseDetail:
    """A case with its history. The ETag is its version: send it as If-Match with a move."""
    case = _within_reach(session, case_id, person)
    response.headers["ETag"] = f'"{case.version}"'
    return _detail(session, case)


@router.post("/{case_id}/actions")
def act_on_case(
    case_id: UUID,
    request: ActionRequest,
    session: WriteSession,
    now: Now,
    person: Mover,
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=100)] = None,
) -> CaseDetail:
    """Move a case. Needs If-Match; with an Idempotency-Key the same request may safely be sent again."""
    version = _version(if_match)
    _within_reach(session, case_id, person)
    if idempotency_key is None:
        case = service.act(session, case_id, request, person, now, version)
    else:
        case = service.act_once(session, case_id, request, person, now, version, idempotency_key)
    response.headers["ETag"] = f'"{case.version}"'
    return _detail(session, case)


@router.get("/{case_id}/recommendation")
def get_recommendation(case_id: UUID, session: ReadSession, now: Now, person: ReaderPerson) -> Recommendation:
    """What the engine recommends: of an open case as it stands now, of a closed one as last stored."""
    case = _within_reach(session, case_id, person)
    stored = repository.newest_recommendation(session, case_id)
    if stored is not None and not is_open(State(case.state)):
        return Recommendation.model_validate_json(json.dumps(stored.body))
    return recommend(session, case, now)


def _within_reach(session: Session, case_id: UUID, person: Person) -> Case:
    case = service.get(session, case_id)
    person.reach.require("case", case_id, case.district)
    return case


def _version(if_match: str | None) -> int:
    if if_match is None:
        raise PreconditionRequired("case")
    match = _ETAG.match(if_match.strip())
    if match is None:
        raise InvalidInput([{"field": "If-Match", "value": if_match[:40], "allowed": 'an ETag such as "3"'}])
    return int(match[1])


def _read(session: Session, case: Case) -> CaseRead:
    return CaseRead(**_known(session, case))


def _detail(session: Session, case: Case) -> CaseDetail:
    state = State(case.state)
    steps = repository.steps_of(session, case.id)
    timer = timers.live(session, case)
    _, item = item_of(session, case)
    return CaseDetail(
        **_known(session, case),
        item_name=item.name.zh if item else None,
        steps=[StepRead.model_validate(step) for step in steps],
        history_faults=list(history.faults(steps)),
        alert_ids=[alert.id for alert in repository.alerts_of(session, case.id)],
        timer=TimerRead.model_validate(timer) if timer else None,
        decisions=[DecisionRead.model_validate(row) for row in repository.decisions_of(session, case.id)],
        moves=[
            MoveRead(
                to=t.to, name_zh=NAMES[t.to][0], name_en=NAMES[t.to][1], who=t.who, when=t.when,
                needs_reason=(t.frm, t.to) not in WITHOUT_REASON,
            )
            for t in exits(state)
        ],
    )  # fmt: skip


def _known(session: Session, case: Case) -> dict[str, Any]:
    zh, en = NAMES[State(case.state)]
    timer = timers.live(session, case)
    return case.model_dump(exclude={"violation_version", "asked_from", "recheck_id", "reviewer_id", "returns"}) | {
        "state_zh": zh,
        "state_en": en,
        "is_open": is_open(State(case.state)),
        "subject_name": subjects.get(session, case.subject_id).name,
        "due_at": timer.due_at if timer else None,
    }
