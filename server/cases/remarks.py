"""What people write into a case without moving it, and what follows: a void asked for, an obstacle gone."""

from datetime import datetime

from sqlmodel import Session

from server.auth.person import Person
from server.cases import history
from server.cases.loop import LOOP, Loop
from server.cases.moves import by_system, note
from server.cases.tables import Case
from server.cases.workflow import State
from server.errors import Conflict, InvalidInput

S = State
VOIDABLE = frozenset({S.W1, S.L9})


def ask_for_void(session: Session, case: Case, actor: Person, reason: str, now: datetime, loop: Loop = LOOP) -> Case:
    """The first of the two people that voiding takes; the second confirms by making the move to V himself.

    Raises InvalidInput without a reason, Conflict where the table has no way to V.
    """
    _reason(reason, "why the case should be void")
    _state(case, VOIDABLE, "case.cannot_be_void")
    before = history.snapshot(case)
    case.void_asked_by = actor.id
    note(session, case, reason, {}, before, now, kind="void_asked", actor=actor, role=min(actor.roles), loop=loop)
    return case


def obstacle_gone(session: Session, case: Case, actor: Person, reason: str, now: datetime, loop: Loop = LOOP) -> Case:
    """The obstacle of a suspended case is gone before its review date: the system sends it to dispatch again."""
    _reason(reason, "what was the obstacle and how it is known to be gone")
    _state(case, frozenset({S.W9}), "case.not_suspended")
    note(session, case, reason, {}, history.snapshot(case), now, actor=actor, role=min(actor.roles), loop=loop)
    return by_system(session, case, S.W1, "障碍消除 / the obstacle is gone", now, loop)


def _reason(reason: str, wanted: str) -> None:
    if not reason.strip():
        raise InvalidInput([{"field": "reason", "value": reason, "allowed": wanted}], "case.fields_invalid")


def _state(case: Case, allowed: frozenset[State], code: str) -> None:
    if case.state not in allowed:
        facts = {"state": case.state, "allowed": sorted(state.value for state in allowed)}
        raise Conflict(code, "The case is not in a state for this", facts)
