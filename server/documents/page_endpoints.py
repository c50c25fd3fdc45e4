"""Documents on a screen: their pages as pictures, a look before one is issued, and on whom each was served."""

from base64 import b64encode
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel

from server.auth.person import Allow, Person, StaffPerson
from server.context import Now, ReadSession, services_of
from server.documents import pages, repository, service, wording
from server.documents.fields import parse
from server.documents.kinds import ISSUERS, Kind
from server.documents.schemas import DocumentWanted
from server.errors import NotFound

router = APIRouter(tags=["documents"])
Issuer = Annotated[Person, Depends(Allow(*ISSUERS))]
RECEIPTS = frozenset({Kind.RECEIPT, Kind.ELECTRONIC_RECEIPT})
HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, no-store"}


class PagesRead(BaseModel):
    """How many pages there are at `…/pages/{number}`, from 1. `same`: set again, it has the bytes that were issued;
    else the pages were set with other templates or fonts, and the PDF is the one that counts.
    """

    pages: int
    same: bool


class PreviewRead(BaseModel):
    """PNG pages in base64 of what would be issued. Nothing was kept and no number used."""

    pages: list[str]


class ServedRead(BaseModel):
    """A proof of service: which document, how, when and on whom, as the proof says it."""

    receipt_id: UUID
    receipt_number: str
    document_number: str
    served_by: str
    served_at: str
    received_by: str
    withdrawn: bool


def _press(request: Request) -> service.Press:
    settings = services_of(request).settings
    return service.Press(wording.load(settings.documents_file), request.app.state.evidence, settings.http.address)


@router.get("/api/documents/{document_id}/pages")
def count_pages(document_id: UUID, request: Request, session: ReadSession, person: StaffPerson) -> PagesRead:
    """How many pages a document has, and whether they are what was issued."""
    found = pages.of_document(service.get(session, document_id, person), request.app.state.evidence)
    return PagesRead(pages=len(found.pictures), same=found.same)


@router.get(
    "/api/documents/{document_id}/pages/{number}",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
def get_page(
    document_id: UUID,
    number: Annotated[int, Path(ge=1, le=500)],
    request: Request,
    session: ReadSession,
    person: StaffPerson,
) -> Response:
    """One page as a picture."""
    found = pages.of_document(service.get(session, document_id, person), request.app.state.evidence)
    if number > len(found.pictures):
        raise NotFound("page", str(number))
    return Response(found.pictures[number - 1], media_type="image/png", headers=HEADERS)


@router.post("/api/cases/{case_id}/documents/preview")
def preview_document(
    case_id: UUID, wanted: DocumentWanted, request: Request, session: ReadSession, now: Now, person: Issuer
) -> PreviewRead:
    """A look at a document before it is issued. What is missing is said as it would be then."""
    order = service.Order(case_id, wanted.kind, parse(wanted.kind, wanted.fields), wanted.replaces, wanted.reason)
    found = pages.before_issue(session, _press(request), order, person, now)
    return PreviewRead(pages=[b64encode(page).decode() for page in found.pictures])


@router.get("/api/cases/{case_id}/service")
def list_service(case_id: UUID, session: ReadSession, person: StaffPerson) -> list[ServedRead]:
    """The proofs of service of a case, oldest first."""
    receipts = [one for one in service.of_case(session, case_id, person) if one.kind in RECEIPTS]
    gone = repository.withdrawn(session, receipts)
    return [
        ServedRead(
            receipt_id=one.id,
            receipt_number=one.number,
            document_number=str(one.snapshot.get("served", {}).get("number", "")),
            served_by=str(one.snapshot.get("served_by", "")),
            served_at=str(one.snapshot.get("served_at", "")),
            received_by=str(one.snapshot.get("received_by", "")),
            withdrawn=one.id in gone,
        )
        for one in receipts
    ]
