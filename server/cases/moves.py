"""Make one move of a case: checked before, written down after; nothing is saved when any check fails."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from server.auth.person import SYSTEM, Person
from server.auth.roles import Role
from server.cases import effects, fields, guards, history, notices, timers, workflow
from server.cases.deadlines import Calendar
from server.cases.tables import Case
from server.cases.workflow import State
from server.feed import service as feed
from server.policy import publication


def move(
    session: Session, case: Case, to: State, actor: Person, reason: str, raw: dict[str, Any], now: datetime
) -> Case:
    """Move a case that the caller holds locked.

    Raises TransitionNotListed, NotYourTransition, InvalidInput (every field at once) or Conflict.
    """
    frm = State(case.state)
    transition = workflow.check(frm, to, actor.roles)
    before = history.snapshot(case)
    told = fields.parse(frm, to, reason, raw)
    effects.merge_findings(case, told)
    guards.check(session, case, to, actor, told, now)
    made = effects.Move(session, case, frm, to, actor, reason, told, now)
    effects.apply(made)
    case.state, case.version = to.value, case.version + 1
    case.closed_at = None if workflow.is_open(to) else now
    session.add(case)
    session.flush()
    shown = told.model_dump(mode="json", exclude_none=True)
    history.append(session, case, "transition", actor, transition.who.value, reason, shown, before, now)
    timers.rearm(session, calendar(session), case, now, made.due)
    notices.of_move(session, case, frm, now, told.contact if isinstance(told, fields.ContactFields) else "")
    tell(session, case, now)
    return case


def by_system(session: Session, case: Case, to: State, reason: str, now: datetime) -> Case:
    """A move that the table leaves to the system."""
    return move(session, case, to, SYSTEM, reason, {}, now)


def note(
    session: Session, case: Case, reason: str, told: dict[str, Any], before: dict[str, Any], now: datetime,
    kind: str = "note", actor: Person = SYSTEM, role: Role = Role.SYS,
) -> None:  # fmt: skip
    """Write something into the history without a move; the version counts up all the same."""
    case.version += 1
    session.add(case)
    session.flush()
    history.append(session, case, kind, actor, role.value, reason, told, before, now)
    tell(session, case, now)


def tell(session: Session, case: Case, now: datetime) -> None:
    """Let whoever watches know."""
    facts = {"number": case.number, "state": case.state, "version": case.version, "camera_id": case.camera_id}
    feed.tell(session, "case", case.id, facts, now, case.district)


def calendar(session: Session) -> Calendar:
    """The calendar published last; plain office hours without any."""
    rows = publication.newest(session, publication.CALENDAR)
    return publication.parsed(Calendar, rows[0]) if rows else Calendar()
