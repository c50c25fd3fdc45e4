"""What is on file about the subjects that a file names, read in a few queries however long the file is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from server.subjects.imports.checking import Values
from server.subjects.tables import Contact, Premises, Subject, SubjectGrade, SubjectName, ZoneBinding

CHUNK = 500
T = TypeVar("T")


@dataclass
class Known:
    """By code, by person's digest, by name of pending persons; and by subject what it has."""

    by_code: dict[str, Subject] = field(default_factory=dict[str, Subject])
    by_person: dict[str, Subject] = field(default_factory=dict[str, Subject])
    pending: dict[tuple[str, str, str], Subject] = field(default_factory=dict[tuple[str, str, str], Subject])
    names: dict[UUID, list[SubjectName]] = field(default_factory=lambda: defaultdict(list))
    premises: dict[UUID, list[Premises]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[UUID, list[Contact]] = field(default_factory=lambda: defaultdict(list))
    grades: dict[UUID, set[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(set))
    zones: dict[tuple[str, str], list[ZoneBinding]] = field(default_factory=lambda: defaultdict(list))


def load(session: Session, rows: list[Values]) -> Known:
    """Everything on file that these rows could touch."""
    known = Known()
    codes = {row["code"] for row in rows if row.get("code")}
    codes |= {row["head_office_code"] for row in rows if row.get("head_office_code")}
    for subject in _in(session, Subject, Subject.code, codes):
        known.by_code[str(subject.code)] = subject
    digests = {row["person_digest"] for row in rows if row.get("person_digest")}
    for subject in _in(session, Subject, Subject.person_digest, digests):
        known.by_person[str(subject.person_digest)] = subject
    names = {row["name"] for row in rows if row.get("pending_reason")}
    for subject in _in(session, Subject, Subject.name, names):
        if subject.person_pending:
            known.pending[subject.district, subject.name, subject.pending_reason] = subject
    held = [*known.by_code.values(), *known.by_person.values(), *known.pending.values()]
    ids = {subject.id for subject in held}
    for name in _in(session, SubjectName, SubjectName.subject_id, ids):
        known.names[name.subject_id].append(name)
    for place in _in(session, Premises, Premises.subject_id, ids):
        known.premises[place.subject_id].append(place)
    for contact in _in(session, Contact, Contact.subject_id, ids):
        known.contacts[contact.subject_id].append(contact)
    for subject_names in known.names.values():
        subject_names.sort(key=lambda name: name.since)
    for grade in _in(session, SubjectGrade, SubjectGrade.subject_id, ids):
        known.grades[grade.subject_id].add((grade.band, grade.as_of.isoformat(), grade.source))
    cameras = {row["zone"]["camera_id"] for row in rows if row.get("zone")}
    for binding in _in(session, ZoneBinding, ZoneBinding.camera_id, cameras):
        known.zones[binding.camera_id, binding.zone_id].append(binding)
    return known


def _in(session: Session, table: type[T], column: Any, values: Iterable[object]) -> Iterator[T]:
    wanted = sorted(values, key=str)
    for start in range(0, len(wanted), CHUNK):
        yield from session.exec(select(table).where(col(column).in_(wanted[start : start + CHUNK])))
