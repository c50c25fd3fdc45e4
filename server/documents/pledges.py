"""Pledges (承诺): what a party promised, and whether it was kept. The subject's archive reads `of_subject`."""

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.cases import photos
from server.cases import service as cases
from server.db import serialise
from server.documents import repository
from server.documents.education import Photos
from server.documents.fields import Line, Text
from server.documents.tables import Pledge, PledgeOutcome
from server.errors import Conflict, InvalidInput, NotFound
from server.subjects.tables import UNKNOWN_SUBJECT_ID


class PledgeMade(BaseModel):
    """`document_id`: the 承诺书 that was signed, if it was issued here. `due_at`: by when it is to be kept."""

    model_config = ConfigDict(extra="forbid")

    text: Text = Field(min_length=1)
    signed_by: Line = Field(min_length=1)
    signed_at: AwareDatetime | None = None
    due_at: AwareDatetime | None = None
    document_id: UUID | None = None
    photos: Photos = Field(default_factory=list[str])


class OutcomeTold(BaseModel):
    """Whether it was kept, and how that is known."""

    model_config = ConfigDict(extra="forbid")

    kept: bool
    reason: Text = Field(min_length=1)


class OutcomeRead(BaseModel):
    """What was found."""

    model_config = ConfigDict(from_attributes=True)

    kept: bool
    reason: str
    at: AwareDatetime
    by: UUID
    by_name: str


class PledgeRead(BaseModel):
    """A pledge; `outcome` null: not judged yet."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    case_id: UUID
    subject_id: UUID
    document_id: UUID | None
    text: str
    signed_at: AwareDatetime
    signed_by: str
    due_at: AwareDatetime | None
    photos: list[str]
    recorded_by: UUID
    recorded_at: AwareDatetime
    outcome: OutcomeRead | None = None


def record(session: Session, case_id: UUID, made: PledgeMade, by: Person, now: datetime) -> PledgeRead:
    """Write down a signed pledge. Raises NotFound, Conflict (nobody named) or InvalidInput."""
    case = cases.get(session, case_id)
    by.reach.require("case", case_id, case.district)
    if case.subject_id == UNKNOWN_SUBJECT_ID:
        raise Conflict("pledge.subject_unknown", "Nobody is named who could pledge", {"instead": "find the subject"})
    signed = made.signed_at or now
    if signed > now:
        raise InvalidInput([{"field": "signed_at", "value": signed.isoformat(), "allowed": "not after now"}])
    if made.document_id is not None:
        document = repository.get(session, made.document_id)
        if document is None or document.case_id != case_id or document.kind != "pledge":
            raise NotFound("document", made.document_id)
    photos.check(session, case, made.photos)
    row = Pledge(
        id=uuid7(now), case_id=case_id, district=case.district, subject_id=case.subject_id,
        document_id=made.document_id, text=made.text, signed_at=signed, signed_by=made.signed_by, due_at=made.due_at,
        photos=list(made.photos), recorded_by=by.id, recorded_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, by, "pledge.record", row.id, {"case": case.number}, now, case.district)
    return PledgeRead.model_validate(row)


def get(session: Session, pledge_id: UUID) -> PledgeRead:
    """One pledge; raises NotFound. The caller has checked the reach."""
    row = session.get(Pledge, pledge_id)
    if row is None:
        raise NotFound("pledge", pledge_id)
    return _with_outcomes(session, [row])[0]


def judge(session: Session, pledge_id: UUID, told: OutcomeTold, by: Person, now: datetime) -> PledgeRead:
    """Say whether it was kept; said again, the later one stands. Raises NotFound."""
    serialise(session, f"pledge:{pledge_id}")
    pledge = session.get(Pledge, pledge_id)
    if pledge is None:
        raise NotFound("pledge", pledge_id)
    by.reach.require("pledge", pledge_id, pledge.district)
    session.add(
        PledgeOutcome(
            id=uuid7(now),
            pledge_id=pledge_id,
            ordinal=repository.times_judged(session, pledge_id) + 1,
            kept=told.kept,
            reason=told.reason,
            at=now,
            by=by.id,
            by_name=by.name,
        )
    )
    session.flush()
    audit.record(
        session, by, "pledge.judge", pledge_id, {"kept": told.kept, "reason": told.reason}, now, pledge.district
    )
    return _with_outcomes(session, [pledge])[0]


def of_case(session: Session, case_id: UUID, by: Person) -> list[PledgeRead]:
    """The pledges of a case within reach, oldest first; raises NotFound."""
    case = cases.get(session, case_id)
    by.reach.require("case", case_id, case.district)
    return _with_outcomes(session, repository.pledges_of_case(session, case_id))


def of_subject(session: Session, subject_id: UUID) -> list[PledgeRead]:
    """The pledges of a subject and how they were kept, newest first. The caller has checked the reach."""
    return _with_outcomes(session, repository.pledges_of_subject(session, subject_id))


def _with_outcomes(session: Session, pledges: list[Pledge]) -> list[PledgeRead]:
    outcomes = repository.outcomes(session, pledges)
    reads = [PledgeRead.model_validate(pledge) for pledge in pledges]
    for read in reads:
        outcome = outcomes.get(read.id)
        read.outcome = OutcomeRead.model_validate(outcome) if outcome else None
    return reads
