"""Lists of cases: filters, sorting, pages by cursor."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session, col, func, or_, select

from server import cursor
from server.auth.person import Person
from server.cases.tables import Case
from server.cases.workflow import ENDS, State
from server.errors import InvalidInput

Sort = Literal["newest", "oldest", "due"]
_ENDED = [state.value for state in ENDS]


class CaseFilter(BaseModel):
    """What is looked for. `mine`: reviewed by, assigned to, handled or verified by whoever asks. `due` lists open
    cases, the one due first ahead. `before` is the `next` of the page before. `id`: no others than these.
    """

    model_config = ConfigDict(extra="forbid")

    id: list[UUID] = Field(default_factory=list[UUID], max_length=200)
    state: list[State] = Field(default_factory=list[State])
    open_only: bool = False
    district: str | None = Field(default=None, max_length=40)
    camera_id: str | None = Field(default=None, max_length=64)
    item: str | None = Field(default=None, max_length=20)
    violation: str | None = Field(default=None, max_length=64)
    subject_id: UUID | None = None
    opened_from: AwareDatetime | None = None
    opened_to: AwareDatetime | None = None
    number: str | None = Field(default=None, min_length=3, max_length=40, pattern=r"^[^\x00]*$")
    overdue: bool = False
    urgent: bool = False
    mine: bool = False
    sort: Sort = "newest"
    before: str | None = Field(default=None, max_length=120)
    limit: int = Field(default=50, ge=1, le=200)


def search(session: Session, person: Person, wanted: CaseFilter, now: datetime) -> tuple[list[Case], str | None]:
    """One page of the cases within reach, and the cursor of the next one (null at the end)."""
    query = _found(select(Case), person, wanted, now)
    rows = list(session.exec(_sorted(query, wanted).limit(wanted.limit + 1)).all())
    more, rows = len(rows) > wanted.limit, rows[: wanted.limit]
    return rows, _cursor(rows[-1], wanted.sort) if more else None


def count(session: Session, person: Person, wanted: CaseFilter, now: datetime) -> int:
    """How many cases within reach the filters find, whatever the page."""
    query = _found(select(func.count()).select_from(Case), person, wanted, now)
    if wanted.sort == "due":
        query = query.where(col(Case.due_at).is_not(None))
    return session.exec(query).one()


def _found(query, person: Person, wanted: CaseFilter, now: datetime):  # type: ignore[no-untyped-def]
    query = person.reach.limit(query, Case.district)
    equal = {
        Case.district: wanted.district, Case.camera_id: wanted.camera_id, Case.item_code: wanted.item,
        Case.violation: wanted.violation, Case.subject_id: wanted.subject_id,
    }  # fmt: skip
    for column, value in equal.items():
        if value is not None:
            query = query.where(col(column) == value)
    if wanted.id:
        query = query.where(col(Case.id).in_(wanted.id))
    if wanted.state:
        query = query.where(col(Case.state).in_([state.value for state in wanted.state]))
    if wanted.open_only:
        query = query.where(col(Case.state).not_in(_ENDED))
    if wanted.opened_from is not None:
        query = query.where(col(Case.opened_at) >= wanted.opened_from)
    if wanted.opened_to is not None:
        query = query.where(col(Case.opened_at) < wanted.opened_to)
    if wanted.number is not None:
        # A list of ids of its own: read from the narrow index on numbers, not from the wide rows.
        named = select(Case.id).where(col(Case.number).contains(wanted.number.strip().upper(), autoescape=True))
        query = query.where(col(Case.id).in_(named))
    if wanted.overdue:
        query = query.where(col(Case.due_at) < now)
    if wanted.urgent:
        query = query.where(col(Case.urgent))
    if wanted.mine:
        parts = (Case.reviewer_id, Case.assignee_id, Case.handler_id, Case.verifier_id)
        query = query.where(or_(*(col(part) == person.id for part in parts)))
    return query


def _sorted(query, wanted: CaseFilter):  # type: ignore[no-untyped-def]
    if wanted.sort == "due":
        query = query.where(col(Case.due_at).is_not(None))
        if wanted.before is not None:
            at, key = cursor.decode(wanted.before)
            query = query.where(or_(col(Case.due_at) > at, (col(Case.due_at) == at) & (col(Case.id) > key)))
        return query.order_by(col(Case.due_at), col(Case.id))
    newest = wanted.sort == "newest"
    if wanted.before is not None:
        key = _id(wanted.before)
        query = query.where(col(Case.id) < key if newest else col(Case.id) > key)
    return query.order_by(col(Case.id).desc() if newest else col(Case.id))


def _cursor(last: Case, sort: Sort) -> str:
    return cursor.encode(last.due_at, last.id) if sort == "due" and last.due_at is not None else str(last.id)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        allowed = "a cursor that a page of the same sorting gave"
        raise InvalidInput([{"field": "before", "value": text[:80], "allowed": allowed}]) from error
