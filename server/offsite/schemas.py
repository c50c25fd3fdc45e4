"""What comes in and goes out about cards and reviews."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Line = Annotated[str, Field(max_length=400, pattern=r"^[^\x00]*$")]
FileName = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class CardWanted(BaseModel):
    """The card as it shall be. Files are named by their SHA-256, as evidence is."""

    model_config = ConfigDict(extra="forbid")

    legal_basis: Line = ""
    legal_basis_sha256: FileName = ""
    legal_review: Line = ""
    legal_reviewed_on: date | None = None
    technical_review: Line = ""
    technical_reviewed_on: date | None = None
    standard_certificate: Line = ""
    standard_valid_to: date | None = None
    sign_photo_sha256: FileName = ""
    published_place: Line = ""
    published_on: date | None = None


class ModeWanted(BaseModel):
    """Which mode the head wants, and why."""

    model_config = ConfigDict(extra="forbid")

    mode: Literal["CLUE", "OFFSITE"]
    reason: Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00]*\S[^\x00]*$")]


class CardRead(CardWanted):
    """A card: `mode` is the one in effect today, `missing` why it is not OFFSITE."""

    model_config = ConfigDict(from_attributes=True, extra="ignore")

    edge_id: str
    camera_id: str
    district: str
    wanted: Literal["CLUE", "OFFSITE"]
    wanted_by: str
    wanted_reason: str
    mode: Literal["CLUE", "OFFSITE"]
    missing: list[str]
    changed_at: AwareDatetime


class ReviewCreate(BaseModel):
    """What the reviewer finds. Anything that is not needs a note."""

    model_config = ConfigDict(extra="forbid")

    is_true: bool
    is_clear: bool
    is_complete: bool
    is_accurate: bool
    note: Line = ""


class ReviewRead(ReviewCreate):
    """A review."""

    model_config = ConfigDict(from_attributes=True, extra="ignore")

    id: UUID
    case_id: UUID
    passed: bool
    reviewed_by_name: str
    reviewed_at: AwareDatetime
