"""A code on paper or typed by hand: which document, case or subject it stands for."""

import re
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from server.auth.person import Person
from server.cases import service as cases
from server.cases.tables import Case
from server.cases.workflow import ENDS
from server.documents import repository as documents
from server.documents.kinds import FORMS, Kind
from server.errors import NotFound
from server.subjects import sight
from server.subjects.tables import Subject

_VERIFY = re.compile(r"/verify/([A-Za-z0-9_-]{10,64})")
_SUBJECT = re.compile(r"/subjects?/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE)
_CODE = re.compile(r"(?<![0-9A-Z])([0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10})(?![0-9A-Z])")
_NUMBER = re.compile(r"(?<!\d)(\d{8}-[0-9A-F]{8})(?![0-9A-F])")
_TOKEN = re.compile(r"^[A-Za-z0-9_-]{16,64}$")
CASES_AT_MOST = 20


class ScanRequest(BaseModel):
    """What the code says, as it was read."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=4, max_length=1000, pattern=r"^[^\x00]*$")


class CaseNamed(BaseModel):
    """A case by its number."""

    id: UUID
    number: str
    state: str


class Scanned(BaseModel):
    """What was found. `cases`: the document's case, or the subject's open ones within reach, newest first."""

    kind: Literal["document", "subject", "case"]
    cases: list[CaseNamed]
    subject_id: UUID | None = None
    subject_name: str = ""
    document_id: UUID | None = None
    document_number: str = ""
    document_title: str = ""
    document_title_en: str = ""
    valid: bool | None = None


def look_up(session: Session, text: str, by: Person) -> Scanned:
    """What a code stands for. Raises NotFound, also for what is out of reach."""
    text = text.strip()
    if match := _VERIFY.search(text):
        return _document(session, match[1], by)
    if match := _SUBJECT.search(text):
        return _subject(session, sight.get(session, UUID(match[1]), by), by)
    if match := _NUMBER.search(text.upper()):
        case = session.exec(select(Case).where(Case.number == match[1])).first()
        if case is None:
            raise NotFound("case", match[1])
        return _case(session, case, by)
    if match := _CODE.search(text.upper()):
        subject = session.exec(select(Subject).where(Subject.code == match[1])).first()
        if subject is None:
            raise NotFound("subject", match[1])
        return _subject(session, sight.get(session, subject.id, by), by)
    if _TOKEN.match(text):
        return _document(session, text, by)
    raise NotFound("code", text[:60])


def _document(session: Session, token: str, by: Person) -> Scanned:
    row = documents.by_token(session, token)
    if row is None or not by.reach.holds(row.district):
        raise NotFound("document", token)
    found = _case(session, cases.get(session, row.case_id), by)
    form = FORMS[Kind(row.kind)]
    told = {
        "kind": "document", "document_id": row.id, "document_number": row.number, "document_title": form.title,
        "document_title_en": form.title_en, "valid": documents.withdrawal(session, row.id) is None,
    }  # fmt: skip
    return found.model_copy(update=told)


def _case(session: Session, case: Case, by: Person) -> Scanned:
    by.reach.require("case", case.number, case.district)
    subject = session.get(Subject, case.subject_id)
    return Scanned(
        kind="case", cases=[_named(case)], subject_id=case.subject_id, subject_name=subject.name if subject else ""
    )


def _subject(session: Session, subject: Subject, by: Person) -> Scanned:
    wanted = by.reach.limit(select(Case), Case.district).where(
        Case.subject_id == subject.id, col(Case.state).not_in([state.value for state in ENDS])
    )
    rows = session.exec(wanted.order_by(col(Case.id).desc()).limit(CASES_AT_MOST)).all()
    return Scanned(
        kind="subject", cases=[_named(row) for row in rows], subject_id=subject.id, subject_name=subject.name
    )


def _named(case: Case) -> CaseNamed:
    return CaseNamed(id=case.id, number=case.number, state=case.state)
