"""What a clip shows, as its truth.json says it: the bundled clips' form, and that of rendered episodes, which say more.

Extra fields of an episode: `episode` (kind, light, effects), and for each act `begin_s` and `end_s`, when the first of
it is there and the last of it gone (`from_s` to `to_s` is when all of it stands).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edge.contracts.geometry import Point, Polygon
from edge.contracts.taxonomy import Name, PermitRelation, ViolationId
from models.judging.looking import Undecided

DWELL_S = 20.0
LEAVE_S, EPISODE_LEAVE_S = 10.0, 60.0
"""Rendered episodes are made for the longer one: what is gone for up to 40 s is the same act (goods taken in)."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GroundPoint(_Part):
    """A point of the ground in the picture (0..1) and on the plan (metres)."""

    image: tuple[float, float]
    world_m: tuple[float, float]


class Ground(_Part):
    """Where the ground lies."""

    points: list[GroundPoint]


class TruthZone(_Part):
    """A watched stretch of ground."""

    id: Name
    polygon: Polygon
    violations: list[ViolationId]


class TruthPermit(_Part):
    """Where seating is permitted throughout the clip."""

    id: Name
    zone: Name
    polygon: list[Point]


class Act(_Part):
    """A violation. Times in seconds of the clip; `to_s` and `end_s` are None when it lasts to the end."""

    zone: Name
    violation: ViolationId
    from_s: float
    to_s: float | None = None
    begin_s: float | None = None
    end_s: float | None = None
    permit: PermitRelation = PermitRelation.NONE
    area_m2: float | None = None


class HealthTruth(_Part):
    """When the camera's picture stops being good for anything."""

    state: str
    from_s: float


class Told(_Part):
    """What only an episode says of itself."""

    kind: str = ""
    light: str = ""
    effects: list[str] = Field(default_factory=list[str])


class Truth(_Part):
    """The whole truth file, as far as judging reads it."""

    clip: str
    file: str
    duration_s: float = Field(gt=0)
    ground: Ground | None = None
    zones: list[TruthZone] = Field(min_length=1)
    permits: list[TruthPermit] = Field(default_factory=list[TruthPermit])
    acts: list[Act] = Field(default_factory=list[Act])
    health: list[HealthTruth] = Field(default_factory=list[HealthTruth])
    episode: Told | None = None
    dwell_s: float = DWELL_S
    leave_s: float | None = None

    @property
    def conditions(self) -> list[str]:
        """Light and effects; "as bundled" for a clip that tells neither."""
        if self.episode is None:
            return ["as bundled"]
        return list(dict.fromkeys([self.episode.light or "untold", *self.episode.effects]))

    @property
    def kind(self) -> str:
        """Which story it tells; "bundled" for a clip that does not say."""
        return (self.episode.kind if self.episode else "") or "bundled"

    @property
    def leave(self) -> float:
        """Seconds that an act must be gone to be over."""
        return self.leave_s if self.leave_s is not None else EPISODE_LEAVE_S if self.episode else LEAVE_S


class Clip(_Part):
    """A clip's video and what it shows."""

    folder: Path
    video: Path
    truth: Truth


def clips_in(folders: list[Path]) -> list[Clip]:
    """Every clip in the folders: a folder with a truth.json, or one whose folders have some. Raises Undecided."""
    found: list[Clip] = []
    for folder in folders:
        files = [folder / "truth.json"] if (folder / "truth.json").is_file() else sorted(folder.glob("*/truth.json"))
        if not files:
            raise Undecided(f"{folder}: neither a truth.json nor folders that have one")
        found += [read_clip(file) for file in files]
    return found


def read_clip(file: Path) -> Clip:
    """The clip of one truth file. Raises Undecided."""
    try:
        truth = Truth.model_validate_json(file.read_bytes())
    except OSError as error:
        raise Undecided(f"{file}: {error.strerror}") from error
    except ValidationError as error:
        first: Any = error.errors(include_url=False)[0]
        raise Undecided(f"{file}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    video = file.parent / truth.file
    if not video.is_file():
        raise Undecided(f"{video}: missing, although {file.name} beside it names it")
    return Clip(folder=file.parent, video=video, truth=truth)
