"""A kind of violation as data (`configs/violations/*.yaml`): what is measured, how long it lasts, which item it is."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from edge.contracts.taxonomy import ViolationId

SCENE_MODEL = "ground-segmenter"
"""In a rule this stands for the segmenter that the edge is configured with, whatever that one is called."""

ItemCode = Annotated[str, Field(pattern=r"^CG-[0-9]{2}$")]
ModelReference = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$")]
"""`name/version`, or `name` for the newest version in the registry."""
ClassName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_ -]{0,63}$")]


class BilingualName(BaseModel):
    """What people read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = Field(min_length=1, max_length=80)
    en: str = Field(min_length=1, max_length=120)


class Measure(BaseModel):
    """Which share of a zone is measured: the part that `model` sees as one of `classes`, in 0..1.

    The whole is the zone's `visible_ground` (the zone less people and vehicles in front), all of the `zone`, or
    its `seen_ground`: what is seen to be ground of whatever kind, without the walls, fences and sky behind it.
    `covering` adds whatever else stands on the zone's ground and hides it, called by any name or none; only the
    edge's own segmenter tells that. `objects` are what a detector, if there is one, calls the same things.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: ModelReference = SCENE_MODEL
    classes: tuple[ClassName, ...] = Field(min_length=1, max_length=64)
    of: Literal["visible_ground", "seen_ground", "zone"] = "visible_ground"
    covering: bool = False
    objects: tuple[ClassName, ...] = Field(default=(), max_length=64)

    @model_validator(mode="after")
    def _check_covering(self) -> Self:
        if self.covering and self.model != SCENE_MODEL:
            raise ValueError(f"covering is told by {SCENE_MODEL} only, not by {self.model}")
        if len(set(self.classes)) < len(self.classes):
            raise ValueError("each class once")
        return self


_IN_ONE_WORD = {
    "covered_share": {"classes": ["goods"], "covering": True},
    "soil_share": {"classes": ["soil"]},
}
"""How rules said it before they named a model; servers keep such versions for ever."""


class ViolationRule(BaseModel):
    """`enter` is the measured share at which the score is 0.5; `exit` (lower) is where the act counts as gone.

    Times are seconds of camera time, not counted frames: an act must last `dwell_s` to be raised, be gone for
    `leave_s` to be cleared, and is reported again every `update_s` while it lasts. Where no reference of the clean
    zone is known, `enter` and `exit` count times `margin_without_reference`.
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
    margin_without_reference: float = Field(default=1.0, ge=1, le=5)
    permit_matters: bool = False
    item: ItemCode
    item_permit_exceeded: ItemCode | None = None

    @field_validator("measure", mode="before")
    @classmethod
    def _from_one_word(cls, value: object) -> object:
        return _IN_ONE_WORD.get(value, value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _check_hysteresis(self) -> Self:
        if self.enter * self.margin_without_reference >= 1:
            raise ValueError(f"enter {self.enter} times margin_without_reference must be lower than 1")
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
