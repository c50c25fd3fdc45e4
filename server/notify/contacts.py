"""Where somebody is reached, and in which language."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from server.audit import service as audit
from server.auth.person import Person
from server.auth.reach import Reach
from server.auth.tables import PersonRow
from server.notify.tables import NoticePreference
from server.subjects.tables import Contact, Subject

SMS = "sms"


@dataclass(frozen=True)
class Reached:
    """Where and how. `address` is "" for a group or when nothing is known."""

    address: str
    language: str


def reach_of(session: Session, target: str, kind: str, facts: dict[str, Any], language: str) -> Reached:
    """How `target` (`role:`, `person:`, `subject:`) is reached by a kind of channel; `language` unless they chose one.

    The contact given with this very notice goes before the one on file.
    """
    chosen = session.get(NoticePreference, target)
    spoken = chosen.language if chosen else ""
    told = str(facts.get("contact") or "")
    on_file = str(chosen.contacts.get(kind) or chosen.contacts.get(SMS) or "") if chosen else ""
    if target.startswith("subject:"):
        subject = session.get(Subject, UUID(target.removeprefix("subject:")))
        listed = _listed(session, target, kind)
        spoken = spoken or (listed.language if listed else "") or (subject.language if subject else "")
        on_file = on_file or (listed.address if listed else "") or (subject.contact if subject else "")
    return Reached(told or on_file, spoken or language)


def _listed(session: Session, target: str, kind: str) -> Contact | None:
    """The first contact in the subject's file that this kind of channel can use."""
    ways = ("sms", "phone") if kind == SMS else ("robot", "sms", "phone")
    wanted = select(Contact).where(
        Contact.subject_id == UUID(target.removeprefix("subject:")),
        col(Contact.ended_at).is_(None),
        col(Contact.channel).in_(ways),
    )
    return min(session.exec(wanted), key=lambda row: (row.rank, ways.index(row.channel), str(row.id)), default=None)


def members(session: Session, role: str, district: str, kind: str) -> list[str]:
    """Persons on duty of a role who see a district and left a contact for this kind of channel, as targets."""
    chosen = select(NoticePreference).where(col(NoticePreference.who).startswith("person:"))
    able = {row.who for row in session.exec(chosen) if row.contacts.get(kind)}
    persons = session.exec(select(PersonRow).where(col(PersonRow.active))).all()
    return sorted(
        target
        for row in persons
        if (target := f"person:{row.id}") in able and role in row.roles and Reach.of(row.districts).holds(district)
    )


def prefer(
    session: Session, by: Person, who: str, language: str, contacts: dict[str, str], now: datetime
) -> NoticePreference:
    """What somebody wants from now on. The audit log learns which kinds changed, not the numbers."""
    row = session.get(NoticePreference, who)
    if row is None:
        row = NoticePreference(who=who, language=language, changed_at=now, changed_by=by.id)
    row.language, row.contacts, row.changed_at, row.changed_by = language, dict(contacts), now, by.id
    session.add(row)
    audit.record(session, by, "notice.prefer", who, {"language": language, "kinds": sorted(contacts)}, now)
    return row


def masked(address: str) -> str:
    """Enough of an address to recognise it: `138****1234`."""
    plain = re.sub(r"\s", "", address)
    return plain if not plain else f"{plain[:3]}****{plain[-4:]}" if len(plain) > 8 else f"{plain[:1]}****"
