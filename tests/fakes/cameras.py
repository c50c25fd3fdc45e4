"""Cameras whose pictures are painted by the test: grey is free ground, and what is red are goods."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from edge.clock import Clock
from edge.config import CameraConfig
from edge.contracts.taxonomy import CameraState
from edge.health import HealthChange
from edge.stream.frame import Frame, Sample
from edge.stream.ring import PacketRing
from edge.vision.classes import SemanticClass
from edge.vision.segmenter import ClassMap

Image = NDArray[np.uint8]
SIZE = (96, 160)
COLOURS = {
    SemanticClass.GOODS: (0, 0, 255),
    SemanticClass.PERSON: (255, 0, 0),
    SemanticClass.VEHICLE: (0, 255, 0),
}


def street(**patches: tuple[float, float, float, float]) -> Image:
    """A grey (96, 160) street; `goods=(left, top, right, bottom)` in 0..1 paints a patch of that class."""
    image = np.full((*SIZE, 3), 120, np.uint8)
    image[::4] = 132
    for name, (left, top, right, bottom) in patches.items():
        rows = slice(round(top * SIZE[0]), round(bottom * SIZE[0]))
        columns = slice(round(left * SIZE[1]), round(right * SIZE[1]))
        image[rows, columns] = COLOURS[SemanticClass[name.upper()]]
    return image


class ColourSegmenter:
    """Reads the classes off the colours, on a grid of 4x4 pixels; also from a JPEG of such a picture."""

    def segment(self, image: Image) -> ClassMap:
        cells = image[2::4, 2::4].astype(np.int16)
        labels = np.full(cells.shape[:2], SemanticClass.GROUND, np.uint8)
        for kind, colour in COLOURS.items():
            labels[np.abs(cells - np.array(colour)).max(axis=2) < 90] = kind
        return ClassMap(labels, np.ones(labels.shape, np.float32))


@dataclass
class ScriptedSource:
    """Gives `picture(at_s)` every `interval_s` until `seconds`; may be told to fail."""

    camera_id: str
    start_at: datetime
    picture: Callable[[float], Image]
    seconds: float
    interval_s: float = 5.0
    trouble_at: dict[float, Exception] = field(default_factory=dict)
    ring: PacketRing = field(default_factory=PacketRing)
    where: str = "scripted"
    closed: bool = False
    _next_s: float = 0.0

    def samples(self) -> Iterator[Sample]:
        while self._next_s <= self.seconds and not self.closed:
            at_s = self._next_s
            if at_s in self.trouble_at:
                raise self.trouble_at.pop(at_s)
            self._next_s += self.interval_s
            captured_at = self.start_at + timedelta(seconds=at_s)
            yield Sample(self.camera_id, captured_at, at_s, int(at_s), True, lambda s=at_s: self.picture(s))

    def frames(self) -> Iterator[Frame]:
        return (sample.frame() for sample in self.samples())

    def look_closer(self, seconds: float) -> None: ...

    def is_reachable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True


@dataclass
class ScriptedJudge:
    """Says `state`, whatever the picture, and that a camera without pictures is lost."""

    state: CameraState = CameraState.OK
    suspects: bool = False
    told: CameraState = CameraState.OK

    @property
    def fit(self) -> bool:
        return self.told is CameraState.OK

    def see(self, at: datetime, image: Image) -> HealthChange | None:
        return self._become(self.state, at)

    def miss(self, at: datetime) -> HealthChange | None:
        return self._become(CameraState.LOST, at)

    def _become(self, state: CameraState, at: datetime) -> HealthChange | None:
        before, self.told = self.told, state
        return None if before is state else HealthChange(state, at, at, "")


def scripted(sources: dict[str, ScriptedSource]) -> Callable[..., ScriptedSource]:
    """An `open_source` that hands out these."""

    def open_source(
        camera: CameraConfig, clock: Clock, *, start_at: datetime | None, ring: PacketRing
    ) -> ScriptedSource:
        source = sources[camera.id]
        source.ring = ring
        return source

    return open_source
