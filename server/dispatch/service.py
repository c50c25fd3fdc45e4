"""Who can go to a case, and whether the one named may."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, col, func, select

from edge.contracts.ids import uuid7
from edge.contracts.permits import LOCAL
from server.alerts.where import spot_of_case
from server.auth import service as auth
from server.auth.person import Person
from server.auth.roles import Role
from server.auth.tables import PersonRow
from server.cases.tables import Case, CaseStep
from server.cases.workflow import State
from server.dispatch.candidates import Against, Officer, Ranking, Registers, Task, rank
from server.dispatch.powers import PowerList
from server.dispatch.tables import AssignmentAgainst, DutyShift, OfficerRecord, Team
from server.errors import Conflict
from server.places import service as places
from server.places.tables import MapArea
from server.policy import publication

POWERS = "powers"
IN_HAND = ("W2", "W3", "W4", "W5", "W6", "W7", "WX", "L1", "L2")
"""States in which a case is its officer's work."""
LOOK_BACK = timedelta(days=30)


def publish_powers(session: Session, folder: Path, now: datetime) -> list[str]:
    """Publish every power list of a folder not published yet. Raises ConfigError, or Conflict for an edited version."""
    new: list[str] = []
    for file in sorted(folder.glob("*.yaml")):
        listing = publication.read_yaml(file, PowerList)
        if publication.publish(session, POWERS, listing.id, listing.version, listing, now):
            new.append(listing.key)
    return new


def powers_on(session: Session, now: datetime) -> PowerList | None:
    """The power list in force on the local day: of several the one published last."""
    day = now.astimezone(LOCAL).date()
    for row in publication.newest(session, POWERS):
        listing = publication.parsed(PowerList, row)
        if listing.in_force_from <= day and (listing.in_force_to is None or day <= listing.in_force_to):
            return listing
    return None


def is_ours(session: Session, case: Case, at: datetime) -> bool | None:
    """Whether any body of ours may act on the case's item in its district; null when no list or no item says."""
    listing = powers_on(session, at)
    if listing is None or case.item_code is None:
        return None
    return bool(listing.holders(case.item_code, case.district, at.astimezone(LOCAL).date()))


def candidates(session: Session, case: Case, now: datetime) -> Ranking:
    """Every officer of the case's district, ranked."""
    listing = powers_on(session, now)
    grid = grid_of(session, case)
    task = Task(
        item=case.item_code,
        district=case.district,
        day=now.astimezone(LOCAL).date(),
        grid=grid.code if grid else "",
        grid_body=grid.body if grid else "",
    )
    return rank(task, officers(session, case.district, now), registers(session, case.district, listing))


def grid_of(session: Session, case: Case) -> MapArea | None:
    """The grid cell that the act of a case lies in."""
    spot = spot_of_case(session, case)
    return None if spot is None else places.grid_at(session, *spot)


def registers(session: Session, district: str, listing: PowerList | None) -> Registers:
    """Which registers a district keeps: one entry ever made means that it keeps it."""
    roster = session.exec(select(DutyShift.id).where(DutyShift.district == district).limit(1)).first()
    return Registers(listing, _keeps_certificates(session, district), roster is not None)


def officers(session: Session, district: str, now: datetime) -> list[Officer]:
    """The officers who may work in a district, with team, certificate, duty and load."""
    on_duty = set(
        session.exec(
            select(DutyShift.person_id).where(
                DutyShift.starts_at <= now, DutyShift.ends_at > now, col(DutyShift.cancelled_at).is_(None)
            )
        )
    )
    records = {row.person_id: row for row in session.exec(select(OfficerRecord))}
    teams = {row.code: row for row in session.exec(select(Team))}
    loads, sent = _loads(session), _last_sent(session, now)
    found: list[Officer] = []
    for row in session.exec(select(PersonRow).where(col(PersonRow.active))):
        if Role.OFFICER.value not in row.roles or not auth.as_person(row).reach.holds(district):
            continue
        record = records.get(row.id)
        team = teams.get(record.team) if record else None
        found.append(
            Officer(
                person_id=row.id,
                name=row.name,
                body=team.body if team else "",
                team=team.code if team else "",
                grids=frozenset(team.grids) if team else frozenset(),
                certificate=record.certificate if record else "",
                certificate_to=record.certificate_to if record else None,
                on_duty=row.id in on_duty,
                load=loads.get(row.id, 0),
                last_sent_at=sent.get(row.id),
            )
        )
    return found


def check_assignment(
    session: Session, case: Case, assignee_id: UUID, reason: str, by: Person, now: datetime
) -> tuple[Against, ...]:
    """Whether the officer named may be sent. Raises Conflict (`dispatch.officer_unfit`) when something speaks against
    it and no reason is given; with a reason it is written down as counted and what speaks against it is returned.
    """
    ranking = candidates(session, case, now)
    named = next((one for one in ranking.candidates if one.officer.person_id == assignee_id), None)
    against = named.against if named is not None else ()
    if not against:
        return ()
    better = [str(one.officer.person_id) for one in ranking.candidates if one.fit][:3]
    if not reason.strip():
        facts = {"against": [str(one) for one in against], "transfer": ranking.transfer, "instead": better}
        raise Conflict("dispatch.officer_unfit", "Something speaks against sending this officer: give a reason", facts)
    listing = powers_on(session, now)
    session.add(
        AssignmentAgainst(
            id=uuid7(now), district=case.district, case_id=case.id, assignee_id=assignee_id,
            against=[str(one) for one in against], reason=reason.strip(), sent_by=by.id, sent_at=now,
            powers=listing.key if listing else None,
        )
    )  # fmt: skip
    session.flush()
    return against


def certificates_of(session: Session, numbers: list[str], district: str, at: datetime) -> dict[str, bool | None]:
    """Of each certificate number whether it is on file and held on that day; null where the district keeps none."""
    if not _keeps_certificates(session, district):
        return dict.fromkeys(numbers)
    day = at.astimezone(LOCAL).date()
    rows = session.exec(select(OfficerRecord).where(col(OfficerRecord.certificate).in_(numbers)))
    good = {row.certificate for row in rows if row.certificate_to is not None and day <= row.certificate_to}
    return {number: number in good for number in numbers}


def _keeps_certificates(session: Session, district: str) -> bool:
    wanted = select(OfficerRecord.person_id).where(OfficerRecord.district == district, OfficerRecord.certificate != "")
    return session.exec(wanted.limit(1)).first() is not None


def _loads(session: Session) -> dict[UUID, int]:
    counted = select(Case.assignee_id, func.count()).where(
        col(Case.assignee_id).is_not(None), col(Case.state).in_(IN_HAND)
    )  # fmt: skip
    return {person: count for person, count in session.exec(counted.group_by(col(Case.assignee_id))) if person}


def _last_sent(session: Session, now: datetime) -> dict[UUID, datetime]:
    """When each officer was last sent to a case of the last 30 days."""
    sent = (
        select(Case.assignee_id, func.max(CaseStep.at))
        .join(CaseStep, col(CaseStep.case_id) == col(Case.id))
        .where(col(Case.opened_at) > now - LOOK_BACK, CaseStep.to_state == State.W2.value)
        .where(col(Case.assignee_id).is_not(None))
    )
    return {person: at for person, at in session.exec(sent.group_by(col(Case.assignee_id))) if person}
