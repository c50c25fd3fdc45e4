"""What comes in and goes out about crises, pollution alerts and lateness."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from edge.contracts.taxonomy import Name
from edge.contracts.violations import ItemCode

Instant = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2200, 1, 1, tzinfo=UTC))]
"""An instant that every time zone and database can write down."""
Text = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00]*\S[^\x00]*$")]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CrisisCreate(_In):
    """Declare a crisis. `source`: the document and its number. `items`, `cameras` empty: all of the district."""

    district: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
    name: Text
    source: Text
    source_sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    reason: Text
    items: list[ItemCode] = Field(default_factory=list[ItemCode], max_length=60)
    cameras: list[Name] = Field(default_factory=list[Name], max_length=1000)
    began_on: date
    ended_on: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.ended_on is not None and self.ended_on < self.began_on:
            raise ValueError("ended_on is before began_on")
        return self


class CrisisEnd(_In):
    """The last day of a crisis, and why."""

    ended_on: date
    reason: Text


class CrisisRead(_Out):
    """A declared crisis."""

    id: UUID
    district: str
    name: str
    source: str
    source_sha256: str
    reason: str
    items: list[str]
    cameras: list[str]
    began_on: date
    ended_on: date | None
    set_by_name: str
    set_at: AwareDatetime
    end_reason: str


class PollutionAlertCreate(_In):
    """Record an alert as it was published. `source`: who published it, number."""

    district: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
    level: Literal["yellow", "orange", "red"]
    began_at: Instant
    ended_at: Instant | None = None
    source: Text

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.ended_at is not None and self.ended_at <= self.began_at:
            raise ValueError("ended_at is not after began_at")
        return self


class PollutionAlertEnd(_In):
    """When it was lifted."""

    ended_at: Instant


class PollutionAlertRead(_Out):
    """An alert of a district."""

    id: UUID
    district: str
    level: str
    began_at: AwareDatetime
    ended_at: AwareDatetime | None
    source: str
    recorded_by_name: str
    recorded_at: AwareDatetime


class LateAcceptanceCreate(_In):
    """Why it was beyond the party's control."""

    reason: Text


class LateAcceptanceRead(_Out):
    """An accepted cause."""

    case_id: UUID
    due_at: AwareDatetime
    reason: str
    accepted_by_name: str
    accepted_at: AwareDatetime
