"""`/api/verdicts` and `/api/samples`: what people said of alerts, and the feed that training reads."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from edge.contracts.taxonomy import Sha256
from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession
from server.evidence import links
from server.feedback import service
from server.once import service as once

router = APIRouter(prefix="/api", tags=["feedback"])
Reviewer = Annotated[Person, Depends(Allow(Role.SEAT, Role.OFFICER, Role.SUPERV, Role.VERIFY))]


class VerdictCreate(BaseModel):
    """What somebody says of an alert."""

    model_config = ConfigDict(extra="forbid")

    alert_id: UUID
    verdict: Literal["confirmed", "false"]
    reason: str = Field(min_length=1, max_length=400)


class VerdictRead(BaseModel):
    """A verdict."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    id: UUID
    alert_id: UUID
    verdict: str
    reason: str
    given_by: UUID
    given_at: AwareDatetime


class SampleEvidence(BaseModel):
    """A file of the sample; fetch it at `/api/evidence/{sha256}` (an original asks a reason)."""

    sha256: Sha256
    role: str
    media_type: str
    captured_at: AwareDatetime


class Sample(BaseModel):
    """An alert with its verdict."""

    seq: int
    verdict: str
    reason: str
    given_at: AwareDatetime
    alert_id: UUID
    edge_id: str
    camera_id: str
    zone_id: str
    violation: str
    violation_version: int
    permit: str
    raised_at: AwareDatetime
    score: float
    area_m2: float | None
    evidence: list[SampleEvidence]


class SamplePage(BaseModel):
    """`next` is the `after` of the following page: also at the end, to go on later."""

    items: list[Sample]
    next: int


@router.post("/verdicts", status_code=201)
def give_verdict(
    wanted: VerdictCreate, session: WriteSession, now: Now, person: Reviewer, idempotency_key: once.Key = None
) -> VerdictRead:
    """Say whether an alert was right. Moves of a case do so by themselves; this is for later quality checks.

    With an Idempotency-Key the same request may safely be sent again: it gives the verdict that was given.
    """
    service.alert_of(session, alert_id=wanted.alert_id, reach=person.reach)

    def give() -> UUID:
        return service.record(session, wanted.alert_id, wanted.verdict, wanted.reason, person, now).id

    given = once.once(session, once.Asked(person, idempotency_key, "verdict", wanted), now, give)
    return VerdictRead.model_validate(service.get(session, given))


@router.get("/verdicts")
def list_verdicts(alert_id: UUID, session: ReadSession, person: StaffPerson) -> list[VerdictRead]:
    """The verdicts on an alert; the last one stands."""
    return [VerdictRead.model_validate(row) for row in service.of_alert(session, alert_id, person.reach)]


@router.get("/samples")
def list_samples(
    session: ReadSession,
    person: StaffPerson,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> SamplePage:
    """Samples in the order in which the verdicts were given."""
    rows = service.after(session, person.reach, after, limit)
    items = [
        Sample(
            **verdict.model_dump(include={"seq", "verdict", "reason", "given_at", "alert_id"}),
            **alert.model_dump(
                include={
                    "edge_id", "camera_id", "zone_id", "violation", "violation_version", "permit", "raised_at",
                    "score", "area_m2",
                }
            ),
            evidence=[
                SampleEvidence(
                    sha256=link.sha256, role=link.role, media_type=link.media_type, captured_at=link.captured_at
                )
                for link in links.of_alert(session, alert.id)
            ],
        )
        for verdict, alert in rows
    ]  # fmt: skip
    return SamplePage(items=items, next=items[-1].seq if items else after)
