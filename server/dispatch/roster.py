"""Teams, certificates and shifts, written down."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth import service as auth
from server.auth.person import Person
from server.auth.roles import Role
from server.dispatch import service
from server.dispatch.schemas import OfficerWanted, ShiftWanted, TeamWanted
from server.dispatch.tables import DutyShift, OfficerRecord, Team
from server.errors import Conflict, InvalidInput, NotFound


def put_team(session: Session, wanted: TeamWanted, by: Person, now: datetime) -> Team:
    """A team; the same code again changes it. Raises InvalidInput for a body that the power list does not name,
    NotFound for a team or a district out of reach.
    """
    by.reach.require("district", wanted.district, wanted.district)
    listing = service.powers_on(session, now)
    if listing is not None and wanted.body not in (known := [body.code for body in listing.bodies]):
        problem = {"field": "body", "value": wanted.body, "allowed": f"a body of {listing.key}: {', '.join(known)}"}
        raise InvalidInput([problem])
    row = session.get(Team, wanted.code)
    if row is None:
        row = Team(**wanted.model_dump(), changed_at=now)
    else:
        by.reach.require("team", wanted.code, row.district)
        for name, value in wanted.model_dump().items():
            setattr(row, name, value)
        row.changed_at = now
    session.add(row)
    session.flush()
    audit.record(session, by, "team.put", wanted.code, wanted.model_dump(mode="json"), now)
    return row


def put_officer(session: Session, person_id: UUID, wanted: OfficerWanted, by: Person, now: datetime) -> OfficerRecord:
    """An officer's team and certificate. Raises NotFound for the person or team, Conflict for one who is no officer
    or a certificate number that another holds.
    """
    person = auth.as_person(auth.get(session, person_id))
    team = session.get(Team, wanted.team)
    if team is None:
        raise NotFound("team", wanted.team)
    by.reach.require("team", wanted.team, team.district)
    if not person.has(Role.OFFICER):
        raise Conflict("dispatch.no_officer", "This person is no officer", {"person_id": str(person_id)})
    _certificate_is_free(session, person_id, wanted.certificate)
    row = session.get(OfficerRecord, person_id)
    if row is not None:
        by.reach.require("officer", person_id, row.district)
    before = None if row is None else {"team": row.team, "certificate": row.certificate}
    row = row or OfficerRecord(person_id=person_id, team=wanted.team, changed_at=now)
    row.district, row.team, row.changed_at = team.district, team.code, now
    row.certificate, row.certificate_to = wanted.certificate, wanted.certificate_to
    session.add(row)
    session.flush()
    facts = {"before": before, "after": wanted.model_dump(mode="json")}
    audit.record(session, by, "officer.put", person_id, facts, now)
    return row


def enter_shifts(session: Session, wanted: ShiftWanted, by: Person, now: datetime) -> list[DutyShift]:
    """Put people on duty, each in the district of their team. Raises NotFound for somebody without an officer's
    record within reach.
    """
    rows: list[DutyShift] = []
    for person_id in dict.fromkeys(wanted.person_ids):
        record = session.get(OfficerRecord, person_id)
        if record is None:
            raise NotFound("officer", person_id)
        by.reach.require("officer", person_id, record.district)
        row = DutyShift(
            id=uuid7(now), district=record.district, person_id=person_id, starts_at=wanted.starts_at,
            ends_at=wanted.ends_at, entered_at=now, entered_by=by.id,
        )  # fmt: skip
        session.add(row)
        rows.append(row)
    session.flush()
    audit.record(session, by, "shift.enter", rows[0].id, wanted.model_dump(mode="json"), now)
    return rows


def cancel_shift(session: Session, shift_id: UUID, by: Person, now: datetime) -> DutyShift:
    """Take somebody off duty; the row stays. Raises NotFound."""
    row = session.get(DutyShift, shift_id)
    if row is None:
        raise NotFound("shift", shift_id)
    by.reach.require("shift", shift_id, row.district)
    row.cancelled_at = row.cancelled_at or now
    session.add(row)
    session.flush()
    audit.record(session, by, "shift.cancel", shift_id, {"person_id": str(row.person_id)}, now)
    return row


def _certificate_is_free(session: Session, person_id: UUID, certificate: str) -> None:
    if not certificate:
        return
    held = session.exec(select(OfficerRecord).where(OfficerRecord.certificate == certificate)).all()
    if any(row.person_id != person_id for row in held):
        raise Conflict("dispatch.certificate_held", "Another officer holds this certificate", {"number": certificate})
