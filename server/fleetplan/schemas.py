"""What comes in and goes out about plans. A draft may be unfinished; its faults say what is missing."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from edge.contracts.geometry import Point
from edge.contracts.plan import EffectiveConfig, GroundPair, LensPlan
from edge.contracts.taxonomy import Name

Label = Annotated[str, Field(max_length=80, pattern=r"^[^\x00-\x1f]*$")]
Note = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00]*\S[^\x00]*$")]
Address = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$")]
PlanAnswered = Literal["waiting", "accepted", "refused", "replaced"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ZoneForm(_Form):
    """A zone being drawn: it may have few corners, crossing edges or no violation yet."""

    id: Name
    name: Label = ""
    polygon: list[Point] = Field(default_factory=list[Point], max_length=64)
    violations: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list[str], max_length=40)


class CameraForm(_Form):
    """A camera being planned. `address` null keeps the one that is known: of the draft, of the version in force, or of
    the edge's own file. `probe_id` is the try whose picture it is drawn on until the edge brings stills.
    """

    id: Name
    name: Label = ""
    address: Address | None = None
    transport: Literal["tcp", "udp"] = "tcp"
    interval_s: float = Field(default=5.0, gt=0, le=3600, allow_inf_nan=False)
    zones: list[ZoneForm] = Field(default_factory=list[ZoneForm], max_length=200)
    ground: list[GroundPair] | None = Field(default=None, max_length=200)
    lens: LensPlan = LensPlan()
    probe_id: UUID | None = None


class PlanWanted(_Form):
    """All cameras of the plan, whole."""

    cameras: list[CameraForm] = Field(max_length=200)


class StageWanted(_Form):
    """Put in force: why."""

    note: Note


class PlanFault(BaseModel):
    """What stands in the way, at the field where it stands. `code` is the key of translations."""

    field: str
    camera_id: str = ""
    zone_id: str = ""
    code: str
    text: str
    facts: dict[str, Any] = {}


class PlanChange(BaseModel):
    """One thing that will be different, as data and in words."""

    kind: str
    camera_id: str
    camera_name: str = ""
    zone_id: str = ""
    zone_name: str = ""
    facts: dict[str, Any] = {}
    zh: str
    en: str


class CameraPlanned(BaseModel):
    """A camera of a plan as people see it: `address` without user and password, "" for the edge's own file's."""

    id: str
    name: str
    address: str
    transport: str
    interval_s: float
    zones: list[ZoneForm]
    ground: list[GroundPair] | None
    lens: LensPlan
    probe_id: UUID | None = None


class PlanDraftRead(BaseModel):
    """The open draft, what is wrong with it, and what it would change of what the edge runs."""

    revision: int
    cameras: list[CameraPlanned]
    changed_by_name: str
    changed_at: AwareDatetime
    faults: list[PlanFault]
    changes: list[PlanChange]


class PlanVersionRead(BaseModel):
    """A version that was put in force, and what the edge said. `faults` are its problems, each at its field."""

    edge_id: str
    version: int
    sha256: str
    note: str
    made_from: int | None
    made_by_name: str
    made_at: AwareDatetime
    cameras: list[CameraPlanned]
    changes: list[PlanChange]
    answer: PlanAnswered
    answered_at: AwareDatetime | None
    faults: list[PlanFault]


class PlanState(BaseModel):
    """All that a screen needs about one edge: what runs, what is planned, what was told. `revision` is for If-Match,
    also when no draft is open; `violations` are those that this edge can measure.
    """

    edge_id: str
    online: bool
    violations: list[str]
    effective: EffectiveConfig | None
    revision: int
    draft: PlanDraftRead | None
    newest: PlanVersionRead | None


class ZoneHolder(BaseModel):
    """Who answers for a zone of a camera now."""

    binding_id: UUID
    zone_id: str
    subject_id: UUID
    subject_name: str
    valid_from: AwareDatetime
