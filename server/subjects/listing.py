"""The list of subjects: what it can be narrowed by, and what each row tells beside the subject itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from server.auth.person import Person
from server.auth.roles import STAFF, Role
from server.cases.tables import Case
from server.subjects.schemas import SubjectListed
from server.subjects.tables import Premises, Subject, SubjectGrade

Narrow = Literal["code_failed", "pending", "open_case"]
"""code_failed: the code fails its check; pending: an individual without a number; open_case: something is on."""
WITH_CASES = STAFF | {Role.AUDITOR}


def narrowed(kind: str | None, by: Narrow | None, person: Person) -> list[ColumnElement[bool]]:
    """The conditions of a list. Whoever has no business with cases cannot narrow by them."""
    found: list[ColumnElement[bool]] = []
    if kind is not None:
        found.append(col(Subject.kind) == kind)
    if by == "code_failed":
        found.append(col(Subject.code_check_failed).is_(True))
    if by == "pending":
        found.append(col(Subject.person_pending).is_(True))
    if by == "open_case" and person.has(*WITH_CASES):
        running = person.reach.limit(select(Case.subject_id), Case.district).where(col(Case.closed_at).is_(None))
        found.append(col(Subject.id).in_(running))
    return found


def rows(session: Session, subjects: Iterable[Subject], person: Person, now: datetime) -> list[SubjectListed]:
    """The rows of a page, with four reads however many they are."""
    listed = [SubjectListed.model_validate(row) for row in subjects]
    ids = [row.id for row in listed]
    places = _places(session, ids, now)
    bands = _bands(session, ids) if person.has(*WITH_CASES) else {}
    running = _running(session, ids, person) if person.has(*WITH_CASES) else None
    for row in listed:
        row.address, row.band = places.get(row.id, ""), bands.get(row.id)
        row.open_cases = None if running is None else running.get(row.id, 0)
    return listed


def _places(session: Session, ids: list[UUID], now: datetime) -> dict[UUID, str]:
    wanted = select(Premises).where(col(Premises.subject_id).in_(ids), Premises.valid_from <= now)
    wanted = wanted.where(or_(col(Premises.valid_to).is_(None), col(Premises.valid_to) > now))
    found = session.exec(wanted.order_by(col(Premises.valid_from).desc(), col(Premises.id).desc())).all()
    return {row.subject_id: f"{row.address}{row.door_number}" for row in found}


def _bands(session: Session, ids: list[UUID]) -> dict[UUID, str]:
    wanted = select(SubjectGrade).where(col(SubjectGrade.subject_id).in_(ids))
    found = session.exec(wanted.order_by(col(SubjectGrade.as_of), col(SubjectGrade.id))).all()
    return {row.subject_id: row.band for row in found}


def _running(session: Session, ids: list[UUID], person: Person) -> dict[UUID, int]:
    wanted = person.reach.limit(select(Case.subject_id, func.count()), Case.district)
    wanted = wanted.where(col(Case.subject_id).in_(ids), col(Case.closed_at).is_(None))
    return dict(session.exec(wanted.group_by(col(Case.subject_id))).all())
