"""What an edge tells the server. Strict writer, tolerant reader: unknown fields pass by, unknown types do not."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from edge.contracts.geometry import Polygon
from edge.contracts.taxonomy import CameraState, EndReason, EvidenceRole, Name, PermitRelation, Sha256, ViolationId

Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class Message(BaseModel):
    """Base of all messages: frozen values; readers ignore fields they do not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class MeasurementReport(Message):
    """One look at one zone for one violation. Shares are of the zone's visible ground, 0..1.

    `share` is the one that the violation's rule measures, of whatever class; older edges do not tell it. `score` is
    comparable between cameras and files; 0.5 is the operating point. `area_m2` is the ground on which the act
    stands, `area_m2_sigma` its standard deviation, `beyond_permit_m` how far it stands outside the permit; null without
    a ground homography or permit, and from older edges. `occluded` says that people or vehicles stood in front: neither
    yes nor no.
    """

    captured_at: AwareDatetime
    score: Share
    share: Share | None = None
    covered_share: Share
    soil_share: Share
    net_share: Share
    occluded_share: Share
    area_m2: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    area_m2_sigma: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    beyond_permit_m: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    occluded: bool = False


class EvidenceRef(Message):
    """A file named by its content. The bytes travel by HTTP PUT to `/api/evidence/{sha256}` before the message."""

    sha256: Sha256
    media_type: Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$", max_length=80)]
    role: EvidenceRole
    size_bytes: int = Field(ge=1)
    captured_at: AwareDatetime


class Versions(Message):
    """What made the claim: replaying it needs exactly these.

    `model` measured the act; `models_beside` (`name/version@sha256`) told who passed in front, or found objects.
    """

    edge: str = Field(max_length=40)
    model: str = Field(max_length=80)
    model_sha256: Sha256
    models_beside: list[Annotated[str, Field(max_length=160)]] = Field(default_factory=list[str], max_length=10)
    config: Sha256
    violation: int = Field(ge=1)
    permits: list[str] = Field(default_factory=list[str], max_length=50)


class Alert(Message):
    """What raised, updated and cleared alerts have in common. `episode_id` names the one continuous act.

    `zone_polygon` is the zone as it was measured, in the picture's 0..1; older edges do not tell it.
    """

    schema_version: Literal["1"] = "1"
    episode_id: UUID
    camera_id: Name
    zone_id: Name
    zone_polygon: Polygon | None = None
    violation: ViolationId
    permit: PermitRelation = PermitRelation.NONE
    began_at: AwareDatetime
    captured_at: AwareDatetime
    dwell_s: float = Field(ge=0, allow_inf_nan=False)
    measurement: MeasurementReport
    evidence: list[EvidenceRef] = Field(default_factory=list[EvidenceRef], max_length=20)
    thumbnail_jpeg_base64: Annotated[str, Field(max_length=87_384)] | None = None
    versions: Versions
    clock_offset_s: float | None = Field(default=None, allow_inf_nan=False)


class AlertRaised(Alert):
    """The act has lasted its dwell: the edge claims an episode."""

    TYPE: ClassVar[str] = "shouwei.alert.raised.v1"
    kind: Literal["alert_raised"] = "alert_raised"


class AlertUpdated(Alert):
    """The same episode goes on; a fresh measurement and pictures."""

    TYPE: ClassVar[str] = "shouwei.alert.updated.v1"
    kind: Literal["alert_updated"] = "alert_updated"


class AlertCleared(Alert):
    """The act has been gone for the leave time: the camera saw it put right. `cleared_at` is when it was first gone."""

    TYPE: ClassVar[str] = "shouwei.alert.cleared.v1"
    kind: Literal["alert_cleared"] = "alert_cleared"
    cleared_at: AwareDatetime


class EvidenceAdded(Message):
    """Evidence of an episode that was made after its alert had gone out, such as the blurred copy of its clip."""

    TYPE: ClassVar[str] = "shouwei.evidence.added.v1"
    kind: Literal["evidence_added"] = "evidence_added"
    schema_version: Literal["1"] = "1"
    episode_id: UUID
    camera_id: Name
    zone_id: Name
    violation: ViolationId
    captured_at: AwareDatetime
    evidence: list[EvidenceRef] = Field(min_length=1, max_length=20)


class AlertEnded(Message):
    """The camera looks at this no more, so the episode ends without a verdict: neither put right nor still there.

    `reason`: its camera or zone was taken out, its zone was drawn anew, its stream is another one, or the zone is no
    longer watched for this. `ended_at` is when the edge stopped, `seen_at` when it last saw the act.
    """

    TYPE: ClassVar[str] = "shouwei.alert.ended.v1"
    kind: Literal["alert_ended"] = "alert_ended"
    schema_version: Literal["1"] = "1"
    episode_id: UUID
    camera_id: Name
    zone_id: Name
    violation: ViolationId
    began_at: AwareDatetime
    seen_at: AwareDatetime | None = None
    ended_at: AwareDatetime
    reason: EndReason


class RecheckAnswered(Message):
    """A fresh look that the server asked for. `measurement` is null when the camera could not see; `state` says why."""

    TYPE: ClassVar[str] = "shouwei.recheck.answered.v1"
    kind: Literal["recheck_answered"] = "recheck_answered"
    schema_version: Literal["1"] = "1"
    command_id: UUID
    camera_id: Name
    zone_id: Name
    violation: ViolationId
    captured_at: AwareDatetime
    state: CameraState
    permit: PermitRelation = PermitRelation.NONE
    measurement: MeasurementReport | None = None
    still_there: bool | None = None
    evidence: list[EvidenceRef] = Field(default_factory=list[EvidenceRef], max_length=20)
    thumbnail_jpeg_base64: Annotated[str, Field(max_length=87_384)] | None = None


class CameraHealth(Message):
    """A camera's picture changed its state (sent once when it goes wrong and once when it is well again)."""

    TYPE: ClassVar[str] = "shouwei.camera.health.v1"
    kind: Literal["camera_health"] = "camera_health"
    schema_version: Literal["1"] = "1"
    camera_id: Name
    state: CameraState
    since: AwareDatetime
    detail: str = Field(default="", max_length=400)


class ConfigApplied(Message):
    """Answer to a desired configuration: taken over, or refused with every reason.

    `plan_version` is the plan that it named, `plan_accepted` whether that plan runs now; its permits may be in force
    while its plan is refused, or the reverse: `accepted` says that all of it is.
    """

    TYPE: ClassVar[str] = "shouwei.config.applied.v1"
    kind: Literal["config_applied"] = "config_applied"
    schema_version: Literal["1"] = "1"
    version: int = Field(ge=0)
    plan_version: int | None = Field(default=None, ge=1)
    plan_accepted: bool | None = None
    accepted: bool
    problems: list[str] = Field(default_factory=list[str], max_length=100)


class CameraLoad(Message):
    """What one camera cost and gave since the last report. `last_frame_age_s` is null before the first frame."""

    camera_id: Name
    judged_per_s: float = Field(ge=0, allow_inf_nan=False)
    last_frame_age_s: float | None = Field(default=None, ge=0, allow_inf_nan=False)


class EdgeLoad(Message):
    """How an edge fares, every minute. Telemetry: it may be dropped when the disk is full.

    `cpu_share` is of all `cores` together, 0..1; `pass_p95_ms` is one picture from frame to outbox; `waiting_*` count
    messages that the server has not acked. `models` are `name/version@sha256`.
    """

    TYPE: ClassVar[str] = "shouwei.edge.load.v1"
    kind: Literal["edge_load"] = "edge_load"
    schema_version: Literal["1"] = "1"
    at: AwareDatetime
    window_s: float = Field(gt=0, allow_inf_nan=False)
    cameras: list[CameraLoad] = Field(default_factory=list[CameraLoad], max_length=1000)
    pass_p95_ms: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    cpu_share: float = Field(ge=0, allow_inf_nan=False)
    cores: int = Field(ge=1)
    memory_bytes: int = Field(ge=0)
    disk_free_bytes: int = Field(ge=0)
    waiting_alerts: int = Field(ge=0)
    waiting_telemetry: int = Field(ge=0)
    dropped_telemetry: int = Field(default=0, ge=0)
    models: list[Annotated[str, Field(max_length=160)]] = Field(default_factory=list[str], max_length=20)
    config: Sha256 | None = None
    plan_version: int | None = Field(default=None, ge=1)


class Presence(Message):
    """Birth (retained) or death (the broker's will). A death whose boot counter is not the current one is old news."""

    TYPE: ClassVar[str] = "shouwei.presence.v1"
    kind: Literal["presence"] = "presence"
    schema_version: Literal["1"] = "1"
    online: bool
    boot: int = Field(ge=1)
    edge_version: str = Field(default="", max_length=40)
    cameras: list[Name] = Field(default_factory=list[Name], max_length=1000)


EdgeMessage = Annotated[
    AlertRaised
    | AlertUpdated
    | AlertCleared
    | AlertEnded
    | EvidenceAdded
    | RecheckAnswered
    | CameraHealth
    | ConfigApplied
    | EdgeLoad
    | Presence,
    Field(discriminator="kind"),
]
MESSAGES: tuple[type[Message], ...] = (
    AlertRaised, AlertUpdated, AlertCleared, AlertEnded, EvidenceAdded, RecheckAnswered, CameraHealth,
    ConfigApplied, EdgeLoad, Presence,
)  # fmt: skip
