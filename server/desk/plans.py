"""Rosters and random patrols with the names that people know."""

from uuid import UUID

from sqlmodel import Session, col, select

from server.auth.person import Person
from server.auth.tables import PersonRow
from server.desk import repository
from server.desk.schemas import OfficerNamed, PlaceDrawn
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
            person_id=row.person_id, name=name, team=row.team, district=row.district, certificate_to=row.certificate_to
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
