"""`/api/camera-cards`, `/api/cases/{id}/record-reviews`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import col, select

from edge.contracts.taxonomy import Name
from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import Role
from server.cases import repository
from server.context import Now, ReadSession, WriteSession
from server.errors import NotFound
from server.offsite import service
from server.offsite.schemas import CardRead, CardWanted, ModeWanted, ReviewCreate, ReviewRead
from server.offsite.tables import CameraCard

router = APIRouter(prefix="/api", tags=["offsite"])
Legal = Annotated[Person, Depends(Allow(Role.LEGAL))]
Head = Annotated[Person, Depends(Allow(Role.HEAD))]
Reviewer = Annotated[Person, Depends(Allow(Role.SEAT, Role.OFFICER))]


@router.get("/camera-cards")
def list_camera_cards(
    session: ReadSession, now: Now, person: StaffPerson, limit: Annotated[int, Query(ge=1, le=1000)] = 500
) -> list[CardRead]:
    """Article 41 cards of the person's districts, each with what is missing."""
    wanted = person.reach.limit(select(CameraCard), CameraCard.district)
    rows = session.exec(wanted.order_by(col(CameraCard.edge_id), col(CameraCard.camera_id)).limit(limit)).all()
    return [service.read(row, now) for row in rows]


@router.get("/camera-cards/{edge_id}/{camera_id}")
def get_camera_card(edge_id: Name, camera_id: Name, session: ReadSession, now: Now, person: StaffPerson) -> CardRead:
    """One camera's card."""
    row = session.get(CameraCard, (edge_id, camera_id))
    if row is None:
        raise NotFound("camera card", f"{edge_id}/{camera_id}")
    person.reach.require("camera card", f"{edge_id}/{camera_id}", row.district)
    return service.read(row, now)


@router.put("/camera-cards/{edge_id}/{camera_id}")
def put_camera_card(
    edge_id: Name, camera_id: Name, wanted: CardWanted, session: WriteSession, now: Now, person: Legal
) -> CardRead:
    """Write a card, whole or in part; an incomplete one leaves the camera in CLUE."""
    return service.read(service.put(session, edge_id, camera_id, wanted, person, now), now)


@router.post("/camera-cards/{edge_id}/{camera_id}/mode")
def set_camera_mode(
    edge_id: Name, camera_id: Name, wanted: ModeWanted, session: WriteSession, now: Now, person: Head
) -> CardRead:
    """Ask for CLUE or OFFSITE; the answer says which is in effect and what is missing."""
    return service.read(service.set_mode(session, edge_id, camera_id, wanted, person, now), now)


@router.post("/cases/{case_id}/record-reviews", status_code=201)
def review_record(case_id: UUID, wanted: ReviewCreate, session: WriteSession, now: Now, person: Reviewer) -> ReviewRead:
    """Review a case's record: true, clear, complete, accurate. Unreviewed it is no evidence (Penalty Law 41)."""
    case = repository.get(session, case_id, lock=True)
    if case is None:
        raise NotFound("case", case_id)
    person.reach.require("case", case_id, case.district)
    row = service.review(session, case, wanted, person, now)
    return ReviewRead.model_validate(row.model_dump() | {"passed": service.passed(row)})
