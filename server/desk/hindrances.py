"""What keeps a person from deciding a case that waits in their queue. Pure."""

from collections.abc import Collection
from uuid import UUID

from pydantic import BaseModel

from server.auth.person import Person
from server.cases.parts import PART_OF, Part
from server.cases.tables import Case
from server.desk.queues import QUEUES, Queue

ANSWERS = frozenset({Queue.OBJECTED})
"""Queues where an objection is answered: another than the decider does it."""


class Hindrance(BaseModel):
    """Why not: `code` is that of the refusal a move would meet; `part` the part asked, `had` what was had before."""

    code: str
    part: str
    had: list[str]


def of(queue: Queue, case: Case, person: Person, had: Collection[Part], decided_by: UUID | None) -> Hindrance | None:
    """What a move of this queue would be refused for, because of what this person did in the case before."""
    part = PART_OF.get(QUEUES[queue].role)
    others = sorted(other.value for other in had if part is not None and other is not part)
    if others:
        return Hindrance(code="case.same_person", part=part.value if part else "", had=others)
    if queue in ANSWERS and decided_by == person.id:
        return Hindrance(code="case.same_person", part="answer", had=["decider"])
    if queue is Queue.VOID and case.void_asked_by == person.id:
        return Hindrance(code="case.same_person", part="void", had=["asked"])
    return None
