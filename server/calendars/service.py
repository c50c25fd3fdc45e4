"""The calendar in force, and how the next one comes about: draft, publish (by another person), never edit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from edge.contracts.permits import LOCAL
from server.audit import service as audit
from server.auth.person import Person
from server.auth.roles import Role
from server.calendars.tables import CalendarDraft
from server.cases.calendar import Calendar, unknown_years, year_warnings
from server.db import serialise
from server.errors import Conflict, InvalidInput, NotFound
from server.notify import service as notify
from server.policy import publication


def current(session: Session) -> Calendar:
    """The calendar published last; plain office hours without any."""
    rows = publication.newest(session, publication.CALENDAR)
    return publication.parsed(Calendar, rows[0]) if rows else Calendar()


def warnings(session: Session, now: datetime) -> list[str]:
    """Years whose holidays are not known: this one, and in December the next. For `shouwei server check`."""
    return year_warnings(current(session), now.astimezone(LOCAL).date())


def warn(session: Session, now: datetime) -> None:
    """Tell the administrators of years whose holidays are not known, once a month."""
    today = now.astimezone(LOCAL).date()
    for year in unknown_years(current(session), today):
        key = f"calendar:{year}:{today:%Y-%m}"
        notify.queue(session, key, f"role:{Role.ADMIN}", "calendar_year", {"year": year}, now)


def is_edited_here(session: Session) -> bool:
    """Whether a calendar was ever published in the server; from then on the file is no longer read."""
    return (
        session.exec(select(CalendarDraft.id).where(col(CalendarDraft.published_at).is_not(None))).first() is not None
    )


def draft(session: Session, by: Person, raw: dict[str, Any], now: datetime) -> CalendarDraft:
    """Keep a new draft. Raises InvalidInput with every mistake."""
    body = _checked(raw).model_dump(mode="json", by_alias=True)
    row = CalendarDraft(id=uuid7(now), body=body, drafted_by=by.id, drafted_by_name=by.name, drafted_at=now)
    session.add(row)
    session.flush()
    audit.record(session, by, "calendar.draft", row.id, {"version": body["version"]}, now)
    return row


def change(session: Session, by: Person, draft_id: UUID, raw: dict[str, Any], now: datetime) -> CalendarDraft:
    """Write a draft anew. Raises NotFound, Conflict (no longer a draft), InvalidInput."""
    row = _open_draft(session, draft_id)
    row.body = _checked(raw).model_dump(mode="json", by_alias=True)
    row.drafted_by, row.drafted_by_name, row.drafted_at = by.id, by.name, now
    session.add(row)
    audit.record(session, by, "calendar.draft", row.id, {"version": row.body["version"]}, now)
    return row


def drop(session: Session, by: Person, draft_id: UUID, now: datetime) -> CalendarDraft:
    """Give a draft up; it stays on record. Raises NotFound, Conflict."""
    row = _open_draft(session, draft_id)
    row.dropped_at = now
    session.add(row)
    audit.record(session, by, "calendar.drop", row.id, {"version": row.body["version"]}, now)
    return row


def publish(session: Session, by: Person, draft_id: UUID, now: datetime) -> CalendarDraft:
    """Put a draft in force. Deadlines already running stay as they are.

    Raises NotFound, or Conflict when it is no draft any more, when its author publishes it himself, or when its
    version is in use with other content.
    """
    serialise(session, "publish")
    row = _open_draft(session, draft_id)
    if row.drafted_by == by.id:
        raise Conflict("calendar.same_person", "Another person publishes what one has drafted", {"id": str(by.id)})
    calendar = Calendar.model_validate(row.body)
    if not publication.publish(session, publication.CALENDAR, calendar.id, calendar.version, calendar, now):
        facts = {"id": calendar.id, "version": calendar.version}
        raise Conflict("calendar.version_in_use", "This version is in force already", facts)
    row.published_at, row.published_by, row.published_by_name = now, by.id, by.name
    session.add(row)
    audit.record(session, by, "calendar.publish", row.id, {"version": calendar.version}, now)
    return row


def drafts(session: Session) -> list[CalendarDraft]:
    """Every draft ever, the newest first."""
    return list(session.exec(select(CalendarDraft).order_by(col(CalendarDraft.id).desc())).all())


def _open_draft(session: Session, draft_id: UUID) -> CalendarDraft:
    row = session.exec(select(CalendarDraft).where(col(CalendarDraft.id) == draft_id).with_for_update()).first()
    if row is None:
        raise NotFound("calendar draft", draft_id)
    if row.published_at is not None or row.dropped_at is not None:
        raise Conflict("calendar.not_a_draft", "It is no draft any more", {"id": str(draft_id)})
    return row


def _checked(raw: dict[str, Any]) -> Calendar:
    try:
        return Calendar.model_validate(raw)
    except ValidationError as error:
        problems = [
            {"field": ".".join(map(str, fault["loc"])) or "(whole)", "value": repr(fault["input"])[:80],
             "allowed": fault["msg"]}
            for fault in error.errors(include_url=False)
        ]  # fmt: skip
        raise InvalidInput(problems, "calendar.invalid") from error
