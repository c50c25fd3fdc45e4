"""Which cases wait, in which order: urgent ones first, then the others, then what was left for later; newest first.

The order has three bands, each read from the index on its own: sorting ten thousand cases for every page of thirty
would be most of the work.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, func, or_, select

from server.auth.person import Person
from server.cases.tables import Case
from server.cases.workflow import State
from server.errors import InvalidInput
from server.review.schemas import ReviewCount, ReviewFilter
from server.review.tables import ReviewDoubt

URGENT, ORDINARY, UNCLEAR = range(3)


def page(session: Session, person: Person, wanted: ReviewFilter) -> tuple[list[Case], str | None]:
    """One page of the queue within reach, and the cursor of the next (null at the end)."""
    band, last = (URGENT, None) if wanted.after is None else _decode(wanted.after)
    found: list[tuple[int, Case]] = []
    while band <= UNCLEAR and len(found) <= wanted.limit:
        query = _of_band(_waiting(person, wanted), band)
        if last is not None:
            query = query.where(col(Case.id) < last)
        rows = session.exec(query.order_by(col(Case.id).desc()).limit(wanted.limit + 1 - len(found))).all()
        found += [(band, row) for row in rows]
        band, last = band + 1, None
    shown = found[: wanted.limit]
    more = len(found) > wanted.limit
    return [case for _, case in shown], f"{shown[-1][0]}.{shown[-1][1].id}" if more else None


def count(session: Session, person: Person, wanted: ReviewFilter, now: datetime) -> ReviewCount:
    """How many there are, in one query."""
    what = (func.count(), _how_many(col(Case.urgent)), _how_many(_is_unclear()), _how_many(col(Case.due_at) < now))
    waiting, urgent, unclear, overdue = session.exec(_conditions(select(*what), person, wanted)).one()
    return ReviewCount(waiting=waiting, urgent=urgent or 0, unclear=unclear or 0, overdue=overdue or 0)


def _how_many(condition: Any) -> Any:
    return func.count().filter(condition)


def _waiting(person: Person, wanted: ReviewFilter) -> Any:
    return _conditions(select(Case), person, wanted)


def _conditions(query: Any, person: Person, wanted: ReviewFilter) -> Any:
    query = person.reach.limit(query, Case.district).where(Case.state == State.A1.value)
    equal = {Case.camera_id: wanted.camera_id, Case.violation: wanted.violation, Case.district: wanted.district}
    for column, value in equal.items():
        if value is not None:
            query = query.where(col(column) == value)
    if wanted.case_id:
        query = query.where(col(Case.id).in_(wanted.case_id))
    if wanted.opened_from is not None:
        query = query.where(col(Case.opened_at) >= wanted.opened_from)
    if wanted.opened_to is not None:
        query = query.where(col(Case.opened_at) < wanted.opened_to)
    return query


def _of_band(query: Any, band: int) -> Any:
    if band == UNCLEAR:
        return query.where(_is_unclear())
    return query.where(col(Case.urgent).is_(band == URGENT), ~_is_unclear())


def _is_unclear() -> ColumnElement[bool]:
    same = or_(
        col(ReviewDoubt.reviewer_id) == col(Case.reviewer_id),
        and_(col(ReviewDoubt.reviewer_id).is_(None), col(Case.reviewer_id).is_(None)),
    )
    return exists(select(ReviewDoubt.case_id).where(ReviewDoubt.case_id == Case.id, same))


def _decode(cursor: str) -> tuple[int, UUID]:
    band, _, key = cursor.partition(".")
    try:
        known, last = int(band), UUID(key)
        if not URGENT <= known <= UNCLEAR:
            raise ValueError(band)
    except ValueError as error:
        allowed = "a cursor that a page of the queue gave"
        raise InvalidInput([{"field": "after", "value": cursor, "allowed": allowed}]) from error
    return known, last
