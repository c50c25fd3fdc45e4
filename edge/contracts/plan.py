"""What cameras an edge watches, as the server plans it, and what the edge says that it runs. Both travel by HTTP.

`GET /api/edges/{edge_id}/plan/{version}` brings an `EdgePlan`; `PUT /api/edges/{edge_id}/effective` takes an
`EffectiveConfig`. Unknown fields pass by.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from edge.contracts.geometry import Point, Polygon
from edge.contracts.messages import Message
from edge.contracts.taxonomy import Name, Sha256, ViolationId

MAX_PLAN_BYTES = 8 * 1024 * 1024
Metres = Annotated[float, Field(allow_inf_nan=False)]


class ZonePlan(Message):
    """A stretch of ground that is watched, and for what."""

    id: Name
    name: str = Field(default="", max_length=80)
    polygon: Polygon
    violations: list[ViolationId] = Field(min_length=1, max_length=40)


class GroundPair(Message):
    """A point of the ground seen at `image` (0..1) that lies at `world_m` (metres, any origin and axes)."""

    image: Point
    world_m: tuple[Metres, Metres]


class LensPlan(Message):
    """How the lens bends straight lines; `aspect` is the picture's width over its height."""

    k1: float = Field(default=0.0, ge=-0.6, le=0.3)
    aspect: float = Field(default=16 / 9, ge=0.3, le=4)


class CameraPlan(Message):
    """One camera. `address`: `rtsp://` or `rtsps://`, with user and password in it where there are any, or a file.

    Null keeps the stream that the edge's own file names for this id (with its password file and reference picture).
    """

    id: Name
    name: str = Field(default="", max_length=80)
    address: str | None = Field(default=None, min_length=1, max_length=2000, repr=False)
    transport: Literal["tcp", "udp"] = "tcp"
    interval_s: float = Field(default=5.0, gt=0, le=3600)
    zones: list[ZonePlan] = Field(min_length=1, max_length=200)
    ground: list[GroundPair] | None = Field(default=None, min_length=4, max_length=200)
    lens: LensPlan = LensPlan()


class EdgePlan(Message):
    """All cameras that the server plans for one edge. Cameras of the edge's own file that are not named here stay."""

    version: int = Field(ge=1)
    cameras: list[CameraPlan] = Field(default_factory=list[CameraPlan], max_length=1000)


class EffectiveCamera(Message):
    """A camera as the edge runs it. `address` never shows a user or a password (`rtsp://***@host/…`)."""

    id: Name
    name: str = Field(default="", max_length=80)
    origin: Literal["file", "plan"]
    kind: Literal["rtsp", "file"]
    address: str = Field(max_length=2000)
    transport: Literal["tcp", "udp"] = "tcp"
    interval_s: float = Field(gt=0, le=3600)
    zones: list[ZonePlan] = Field(default_factory=list[ZonePlan], max_length=200)
    ground: list[GroundPair] | None = None
    lens: LensPlan = LensPlan()
    has_reference: bool = False


class EffectiveConfig(Message):
    """What an edge runs, whole. `config` is the digest that its alerts name; `violations` those that it can measure."""

    schema_version: Literal["1"] = "1"
    at: AwareDatetime
    edge_version: str = Field(default="", max_length=40)
    config: Sha256
    plan_version: int | None = Field(default=None, ge=1)
    cameras: list[EffectiveCamera] = Field(default_factory=list[EffectiveCamera], max_length=1000)
    violations: list[ViolationId] = Field(default_factory=list[ViolationId], max_length=200)
