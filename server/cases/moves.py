"""Make one move of a case: checked before, written down after; nothing is saved when any check fails."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from server.auth.person import SYSTEM, Person
from server.auth.roles import Role
from server.calendars import service as calendars
from server.cases import delegations, effects, fields, guards, history, notices, parts, photos, workflow
from server.cases.loop import LOOP, Loop
from server.cases.tables import Case
from server.cases.workflow import State
from server.feed import service as feed
from server.objections import service as objections


def move(
    session: Session, case: Case, to: State, actor: Person, reason: str, raw: dict[str, Any], now: datetime,
    loop: Loop = LOOP, done_at: datetime | None = None,
) -> Case:  # fmt: skip
    """Move a case that the caller holds locked. `done_at`, if told, is noted in the step.

    Raises TransitionNotListed, NotYourTransition, InvalidInput (every field at once) or Conflict.
    """
    frm, calendar = State(case.state), calendars.current(session)
    lent = delegations.covering(session, case, frm, to, actor, now)
    transition = loop.listed(frm, to, actor.roles | ({Role.HEAD} if lent else frozenset()))
    loop.different(session, case, transition, actor)
    before = history.snapshot(case)
    told = fields.parse(frm, to, reason, raw)
    effects.merge_findings(case, told)
    guards.check(loop.guards, guards.Asked(session, case, to, actor, told, reason, now, calendar.limits))
    made = effects.Move(session, case, frm, to, actor, reason, told, now, calendar.limits)
    effects.apply(loop.effects, made)
    upheld = isinstance(told, fields.Objected) and told.answer == "upheld"
    objections.moved(session, case, frm, to, actor, reason, now, upheld)
    case.state, case.version = to.value, case.version + 1
    case.closed_at = None if workflow.is_open(to) else now
    session.add(case)
    session.flush()
    shown = told.model_dump(mode="json", exclude_none=True) | made.notes
    if done_at is not None:
        shown |= {"done_at": done_at.isoformat()}
    if lent is not None:
        shown |= {"delegation_id": str(lent.id), "delegation": lent.document}
    step = loop.append(session, case, "transition", actor, transition.who.value, reason, shown, before, now)
    photos.keep(session, case, step, getattr(told, "photos", []), now)
    loop.rearm(session, calendar, case, now, made.due)
    loop.refresh(session, calendar, case, now)
    notices.of_move(session, case, frm, now, told.contact if isinstance(told, fields.ContactFields) else "")
    tell(session, case, now)
    return case


calendar = calendars.current
"""The calendar in force."""


def by_system(session: Session, case: Case, to: State, reason: str, now: datetime, loop: Loop = LOOP) -> Case:
    """A move that the table leaves to the system."""
    return move(session, case, to, SYSTEM, reason, {}, now, loop)


def note(
    session: Session, case: Case, reason: str, told: dict[str, Any], before: dict[str, Any], now: datetime,
    kind: str = "note", actor: Person = SYSTEM, role: Role = Role.SYS, loop: Loop = LOOP,
) -> None:  # fmt: skip
    """Write something into the history without a move; the version counts up all the same.

    Raises Conflict when it is an act of one of the four parts and the actor had another.
    """
    part = parts.PART_OF.get(role) if kind in parts.ACTS else None
    if part is not None:
        parts.require_other(session, case, part, actor.id)
    case.version += 1
    session.add(case)
    session.flush()
    loop.append(session, case, kind, actor, role.value, reason, told, before, now)
    tell(session, case, now)


def tell(session: Session, case: Case, now: datetime) -> None:
    """Let whoever watches know."""
    facts = {"number": case.number, "state": case.state, "version": case.version, "camera_id": case.camera_id}
    feed.tell(session, "case", case.id, facts, now, case.district)
