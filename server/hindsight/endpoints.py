"""`/api/cases/{id}/replay`, `/api/exemption-lists/drafts/{id}/trial`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from server.auth.person import Allow, Person
from server.auth.roles import Role
from server.cases import repository
from server.context import Now, ReadSession
from server.errors import NotFound
from server.hindsight import replay, trial
from server.hindsight.replay import Replayed
from server.hindsight.trial import Trial
from server.policy import drafts

router = APIRouter(prefix="/api", tags=["hindsight"])
Checker = Annotated[Person, Depends(Allow(Role.LEGAL, Role.HEAD, Role.LEADER))]


class ReplayRead(BaseModel):
    """Every stored answer of a case, run again. `same`: all of them came out as they were stored."""

    case_id: UUID
    same: bool
    answers: list[Replayed]


@router.get("/cases/{case_id}/replay")
def replay_case(case_id: UUID, session: ReadSession, person: Checker) -> ReplayRead:
    """Run the case's recommendations and decisions again with their stored facts and list versions."""
    case = repository.get(session, case_id)
    if case is None:
        raise NotFound("case", case_id)
    person.reach.require("case", case_id, case.district)
    answers = replay.of_case(session, case_id)
    return ReplayRead(case_id=case_id, same=all(answer.same for answer in answers), answers=answers)


@router.post("/exemption-lists/drafts/{draft_id}/trial")
def try_draft(
    draft_id: UUID,
    session: ReadSession,
    now: Now,
    person: Checker,
    limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
) -> Trial:
    """What the draft would have changed in the newest cases of the person's districts. Nothing is written."""
    return trial.run(session, drafts.parsed(drafts.get(session, draft_id)), person.reach, now, limit)
