"""Four eyes: collector, handler, verifier and approver of a case are different people, over its whole history.

Delegated approval counts as approval, and what was done in a case that was merged into this one, or that this one was
split off, counts as done here.
"""

from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, or_, select

from server.alerts.tables import Alert
from server.auth.person import Person
from server.auth.roles import Role
from server.cases.tables import Case, CaseStep
from server.cases.workflow import Transition
from server.errors import Conflict
from server.reports_by_people.tables import PersonReport, Reporter


class Part(StrEnum):
    """What somebody has been in a case."""

    COLLECTOR = "collector"
    HANDLER = "handler"
    VERIFIER = "verifier"
    APPROVER = "approver"


PART_OF: dict[Role, Part] = {
    Role.SEAT: Part.COLLECTOR,
    Role.GRID: Part.COLLECTOR,
    Role.OFFICER: Part.HANDLER,
    Role.VERIFY: Part.VERIFIER,
    Role.LEADER: Part.APPROVER,
    Role.HEAD: Part.APPROVER,
}
"""By the role in which somebody acted. Dispatcher, shift leader and legal reviewer are none of the four."""
ACTS = ("opened", "transition", "late_accepted")
"""Kinds of steps that are acting; asking for a void or merging alerts is not."""


def taken(session: Session, case: Case) -> dict[Part, set[UUID]]:
    """Who has had which part so far."""
    found: dict[Part, set[UUID]] = {part: set() for part in Part}
    wanted = select(CaseStep.actor_id, CaseStep.actor_role).where(
        col(CaseStep.case_id).in_(family(session, case)), col(CaseStep.actor_role).in_(list(PART_OF)),
        col(CaseStep.kind).in_(ACTS),
    )  # fmt: skip
    for actor_id, role in session.exec(wanted.distinct()):
        found[PART_OF[Role(role)]].add(actor_id)
    found[Part.COLLECTOR] |= _reporters(session, case)
    return found


def _reporters(session: Session, case: Case) -> set[UUID]:
    """Who reported the act on patrol, or took the call."""
    wanted = (
        select(Reporter.person_id, Reporter.taken_by)
        .join(PersonReport, col(PersonReport.id) == col(Reporter.report_id))
        .join(Alert, col(Alert.id) == col(PersonReport.alert_id))
        .where(col(Alert.case_id).in_(family(session, case)))
    )
    return {person_id or taken_by for person_id, taken_by in session.exec(wanted)}


def family(session: Session, case: Case) -> list[UUID]:
    """This case, those merged into it, and the one that it was split off."""
    merged = session.exec(select(Case.id).where(or_(Case.merged_into == case.id, Case.id == case.sibling_of)))
    return [case.id, *merged.all()]


def different_people(session: Session, case: Case, transition: Transition, actor: Person) -> None:
    """Raises Conflict when the actor already had another of the four parts in this case."""
    part = PART_OF.get(transition.who)
    if part is not None:
        require_other(session, case, part, actor.id)


def require_other(session: Session, case: Case, part: Part, person_id: UUID) -> None:
    """Raises Conflict when this person already had another part than `part`."""
    had = sorted(other for other, people in taken(session, case).items() if other is not part and person_id in people)
    if had:
        facts = {"part": part.value, "had": [other.value for other in had], "person_id": str(person_id)}
        raise Conflict("case.same_person", "Another person must do this", facts)
