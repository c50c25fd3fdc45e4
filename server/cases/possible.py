"""Which moves one person may make now: by the table, by delegation, and as another person than those before.

What the fields of a move must say is not looked at here; that the move itself checks.
"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session

from server.auth.person import Person
from server.auth.roles import INTERNAL, Role
from server.cases import delegations, parts
from server.cases.fields import FIELDS, WITHOUT_REASON, NoFields
from server.cases.tables import Case
from server.cases.workflow import NAMES, State, exits
from server.errors import Conflict


class Barred(BaseModel):
    """Why this person may not, though the role may: the code and facts that the move would be refused with."""

    code: str
    title: str
    facts: dict[str, Any]


class PossibleMove(BaseModel):
    """A move that this person's role may make. `fields`: JSON Schema of what must be told. `delegation`: the document
    by which a leader makes it in the head's name. `barred`: somebody else must make it.
    """

    frm: State
    to: State
    name_zh: str
    name_en: str
    who: Role
    when: str
    needs_reason: bool
    fields: dict[str, Any]
    delegation: str | None
    barred: Barred | None


def moves_of(session: Session, case: Case, person: Person, now: datetime) -> list[PossibleMove]:
    """In the order of the table."""
    found: list[PossibleMove] = []
    for t in exits(State(case.state)):
        if t.who in INTERNAL:
            continue
        lent = delegations.covering(session, case, t.frm, t.to, person, now)
        if not person.has(t.who) and lent is None:
            continue
        zh, en = NAMES[t.to]
        barred = None
        try:
            parts.different_people(session, case, t, person)
            _not_both_voiders(case, t.to, person)
        except Conflict as refused:
            barred = Barred(code=refused.code, title=refused.title, facts=refused.facts)
        found.append(
            PossibleMove(
                frm=t.frm, to=t.to, name_zh=zh, name_en=en, who=t.who, when=t.when,
                needs_reason=(t.frm, t.to) not in WITHOUT_REASON,
                fields=FIELDS.get((t.frm, t.to), NoFields).model_json_schema(),
                delegation=lent.document if lent else None, barred=barred,
            )
        )  # fmt: skip
    return found


def _not_both_voiders(case: Case, to: State, person: Person) -> None:
    if to is not State.V:
        return
    if case.void_asked_by is None:
        raise Conflict("case.void_not_asked", "Somebody else must ask for it first", {"by": "void-request"})
    if case.void_asked_by == person.id:
        facts = {"act": "void", "person_id": str(person.id)}
        raise Conflict("case.same_person", "Another person must do this", facts)
