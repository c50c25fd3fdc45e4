"""The edge's configuration: frozen values; `load` reads a YAML file and names every mistake at once.

Relative paths are relative to the file they stand in. Secrets are never in it, only the files that hold them.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from edge.config_checks import cross_checks
from edge.config_file import checked, distinct, read_yaml
from edge.config_plans import PlansConfig
from edge.contracts.geometry import Point, Polygon
from edge.contracts.permits import Permit
from edge.contracts.taxonomy import Name, ViolationId
from edge.contracts.violations import SCENE_MODEL, ModelReference, ViolationRule
from edge.errors import ConfigInvalid, GroundInvalid, Problem
from edge.rules_file import known_ids, overridden, read_rules, unknown_classes
from edge.secrets import checked_url
from edge.stream.redact import Credentials, read_credentials
from edge.vision.ground import GroundPlane, PointPair
from edge.vision.lens import Lens

_PROJECT = Path(__file__).resolve().parents[1]
DEFAULT_REGISTRY = _PROJECT / "models" / "registry"
DEFAULT_VIOLATIONS = _PROJECT / "configs" / "violations"
DEFAULT_SEGMENTER = SCENE_MODEL


def _beside_config(path: Path, info: ValidationInfo) -> Path:
    base = (info.context or {}).get("base")
    return path if base is None or path.is_absolute() else base / path


RelativePath = Annotated[Path, AfterValidator(_beside_config)]
"""A path that, when relative, starts at the configuration file's folder."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BrokerConfig(_Section):
    """Where the MQTT 5 broker is and who we are to it. TLS is used when `tls_ca` is given."""

    host: str = Field(default="127.0.0.1", pattern=r"^[A-Za-z0-9.:_-]+$")
    port: int = Field(default=1883, ge=1, le=65535)
    tls_ca: RelativePath | None = None
    tls_cert: RelativePath | None = None
    tls_key: RelativePath | None = None
    username: str | None = None
    password_file: RelativePath | None = None

    @model_validator(mode="after")
    def _check_pair(self) -> Self:
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key belong together: give both or neither")
        return self


class ServerConfig(_Section):
    """Where evidence is sent to by HTTP PUT, and the file that holds this edge's token."""

    url: Annotated[str, AfterValidator(checked_url("http", "https"))] = "http://127.0.0.1:8420"
    token_file: RelativePath | None = None


class ModelsConfig(_Section):
    """Which weights measure. Without a version, the newest one in the registry."""

    registry: RelativePath = DEFAULT_REGISTRY
    segmenter: ModelReference = DEFAULT_SEGMENTER
    detector: ModelReference | None = None


class RtspSourceConfig(_Section):
    """A live camera. The password stands in a file of its own, never in the address."""

    kind: Literal["rtsp"] = "rtsp"
    url: Annotated[str, AfterValidator(checked_url("rtsp", "rtsps"))]
    transport: Literal["tcp", "udp"] = "tcp"
    username: str | None = None
    password_file: RelativePath | None = None
    tls_ca: RelativePath | None = None

    def credentials(self) -> Credentials | None:
        """The user and the first line of the password file. Raises SourceUnreadable."""
        return read_credentials(self.username, self.password_file)

    def refused(self) -> str | None:
        """Why the stream may not be opened now, in words. What the edge's own file names always may."""
        return None


class FileSourceConfig(_Section):
    """Clips played one after the other, at their own pace when `realtime`, for ever when `loop`."""

    kind: Literal["file"] = "file"
    paths: list[RelativePath] = Field(min_length=1)
    realtime: bool = True
    loop: bool = False


SourceConfig = Annotated[RtspSourceConfig | FileSourceConfig, Field(discriminator="kind")]


class GroundPoint(_Section):
    """A point of the ground seen at `image` (0..1) that lies at `world_m` (metres, any origin and axes)."""

    image: Point
    world_m: tuple[Annotated[float, Field(allow_inf_nan=False)], Annotated[float, Field(allow_inf_nan=False)]]


class LensConfig(_Section):
    """How the lens bends straight lines (`edge.vision.lens`); `aspect` is the picture's width over its height."""

    k1: float = Field(default=0.0, ge=-0.6, le=0.3)
    aspect: float = Field(default=16 / 9, ge=0.3, le=4)


class ZoneConfig(_Section):
    """A stretch of ground that is watched, and for what."""

    id: Name
    name: str = Field(default="", max_length=80)
    polygon: Polygon
    violations: list[ViolationId] = Field(min_length=1)


class CameraConfig(_Section):
    """One camera; every zone of it is measured once every `interval_s` seconds."""

    id: Name
    name: str = Field(default="", max_length=80)
    source: SourceConfig
    interval_s: float = Field(default=5.0, gt=0, le=3600)
    zones: list[ZoneConfig] = Field(min_length=1)
    ground: list[GroundPoint] | None = Field(default=None, min_length=4)
    lens: LensConfig = LensConfig()
    reference: RelativePath | None = None

    def ground_pairs(self) -> list[PointPair]:
        """The ground points as `GroundPlane.fit` takes them; empty when none are known."""
        return [(point.image, point.world_m) for point in self.ground or []]

    def ground_plane(self) -> GroundPlane | None:
        """The ground of this camera; None when no points of it are known. Raises GroundInvalid."""
        pairs = self.ground_pairs()
        return GroundPlane.fit(pairs, Lens(self.lens.k1, self.lens.aspect)) if pairs else None

    def zone(self, zone_id: str) -> ZoneConfig:
        """The zone of that id; raises KeyError when this camera has none such."""
        for zone in self.zones:
            if zone.id == zone_id:
                return zone
        raise KeyError(f"camera {self.id} has no zone {zone_id!r}; it has {', '.join(z.id for z in self.zones)}")


class RuleOverride(_Section):
    """What one site changes of a rule (a demonstration's dwell is shorter than the city's)."""

    enter: float | None = None
    exit: float | None = None
    dwell_s: float | None = None
    leave_s: float | None = None
    update_s: float | None = None


class PermitConfig(Permit):
    """A permit written in the file: unlike one from the wire, an unknown field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class EdgeConfig(_Section):
    """All that one edge needs to know. `rules` is what `violations` holds, with `overrides` applied; not written.

    Without cameras (`cameras: []`) it waits for the server's plan. `shown_clips`: whether a blurred copy is made of the
    clip of each raised alert (a few seconds of one core).
    """

    edge_id: Name
    data_dir: RelativePath
    broker: BrokerConfig = BrokerConfig()
    server: ServerConfig = ServerConfig()
    models: ModelsConfig = ModelsConfig()
    violations: RelativePath = DEFAULT_VIOLATIONS
    overrides: dict[ViolationId, RuleOverride] = Field(default_factory=dict[str, RuleOverride])
    cameras: list[CameraConfig]
    plans: PlansConfig = PlansConfig()
    shown_clips: bool = True
    permits: list[PermitConfig] = Field(default_factory=list[PermitConfig])
    rules: dict[ViolationId, ViolationRule] = Field(default_factory=dict[str, ViolationRule], exclude=True)

    def camera(self, camera_id: str) -> CameraConfig:
        """The camera of that id; raises KeyError when there is none such."""
        for camera in self.cameras:
            if camera.id == camera_id:
                return camera
        raise KeyError(f"no camera {camera_id!r}; there are {', '.join(c.id for c in self.cameras)}")

    def watched_rules(self) -> list[ViolationRule]:
        """The rules that some zone is watched for."""
        named = {name for camera in self.cameras for zone in camera.zones for name in zone.violations}
        return [rule for name, rule in self.rules.items() if name in named]

    def digest(self) -> str:
        """SHA-256 (hex) of the whole configuration; equal configurations give equal digests."""
        rules = {name: rule.model_dump(mode="json") for name, rule in self.rules.items()}
        canonical = json.dumps([self.model_dump(mode="json"), rules], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def load(path: Path) -> EdgeConfig:
    """The configuration in a YAML file. Raises ConfigInvalid with every mistake found."""
    path = path.resolve()
    raw = read_yaml(path)
    config, faults = checked(EdgeConfig, raw, path)
    named = raw.get("violations", DEFAULT_VIOLATIONS)
    folder = path.parent / str(named)
    rules, bad_rules = read_rules(folder, path)
    rules, bad_overrides = overridden(rules, raw.get("overrides"), path)
    problems = distinct([*faults, *bad_rules, *bad_overrides, *cross_checks(raw, path, known_ids(folder))])
    if config:
        problems += ground_problems(config.cameras, path)
        problems += unknown_classes(rules, folder, config.models.registry, config.models.segmenter)
    if problems or config is None:
        raise ConfigInvalid(problems)
    return config.model_copy(update={"rules": rules})


def ground_problems(cameras: Sequence[CameraConfig], path: Path) -> list[Problem]:
    """Every camera whose ground points fit no plane."""
    problems: list[Problem] = []
    for index, camera in enumerate(cameras):
        try:
            camera.ground_plane()
        except GroundInvalid as error:
            points = f"[{len(camera.ground or [])} entries]"
            problems.append(Problem(str(path), f"cameras[{index}].ground", points, str(error)))
    return problems
