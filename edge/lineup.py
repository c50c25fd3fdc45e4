"""The cameras that run: their streams, their work, and while the edge is live a reader thread for each.

Cameras are added, changed and removed while the others go on: nothing of theirs is touched.
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from edge.camera_work import CameraWork
from edge.clock import Clock
from edge.config import CameraConfig
from edge.contracts.messages import Message
from edge.contracts.taxonomy import EndReason
from edge.episodes.state import EpisodeState
from edge.stream.frame import Image, Sample
from edge.stream.latest import LatestFrames
from edge.stream.reader import StreamReader
from edge.stream.ring import PacketRing
from edge.stream.source import FrameSource
from edge.vision.pictures import read_picture
from edge.watched import view_of

log = logging.getLogger(__name__)


class Open(Protocol):
    """Opens a camera's stream; nothing is read before its pictures are asked for. Raises SourceUnreadable."""

    def __call__(self, camera: CameraConfig, ring: PacketRing) -> FrameSource: ...


class Hire(Protocol):
    """Makes the work of a camera. Raises SourceUnreadable, GroundInvalid."""

    def __call__(
        self, camera: CameraConfig, ring: PacketRing, states: Mapping[str, EpisodeState], not_before: datetime | None
    ) -> CameraWork: ...


def clean_picture(camera: CameraConfig) -> Image | None:
    """The picture of the clean scene that its configuration names, if it does. Raises SourceUnreadable."""
    return None if camera.reference is None else read_picture(camera.reference)


@dataclass(slots=True)
class Change:
    """What becomes different. `fresh`: new cameras, or other streams; `reopened`: the same view, read anew."""

    cameras: Sequence[CameraConfig]
    removed: list[str] = field(default_factory=list[str])
    fresh: dict[str, tuple[FrameSource, CameraWork]] = field(default_factory=dict[str, tuple[FrameSource, CameraWork]])
    reopened: dict[str, FrameSource] = field(default_factory=dict[str, FrameSource])
    changed: dict[str, tuple[CameraConfig, Image | None]] = field(
        default_factory=dict[str, tuple[CameraConfig, "Image | None"]]
    )

    @property
    def touched(self) -> list[str]:
        """Cameras that run and will not go on as they are."""
        return [*self.removed, *self.fresh, *self.changed]


@dataclass(slots=True)
class _Reading:
    thread: threading.Thread
    stop: threading.Event


class Lineup:
    """`works` and `sources` by camera are replaced whole, never altered: whoever goes through them sees one state."""

    def __init__(
        self,
        frames: LatestFrames[Sample],
        clock: Clock,
        open_source: Open,
        hire: Hire,
        ring_s: float,
    ) -> None:
        self._frames, self._clock, self._open, self._hire, self._ring_s = frames, clock, open_source, hire, ring_s
        self.cameras: dict[str, CameraConfig] = {}
        self.sources: dict[str, FrameSource] = {}
        self.works: dict[str, CameraWork] = {}
        self._readings: dict[str, _Reading] = {}
        self._is_live = False

    def start(self, cameras: Sequence[CameraConfig], states: Mapping[str, EpisodeState]) -> None:
        """The cameras to begin with, their episodes going on. Raises as Open and Hire do."""
        for camera in cameras:
            ring = PacketRing(self._ring_s)
            self.sources[camera.id] = self._open(camera, ring)
            self.works[camera.id] = self._hire(camera, ring, states, None)
            self.cameras[camera.id] = camera

    def look_closer(self, camera_id: str, seconds: float) -> None:
        """Judge pictures of this camera more often for a while, if it is here."""
        if (source := self.sources.get(camera_id)) is not None:
            source.look_closer(seconds)

    def prepare(self, cameras: Sequence[CameraConfig]) -> Change:
        """All that can go wrong on the way to these cameras; nothing is changed yet. Raises as Open and Hire do."""
        change = Change(cameras)
        change.removed = [name for name in self.cameras if name not in {camera.id for camera in cameras}]
        for camera in cameras:
            known = self.cameras.get(camera.id)
            if known == camera:
                continue
            if known is None or view_of(known) != view_of(camera):
                ring = PacketRing(self._ring_s)
                source = self._open(camera, ring)
                change.fresh[camera.id] = source, self._hire(camera, ring, {}, self._clock.now())
                continue
            change.changed[camera.id] = camera, clean_picture(camera)
            if (known.source, known.interval_s) != (camera.source, camera.interval_s):
                change.reopened[camera.id] = self._open(camera, self.sources[camera.id].ring)
        return change

    @contextmanager
    def paused(self, change: Change) -> Iterator[dict[str, EpisodeState]]:
        """The touched cameras see nothing meanwhile; gives the states of their episodes."""
        with ExitStack() as held:
            states: dict[str, EpisodeState] = {}
            for name in change.touched:
                if (work := self.works.get(name)) is not None:
                    states |= held.enter_context(work.paused())
            yield states

    def leaving(self, change: Change) -> list[Message]:
        """What those who go still have to tell; they see nothing any more."""
        going = [name for name in (*change.removed, *change.fresh) if name in self.works]
        return [message for name in going for message in self.works[name].close()]

    def switch(self, change: Change, ended: Mapping[str, EndReason]) -> None:
        """Make it so. Call it while they are paused."""
        for name, (camera, reference) in change.changed.items():
            self.works[name].change(camera, reference, ended)
        for name in (*change.removed, *change.fresh, *change.reopened):
            self._stop_reading(name)
        works = {name: work for name, work in self.works.items() if name not in change.removed}
        sources = {name: source for name, source in self.sources.items() if name not in change.removed}
        self.works = works | {name: work for name, (_, work) in change.fresh.items()}
        self.sources = sources | {name: source for name, (source, _) in change.fresh.items()} | change.reopened
        self.cameras = {camera.id: camera for camera in change.cameras}
        for name in (*change.removed, *change.fresh):
            self._frames.forget(name)
        if self._is_live:
            for name in (*change.fresh, *change.reopened):
                self._start_reading(name)

    def go_live(self) -> None:
        """Read every camera in a thread of its own."""
        self._is_live = True
        for name in self.works:
            self._start_reading(name)

    def is_reading(self) -> bool:
        """Whether any stream may still give a picture."""
        return any(reading.thread.is_alive() for reading in list(self._readings.values()))

    def stop(self, within_s: float) -> None:
        """End every reader."""
        self._is_live = False
        readings = list(self._readings.values())
        for reading in readings:
            reading.stop.set()
        self.close()
        for reading in readings:
            reading.thread.join(within_s)

    def close(self) -> None:
        """Close every stream."""
        for source in self.sources.values():
            source.close()

    def _start_reading(self, name: str) -> None:
        stop = threading.Event()

        def put(sample: Sample) -> None:
            # A stream that was let go may bring one more picture before it notices.
            if not stop.is_set():
                self._frames.put(sample)

        reader = StreamReader(self.sources[name], put, self._clock, on_change=self.works[name].lost)
        thread = threading.Thread(target=reader.run, args=(stop,), name=f"reader-{name}", daemon=True)
        self._readings[name] = _Reading(thread, stop)
        thread.start()

    def _stop_reading(self, name: str) -> None:
        if (reading := self._readings.pop(name, None)) is not None:
            reading.stop.set()
        if (source := self.sources.get(name)) is not None:
            source.close()
