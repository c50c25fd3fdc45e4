"""Rosters, random patrols and delegations with the names that people know."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.permits import LOCAL
from server.auth.person import Person
from server.auth.reach import Reach
from server.auth.roles import Role
from server.auth.tables import PersonRow
from server.cases import delegations as kept
from server.cases.schemas import DelegationRead
from server.desk import repository
from server.desk.schemas import DelegationNamed, OfficerNamed, PersonNamed, PlaceDrawn
from server.dispatch.tables import OfficerRecord, PatrolPlan
from server.errors import NotFound
from server.subjects.tables import Subject


def officers(session: Session, person: Person) -> list[OfficerNamed]:
    """Officers within reach who are still with us, by team and name."""
    wanted = select(OfficerRecord, PersonRow.name).join(PersonRow, col(PersonRow.id) == col(OfficerRecord.person_id))
    wanted = person.reach.limit(wanted.where(col(PersonRow.active)), OfficerRecord.district)
    rows = session.exec(wanted.order_by(col(OfficerRecord.team), col(PersonRow.name))).all()
    return [
        OfficerNamed(
            person_id=row.person_id,
            name=name,
            team=row.team,
            district=row.district,
            certificate=row.certificate,
            certificate_to=row.certificate_to,
        )
        for row, name in rows
    ]


def places(session: Session, plan_id: UUID, person: Person) -> list[PlaceDrawn]:
    """What a plan drew. Raises NotFound, also out of reach."""
    plan = session.get(PatrolPlan, plan_id)
    if plan is None:
        raise NotFound("patrol_plan", plan_id)
    person.reach.require("patrol_plan", plan_id, plan.district)
    subject_ids = [UUID(one["subject_id"]) for one in plan.drawn if "subject_id" in one]
    wanted = select(Subject.id, Subject.name).where(col(Subject.id).in_(subject_ids))
    subjects = dict(session.exec(wanted).all())
    people = repository.names(
        session, [UUID(key) for one in plan.drawn if "subject_id" in one for key in one.get("officers", [])]
    )
    return [
        PlaceDrawn(
            subject_id=UUID(one["subject_id"]),
            subject_name=subjects.get(UUID(one["subject_id"]), ""),
            weight=one.get("weight", 0.0),
            officers=[people.get(UUID(key), "") for key in one.get("officers", [])],
        )
        for one in plan.drawn
        if "subject_id" in one
    ]


def leaders(session: Session, person: Person) -> list[PersonNamed]:
    """Leaders still with us who share a district with whoever asks, by name."""
    rows = session.exec(select(PersonRow).where(col(PersonRow.active)).order_by(col(PersonRow.name))).all()
    return [
        PersonNamed(person_id=row.id, name=row.name)
        for row in rows
        if Role.LEADER in row.roles and _meet(person.reach, Reach.of(row.districts))
    ]


def delegations(session: Session, person: Person, now: datetime) -> list[DelegationNamed]:
    """Delegations within reach, the newest first."""
    rows = kept.page(session, person)
    names = repository.names(session, {key for row in rows for key in (row.head_id, row.leader_id)})
    today = now.astimezone(LOCAL).date()
    return [
        DelegationNamed(
            delegation=DelegationRead.model_validate(row),
            head_name=names.get(row.head_id, ""),
            leader_name=names.get(row.leader_id, ""),
            stands=row.ended_at is None and row.valid_from <= today <= row.valid_to,
        )
        for row in rows
    ]


def _meet(one: Reach, other: Reach) -> bool:
    return one.everywhere or other.everywhere or not one.districts.isdisjoint(other.districts)
