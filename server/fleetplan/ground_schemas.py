"""What comes in and goes out about a camera's ground."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from edge.contracts.geometry import Point, Polygon
from edge.contracts.taxonomy import Name

Metre = Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)]
Metres = tuple[Metre, Metre]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Pair(_Form):
    """A point of the ground: where it is seen (0..1 of the picture) and where it lies (metres, any origin)."""

    image: Point
    world_m: Metres


class Measured(_Form):
    """Two points of the picture (0..1) and the metres between them on the ground."""

    points: tuple[Point, Point]
    metres: float = Field(gt=0, le=1000, allow_inf_nan=False)


class FitWanted(_Form):
    """Four or more points with their places, or four or more distances between marks; not both.

    `aspect` is the picture's width over its height; `fit_lens` also looks for a lens that bends straight lines (eight
    points or more), else `k1` is taken. `zones` are told with their ground.
    """

    points: list[Pair] = Field(default_factory=list[Pair], max_length=30)
    distances: list[Measured] = Field(default_factory=list[Measured], max_length=30)
    aspect: float = Field(default=16 / 9, ge=0.3, le=4, allow_inf_nan=False)
    k1: float = Field(default=0.0, ge=-0.6, le=0.3, allow_inf_nan=False)
    fit_lens: bool = False
    zones: dict[Name, Polygon] = Field(default_factory=dict[str, list[Point]], max_length=40)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.points and self.distances:
            raise ValueError("give points or distances, not both")
        if max(len(self.points), len(self.distances)) < 4:
            raise ValueError("four or more points with their places, or four or more distances, are needed")
        return self


class GridLine(BaseModel):
    """One line of the metre grid, or a piece of it: where `axis` is `metre`, as points in picture shares."""

    axis: Literal["x", "y"]
    metre: int
    strong: bool
    line: list[tuple[float, float]]


class MarkRead(BaseModel):
    """A point held against all others: metres off, metres it may well be off; null with four points."""

    number: int
    miss_m: float | None
    expected_m: float | None
    suspect: bool


class ZoneArea(BaseModel):
    """A zone's ground: square metres, and its corners in metres."""

    id: str
    m2: float
    ground_m: list[tuple[float, float]]


class FitRead(BaseModel):
    """What came out. `problems` make it unusable, `doubts` are worth a second look; `residual_m` is the root mean
    square miss of the points on the ground, `misfit` the same in what they may well be off (about 1 when all is well).
    """

    usable: bool
    problems: list[str]
    doubts: list[str] = []
    aspect: float
    k1: float = 0.0
    points: list[Pair] = []
    homography: list[list[float]] | None = None
    residual_m: float | None = None
    misfit: float | None = None
    height_m: float | None = None
    tilt_deg: float | None = None
    marks: list[MarkRead] = []
    zones: list[ZoneArea] = []
    grid: list[GridLine] = []
