"""What the server tells an edge."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from edge.contracts.messages import Message
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import Name, ViolationId


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


class DesiredConfig(Message):
    """Retained desired state: the permits in force. Newer versions replace older ones whole."""

    TYPE: ClassVar[str] = "shouwei.config.v1"
    kind: Literal["desired_config"] = "desired_config"
    version: int = Field(ge=0)
    permits: list[Permit] = Field(default_factory=list[Permit], max_length=10_000)


ServerMessage = Annotated[Ack | Recheck | DesiredConfig, Field(discriminator="kind")]
COMMANDS: tuple[type[Message], ...] = (Ack, Recheck, DesiredConfig)
