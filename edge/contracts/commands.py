"""What the server tells an edge."""

from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from edge.contracts.messages import Message
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import Name, Sha256, ViolationId


class Rejected(Message):
    """A message that the server keeps as a dead letter; sending it again would not help."""

    id: UUID
    reason: str = Field(max_length=400)


class Ack(Message):
    """The application ack: the server has committed these. Only now may the edge forget them."""

    TYPE: ClassVar[str] = "shouwei.ack.v1"
    kind: Literal["ack"] = "ack"
    ids: list[UUID] = Field(default_factory=list[UUID], max_length=1000)
    rejected: list[Rejected] = Field(default_factory=list[Rejected], max_length=1000)


class Recheck(Message):
    """Look again at this zone now and say what you see."""

    TYPE: ClassVar[str] = "shouwei.recheck.v1"
    kind: Literal["recheck"] = "recheck"
    command_id: UUID
    camera_id: Name
    zone_id: Name
    violation: ViolationId


class Watch(Message):
    """People look at this camera: bring a still every `every_s` seconds until then. A later one replaces it."""

    TYPE: ClassVar[str] = "shouwei.watch.v1"
    kind: Literal["watch"] = "watch"
    command_id: UUID
    camera_id: Name
    until: AwareDatetime
    every_s: float = Field(default=1.0, ge=0.2, le=60)


class Probe(Message):
    """Try an address: fetch it from `/api/edges/{edge}/probes/{command_id}/address`, never from this message."""

    TYPE: ClassVar[str] = "shouwei.probe.v1"
    kind: Literal["probe"] = "probe"
    command_id: UUID


class DesiredConfig(Message):
    """Retained desired state: the permits in force, and which plan of cameras. Newer versions replace older ones whole.

    The plan itself is fetched by HTTP; its bytes hash to `plan_sha256`. Null: cameras of the edge's own file only.
    """

    TYPE: ClassVar[str] = "shouwei.config.v1"
    kind: Literal["desired_config"] = "desired_config"
    version: int = Field(ge=0)
    permits: list[Permit] = Field(default_factory=list[Permit], max_length=10_000)
    plan_version: int | None = Field(default=None, ge=1)
    plan_sha256: Sha256 | None = None

    @model_validator(mode="after")
    def _check_plan(self) -> Self:
        if (self.plan_version is None) != (self.plan_sha256 is None):
            raise ValueError("plan_version and plan_sha256 belong together: give both or neither")
        return self


ServerMessage = Annotated[Ack | Recheck | Watch | Probe | DesiredConfig, Field(discriminator="kind")]
COMMANDS: tuple[type[Message], ...] = (Ack, Recheck, Watch, Probe, DesiredConfig)
