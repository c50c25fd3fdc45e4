"""What comes in and goes out about an act of several subjects."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from edge.contracts.taxonomy import Sha256
from server.times import Instant

Share = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]
ROUNDING = 0.005
Outcome = Literal["reported", "refused", "not_in_correction"]


class _Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OtherSubject(_Wanted):
    """Another subject of the act, and its share of the harm (0..1) where it can be told."""

    subject_id: UUID
    share: Share | None = None


class SplitWanted(_Wanted):
    """The other subjects of the act. Shares are told for all, this case's own included, and make one whole, or for
    none: then each is judged by what officers measure on site.
    """

    subjects: list[OtherSubject] = Field(min_length=1, max_length=20)
    own_share: Share | None = None
    reason: str = Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")

    @model_validator(mode="after")
    def _shares_make_one_whole(self) -> Self:
        shares = [self.own_share, *(one.share for one in self.subjects)]
        told = [share for share in shares if share is not None]
        if told and (len(told) < len(shares) or abs(sum(told) - 1) > ROUNDING):
            raise ValueError("own_share and the share of every subject are told together and make 1")
        if len({one.subject_id for one in self.subjects}) < len(self.subjects):
            raise ValueError("subjects: each once")
        return self


class SiblingRead(BaseModel):
    """A case of the act. `share` of the harm as told when it was split."""

    case_id: UUID
    number: str
    subject_id: UUID
    subject_name: str
    state: str
    share: float | None
    refused: bool
    order_due_at: AwareDatetime | None
    corrected_at: AwareDatetime | None


class FamilyRead(BaseModel):
    """All cases of the act, the first one first."""

    cases: list[SiblingRead]


class JointCorrection(_Wanted):
    """One correction by all, or by some for all: when, and pictures of it."""

    corrected_at: Instant
    photos: list[Sha256] = Field(min_length=1, max_length=40)
    reason: str = Field(default="", max_length=2000, pattern=r"^[^\x00]*$")


class Helped(BaseModel):
    """What the joint correction did for one case: reported, or not since its party refused or it is elsewhere."""

    case_id: UUID
    number: str
    subject_id: UUID
    outcome: Outcome
    state: str


class JointCorrectionRead(BaseModel):
    """What the correction did for each subject."""

    cases: list[Helped]
