"""What comes in and goes out about dispatch."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from server.places.schemas import Code, District, Text
from server.times import Instant

LONGEST_SHIFT = timedelta(hours=36)
Certificate = Annotated[str, Field(pattern=r"^[0-9A-Za-z_\-\u4e00-\u9fff()（）]{0,40}$")]


class _Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TeamWanted(_Wanted):
    """A team of a body, and the grid cells in its charge."""

    code: Code
    name: Text
    body: Code
    district: District = "local"
    grids: list[Code] = Field(default_factory=list[str], max_length=500)


class TeamRead(BaseModel):
    """A team."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    name: str
    body: str
    district: str
    grids: list[str]


class OfficerWanted(_Wanted):
    """An officer's team and certificate; a certificate has a last valid day."""

    team: Code
    certificate: Certificate = ""
    certificate_to: date | None = None

    @model_validator(mode="after")
    def _certificate_has_a_last_day(self) -> Self:
        if bool(self.certificate) != (self.certificate_to is not None):
            raise ValueError("certificate and certificate_to are given together, or neither")
        return self


class OfficerRead(BaseModel):
    """An officer's record."""

    model_config = ConfigDict(from_attributes=True)

    person_id: UUID
    district: str
    team: str
    certificate: str
    certificate_to: date | None


class ShiftWanted(_Wanted):
    """Several people on duty together; at most 36 hours."""

    person_ids: list[UUID] = Field(min_length=1, max_length=100)
    starts_at: Instant
    ends_at: Instant

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not timedelta(0) < self.ends_at - self.starts_at <= LONGEST_SHIFT:
            raise ValueError(f"ends_at is after starts_at, by at most {LONGEST_SHIFT}")
        return self


class ShiftRead(BaseModel):
    """Somebody on duty from, until (not including)."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    person_id: UUID
    district: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    cancelled_at: AwareDatetime | None


class AgainstRead(BaseModel):
    """What speaks against an officer, in words."""

    code: str
    zh: str
    en: str


class CandidateRead(BaseModel):
    """An officer in the order of the ranking. `in_charge`: the place lies in a grid cell of the team or its body."""

    person_id: UUID
    name: str
    team: str
    body: str
    fit: bool
    against: list[AgainstRead]
    in_charge: bool
    on_duty: bool
    certificate_to: date | None
    load: int


class CandidatesRead(BaseModel):
    """Who can go. `transfer`: no body of ours has the power. `unchecked`: registers that are not kept here."""

    case_id: UUID
    item_code: str | None
    grid: str | None
    powers: str | None
    bodies: list[str]
    transfer: bool
    unchecked: list[Literal["powers", "certificates", "roster"]]
    candidates: list[CandidateRead]


class PowersRead(BaseModel):
    """The power list in force."""

    key: str
    status: str
    author: str
    body: dict[str, Any]


class PatrolWanted(_Wanted):
    """A patrol to draw: how many places, on which day. Without a seed one is drawn by lot."""

    district: District = "local"
    day: date
    count: int = Field(ge=1, le=500)
    seed: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,64}$")] | None = None


class PatrolRead(BaseModel):
    """A drawn patrol with its trace. `holds`: its seed draws the same from its trace."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    district: str
    day: date
    seed: str
    wanted: int
    drawn: list[dict[str, Any]]
    trace: dict[str, Any]
    made_at: AwareDatetime
    made_by: UUID
    holds: bool


class AssignmentAgainstRead(BaseModel):
    """An officer sent although something spoke against it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    case_id: UUID
    assignee_id: UUID
    against: list[str]
    reason: str
    sent_by: UUID
    sent_at: AwareDatetime
