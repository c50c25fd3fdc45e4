"""`/api/permits`: the register. Each change is pushed to the edges with their next desired configuration."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AwareDatetime
from sqlmodel import Session

from edge.contracts.permits import LOCAL, PermitStatus
from edge.contracts.taxonomy import PermitRelation
from server.auth.person import Allow, HousePerson, Person, StaffPerson
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.fleet import service as fleet
from server.permits import overlaps, repository, service, suppressed
from server.permits.schemas import (
    ApprovalCreate,
    ApprovalRead,
    AreaCreate,
    AreaRead,
    AreasSet,
    JudgmentRead,
    OverlapRead,
    PermitChange,
    PermitCreate,
    PermitDetail,
    PermitPage,
    PermitRead,
    StatusRead,
)
from server.permits.standing import Act
from server.permits.tables import PermitArea, PermitRow
from server.places.geometry import area_m2
from server.subjects import service as subjects

router = APIRouter(prefix="/api/permits", tags=["permits"])
Registrar = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.ADMIN))]


@router.post("", status_code=201)
def register_permit(
    request: Request, wanted: PermitCreate, session: WriteSession, now: Now, person: Registrar
) -> PermitDetail:
    """Register a permit for zones of edges of one's own district."""
    district = _district(request, session, wanted.areas, person)
    holder = subjects.get(session, wanted.subject_id)
    person.reach.require("subject", holder.id, holder.district)
    return _detail(session, service.register(session, wanted, now, district, person), now)


@router.get("")
def list_permits(
    session: ReadSession,
    now: Now,
    person: HousePerson,
    q: Annotated[str | None, Query(max_length=60, pattern=r"^[^\x00]*$")] = None,
    subject_id: UUID | None = None,
    camera_id: str | None = None,
    zone_id: str | None = None,
    status: PermitStatus | None = None,
    ends_within_days: Annotated[int | None, Query(ge=0, le=3660)] = None,
    after: Annotated[str | None, Query(max_length=64, pattern=r"^[^\x00]*$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> PermitPage:
    """The register by key; `q` is part of a number or of the goods."""
    today = now.astimezone(LOCAL).date()
    ends_by = None if ends_within_days is None else today + timedelta(days=ends_within_days)
    rows = repository.page(
        session, person.reach, after, limit, text=q, subject_id=subject_id, camera_id=_clean(camera_id),
        zone_id=_clean(zone_id), status=status, today=today, ends_by=ends_by,
    )  # fmt: skip
    areas = repository.areas_of(session, [row.id for row in rows])
    items = [_read(session, row, areas[row.id], now) for row in rows]
    return PermitPage(items=items, next=rows[-1].id if len(rows) == limit else None)


@router.get("/overlaps")
def list_overlaps(session: ReadSession, now: Now, person: HousePerson) -> list[OverlapRead]:
    """Permits in force for the same ground or picture at the same time."""
    return overlaps.pairs(session, person.reach, now.astimezone(LOCAL).date())


@router.get("/judgment")
def judge_act(
    session: ReadSession,
    person: StaffPerson,
    edge_id: str,
    camera_id: str,
    zone_id: str,
    began_at: AwareDatetime,
    last_seen_at: AwareDatetime | None = None,
    relation: PermitRelation = PermitRelation.NONE,
    beyond_m: Annotated[float | None, Query(ge=0, le=1000, allow_inf_nan=False)] = None,
    area_m2: Annotated[float | None, Query(ge=0, le=1e6, allow_inf_nan=False)] = None,
    subject_id: UUID | None = None,
) -> JudgmentRead:
    """How an act would stand to the permits of a zone; a look that decides nothing."""
    person.reach.require("edge", edge_id, fleet.district_of(session, edge_id))
    act = Act(began_at, last_seen_at or began_at, relation, beyond_m, area_m2, subject_id)
    found = service.judgment(session, _clean(camera_id) or "", _clean(zone_id) or "", act)
    return JudgmentRead(
        answer=found.answer, standing=found.standing, is_overrun=found.is_overrun, permit_id=found.permit_id,
        minutes_over=found.minutes_over, beyond_m=found.beyond_m, area_m2=found.area_m2, notes=list(found.notes),
    )  # fmt: skip


@router.get("/{permit_id}")
def get_permit(permit_id: str, session: ReadSession, now: Now, person: HousePerson) -> PermitDetail:
    """One permit with its history."""
    return _detail(session, _within_reach(session, permit_id, person), now)


@router.post("/{permit_id}/changes")
def change_permit(
    permit_id: str, wanted: PermitChange, session: WriteSession, now: Now, person: Registrar
) -> PermitDetail:
    """Suspend, revoke, reinstate, or note a renewal. `suppressed_cases` lists what it had let pass meanwhile."""
    _within_reach(session, permit_id, person)
    return _detail(session, service.change(session, permit_id, wanted, now, person), now)


@router.put("/{permit_id}/areas")
def set_permit_areas(
    request: Request, permit_id: str, wanted: AreasSet, session: WriteSession, now: Now, person: Registrar
) -> PermitDetail:
    """All areas anew: a camera was added, or its view changed."""
    _within_reach(session, permit_id, person)
    _district(request, session, wanted.areas, person)
    return _detail(session, service.set_areas(session, permit_id, wanted.areas, wanted.reason, person, now), now)


@router.post("/{permit_id}/approvals", status_code=201)
def add_permit_approval(
    permit_id: str, wanted: ApprovalCreate, session: WriteSession, now: Now, person: Registrar
) -> ApprovalRead:
    """Write down a step of the approval."""
    _within_reach(session, permit_id, person)
    return ApprovalRead.model_validate(service.add_approval(session, permit_id, wanted, person, now))


def _within_reach(session: Session, permit_id: str, person: Person) -> PermitRow:
    row = service.get(session, _clean(permit_id) or "")
    person.reach.require("permit", permit_id, row.district)
    return row


def _district(request: Request, session: Session, areas: list[AreaCreate], person: Person) -> str:
    home = services_of(request).settings.home_district
    found = [fleet.district_of(session, area.edge_id, home) for area in areas]
    for area, district in zip(areas, found, strict=True):
        person.reach.require("edge", area.edge_id, district)
    return found[0]


def _clean(text: str | None) -> str | None:
    return None if text is None else text.replace("\x00", "")


def _read(session: Session, row: PermitRow, areas: list[PermitArea], now: datetime) -> PermitRead:
    return PermitRead(**_known(session, row, areas, now))


def _detail(session: Session, row: PermitRow, now: datetime) -> PermitDetail:
    areas = repository.areas_of(session, [row.id])[row.id]
    return PermitDetail(
        **_known(session, row, areas, now),
        changes=[StatusRead.model_validate(one) for one in repository.changes_of(session, [row.id])[row.id]],
        approvals=[ApprovalRead.model_validate(one) for one in repository.approvals_of(session, row.id)],
        suppressed_cases=suppressed.cases_of(session, row),
    )


def _known(session: Session, row: PermitRow, areas: list[PermitArea], now: datetime) -> dict[str, Any]:
    return row.model_dump(exclude={"status", "created_at", "changed_at"}) | {
        "subject_name": subjects.get(session, row.subject_id).name,
        "ground_m2": None if row.ground is None else round(area_m2(row.ground), 1),
        "areas": [AreaRead.model_validate(area) for area in areas],
        "status": repository.status_on(row, now, now.astimezone(LOCAL).date()).value,
    }
