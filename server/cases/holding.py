"""Get a case, or hold it: its row locked until the transaction ends."""

from uuid import UUID

from sqlmodel import Session

from server.cases import repository
from server.cases.tables import Case
from server.errors import NotFound


def get(session: Session, case_id: UUID) -> Case:
    """The case; raises NotFound."""
    case = repository.get(session, case_id)
    if case is None:
        raise NotFound("case", case_id)
    return case


def hold(session: Session, case_id: UUID) -> Case:
    """The case with its row locked until the transaction ends; raises NotFound."""
    case = repository.get(session, case_id, lock=True)
    if case is None:
        raise NotFound("case", case_id)
    return case
