"""A kind of violation as data (`configs/violations/*.yaml`): what is measured, how long it lasts, which item it is."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from edge.contracts.taxonomy import ViolationId

ItemCode = Annotated[str, Field(pattern=r"^CG-[0-9]{2}$")]
Measure = Literal["covered_share", "soil_share"]


class BilingualName(BaseModel):
    """What people read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = Field(min_length=1, max_length=80)
    en: str = Field(min_length=1, max_length=120)


class ViolationRule(BaseModel):
    """`enter` is the measured share at which the score is 0.5; `exit` (lower) is where the act counts as gone.

    Times are seconds of camera time, not counted frames: an act must last `dwell_s` to be raised, be gone for
    `leave_s` to be cleared, and is reported again every `update_s` while it lasts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: ViolationId
    version: int = Field(ge=1)
    name: BilingualName
    measure: Measure
    enter: float = Field(gt=0, lt=1)
    exit: float = Field(gt=0, lt=1)
    dwell_s: float = Field(gt=0, le=86_400)
    leave_s: float = Field(gt=0, le=86_400)
    update_s: float = Field(gt=0, le=86_400)
    permit_matters: bool = False
    item: ItemCode
    item_permit_exceeded: ItemCode | None = None

    @model_validator(mode="after")
    def _check_hysteresis(self) -> Self:
        if self.exit >= self.enter:
            raise ValueError(f"exit {self.exit} must be lower than enter {self.enter}")
        if self.permit_matters and self.item_permit_exceeded is None:
            raise ValueError("permit_matters needs item_permit_exceeded")
        return self


def score(share: float, enter: float) -> float:
    """A measured share as a score in 0..1, monotone, 0.5 exactly at `enter`: share / (share + enter).

    The same share gives the same score in every file and on every camera.
    """
    return share / (share + enter)
