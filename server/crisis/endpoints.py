"""`/api/crises`, `/api/pollution-alerts`, `/api/cases/{id}/late-correction`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import col, select

from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import Role
from server.cases import repository
from server.context import Now, ReadSession, WriteSession
from server.crisis import late, service
from server.crisis.schemas import (
    CrisisCreate,
    CrisisEnd,
    CrisisRead,
    LateAcceptanceCreate,
    LateAcceptanceRead,
    PollutionAlertCreate,
    PollutionAlertEnd,
    PollutionAlertRead,
)
from server.crisis.tables import CrisisPeriod, PollutionAlert
from server.errors import NotFound

router = APIRouter(prefix="/api", tags=["crisis"])
Head = Annotated[Person, Depends(Allow(Role.HEAD))]
Leader = Annotated[Person, Depends(Allow(Role.LEADER))]
Shift = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.HEAD))]
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("/crises")
def list_crises(session: ReadSession, person: StaffPerson, limit: Limit = 100) -> list[CrisisRead]:
    """Declared crises of the person's districts, the one that began last first."""
    wanted = person.reach.limit(select(CrisisPeriod), CrisisPeriod.district)
    rows = session.exec(
        wanted.order_by(col(CrisisPeriod.began_on).desc(), col(CrisisPeriod.id).desc()).limit(limit)
    ).all()
    return [CrisisRead.model_validate(row) for row in rows]


@router.post("/crises", status_code=201)
def declare_crisis(wanted: CrisisCreate, session: WriteSession, now: Now, person: Head) -> CrisisRead:
    """Switch it on: educate, no fine, not recorded as dishonesty, for first, slight, harmless, corrected acts."""
    return CrisisRead.model_validate(service.declare(session, wanted, person, now))


@router.post("/crises/{crisis_id}/end")
def end_crisis(crisis_id: UUID, wanted: CrisisEnd, session: WriteSession, now: Now, person: Head) -> CrisisRead:
    """Switch it off after a last day."""
    return CrisisRead.model_validate(service.end(session, crisis_id, wanted, person, now))


@router.get("/pollution-alerts")
def list_pollution_alerts(session: ReadSession, person: StaffPerson, limit: Limit = 100) -> list[PollutionAlertRead]:
    """Alerts of the person's districts, the latest first."""
    wanted = person.reach.limit(select(PollutionAlert), PollutionAlert.district)
    rows = session.exec(
        wanted.order_by(col(PollutionAlert.began_at).desc(), col(PollutionAlert.id).desc()).limit(limit)
    ).all()
    return [PollutionAlertRead.model_validate(row) for row in rows]


@router.post("/pollution-alerts", status_code=201)
def record_pollution_alert(
    wanted: PollutionAlertCreate, session: WriteSession, now: Now, person: Shift
) -> PollutionAlertRead:
    """Record an alert as published; a change of level is a new one."""
    return PollutionAlertRead.model_validate(service.record_alert(session, wanted, person, now))


@router.post("/pollution-alerts/{alert_id}/end")
def lift_pollution_alert(
    alert_id: UUID, wanted: PollutionAlertEnd, session: WriteSession, now: Now, person: Shift
) -> PollutionAlertRead:
    """Record when it was lifted."""
    return PollutionAlertRead.model_validate(service.lift_alert(session, alert_id, wanted, person, now))


@router.post("/cases/{case_id}/late-correction", status_code=201)
def accept_late_correction(
    case_id: UUID, wanted: LateAcceptanceCreate, session: WriteSession, now: Now, person: Leader
) -> LateAcceptanceRead:
    """Accept that a cause beyond the party's control made the correction late: it then counts as in time."""
    case = repository.get(session, case_id, lock=True)
    if case is None:
        raise NotFound("case", case_id)
    person.reach.require("case", case_id, case.district)
    return LateAcceptanceRead.model_validate(late.accept_late(session, case, wanted.reason, person, now))
