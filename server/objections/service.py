"""Whether a case has an objection that waits for an answer. Imports nothing of cases: the recommendation asks this."""

from uuid import UUID

from sqlmodel import Session

from server.objections import repository


def is_open(session: Session, case_id: UUID) -> bool:
    """Whether an objection or a statement of the party is open on this case (input `obj` of the decision table)."""
    return bool(repository.open_of(session, case_id))
