"""Reads of the ledger."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from server.auth.reach import Reach
from server.cases.tables import Case
from server.ledger.tables import Offence, OffenceEvent
from server.ledger.window import Kind
from server.subjects.tables import Subject


def of_case(session: Session, case_id: UUID) -> Offence | None:
    """The finding of a case."""
    return session.exec(select(Offence).where(Offence.case_id == case_id)).first()


def of_subject(session: Session, subject_id: UUID, nature_group: str | None = None) -> list[Offence]:
    """Findings of a subject in the order of the acts."""
    wanted = select(Offence).where(Offence.subject_id == subject_id)
    if nature_group is not None:
        wanted = wanted.where(Offence.nature_group == nature_group)
    return list(session.exec(wanted.order_by(col(Offence.act_at), col(Offence.id))).all())


def within(session: Session, reach: Reach, subject_id: UUID) -> list[Offence]:
    """Findings of a subject from cases within reach, in the order of the acts."""
    wanted = select(Offence).join(Case, col(Case.id) == col(Offence.case_id)).where(Offence.subject_id == subject_id)
    wanted = reach.limit(wanted, Case.district)
    return list(session.exec(wanted.order_by(col(Offence.act_at), col(Offence.id))).all())


def of_head_office(session: Session, reach: Reach, head_office_id: UUID) -> list[tuple[Subject, Offence]]:
    """Findings of a head office and its branches from cases within reach, by licence and act."""
    wanted = (
        select(Subject, Offence)
        .join(Offence, col(Offence.subject_id) == col(Subject.id))
        .join(Case, col(Case.id) == col(Offence.case_id))
        .where((col(Subject.head_office_id) == head_office_id) | (col(Subject.id) == head_office_id))
    )
    wanted = reach.limit(wanted, Case.district).order_by(col(Subject.id), col(Offence.act_at))
    return list(session.exec(wanted).all())


def events_of(session: Session, offences: list[Offence]) -> dict[UUID, list[tuple[Kind, datetime]]]:
    """(kind, when) of each finding in the order recorded."""
    wanted = select(OffenceEvent).where(col(OffenceEvent.offence_id).in_([offence.id for offence in offences]))
    found: dict[UUID, list[tuple[Kind, datetime]]] = defaultdict(list)
    for event in session.exec(wanted.order_by(col(OffenceEvent.ordinal))):
        found[event.offence_id].append((Kind(event.kind), event.at))
    return found


def last_ordinal(session: Session, subject_id: UUID, nature_group: str) -> int:
    """The highest ordinal given out; 0 when there is none."""
    wanted = select(func.max(Offence.ordinal)).where(
        Offence.subject_id == subject_id, Offence.nature_group == nature_group
    )  # fmt: skip
    return session.exec(wanted).one() or 0


def event_rows(session: Session, offence_id: UUID) -> list[OffenceEvent]:
    """The events of a finding in the order recorded."""
    wanted = select(OffenceEvent).where(OffenceEvent.offence_id == offence_id)
    return list(session.exec(wanted.order_by(col(OffenceEvent.ordinal))).all())


def ordinal_faults(session: Session) -> list[str]:
    """Findings of a subject and nature, and events of a finding, that are not numbered 1, 2, 3, ...; for
    `shouwei server check`.
    """
    findings = select(Offence.subject_id, Offence.nature_group, Offence.ordinal).order_by(
        col(Offence.subject_id), col(Offence.nature_group), col(Offence.ordinal)
    )
    events = select(OffenceEvent.offence_id, OffenceEvent.ordinal).order_by(
        col(OffenceEvent.offence_id), col(OffenceEvent.ordinal)
    )
    numbers: dict[str, list[int]] = defaultdict(list)
    for subject_id, nature, ordinal in session.exec(findings):
        numbers[f"findings of subject {subject_id}, {nature}"].append(ordinal)
    for offence_id, ordinal in session.exec(events):
        numbers[f"events of finding {offence_id}"].append(ordinal)
    return [
        f"{whose} are numbered {', '.join(map(str, found))}"
        for whose, found in numbers.items()
        if found != list(range(1, len(found) + 1))
    ]
