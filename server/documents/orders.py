"""The written order that a move names: an order issued here, with the deadline printed in it, or a paper form."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from server.documents import repository
from server.documents.kinds import Kind


@dataclass(frozen=True)
class Order:
    """An order in force; `due_at` is the deadline that the party reads in it."""

    number: str
    due_at: datetime


def in_force(session: Session, case_id: UUID, number: str) -> Order | None:
    """The order of that number in that case; None for the number of a paper form, and for one that was withdrawn."""
    found = [d for d in repository.of_case(session, case_id) if d.kind == Kind.ORDER and d.number == number.strip()]
    gone = repository.withdrawn(session, found)
    for document in found:
        due_at = document.snapshot.get("due_at")
        if document.id not in gone and due_at:
            return Order(document.number, datetime.fromisoformat(due_at))
    return None
