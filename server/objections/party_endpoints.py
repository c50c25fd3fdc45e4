"""`/api/party`: the party's own case, over its link. Every route but the first needs a visit's token."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import FileResponse
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from edge.contracts.ids import uuid7
from server.cases import service as cases
from server.context import Now, ReadSession, WriteSession, services_of
from server.documents import wording
from server.errors import Conflict, NotFound, Unauthorized
from server.evidence import service as evidence
from server.evidence import upload
from server.evidence.store import EvidenceStore, Stored
from server.evidence.tables import EvidenceFile
from server.ledger import rules
from server.objections import correcting, links, lodging, papers, party, pledging, repository
from server.objections.links import PartyVisit, Visit
from server.objections.party_schemas import (
    AuthorityRead,
    CorrectionCreate,
    OwnCase,
    OwnObjection,
    PaperRead,
    PledgeSign,
)
from server.objections.schemas import CodeUse, FileRead, StatementCreate, VisitRead, Withdrawal
from server.objections.tables import PartyFile

router = APIRouter(prefix="/api/party")
PRIVATE = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store"}
RequestKey = Annotated[str | None, Header(min_length=16, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the bytes, lower-case hex")]


@router.post("/visits", status_code=201)
def begin_visit(
    wanted: CodeUse, request: Request, session: WriteSession, now: Now, idempotency_key: RequestKey = None
) -> VisitRead:
    """Use the code. It works once; the answer has the next one. Wrong codes are slowed down.

    With an Idempotency-Key the same request may be sent again for ten minutes, when the answer was lost on the way.
    """
    found = links.visit(session, wanted.code, now, idempotency_key)
    if found is None:
        request.app.state.identity.failed(request)
        raise Unauthorized
    token, until, following = found
    return VisitRead(token=token, until=until, next_code=following)


@router.get("/case")
def get_own_case(request: Request, session: ReadSession, now: Now, visit: PartyVisit) -> OwnCase:
    """What was seen, what is asked, what was said and answered."""
    return _own(request, session, visit, now)


@router.get("/contact")
def get_contact(request: Request) -> AuthorityRead:
    """Whom to ask when the link does not open. Public."""
    settings = services_of(request).settings
    return party.authority_of(wording.load(settings.documents_file), settings.home_district)


@router.get("/pictures/{sha256}", response_class=FileResponse)
def get_picture(sha256: Digest, request: Request, session: ReadSession, visit: PartyVisit) -> FileResponse:
    """A blurred picture of the own case."""
    store: EvidenceStore = request.app.state.evidence
    row = session.get(EvidenceFile, sha256)
    if row is None or not party.may_see(session, visit.case_id, sha256) or not store.has(sha256):
        raise NotFound("picture", sha256)
    return FileResponse(store.path(sha256), media_type=row.media_type, headers=PRIVATE)


@router.put("/evidence/{sha256}", status_code=201)
async def put_file(
    sha256: Digest,
    request: Request,
    visit: PartyVisit,
    content_type: Annotated[str, Header()] = "",
    content_length: Annotated[int | None, Header(ge=0)] = None,
) -> FileRead:
    """Send a picture or clip as the body, then name it in an objection. The same again is harmless."""
    services, store = services_of(request), request.app.state.evidence
    declared = content_type.partition(";")[0].strip().lower()
    limit = services.settings.evidence.picture_max_bytes
    await run_in_threadpool(_has_room, request, visit)
    taken = await upload.take(request, store, sha256, declared, upload.Part(None, content_length), limit)
    assert isinstance(taken, Stored)

    def keep() -> FileRead:
        with services.database.session_scope() as session:
            evidence.register(session, taken, visit.person, services.clock.now())
            return FileRead.model_validate(_kept(session, visit, taken, services.clock.now()))

    return await run_in_threadpool(keep)


@router.get("/files/{sha256}", response_class=FileResponse)
def get_own_file(sha256: Digest, request: Request, session: ReadSession, visit: PartyVisit) -> FileResponse:
    """What the party sent itself, to look at again."""
    store: EvidenceStore = request.app.state.evidence
    row = session.get(EvidenceFile, sha256)
    if row is None or not party.sent(session, visit.case_id, visit.subject_id, sha256) or not store.has(sha256):
        raise NotFound("file", sha256)
    return FileResponse(store.path(sha256), media_type=row.media_type, headers=PRIVATE)


@router.post("/corrections", status_code=201)
def report_correction(
    wanted: CorrectionCreate, request: Request, session: WriteSession, now: Now, visit: PartyVisit
) -> OwnCase:
    """It was put right: photos, and a word to them. They go into the case and somebody is told to look."""
    correcting.report(session, visit, wanted, now)
    return _own(request, session, visit, now)


@router.post("/pledges", status_code=201)
def sign_pledge(wanted: PledgeSign, request: Request, session: WriteSession, now: Now, visit: PartyVisit) -> OwnCase:
    """Sign the pledge that `GET /api/party/case` shows."""
    pledging.sign(session, visit, wanted, now)
    return _own(request, session, visit, now)


@router.get("/documents")
def list_own_documents(session: ReadSession, visit: PartyVisit) -> list[PaperRead]:
    """The documents that were served on the party in its own case."""
    return papers.served(session, cases.get(session, visit.case_id))


@router.get(
    "/documents/{document_id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}}
)
def get_own_pdf(document_id: UUID, request: Request, session: ReadSession, visit: PartyVisit) -> Response:
    """One of them, byte for byte as it was issued."""
    row = papers.paper(session, cases.get(session, visit.case_id), document_id)
    store: EvidenceStore = request.app.state.evidence
    if not store.has(row.sha256):
        raise NotFound("document", document_id)
    name = f'inline; filename="{row.kind}-{row.year}-{row.serial}.pdf"'
    body = store.path(row.sha256).read_bytes()
    return Response(body, media_type="application/pdf", headers=PRIVATE | {"Content-Disposition": name})


@router.post("/objections", status_code=201)
def lodge(
    wanted: StatementCreate, session: WriteSession, now: Now, visit: PartyVisit, idempotency_key: RequestKey = None
) -> OwnObjection:
    """Say something about the own case, at any stage. The answer is the receipt, with the day of the answer.

    With an Idempotency-Key the same request may safely be sent again.
    """
    row = lodging.by_party(
        session, visit.case_id, visit.link_id, wanted.statement, wanted.files, visit.person, now, idempotency_key or ""
    )
    return party.own_objection(session, row)


@router.post("/objections/{objection_id}/withdrawal")
def withdraw(
    objection_id: UUID, wanted: Withdrawal, session: WriteSession, now: Now, visit: PartyVisit
) -> OwnObjection:
    """Take an objection back."""
    row = repository.get(session, objection_id)
    if row is None or (row.case_id, row.subject_id) != (visit.case_id, visit.subject_id):
        raise NotFound("objection", objection_id)
    return party.own_objection(session, lodging.withdraw(session, objection_id, wanted.reason, visit.person, now))


def _own(request: Request, session: Session, visit: Visit, now: datetime) -> OwnCase:
    words = wording.load(services_of(request).settings.documents_file)
    return party.own_case(session, cases.get(session, visit.case_id), words, now)


def _has_room(request: Request, visit: Visit) -> None:
    with services_of(request).database.session_scope(write=False) as session:
        most = rules.current(session).party_link.files_at_most
        if len(repository.files_over(session, visit.link_id)) >= most:
            raise Conflict("party.too_many_files", "No more files over this link", {"at_most": most})


def _kept(session: Session, visit: Visit, stored: Stored, at: datetime) -> PartyFile:
    known = next((f for f in repository.files_over(session, visit.link_id) if f.sha256 == stored.sha256), None)
    if known is not None:
        return known
    row = PartyFile(
        id=uuid7(at), case_id=visit.case_id, link_id=visit.link_id, sha256=stored.sha256,
        media_type=stored.media_type, size_bytes=stored.size_bytes, received_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row
