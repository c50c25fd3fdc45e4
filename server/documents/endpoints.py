"""`/api/cases/{id}/documents`, `/api/documents`, education, pledges, the case file, and `/verify/{token}`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse

from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import Role
from server.auth.throttle import Throttle
from server.context import Now, ReadSession, WriteSession, services_of
from server.documents import (
    casefile,
    education,
    page_endpoints,
    pledges,
    repository,
    schemas,
    service,
    verification,
    verify_page,
    wording,
)
from server.documents.errors import NoSuchToken
from server.documents.fields import TOLD, parse
from server.documents.kinds import FORMS, ISSUERS
from server.documents.schemas import (
    DocumentRead,
    DocumentWanted,
    ExportWanted,
    KindRead,
    WithdrawalRead,
    WithdrawalWanted,
)
from server.errors import NotFound
from server.once import service as once

router = APIRouter(tags=["documents"])
router.include_router(page_endpoints.router)
Issuer = Annotated[Person, Depends(Allow(*ISSUERS))]
Officer = Annotated[Person, Depends(Allow(Role.OFFICER))]
Judge = Annotated[Person, Depends(Allow(Role.VERIFY, Role.LEADER, Role.LEGAL))]
Withdrawer = Annotated[Person, Depends(Allow(Role.LEGAL, Role.HEAD))]
Exporter = Annotated[Person, Depends(Allow(Role.OFFICER, Role.LEADER, Role.LEGAL, Role.HEAD))]
Code = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{10,64}$")]
LOOKS_PER_MINUTE = 60
PDF_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store"}


def press_of(request: Request) -> service.Press:
    """Where this server makes its documents."""
    settings = services_of(request).settings
    return service.Press(wording.load(settings.documents_file), request.app.state.evidence, settings.http.address)


@router.get("/api/documents/kinds")
def list_kinds(_person: StaffPerson) -> list[KindRead]:
    """The kinds of document: who issues each, in which states, and the JSON Schema of its fields."""
    return [
        KindRead(
            kind=kind, title=form.title, title_en=form.title_en, roles=sorted(form.roles), states=sorted(form.states),
            fields=TOLD[kind].model_json_schema(),
        )
        for kind, form in FORMS.items()
    ]  # fmt: skip


@router.post("/api/cases/{case_id}/documents", status_code=201)
def issue_document(
    case_id: UUID,
    wanted: DocumentWanted,
    request: Request,
    session: WriteSession,
    now: Now,
    person: Issuer,
    idempotency_key: once.Key = None,
) -> DocumentRead:
    """Issue a document: numbered, typeset, kept by its hash. To correct one, issue another that `replaces` it.

    With an Idempotency-Key the same request may safely be sent again: it gives the document that was issued.
    """
    told = parse(wanted.kind, wanted.fields)
    order = service.Order(case_id, wanted.kind, told, wanted.replaces, wanted.reason, idempotency_key)
    asked = once.Asked(person, idempotency_key, f"document:{case_id}", wanted)
    issued = once.once(session, asked, now, lambda: service.issue(session, press_of(request), order, person, now).id)
    document = service.get(session, issued, person)
    return schemas.read(document, repository.withdrawal(session, document.id))


@router.get("/api/cases/{case_id}/documents")
def list_documents(case_id: UUID, session: ReadSession, person: StaffPerson) -> list[DocumentRead]:
    """A case's documents, oldest first, withdrawn ones too."""
    documents = service.of_case(session, case_id, person)
    gone = repository.withdrawn(session, documents)
    return [schemas.read(document, gone.get(document.id)) for document in documents]


@router.get("/api/documents/{document_id}")
def get_document(document_id: UUID, session: ReadSession, person: StaffPerson) -> DocumentRead:
    """One document."""
    document = service.get(session, document_id, person)
    return schemas.read(document, repository.withdrawal(session, document_id))


@router.get(
    "/api/documents/{document_id}/pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
def get_pdf(document_id: UUID, request: Request, session: ReadSession, person: StaffPerson) -> Response:
    """The document as it was issued, byte for byte."""
    document = service.get(session, document_id, person)
    store = press_of(request).store
    if not store.has(document.sha256):
        raise NotFound("evidence_file", document.sha256)
    name = f'inline; filename="{document.kind}-{document.year}-{document.serial}.pdf"'
    return Response(
        store.path(document.sha256).read_bytes(),
        media_type="application/pdf",
        headers=PDF_HEADERS | {"Content-Disposition": name, "ETag": f'"{document.sha256}"'},
    )


@router.post("/api/documents/{document_id}/withdrawal", status_code=201)
def withdraw_document(
    document_id: UUID, wanted: WithdrawalWanted, session: WriteSession, now: Now, person: Withdrawer
) -> WithdrawalRead:
    """A document holds no longer. It stays in the file, marked; whoever scans it sees that."""
    return WithdrawalRead.model_validate(service.withdraw(session, document_id, wanted.reason, person, now))


@router.post(
    "/api/cases/{case_id}/file", response_class=Response, responses={200: {"content": {"application/zip": {}}}}
)
def export_case_file(
    case_id: UUID, wanted: ExportWanted, request: Request, session: WriteSession, now: Now, person: Exporter
) -> Response:
    """The case file as a ZIP: documents, blurred pictures, manifest with hashes. Needs a reason, which is kept.

    Check it anywhere with `shouwei server verify-file ZIP`. Originals are named in it by hash and stay sealed.
    """
    made = casefile.export(session, press_of(request).store, case_id, wanted.reason, person, now)
    headers = PDF_HEADERS | {
        "Content-Disposition": f'attachment; filename="{made.name}"',
        "X-Manifest-SHA256": made.manifest_sha256,
    }
    return Response(made.body, media_type="application/zip", headers=headers)


@router.post("/api/cases/{case_id}/education", status_code=201)
def record_education(
    case_id: UUID, given: education.EducationGiven, session: WriteSession, now: Now, person: Officer,
    idempotency_key: once.Key = None,
) -> education.EducationRead:  # fmt: skip
    """Education was given. With an Idempotency-Key the same request may safely be sent again."""
    asked = once.Asked(person, idempotency_key, f"education:{case_id}", given)
    made = once.once(session, asked, now, lambda: education.record(session, case_id, given, person, now).id)
    return education.EducationRead.model_validate(education.get(session, made))


@router.get("/api/cases/{case_id}/education")
def list_education(case_id: UUID, session: ReadSession, person: StaffPerson) -> list[education.EducationRead]:
    """The education given in a case."""
    return [education.EducationRead.model_validate(row) for row in education.of_case(session, case_id, person)]


@router.post("/api/cases/{case_id}/pledges", status_code=201)
def record_pledge(
    case_id: UUID, made: pledges.PledgeMade, session: WriteSession, now: Now, person: Officer,
    idempotency_key: once.Key = None,
) -> pledges.PledgeRead:  # fmt: skip
    """A pledge was signed. With an Idempotency-Key the same request may safely be sent again."""
    asked = once.Asked(person, idempotency_key, f"pledge:{case_id}", made)
    pledge = once.once(session, asked, now, lambda: pledges.record(session, case_id, made, person, now).id)
    return pledges.get(session, pledge)


@router.get("/api/cases/{case_id}/pledges")
def list_pledges(case_id: UUID, session: ReadSession, person: StaffPerson) -> list[pledges.PledgeRead]:
    """The pledges of a case and how they were kept."""
    return pledges.of_case(session, case_id, person)


@router.post("/api/pledges/{pledge_id}/outcome", status_code=201)
def judge_pledge(
    pledge_id: UUID, told: pledges.OutcomeTold, session: WriteSession, now: Now, person: Judge
) -> pledges.PledgeRead:
    """Say whether a pledge was kept. Another than who recorded it: a verifier, leader or the legal department."""
    return pledges.judge(session, pledge_id, told, person, now)


def slowed(request: Request, now: Now) -> None:
    """Looks at documents from one address, a minute long. Raises TooManyAttempts."""
    state = request.app.state
    if not hasattr(state, "verify_throttle"):
        state.verify_throttle = Throttle(LOOKS_PER_MINUTE)
    state.verify_throttle.failed(request.client.host if request.client else "", now)


@router.get("/verify/{token}", response_class=HTMLResponse, dependencies=[Depends(slowed)])
def verify_document(token: Code, session: ReadSession) -> HTMLResponse:
    """What the QR code opens: kind, number, date, authority, hash, valid or withdrawn. Public; nothing personal."""
    try:
        return HTMLResponse(verify_page.of(verification.verify(session, token)), headers=verify_page.HEADERS)
    except NoSuchToken:
        return HTMLResponse(verify_page.unknown(), 404, headers=verify_page.HEADERS)


@router.get("/api/verify/{token}", dependencies=[Depends(slowed)])
def verify_as_json(token: Code, session: ReadSession) -> verification.Verified:
    """The same for programs."""
    return verification.verify(session, token)
