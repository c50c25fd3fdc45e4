"""Patrol plans: drawn from a seed, kept with all that went in, and drawn again to prove it."""

import secrets
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.dispatch import draw, service
from server.dispatch.tables import PatrolPlan
from server.errors import Conflict
from server.subjects import grades
from server.subjects.tables import Subject

METHOD = "efraimidis-spirakis-sha256-1"


def plan(
    session: Session, district: str, day: date, wanted: int, seed: str | None, by: Person, now: datetime
) -> PatrolPlan:
    """Draw subjects of the district by their patrol weight, and two certified officers for each.

    Without a `seed` one is drawn by lot. Raises Conflict with fewer than two certified officers or no subject.
    """
    by.reach.require("district", district, district)
    subjects = session.exec(
        select(Subject).where(Subject.district == district, Subject.kind != "unknown").order_by(col(Subject.id))
    )
    weights = {subject.id: grades.patrol_weight(session, subject.id) for subject in subjects}
    ready = [one.person_id for one in service.officers(session, district, now) if one.certified(day)]
    if not weights or len(ready) < 2:
        facts = {"subjects": len(weights), "certified_officers": len(ready), "needed": "1 and 2"}
        raise Conflict("patrol.nothing_to_draw", "A patrol needs subjects and two certified officers", facts)
    seed = seed or secrets.token_hex(16)
    drawn = draw.draw(seed, weights, ready, wanted)
    row = PatrolPlan(
        id=uuid7(now), district=district, day=day, seed=seed, wanted=wanted, made_at=now, made_by=by.id,
        drawn=[
            {
                "subject_id": str(one.subject_id), "weight": one.weight, "key": one.key,
                "officers": [str(officer) for officer in one.officers],
            }
            for one in drawn
        ],
        trace={
            "method": METHOD,
            "weights": {str(subject): weight for subject, weight in weights.items()},
            "officers": sorted(map(str, ready)),
            "grades": grades.rules().version,
        },
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, by, "patrol.plan", row.id, {"district": district, "day": day.isoformat(), "seed": seed}, now)
    return row


def holds(row: PatrolPlan) -> bool:
    """Whether the plan is what its seed draws from its own trace."""
    weights = {UUID(subject): weight for subject, weight in row.trace["weights"].items()}
    again = draw.draw(row.seed, weights, [UUID(one) for one in row.trace["officers"]], row.wanted)
    told = [(one["subject_id"], tuple(one["officers"])) for one in row.drawn]
    return told == [(str(one.subject_id), tuple(map(str, one.officers))) for one in again]
