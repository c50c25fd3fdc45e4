"""Declare and end crises, record pollution alerts; and what of it a case fell into."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, or_, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.cases.tables import Case
from server.crisis.schemas import CrisisCreate, CrisisEnd, PollutionAlertCreate, PollutionAlertEnd
from server.crisis.tables import CrisisPeriod, PollutionAlert
from server.errors import Conflict, InvalidInput, NotFound
from server.policy.exemptions import ExemptionItem
from server.policy.matter import AlertDay, Crisis, local_day


def declare(session: Session, wanted: CrisisCreate, person: Person, now: datetime) -> CrisisPeriod:
    """A crisis begins. Raises NotFound for a district out of reach."""
    person.reach.require("district", wanted.district, wanted.district)
    row = CrisisPeriod(
        id=uuid7(now), set_by=person.id, set_by_name=person.name, set_at=now, **wanted.model_dump()
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, person, "crisis.declare", row.id, wanted.model_dump(mode="json"), now)
    return row


def end(session: Session, crisis_id: UUID, wanted: CrisisEnd, person: Person, now: datetime) -> CrisisPeriod:
    """A crisis ends. Raises Conflict when it was ended already: a new one is declared instead."""
    row = session.exec(select(CrisisPeriod).where(CrisisPeriod.id == crisis_id).with_for_update()).first()
    if row is None:
        raise NotFound("crisis", crisis_id)
    person.reach.require("crisis", crisis_id, row.district)
    if row.ended_at is not None:
        raise Conflict("crisis.already_ended", "The crisis was ended already", {"ended_on": str(row.ended_on)})
    if wanted.ended_on < row.began_on:
        allowed = f"{row.began_on} or later"
        raise InvalidInput([{"field": "ended_on", "value": str(wanted.ended_on), "allowed": allowed}])
    row.ended_on, row.end_reason = wanted.ended_on, wanted.reason
    row.ended_by, row.ended_at = person.id, now
    session.add(row)
    audit.record(session, person, "crisis.end", row.id, wanted.model_dump(mode="json"), now)
    return row


def record_alert(session: Session, wanted: PollutionAlertCreate, person: Person, now: datetime) -> PollutionAlert:
    """A pollution alert was published."""
    person.reach.require("district", wanted.district, wanted.district)
    row = PollutionAlert(
        id=uuid7(now), recorded_by=person.id, recorded_by_name=person.name, recorded_at=now, **wanted.model_dump()
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, person, "pollution_alert.record", row.id, wanted.model_dump(mode="json"), now)
    return row


def lift_alert(
    session: Session, alert_id: UUID, wanted: PollutionAlertEnd, person: Person, now: datetime
) -> PollutionAlert:
    """A pollution alert was lifted."""
    row = session.exec(select(PollutionAlert).where(PollutionAlert.id == alert_id).with_for_update()).first()
    if row is None:
        raise NotFound("pollution alert", alert_id)
    person.reach.require("pollution alert", alert_id, row.district)
    if row.ended_at is not None:
        facts = {"ended_at": row.ended_at.isoformat()}
        raise Conflict("pollution_alert.already_ended", "The alert was lifted already", facts)
    if wanted.ended_at <= row.began_at:
        allowed = f"after {row.began_at.isoformat()}"
        raise InvalidInput([{"field": "ended_at", "value": wanted.ended_at.isoformat(), "allowed": allowed}])
    row.ended_at = wanted.ended_at
    session.add(row)
    audit.record(session, person, "pollution_alert.lift", row.id, wanted.model_dump(mode="json"), now)
    return row


def crises_of(session: Session, case: Case) -> list[Crisis]:
    """Declared crises of the case's district and camera on the day of the act."""
    day = local_day(case.began_at)
    wanted = select(CrisisPeriod).where(
        CrisisPeriod.district == case.district,
        CrisisPeriod.began_on <= day,
        or_(col(CrisisPeriod.ended_on).is_(None), col(CrisisPeriod.ended_on) >= day),
    )
    rows = session.exec(wanted.order_by(col(CrisisPeriod.began_on), col(CrisisPeriod.id))).all()
    return [
        Crisis(
            id=str(row.id), name=row.name, source=row.source, began_on=row.began_on, ended_on=row.ended_on,
            items=row.items,
        )
        for row in rows
        if not row.cameras or case.camera_id in row.cameras
    ]  # fmt: skip


def alert_days(session: Session, district: str, began_at: datetime, ended_at: datetime) -> list[AlertDay]:
    """Pollution alerts of a district at any time between the two instants."""
    wanted = select(PollutionAlert).where(
        PollutionAlert.district == district,
        PollutionAlert.began_at <= ended_at,
        or_(col(PollutionAlert.ended_at).is_(None), col(PollutionAlert.ended_at) >= began_at),
    )
    rows = session.exec(wanted.order_by(col(PollutionAlert.began_at), col(PollutionAlert.id))).all()
    return [
        AlertDay.model_validate(
            {"id": str(row.id), "level": row.level, "began_at": row.began_at, "ended_at": row.ended_at,
             "source": row.source}
        )
        for row in rows
    ]  # fmt: skip


def correction_minutes(session: Session, case: Case, item: ExemptionItem | None, at: datetime) -> int:
    """The item's ordinary deadline for an order served at `at`; shorter on a day of heavy pollution if it says so."""
    if item is None:
        return 0
    shorter = item.correction.alert_day_minutes
    if shorter is not None and alert_days(session, case.district, at, at):
        return min(shorter, item.correction.minutes)
    return item.correction.minutes
