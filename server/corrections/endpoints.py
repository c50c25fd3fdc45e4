"""`/api/correction-tasks`: decisions that rested on what has changed since. A person settles each."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session

from server.auth.person import Allow, Person, ReaderPerson
from server.auth.roles import Role
from server.cases.tables import Case
from server.context import Now, ReadSession, WriteSession
from server.corrections import repository, settling
from server.corrections.affected import WORDS, Why
from server.corrections.tables import CorrectionTask
from server.errors import NotFound

router = APIRouter(prefix="/api/correction-tasks", tags=["corrections"])
Settler = Annotated[Person, Depends(Allow(Role.LEGAL, Role.HEAD))]


class Cause(BaseModel):
    """What changed, in which finding."""

    why: Why
    why_zh: str
    why_en: str
    offence_id: UUID
    at: AwareDatetime


class Answer(BaseModel):
    """What the table answers: the input `first`, the rule and the result."""

    first: str
    rule: str
    result: str


class TaskRead(BaseModel):
    """A task. `decision_id` null: nothing is decided yet, a recommendation is stale."""

    id: UUID
    case_id: UUID
    case_number: str
    subject_id: UUID
    district: str
    nature_group: str
    recommendation_id: UUID
    decision_id: UUID | None
    causes: list[Cause]
    old: Answer
    new: Answer
    opened_at: AwareDatetime
    due_at: AwareDatetime
    told: float
    status: str
    outcome: str
    reason: str
    settled_at: AwareDatetime | None
    settled_by: UUID | None
    settled_by_name: str


class TaskPage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[TaskRead]
    next: UUID | None


class Settlement(BaseModel):
    """What was found. `own_motion` takes the case up again (C1 to L9) and needs the head."""

    model_config = ConfigDict(extra="forbid")

    outcome: settling.Outcome
    reason: str = Field(min_length=4, max_length=2000, pattern=r"^[^\x00]*$")


@router.get("")
def list_tasks(
    session: ReadSession,
    person: ReaderPerson,
    status: Literal["open", "settled"] | None = "open",
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> TaskPage:
    """Tasks, newest first; `before` is the `next` of the page before."""
    rows = repository.page(session, person.reach, status, before, limit)
    return TaskPage(items=[_read(session, row) for row in rows], next=rows[-1].id if len(rows) == limit else None)


@router.get("/{task_id}")
def get_task(task_id: UUID, session: ReadSession, person: ReaderPerson) -> TaskRead:
    """One task."""
    task = repository.get(session, task_id)
    if task is None:
        raise NotFound("correction_task", task_id)
    person.reach.require("correction_task", task_id, task.district)
    return _read(session, task)


@router.post("/{task_id}/settlement")
def settle_task(task_id: UUID, wanted: Settlement, session: WriteSession, now: Now, person: Settler) -> TaskRead:
    """Settle a task, with a reason."""
    return _read(session, settling.settle(session, task_id, wanted.outcome, wanted.reason, person, now))


def _read(session: Session, task: CorrectionTask) -> TaskRead:
    case = session.get(Case, task.case_id)
    causes: list[Cause] = []
    for cause in task.causes:
        zh, en = WORDS[Why(cause["why"])]
        causes.append(Cause(**cause, why_zh=zh, why_en=en))
    known = task.model_dump(exclude={"causes", "old", "new", "warn_at", "late_at", "next_at"})
    return TaskRead(
        **known, case_number=case.number if case else "", causes=causes,
        old=Answer(**task.old), new=Answer(**task.new),
    )  # fmt: skip
