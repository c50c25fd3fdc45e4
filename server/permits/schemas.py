"""What comes in and goes out about permits."""

from datetime import date, datetime, time
from typing import Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from edge.contracts.geometry import Polygon
from edge.contracts.permits import Permit, PermitStatus
from edge.contracts.taxonomy import Name


class PermitCreate(BaseModel):
    """A permit to register. `hours_to` before `hours_from` runs past midnight; equal hours are the whole day."""

    model_config = ConfigDict(extra="forbid")

    id: Name
    edge_id: Name
    camera_id: Name
    zone_id: Name
    subject_id: UUID
    polygon: Polygon
    weekdays: frozenset[int] = frozenset(range(1, 8))
    hours_from: time = time(0, 0)
    hours_to: time = time(0, 0)
    valid_from: date
    valid_to: date
    terms: str = Field(default="", max_length=2000)

    @model_validator(mode="after")
    def _check_as_the_edge_does(self) -> Self:
        Permit.model_validate(self.model_dump(exclude={"edge_id", "subject_id", "terms"}))
        return self


class PermitChange(BaseModel):
    """Suspend, revoke, put back in force, or note that a renewal was filed."""

    model_config = ConfigDict(extra="forbid")

    status: PermitStatus | None = None
    renewal_filed_at: AwareDatetime | None = None
    reason: str = Field(min_length=1, max_length=400)


class PermitRead(BaseModel):
    """A permit as registered."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    version: int
    edge_id: str
    camera_id: str
    zone_id: str
    subject_id: UUID
    polygon: list[tuple[float, float]]
    weekdays: list[int]
    hours_from: time
    hours_to: time
    valid_from: date
    valid_to: date
    status: str
    terms: str
    renewal_filed_at: datetime | None
