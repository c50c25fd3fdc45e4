"""Education given in a case: an exempted party must be educated (Penalty Law 6, 33(3)), and the record is mandatory."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session

from edge.contracts.ids import uuid7
from edge.contracts.taxonomy import Sha256
from server.audit import service as audit
from server.auth.person import Person
from server.cases import service as cases
from server.documents import repository
from server.documents.fields import Line, Text
from server.documents.tables import EducationRecord
from server.errors import InvalidInput, NotFound

Photos = Annotated[list[Sha256], Field(max_length=20)]


class EducationGiven(BaseModel):
    """`kind`: ED1 explained with leaflet or message, ED2 pledge signed, ED3 talk with who is in charge.

    `receipt`: how the party confirmed it (signature, message read, photo). `given_at` is now when left out.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["ED1", "ED2", "ED3"]
    received_by: Line = ""
    content: Text = Field(min_length=1)
    receipt: Line = Field(min_length=1)
    given_at: AwareDatetime | None = None
    photos: Photos = Field(default_factory=list[str])


class EducationRead(BaseModel):
    """One record."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    case_id: UUID
    subject_id: UUID
    kind: str
    given_at: AwareDatetime
    given_by: UUID
    given_by_name: str
    received_by: str
    content: str
    receipt: str
    photos: list[str]
    recorded_at: AwareDatetime


def record(session: Session, case_id: UUID, given: EducationGiven, by: Person, now: datetime) -> EducationRecord:
    """Write down that education was given. Raises NotFound, or InvalidInput for a time to come."""
    case = cases.get(session, case_id)
    by.reach.require("case", case_id, case.district)
    at = given.given_at or now
    if at > now:
        raise InvalidInput([{"field": "given_at", "value": at.isoformat(), "allowed": "not after now"}])
    row = EducationRecord(
        id=uuid7(now), case_id=case_id, district=case.district, subject_id=case.subject_id, kind=given.kind,
        given_at=at, given_by=by.id, given_by_name=by.name, received_by=given.received_by, content=given.content,
        receipt=given.receipt, photos=list(given.photos), recorded_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, by, "education.record", row.id, {"case": case.number, "kind": given.kind}, now, case.district)
    return row


def get(session: Session, record_id: UUID) -> EducationRecord:
    """One record; raises NotFound. The caller has checked the reach."""
    row = session.get(EducationRecord, record_id)
    if row is None:
        raise NotFound("education", record_id)
    return row


def of_case(session: Session, case_id: UUID, by: Person) -> list[EducationRecord]:
    """The records of a case within reach, oldest first; raises NotFound."""
    case = cases.get(session, case_id)
    by.reach.require("case", case_id, case.district)
    return repository.education_of(session, case_id)
