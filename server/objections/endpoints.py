"""`/api/objections` and, below a case, its objections and links: for the authority."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session

from server.auth.person import Allow, Person, ReaderPerson, StaffPerson
from server.auth.roles import Role
from server.cases import service as cases
from server.context import Now, ReadSession, WriteSession, services_of
from server.errors import NotFound
from server.objections import links, lodging, party_endpoints, repository
from server.objections.schemas import (
    AnswerCreate,
    FileRead,
    LinkMade,
    ObjectionCreate,
    ObjectionPage,
    ObjectionRead,
    PartyFileRead,
    Withdrawal,
)
from server.objections.tables import Objection

router = APIRouter(tags=["objections"])
router.include_router(party_endpoints.router)
Registrar = Annotated[Person, Depends(Allow(Role.SEAT, Role.OFFICER, Role.LEADER, Role.LEGAL, Role.HEAD))]
Answerer = Annotated[Person, Depends(Allow(Role.OFFICER, Role.LEADER, Role.LEGAL, Role.HEAD))]


@router.get("/api/objections")
def list_objections(
    session: ReadSession,
    person: ReaderPerson,
    status: Literal["open", "withdrawn", "upheld", "set_aside", "heard"] | None = None,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ObjectionPage:
    """Objections, newest first; `before` is the `next` of the page before."""
    rows = repository.page(session, person.reach, status, before, limit)
    return ObjectionPage(items=[_read(session, row) for row in rows], next=rows[-1].id if len(rows) == limit else None)


@router.get("/api/objections/{objection_id}")
def get_objection(objection_id: UUID, session: ReadSession, person: ReaderPerson) -> ObjectionRead:
    """One objection."""
    row = repository.get(session, objection_id)
    if row is None:
        raise NotFound("objection", objection_id)
    person.reach.require("objection", objection_id, row.district)
    return _read(session, row)


@router.post("/api/objections/{objection_id}/answer")
def answer_objection(
    objection_id: UUID, wanted: AnswerCreate, session: WriteSession, now: Now, person: Answerer
) -> ObjectionRead:
    """Answer with reasons; in L8 and L2 this moves the case."""
    row = lodging.answer(session, objection_id, wanted.result, wanted.answer, wanted.fields, person, now)
    return _read(session, row)


@router.post("/api/objections/{objection_id}/withdrawal")
def withdraw_objection(
    objection_id: UUID, wanted: Withdrawal, session: WriteSession, now: Now, person: Registrar
) -> ObjectionRead:
    """The party took it back; written down by an officer."""
    return _read(session, lodging.withdraw(session, objection_id, wanted.reason, person, now))


@router.get("/api/cases/{case_id}/objections")
def list_of_case(case_id: UUID, session: ReadSession, person: ReaderPerson) -> list[ObjectionRead]:
    """The objections of a case, oldest first."""
    person.reach.require("case", case_id, cases.get(session, case_id).district)
    return [_read(session, row) for row in repository.of_case(session, case_id)]


@router.post("/api/cases/{case_id}/objections", status_code=201)
def lodge_for_party(
    case_id: UUID, wanted: ObjectionCreate, session: WriteSession, now: Now, person: Registrar
) -> ObjectionRead:
    """Write down what the party says. Where the state table has a way for the party, the case goes it."""
    row = lodging.by_officer(session, case_id, wanted.statement, wanted.source, wanted.files, person, now)
    return _read(session, row)


@router.post("/api/cases/{case_id}/party-links", status_code=201)
def make_link(case_id: UUID, request: Request, session: WriteSession, now: Now, person: Registrar) -> LinkMade:
    """A code for the party, shown this once: onto its paper, into its message."""
    case = cases.get(session, case_id)
    person.reach.require("case", case_id, case.district)
    link, code = links.make(session, case, person, now)
    url = links.address(services_of(request).settings.http.address, code)
    return LinkMade(link_id=link.id, code=code, url=url, expires_at=link.expires_at)


@router.get("/api/cases/{case_id}/party-files")
def list_party_files(case_id: UUID, session: ReadSession, person: StaffPerson) -> list[PartyFileRead]:
    """What the party sent: photos of its correction, files of its statements, its signature. Oldest first."""
    person.reach.require("case", case_id, cases.get(session, case_id).district)
    return [PartyFileRead.model_validate(row) for row in repository.files_of_case(session, case_id)]


@router.delete("/api/party-links/{link_id}", status_code=204)
def revoke_link(link_id: UUID, session: WriteSession, now: Now, person: Registrar) -> None:
    """The code fell into wrong hands: it and any visit end."""
    links.revoke(session, link_id, person, now)


def _read(session: Session, row: Objection) -> ObjectionRead:
    files = [FileRead.model_validate(file) for file in repository.files_of(session, row.id)]
    return ObjectionRead(**row.model_dump(exclude={"warn_at", "late_at", "next_at"}), files=files)
