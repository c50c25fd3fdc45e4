"""A person settles a correction task. The decision itself only changes by a move that the state table lists."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Session

from server.audit import service as audit
from server.auth.person import Person
from server.cases import service as cases
from server.cases.moves import move
from server.cases.workflow import State
from server.corrections import repository
from server.corrections.tables import CorrectionTask
from server.errors import Conflict, NotFound

Outcome = Literal["stands", "own_motion", "elsewhere"]
"""stands: looked at, the decision stays. own_motion: the authority corrects itself (Penalty Law 75), C1 to L9.
elsewhere: dealt with in another file, named in the reason (a penalty file, reconsideration, court).
"""


def settle(session: Session, task_id: UUID, outcome: Outcome, reason: str, by: Person, now: datetime) -> CorrectionTask:
    """Settle an open task. `own_motion` also moves the case, so it needs the role that the table names (HEAD).

    Raises NotFound, Conflict (settled already; no way from the case's state), NotYourTransition.
    """
    found = repository.get(session, task_id)
    if found is None or not by.reach.holds(found.district):
        raise NotFound("correction_task", task_id)
    case = cases.hold(session, found.case_id)
    task = repository.get(session, task_id, lock=True)
    assert task is not None
    if task.status != repository.OPEN:
        raise Conflict("correction.settled", "The task is settled", {"outcome": task.outcome})
    if outcome == "own_motion":
        if case.state != State.C1:
            facts = {"state": case.state, "needed": State.C1, "instead": ["stands", "elsewhere"]}
            raise Conflict("correction.no_own_motion", "Only an exemption that was closed is taken up again so", facts)
        move(session, case, State.L9, by, reason, {}, now)
    task.status, task.outcome, task.reason, task.next_at = "settled", outcome, reason, None
    task.settled_at, task.settled_by, task.settled_by_name = now, by.id, by.name
    session.add(task)
    session.flush()
    told = {"case_id": str(task.case_id), "outcome": outcome, "reason": reason}
    audit.record(session, by, "correction.settled", task.id, told, now)
    return task
