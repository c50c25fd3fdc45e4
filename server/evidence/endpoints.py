"""`/api/evidence/{sha256}`: put by edges and officers, seen by staff."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import Role
from server.context import Now, ReadSession, services_of
from server.errors import NotFound
from server.evidence import links, originals, service, upload
from server.evidence.errors import ReasonNeeded
from server.evidence.store import EvidenceStore, Stored

router = APIRouter(prefix="/api/evidence", tags=["evidence"])
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the bytes, lower-case hex")]
Sender = Annotated[Person, Depends(Allow(Role.EDGE, Role.OFFICER, Role.VERIFY, Role.SEAT, Role.GRID, Role.LEADER))]
Viewer = Annotated[Person, Depends(Allow(*originals.VIEWERS))]
SANDBOX = "default-src 'none'; sandbox"
NO_STORE, IMMUTABLE = "private, no-store", "private, max-age=86400, immutable"


class EvidenceKept(BaseModel):
    """The file is whole, verified and on disk."""

    sha256: str
    media_type: str
    size_bytes: int


class UploadOffset(BaseModel):
    """How many bytes of an upload in parts are kept; send the next part from here."""

    sha256: str
    offset: int


class EvidenceUse(BaseModel):
    """Why a file is kept, and whether seeing it needs a reason."""

    sha256: str
    role: str
    media_type: str
    size_bytes: int
    sealed: bool


@router.put(
    "/{sha256}",
    status_code=201,
    response_model=EvidenceKept,
    responses={200: {"description": "It was there already"}, 202: {"model": UploadOffset, "description": "A part"}},
)
async def put_evidence(
    sha256: Digest,
    request: Request,
    sender: Sender,
    content_type: Annotated[str, Header()] = "",
    content_length: Annotated[int | None, Header(ge=0)] = None,
    content_range: Annotated[str | None, Header()] = None,
) -> Response:
    """Send the bytes as the body; doing so again is harmless. In parts with `Content-Range: bytes FIRST-LAST/TOTAL`.

    201 means: verified against the address, fsynced, registered. 202 means: this part is kept, send the next.
    """
    services, store = services_of(request), _store(request)
    declared = content_type.partition(";")[0].strip().lower()
    limits = services.settings.evidence
    max_bytes = limits.picture_max_bytes if declared.startswith("image/") else limits.clip_max_bytes
    part = upload.Part(content_range, content_length)

    def register(stored: Stored) -> bool:
        with services.database.session_scope() as session:
            return service.register(session, stored, sender, services.clock.now(), services.settings.home_district)

    known = await run_in_threadpool(store.known, sha256)
    if known is not None:
        await run_in_threadpool(register, known)
        return _kept(200, known)
    taken = await upload.take(request, store, sha256, declared, part, max_bytes)
    if isinstance(taken, int):
        return JSONResponse(UploadOffset(sha256=sha256, offset=taken).model_dump(), 202)
    await run_in_threadpool(register, taken)
    return _kept(201, taken)


@router.get("/{sha256}/offset")
def upload_offset(sha256: Digest, request: Request, _sender: Sender) -> UploadOffset:
    """How much of an upload in parts is kept."""
    return UploadOffset(sha256=sha256, offset=_store(request).offset(sha256))


@router.get("/{sha256}", response_class=FileResponse)
def get_evidence(sha256: Digest, request: Request, session: ReadSession, person: StaffPerson) -> FileResponse:
    """The bytes of a blurred copy or a manifest. An original, a photo or a clip: `POST …/original`."""
    row = service.file_of(session, sha256, person)
    if links.is_sealed(session, sha256):
        raise ReasonNeeded(sha256)
    return _file(request, sha256, row.media_type, IMMUTABLE)


@router.post("/{sha256}/original", response_class=FileResponse)
def get_original(sha256: Digest, told: originals.Look, request: Request, now: Now, person: Viewer) -> FileResponse:
    """The bytes of a sealed file, for a reason and a case that it belongs to. The look is on record before they leave.

    In the body, not in the address: addresses end up in logs and histories.
    """
    services = services_of(request)
    with services.database.session_scope() as session:
        row = originals.look(session, person, sha256, told, services.settings.evidence.originals_per_hour, now)
        media_type = row.media_type
    return _file(request, sha256, media_type, NO_STORE)


@router.get("/{sha256}/uses")
def evidence_uses(sha256: Digest, session: ReadSession, person: StaffPerson) -> list[EvidenceUse]:
    """Why the file is kept."""
    service.file_of(session, sha256, person)
    sealed = links.is_sealed(session, sha256)
    return [
        EvidenceUse(
            sha256=sha256, role=link.role, media_type=link.media_type, size_bytes=link.size_bytes, sealed=sealed
        )
        for link in links.of_file(session, sha256)
    ]


def _file(request: Request, sha256: str, media_type: str, cache: str) -> FileResponse:
    store = _store(request)
    if not store.has(sha256):
        raise NotFound("evidence_file", sha256)
    headers = {"Content-Security-Policy": SANDBOX, "Cache-Control": cache}
    return FileResponse(store.path(sha256), media_type=media_type, headers=headers)


def _store(request: Request) -> EvidenceStore:
    return request.app.state.evidence


def _kept(status: int, stored: Stored) -> JSONResponse:
    kept = EvidenceKept(sha256=stored.sha256, media_type=stored.media_type, size_bytes=stored.size_bytes)
    return JSONResponse(kept.model_dump(), status)
