"""What comes in and goes out about permits."""

from datetime import date, datetime, time
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from edge.contracts.geometry import Polygon
from edge.contracts.permits import PermitStatus
from edge.contracts.taxonomy import Name
from server.permits.times import SEASON_DAY, Times
from server.places.schemas import GroundPolygon

PermitKey = Annotated[str, Field(max_length=48, pattern=r"^[a-z0-9](_?[a-z0-9-])*$")]
"""The permit's key on the wire: lower-case letters, digits, - and single _; at most 48 characters."""
Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Reason = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00]*$")]
SeasonDay = Annotated[str, Field(pattern=rf"{SEASON_DAY.pattern}|^$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AreaCreate(_Form):
    """What a camera sees of the permit: corners 0..1 of its picture, in one of its zones."""

    edge_id: Name
    camera_id: Name
    zone_id: Name
    polygon: Polygon


class Conditions(_Form):
    """Terms that are watched apart: each is an item of its own, never an overrun."""

    noise: Text = Field(default="", max_length=400)
    oil: Text = Field(default="", max_length=400)
    cleaning: Text = Field(default="", max_length=400)
    aisle_m: float | None = Field(default=None, gt=0, le=100, allow_inf_nan=False)


class ApprovalCreate(_Form):
    """One step of the approval, as the body that took it said."""

    step: Literal["applied", "assessed", "published", "reviewed", "agreed", "filed"]
    body: str = Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")
    agreed: bool = True
    at: AwareDatetime
    note: Text = Field(default="", max_length=400)


class PermitCreate(_Form):
    """A permit to register. `hours_to` before `hours_from` runs past midnight; equal hours are the whole day.

    `season_from`, `season_to` (MM-DD, both days included) narrow the dates to a part of each year.
    """

    id: PermitKey
    number: Text = Field(default="", max_length=60)
    subject_id: UUID
    ground: GroundPolygon | None = None
    areas: list[AreaCreate] = Field(min_length=1, max_length=50)
    weekdays: frozenset[int] = frozenset(range(1, 8))
    hours_from: time = time(0, 0)
    hours_to: time = time(0, 0)
    season_from: SeasonDay = ""
    season_to: SeasonDay = ""
    goods: Text = Field(default="", max_length=200)
    terms: Text = Field(default="", max_length=2000)
    conditions: Conditions = Conditions()
    valid_from: date
    valid_to: date
    approvals: list[ApprovalCreate] = Field(default_factory=list[ApprovalCreate], max_length=20)

    @model_validator(mode="after")
    def _check_times(self) -> Self:
        if self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} is before valid_from {self.valid_from}")
        if (self.valid_to - self.valid_from).days > 3660:
            raise ValueError("a permit lasts ten years at most")
        if not self.weekdays or not self.weekdays <= frozenset(range(1, 8)):
            raise ValueError("weekdays are 1 (Monday) to 7 (Sunday), at least one")
        if bool(self.season_from) != bool(self.season_to):
            raise ValueError("a season needs season_from and season_to")
        if (self.hours_from.tzinfo or self.hours_to.tzinfo) is not None:
            raise ValueError("hours are local: no offset")
        if not self.times.spans(self.valid_from):
            raise ValueError("the season lies wholly outside valid_from to valid_to")
        return self

    @property
    def times(self) -> Times:
        """When it allows trading."""
        return Times(
            self.weekdays, self.hours_from, self.hours_to, self.valid_from, self.valid_to,
            self.season_from, self.season_to,
        )  # fmt: skip


class PermitChange(_Form):
    """Suspend, revoke, put back in force, or note that a renewal was filed.

    A status holds from `served_at` (now when left out), when the holder was told. `found_invalid`: the permit should
    never have held; acts that it let pass since its first day are listed for review.
    """

    status: PermitStatus | None = None
    served_at: AwareDatetime | None = None
    renewal_filed_at: AwareDatetime | None = None
    found_invalid: bool = False
    reason: Reason

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.status is None and self.renewal_filed_at is None:
            raise ValueError("give status or renewal_filed_at")
        if self.served_at is not None and self.status is None:
            raise ValueError("served_at is of a status")
        if self.found_invalid and self.status is not PermitStatus.REVOKED:
            raise ValueError("a permit found invalid is revoked: status must be revoked")
        if self.status is PermitStatus.EXPIRED:
            raise ValueError("a permit expires by its dates: status is active, suspended or revoked")
        return self


class AreasSet(_Form):
    """All areas of a permit anew: a camera was added, or its view changed."""

    areas: list[AreaCreate] = Field(min_length=1, max_length=50)
    reason: Reason


class AreaRead(BaseModel):
    """An area."""

    model_config = ConfigDict(from_attributes=True)

    ordinal: int
    edge_id: str
    camera_id: str
    zone_id: str
    polygon: list[tuple[float, float]]


class StatusRead(BaseModel):
    """A status and since when it holds."""

    model_config = ConfigDict(from_attributes=True)

    status: str
    served_at: AwareDatetime
    reason: str
    recorded_at: AwareDatetime
    recorded_by: str


class ApprovalRead(BaseModel):
    """A step of the approval."""

    model_config = ConfigDict(from_attributes=True)

    step: str
    body: str
    agreed: bool
    at: AwareDatetime
    note: str
    recorded_by: str


class PermitRead(BaseModel):
    """A permit as registered. `status` is the present one: expired once its last day is over."""

    id: str
    number: str
    version: int
    district: str
    subject_id: UUID
    subject_name: str
    ground: list[tuple[float, float]] | None
    ground_m2: float | None
    areas: list[AreaRead]
    weekdays: list[int]
    hours_from: time
    hours_to: time
    season_from: str
    season_to: str
    goods: str
    terms: str
    conditions: Conditions
    valid_from: date
    valid_to: date
    status: str
    renewal_filed_at: datetime | None
    holder_left_at: datetime | None


class PermitDetail(PermitRead):
    """With its history. `suppressed_cases`: closed as permitted while the permit did not hold."""

    changes: list[StatusRead]
    approvals: list[ApprovalRead]
    suppressed_cases: list[UUID]


class PermitPage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[PermitRead]
    next: str | None


class OverlapRead(BaseModel):
    """Two permits for the same ground or picture at the same time. `same_holder`: allowed; else a mistake to settle."""

    first: str
    second: str
    same_holder: bool
    where: list[str]


class JudgmentRead(BaseModel):
    """How an act stands to the permits of its zone."""

    answer: str
    standing: str
    is_overrun: bool
    permit_id: str | None
    minutes_over: float
    beyond_m: float | None
    area_m2: float | None
    notes: list[str]
