"""What a bundled clip shows, as its truth file says it (`datasets/clips/<name>/truth.json`)."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edge.contracts.geometry import Point, Polygon
from edge.contracts.taxonomy import CameraState, Name, PermitRelation, ViolationId


class TruthError(Exception):
    """A clip or its truth file is not there or cannot be understood; the text says which and why."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GroundTruthPoint(_Part):
    """A point of the ground in the picture (0..1) and on the plan (metres)."""

    image: Point
    world_m: tuple[float, float]


class Ground(_Part):
    """Four or more points of the ground."""

    points: list[GroundTruthPoint] = Field(min_length=4)


class TruthZone(_Part):
    """A watched stretch of ground."""

    id: Name
    name: str = ""
    polygon: Polygon
    violations: list[ViolationId]


class TruthPermit(_Part):
    """Where seating is permitted throughout the clip."""

    id: Name
    zone: Name
    polygon: Polygon


class Act(_Part):
    """A violation that is fully there from `from_s` to `to_s` (None: to the clip's end)."""

    zone: Name
    violation: ViolationId
    from_s: float
    to_s: float | None = None
    permit: PermitRelation = PermitRelation.NONE


class HealthTruth(_Part):
    """When the camera's picture stops being good for anything."""

    state: CameraState
    from_s: float


class Truth(_Part):
    """The whole truth file, as far as the demonstration reads it."""

    clip: str
    version: Literal[1]
    file: str
    duration_s: float = Field(gt=0)
    ground: Ground
    zones: list[TruthZone] = Field(min_length=1)
    permits: list[TruthPermit] = []
    acts: list[Act] = []
    health: list[HealthTruth] = []


class Clip(_Part):
    """A clip's video file and what it shows."""

    path: Path
    truth: Truth


def read_clip(folder: Path) -> Clip:
    """The clip in a folder. Raises TruthError when the truth file or the video is missing or wrong."""
    file = folder / "truth.json"
    try:
        truth = Truth.model_validate_json(file.read_bytes())
    except OSError as error:
        raise TruthError(f"{file}: {error.strerror}; the clips come with the repository, not with the wheel") from error
    except ValidationError as error:
        raise TruthError(f"{file}: {error}") from error
    video = folder / truth.file
    if not video.is_file():
        raise TruthError(f"{video}: missing; `truth.json` beside it names it")
    return Clip(path=video, truth=truth)
