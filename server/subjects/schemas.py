"""What comes in and goes out about subjects."""

from typing import Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from edge.contracts.taxonomy import Name


class SubjectCreate(BaseModel):
    """`known` needs a code; `individual` an ID number taken on site (only its digest is kept)."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["known", "individual"] = "known"
    name: str = Field(min_length=1, max_length=120)
    code: str | None = Field(default=None, max_length=40)
    code_override_reason: str = Field(default="", max_length=400)
    person_number: str | None = Field(default=None, min_length=4, max_length=40)
    contact: str = Field(default="", max_length=120)

    @model_validator(mode="after")
    def _check_identity(self) -> Self:
        if (self.kind == "known") != (self.code is not None):
            raise ValueError("code is needed for kind known and not taken for kind individual")
        if (self.kind == "individual") != (self.person_number is not None):
            raise ValueError("person_number is needed for kind individual and not taken for kind known")
        return self


class SubjectRead(BaseModel):
    """A subject as shown to staff."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    name: str
    code: str | None
    code_check_failed: bool
    code_override_reason: str
    contact: str
    created_at: AwareDatetime


class SubjectPage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[SubjectRead]
    next: UUID | None


class ZoneBindingCreate(BaseModel):
    """Bind a zone of a camera; `valid_to` is the first instant at which it no longer holds."""

    model_config = ConfigDict(extra="forbid")

    camera_id: Name
    zone_id: Name
    valid_from: AwareDatetime
    valid_to: AwareDatetime | None = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise ValueError("valid_to must be after valid_from")
        return self


class ZoneBindingRead(BaseModel):
    """A binding."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    subject_id: UUID
    camera_id: str
    zone_id: str
    valid_from: AwareDatetime
    valid_to: AwareDatetime | None


class CodeCounts(BaseModel):
    """How many codes are on file and how many of them fail their check."""

    with_code: int
    check_failed: int
