"""Counts and pages of the desk: one query counts every queue, and a page reads what all of its rows need at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func
from sqlmodel import Session, col, or_, select

from server.alerts.tables import Alert
from server.auth.person import Person
from server.auth.roles import Role
from server.auth.tables import PersonRow
from server.cases.parts import ACTS, PART_OF, Part
from server.cases.tables import Case, CaseStep, DecisionRow, RecommendationRow
from server.desk.queues import Queue
from server.reports_by_people.tables import PersonReport, Reporter


@dataclass(frozen=True)
class Count:
    """How many wait, how many of them are late, and when the next is due."""

    waiting: int = 0
    late: int = 0
    next_due: datetime | None = None


def counts(session: Session, wanted: dict[Queue, ColumnElement[bool]], now: datetime) -> dict[Queue, Count]:
    """Every queue's count, in one query over the cases that wait in any of them."""
    if not wanted:
        return {}
    columns: list[ColumnElement[object]] = []
    for condition in wanted.values():
        late = case((condition & (col(Case.due_at) < now), 1), else_=0)
        columns += [func.sum(case((condition, 1), else_=0)), func.sum(late)]
    for condition in wanted.values():
        columns.append(func.min(case((condition, col(Case.due_at)), else_=None)))
    row = session.execute(select(*columns).select_from(Case).where(or_(*wanted.values()))).one()
    many = len(wanted)
    return {queue: Count(row[2 * n] or 0, row[2 * n + 1] or 0, row[2 * many + n]) for n, queue in enumerate(wanted)}


def page(
    session: Session, condition: ColumnElement[bool], after: tuple[datetime, UUID] | None, limit: int
) -> list[Case]:
    """Waiting cases, the one due first ahead; `after` is deadline and id of the last one seen."""
    query = select(Case).where(condition, col(Case.due_at).is_not(None))
    if after is not None:
        at, key = after
        query = query.where(or_(col(Case.due_at) > at, (col(Case.due_at) == at) & (col(Case.id) > key)))
    return list(session.exec(query.order_by(col(Case.due_at), col(Case.id)).limit(limit)).all())


def names(session: Session, ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Names of people."""
    wanted = select(PersonRow.id, PersonRow.name).where(col(PersonRow.id).in_({key for key in ids if key}))
    return dict(session.exec(wanted).all())


def recommendations(session: Session, ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """Rule and result of each case's newest stored recommendation."""
    wanted = select(RecommendationRow.case_id, RecommendationRow.rule, RecommendationRow.result).where(
        col(RecommendationRow.case_id).in_(ids)
    )
    rows = session.exec(wanted.order_by(col(RecommendationRow.case_version)))
    return {case_id: (rule, result) for case_id, rule, result in rows}


def deciders(session: Session, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Who decided last in each case."""
    wanted = select(DecisionRow.case_id, DecisionRow.decided_by).where(col(DecisionRow.case_id).in_(ids))
    return dict(session.exec(wanted.order_by(col(DecisionRow.case_version))).all())


def parts_of(session: Session, cases: Sequence[Case], person: Person) -> dict[UUID, set[Part]]:
    """Which of the four parts this person has had in each case (as `server.cases.parts.taken` says it for one)."""
    roots: dict[UUID, list[UUID]] = defaultdict(list)
    for one in cases:
        roots[one.id].append(one.id)
        if one.sibling_of is not None:
            roots[one.sibling_of].append(one.id)
    merged = select(Case.id, Case.merged_into).where(col(Case.merged_into).in_([one.id for one in cases]))
    for member, into in session.exec(merged).all():
        if into is not None:
            roots[member].append(into)
    found: dict[UUID, set[Part]] = defaultdict(set)
    acted = select(CaseStep.case_id, CaseStep.actor_role).where(
        col(CaseStep.case_id).in_(roots), CaseStep.actor_id == person.id, col(CaseStep.kind).in_(ACTS),
        col(CaseStep.actor_role).in_(list(PART_OF)),
    )  # fmt: skip
    for member, role in session.exec(acted.distinct()):
        for root in roots[member]:
            found[root].add(PART_OF[Role(role)])
    reported = (
        select(Alert.case_id)
        .join(PersonReport, col(PersonReport.alert_id) == col(Alert.id))
        .join(Reporter, col(Reporter.report_id) == col(PersonReport.id))
        .where(
            col(Alert.case_id).in_(roots),
            or_(
                col(Reporter.person_id) == person.id,
                col(Reporter.person_id).is_(None) & (col(Reporter.taken_by) == person.id),
            ),
        )
    )
    for member in session.exec(reported):
        for root in roots[member] if member else ():
            found[root].add(Part.COLLECTOR)
    return found
