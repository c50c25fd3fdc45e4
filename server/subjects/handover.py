"""A shop changes hands: the new subject takes over premises and zones from a day on, the old one keeps its history."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, and_, col, or_, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.cases.tables import Case
from server.errors import Conflict, NotFound
from server.permits import overlaps
from server.permits import repository as permit_rows
from server.permits import service as permits
from server.subjects import file, repository, service
from server.subjects.identity import Digest
from server.subjects.schemas import HandoverCreate, HandoverRead, ZoneBindingCreate, ZoneBindingRead
from server.subjects.tables import Handover, Premises, Subject, ZoneBinding

Held = TypeVar("Held", ZoneBinding, Premises)


def hand_over(
    session: Session, from_id: UUID, wanted: HandoverCreate, by: Person, digest: Digest | None, now: datetime
) -> HandoverRead:
    """Move what is named (everything held at that time when left out). Permits are personal: they stay behind and
    cover nobody. Nothing of the old file changes, and acts of before stay the old subject's.

    Raises Conflict when both are the same subject, or something named is not held at that time.
    """
    old = service.lock(session, from_id)
    new = _taker(session, old, wanted, by, digest, now)
    if new.id == old.id or "unknown" in (old.kind, new.kind):
        raise Conflict("subject.handover_needs_two", "A shop changes hands between two known subjects")
    bindings = _held_zones(session, old, wanted)
    places = _held_premises(session, old, wanted)
    taken = [_move_zone(session, binding, new, wanted.at, now) for binding in bindings]
    moved = [_move_premises(session, place, new, wanted.at, now) for place in places]
    zones = {(binding.camera_id, binding.zone_id) for binding in bindings}
    left = overlaps.permits_on(session, permit_rows.of_subject(session, old.id), zones)
    permits.holder_left(session, left, wanted.at, by, now)
    row = Handover(
        id=uuid7(now), from_id=old.id, to_id=new.id, at=wanted.at, reason=wanted.reason,
        zones=[f"{camera}/{zone}" for camera, zone in sorted(zones)], premises=[str(place.id) for place in moved],
        permits=left, recorded_at=now, recorded_by=by.name,
    )  # fmt: skip
    session.add(row)
    session.flush()
    told = {"to": str(new.id), "at": wanted.at.isoformat(), "zones": row.zones, "reason": wanted.reason}
    audit.record(session, by, "subject.handover", old.id, told, now)
    return HandoverRead(
        id=row.id, from_id=old.id, to_id=new.id, at=row.at, permits=left,
        zones=[ZoneBindingRead.model_validate(binding) for binding in taken],
        premises=[file.as_read(place) for place in moved],
        cases_to_review=_cases_since(session, old, zones, wanted.at),
        flags=file.flags_of(session, new, by.reach),
    )  # fmt: skip


def _taker(
    session: Session, old: Subject, wanted: HandoverCreate, by: Person, digest: Digest | None, now: datetime
) -> Subject:
    if wanted.to_subject is not None:
        return service.create(session, wanted.to_subject, now, by, digest, wanted.to_subject.district or old.district)
    assert wanted.to_subject_id is not None
    new = service.lock(session, wanted.to_subject_id)
    by.reach.require("subject", new.id, new.district)
    return new


def _held_zones(session: Session, old: Subject, wanted: HandoverCreate) -> list[ZoneBinding]:
    rows = {row.id: row for row in repository.bindings_of(session, old.id)}
    if wanted.zones is None:
        return [row for row in rows.values() if _holds(row, wanted.at)]
    return [_checked(rows.get(key), "zone binding", key, wanted.at) for key in wanted.zones]


def _held_premises(session: Session, old: Subject, wanted: HandoverCreate) -> list[Premises]:
    rows = {row.id: row for row in repository.premises_of(session, old.id)}
    if wanted.premises is None:
        return [row for row in rows.values() if _holds(row, wanted.at)]
    return [_checked(rows.get(key), "premises", key, wanted.at) for key in wanted.premises]


def _holds(row: ZoneBinding | Premises, at: datetime) -> bool:
    return row.valid_from < at and (row.valid_to is None or at < row.valid_to)


def _checked(row: Held | None, what: str, key: UUID, at: datetime) -> Held:
    if row is None:
        raise NotFound(what, key)
    if not _holds(row, at):
        facts = {"what": what, "id": str(key), "at": at.isoformat()}
        raise Conflict("subject.not_held_then", "It is not held at that time", facts)
    return row


def _move_zone(session: Session, binding: ZoneBinding, new: Subject, at: datetime, now: datetime) -> ZoneBinding:
    until = binding.valid_to
    service.unbind(session, binding.id, at)
    session.flush()
    wanted = ZoneBindingCreate(
        camera_id=binding.camera_id, zone_id=binding.zone_id, valid_from=at, valid_to=until
    )  # fmt: skip
    return service.bind(session, new.id, wanted, now)


def _move_premises(session: Session, place: Premises, new: Subject, at: datetime, now: datetime) -> Premises:
    until, place.valid_to = place.valid_to, at
    moved = Premises(
        id=uuid7(now), subject_id=new.id, district=new.district, address=place.address,
        door_number=place.door_number, ground=place.ground, valid_from=at, valid_to=until, created_at=now,
    )  # fmt: skip
    session.add(place)
    session.add(moved)
    session.flush()
    return moved


def _cases_since(session: Session, old: Subject, zones: set[tuple[str, str]], at: datetime) -> list[UUID]:
    """Acts from then on that were put into the old file before the change was known."""
    if not zones:
        return []
    here = or_(*(and_(col(Case.camera_id) == camera, col(Case.zone_id) == zone) for camera, zone in sorted(zones)))
    wanted = select(Case.id).where(Case.subject_id == old.id, col(Case.began_at) >= at, here)
    return list(session.exec(wanted.order_by(col(Case.id))).all())
