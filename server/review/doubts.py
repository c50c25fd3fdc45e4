"""存疑: what somebody could not make out stays in the queue, at its end, with a note."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from server.auth.person import Person
from server.auth.roles import Role
from server.cases import history
from server.cases.holding import hold
from server.cases.moves import note
from server.cases.tables import Case
from server.cases.workflow import State
from server.errors import Conflict
from server.review.tables import ReviewDoubt


def leave(session: Session, case_id: UUID, text: str, person: Person, now: datetime) -> tuple[Case, ReviewDoubt]:
    """Leave a case for later. It goes into the case's history; saying the same again changes nothing.

    Raises NotFound, and Conflict `review.not_waiting` for a case that needs no review.
    """
    case = hold(session, case_id)
    person.reach.require("case", case_id, case.district)
    if case.state != State.A1:
        raise Conflict("review.not_waiting", "The case does not wait for a review", {"state": case.state})
    known = session.get(ReviewDoubt, case_id)
    if known is not None and (known.person_id, known.note, known.reviewer_id) == (person.id, text, case.reviewer_id):
        return case, known
    row = known or ReviewDoubt(
        case_id=case_id, district=case.district, person_id=person.id, person_name=person.name, note=text, at=now
    )
    row.person_id, row.person_name, row.note, row.at = person.id, person.name, text, now
    row.reviewer_id = case.reviewer_id
    session.add(row)
    role = Role.SEAT if person.has(Role.SEAT) else Role.SUPERV
    note(
        session, case, "研判存疑，留待再看 / unclear, left for later", {"note": text}, history.snapshot(case), now,
        actor=person, role=role,
    )  # fmt: skip
    return case, row
