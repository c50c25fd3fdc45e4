"""`/api/officer`: tasks for a phone, codes scanned, and time and place of photos."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path
from sqlmodel import col, select

from server.auth.person import Allow, Person, ReaderPerson
from server.auth.roles import Role
from server.cases import photos as case_photos
from server.cases import service as cases
from server.context import Now, ReadSession, WriteSession
from server.officer import photos, scanning, tasks
from server.officer.photos import PhotoTakenRead, PhotoTold
from server.officer.scanning import Scanned, ScanRequest
from server.officer.tables import PhotoTaken
from server.officer.tasks import Tasks

router = APIRouter(prefix="/api/officer", tags=["officer"])
OnTheStreet = Annotated[Person, Depends(Allow(Role.OFFICER, Role.GRID, Role.LEADER, Role.VERIFY))]
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the bytes, lower-case hex")]


@router.get("/tasks")
def my_tasks(session: ReadSession, now: Now, person: OnTheStreet) -> Tasks:
    """Everything a phone needs to work without a network: my tasks, colleagues' certificates, what may be reported."""
    return tasks.of(session, person, now)


@router.post("/scans")
def scan(wanted: ScanRequest, session: ReadSession, person: OnTheStreet) -> Scanned:
    """What a code says: a document's QR code, a social credit code, a case number. Changes nothing; in the body,
    because a code is not for logs.
    """
    return scanning.look_up(session, wanted.text, person)


@router.put("/photos/{sha256}")
def tell_photo(sha256: Digest, told: PhotoTold, session: WriteSession, now: Now, person: OnTheStreet) -> PhotoTakenRead:
    """When and where a photo was taken, once it lies in the evidence store. The same again is harmless."""
    return PhotoTakenRead.model_validate(photos.tell(session, sha256, told, person, now))


@router.get("/photos")
def photos_of_case(case_id: UUID, session: ReadSession, person: ReaderPerson) -> list[PhotoTakenRead]:
    """When and where the photos of a case were taken, oldest first."""
    case = cases.get(session, case_id)
    person.reach.require("case", case_id, case.district)
    wanted = select(PhotoTaken).where(col(PhotoTaken.sha256).in_(case_photos.of_case(session, case)))
    rows = session.exec(wanted.order_by(col(PhotoTaken.taken_at), col(PhotoTaken.sha256)))
    return [PhotoTakenRead.model_validate(row) for row in rows]
