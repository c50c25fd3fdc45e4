"""`/api/cases`: lists, one with its history, moves, and what the engine recommends."""

import json
import re
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response
from sqlmodel import Session

from server.auth.person import Allow, HousePerson, Person, ReaderPerson
from server.auth.roles import INTERNAL, Role
from server.cases import possible, read, remarks, repository, service
from server.cases.fields import FIELDS, WITHOUT_REASON, NoFields
from server.cases.possible import PossibleMove
from server.cases.recommendation import Recommendation, recommend
from server.cases.schemas import (
    ActionRequest,
    CaseCount,
    CaseDetail,
    CasePage,
    Reasoned,
    StateRead,
    TransitionRead,
    WorkflowRead,
)
from server.cases.searching import CaseFilter, count, search
from server.cases.tables import Case
from server.cases.workflow import NAMES, TRANSITIONS, State, is_open
from server.context import Now, ReadSession, WriteSession
from server.errors import InvalidInput, PreconditionRequired

router = APIRouter(prefix="/api/cases", tags=["cases"])
_ETAG = re.compile(r'^(?:W/)?"(\d{1,9})"$')
Mover = Annotated[Person, Depends(Allow(*({t.who for t in TRANSITIONS} - INTERNAL)))]
"""Anybody with a part in the state table; the table itself says who makes which move."""
FieldPerson = Annotated[Person, Depends(Allow(Role.OFFICER, Role.SUPERV, Role.LEADER, Role.DISPATCH))]
"""Whoever may know that an obstacle is gone."""


@router.get("")
def list_cases(
    session: ReadSession, now: Now, person: ReaderPerson, wanted: Annotated[CaseFilter, Query()]
) -> CasePage:
    """Cases by any of the filters; `before` is the `next` of the page before, of the same filters and sorting."""
    rows, following = search(session, person, wanted, now)
    return CasePage(items=read.rows(session, rows), next=following)


@router.get("/count")
def count_cases(
    session: ReadSession, now: Now, person: ReaderPerson, wanted: Annotated[CaseFilter, Query()]
) -> CaseCount:
    """How many cases the filters find, over all pages."""
    return CaseCount(count=count(session, person, wanted, now))


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
def get_case(case_id: UUID, session: ReadSession, now: Now, person: ReaderPerson, response: Response) -> CaseDetail:
    """A case with its history. The ETag is its version: send it as If-Match with a move."""
    case = _within_reach(session, case_id, person)
    response.headers["ETag"] = f'"{case.version}"'
    return read.detail(session, case, now)


@router.get("/{case_id}/moves")
def list_moves(case_id: UUID, session: ReadSession, now: Now, person: ReaderPerson) -> list[PossibleMove]:
    """The moves that whoever asks may make now, with the fields of each, and what bars this person from one."""
    return possible.moves_of(session, _within_reach(session, case_id, person), person, now)


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
    return read.detail(session, case, now)


@router.get("/{case_id}/recommendation")
def get_recommendation(case_id: UUID, session: ReadSession, now: Now, person: ReaderPerson) -> Recommendation:
    """What the engine recommends: of an open case as it stands now, of a closed one as last stored."""
    case = _within_reach(session, case_id, person)
    stored = repository.newest_recommendation(session, case_id)
    if stored is not None and not is_open(State(case.state)):
        return Recommendation.model_validate_json(json.dumps(stored.body))
    return recommend(session, case, now)


@router.post("/{case_id}/void-request")
def ask_for_void(
    case_id: UUID, told: Reasoned, session: WriteSession, now: Now, person: Mover, response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> CaseDetail:  # fmt: skip
    """Ask that a case be void (first person). Another one confirms by moving it to V; until then nothing changes."""
    _within_reach(session, case_id, person)
    case = service.hold_version(session, case_id, _version(if_match))
    return _answer(session, remarks.ask_for_void(session, case, person, told.reason, now), now, response)


@router.post("/{case_id}/obstacle-gone")
def report_obstacle_gone(
    case_id: UUID, told: Reasoned, session: WriteSession, now: Now, person: FieldPerson, response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> CaseDetail:  # fmt: skip
    """The obstacle of a suspended case (W9) is gone: the system sends it to dispatch again."""
    _within_reach(session, case_id, person)
    case = service.hold_version(session, case_id, _version(if_match))
    return _answer(session, remarks.obstacle_gone(session, case, person, told.reason, now), now, response)


def _answer(session: Session, case: Case, now: datetime, response: Response) -> CaseDetail:
    response.headers["ETag"] = f'"{case.version}"'
    return read.detail(session, case, now)


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
