"""What a camera's picture is good for, picture by picture: picture features into the health judge."""

from datetime import datetime
from typing import Protocol

from edge.config import CameraConfig
from edge.health import HealthChange, HealthJudge
from edge.stream.frame import Image
from edge.vision.pictures import read_picture
from edge.vision.quality import describe


class Judge(Protocol):
    """Judges one camera's pictures. Times are aware."""

    @property
    def fit(self) -> bool:
        """Whether the last picture may be measured."""
        ...

    @property
    def suspects(self) -> bool:
        """Whether a change is in the air: looking closer now tells sooner."""
        ...

    def see(self, at: datetime, image: Image) -> HealthChange | None:
        """What this (H, W, 3) BGR picture changes."""
        ...

    def miss(self, at: datetime) -> HealthChange | None:
        """What it changes that there is no picture at this time."""
        ...


class PictureJudge:
    """The judge of real pictures."""

    def __init__(self, health: HealthJudge) -> None:
        self._health = health

    @property
    def fit(self) -> bool:
        return self._health.fit

    @property
    def suspects(self) -> bool:
        return self._health.suspects

    def see(self, at: datetime, image: Image) -> HealthChange | None:
        return self._health.step(at, describe(image))

    def miss(self, at: datetime) -> HealthChange | None:
        return self._health.step(at, None)


def camera_judge(camera: CameraConfig) -> PictureJudge:
    """The judge of one camera, with its reference view if it has one. Raises SourceUnreadable."""
    reference = None if camera.reference is None else describe(read_picture(camera.reference))
    return PictureJudge(HealthJudge(reference))
