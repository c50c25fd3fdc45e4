"""The composition root: an edge made of its parts, and its life from start to stop.

Live: a reader thread for each camera, workers that take the newest frames, one thread that delivers, one that
uploads. For files without wall time, `edge.stepping` feeds the same parts.
"""

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, Self

import cv2

from edge import __version__, desired
from edge.camera_work import CameraWork
from edge.clock import Clock, SystemClock
from edge.config import CameraConfig, EdgeConfig
from edge.contracts.commands import DesiredConfig, Probe, Watch
from edge.contracts.messages import ConfigApplied
from edge.desk import Desk, chain_end
from edge.episodes.state import EpisodeState
from edge.errors import EdgeError
from edge.evidence import EvidenceRecorder
from edge.evidence_files import EvidenceFiles
from edge.evidence_key import device_key
from edge.housekeeping import Housekeeping, Retention
from edge.judging import Judge, camera_judge
from edge.link import Connect, connect
from edge.models_in_use import ModelsInUse, load_models
from edge.presence import Identity
from edge.pipeline import Look
from edge.publisher import Command, Delivery, Publisher
from edge.store import EdgeStore
from edge.stream.frame import Sample
from edge.stream.latest import LatestFrames
from edge.stream.reader import StreamReader
from edge.stream.ring import PacketRing
from edge.stream.source import FrameSource, open_source
from edge.uploader import Uploader
from edge.vision.pictures import read_picture

log = logging.getLogger(__name__)
WATCH_S = 0.5
STOP_WITHIN_S = 10.0


class OpenSource(Protocol):
    """`edge.stream.source.open_source` or a test's own."""

    def __call__(
        self, camera: CameraConfig, clock: Clock, *, start_at: datetime | None, ring: PacketRing
    ) -> FrameSource: ...


@dataclass(frozen=True)
class Environment:
    """Everything that comes from outside: time, pictures, weights, the broker. `Environment()` is the real one."""

    clock: Clock
    open_source: OpenSource
    load_models: Callable[[EdgeConfig], ModelsInUse]
    connect: Connect
    judge: Callable[[CameraConfig], Judge]
    delivery: Delivery = field(default_factory=Delivery)
    retention: Retention = field(default_factory=Retention)
    clip_s: float = 10.0

    @classmethod
    def real(cls, clock: Clock | None = None, delivery: Delivery = Delivery()) -> Self:
        """The real outside world; a demonstration brings its own clock."""
        return cls(clock or SystemClock(), _open, _load_models, connect, camera_judge, delivery)


def _open(camera: CameraConfig, clock: Clock, *, start_at: datetime | None, ring: PacketRing) -> FrameSource:
    return open_source(camera, clock, start_at=start_at, ring=ring)


def _load_models(config: EdgeConfig) -> ModelsInUse:
    return load_models(config.models.registry, config.models.segmenter, config.models.detector, config.watched_rules())


class EdgeWorker:
    """One edge, opened and recovered when made; `run` it, or step it (`edge.stepping`). `close` it in the end."""

    def __init__(
        self,
        config: EdgeConfig,
        environment: Environment | None = None,
        *,
        start_at: datetime | None = None,
        ring_s: float = 15.0,
    ) -> None:
        """Raises ModelRefused, SourceUnreadable, StoreDamaged, KeyRefused, GroundInvalid, DiskFull."""
        self.config, self.env = config, environment or Environment.real()
        env, folder = self.env, config.data_dir
        models = env.load_models(config)
        for violation, why in models.missing.items():
            log.error("violation %s is not measured, the others are: %s", violation, why)
        folder.mkdir(parents=True, exist_ok=True)
        key = device_key(folder / "device.key")
        self.store = EdgeStore(folder / "store.db")
        self.files = EvidenceFiles(folder / "evidence")
        self.files.recover(self.store.held())
        self.desk = Desk(
            config.edge_id,
            self.store,
            env.clock,
            models,
            models.measurable(config.rules),
            config.digest(),
            on_commit=self._wake,
            clock_offset_s=lambda: self.publisher.clock_offset_s,
            end=chain_end(self.store),
        )
        identity = Identity(config.edge_id, __version__, [camera.id for camera in config.cameras])
        self.publisher = Publisher(identity, self.store, config.broker, env.clock, env.connect, self.obey, env.delivery)
        self.uploader = Uploader(config.server, self.store, self.files, env.clock, self.publisher.wake)
        self.housekeeping = Housekeeping(self.store, self.files, env.clock, env.retention)
        self.onlookers: list[Callable[[Look], None]] = []
        self.on_watch: list[Callable[[Watch], None]] = []
        self.sources: dict[str, FrameSource] = {}
        self.works: dict[str, CameraWork] = {}
        permits = desired.permits_in_force(self.store, config)
        states = {key: EpisodeState.from_json(text) for key, text in self.store.states().items()}
        for camera in config.cameras:
            ring = PacketRing(ring_s)
            self.sources[camera.id] = env.open_source(camera, env.clock, start_at=start_at, ring=ring)
            recorder = EvidenceRecorder(self.files, key, models.perceiver, config.edge_id, env.clip_s)
            reference = None if camera.reference is None else read_picture(camera.reference)
            self.works[camera.id] = CameraWork(
                camera, self.desk, recorder, env.judge(camera), ring, permits, states, reference,
                self.sources[camera.id].look_closer, self._looked,
            )  # fmt: skip
        self.frames: LatestFrames[Sample] = LatestFrames()
        self._stop_delivery = threading.Event()
        self._delivering: list[threading.Thread] = []

    def _wake(self) -> None:
        self.uploader.wake()
        self.publisher.wake()

    def _looked(self, look: Look) -> None:
        for onlooker in self.onlookers:
            onlooker(look)

    def obey(self, command: Command) -> None:
        """What the server wants. Raises DiskFull, and then it has not happened."""
        if isinstance(command, DesiredConfig):
            self._take_over(command)
        elif isinstance(command, Watch):
            for watch in self.on_watch:
                watch(command)
        elif isinstance(command, Probe):
            log.warning("probe %s: this edge cannot probe yet", command.command_id)
        elif (work := self.works.get(command.camera_id)) is not None:
            work.ask(command)
        else:
            log.warning("recheck of camera %s, which is not ours", command.camera_id)

    def _take_over(self, wanted: DesiredConfig) -> None:
        known = desired.kept(self.store)
        if known == wanted:
            return
        problems = desired.problems(wanted, self.config, known)
        answer = ConfigApplied(version=wanted.version, accepted=not problems, problems=problems)
        self.store.commit([self.desk.envelope(answer)], facts=None if problems else desired.facts(wanted))
        if not problems:
            for work in self.works.values():
                work.set_permits(desired.merged(self.config, wanted.permits))
            log.info("%d permit(s) of version %d are in force", len(wanted.permits), wanted.version)
        self._wake()

    def deliver(self) -> None:
        """Start delivering and uploading in the background, if that does not run yet."""
        if not self._delivering:
            for target, name in ((self.publisher.run, "publisher"), (self.uploader.run, "uploader")):
                thread = threading.Thread(target=target, args=(self._stop_delivery,), name=name, daemon=True)
                self._delivering.append(thread)
                thread.start()

    def run(self, stop: threading.Event, workers: int | None = None) -> None:
        """Live until `stop` is set or every camera's files have been played; then leave in order."""
        cv2.setNumThreads(1)  # the workers are the threads; OpenCV's own would fight them for the cores
        self.deliver()
        done = threading.Event()
        readers = [self._start_reader(camera_id, done) for camera_id in self.works]
        hands = [
            threading.Thread(target=self._work, args=(done,), name=f"worker-{number}", daemon=True)
            for number in range(workers or max(1, min(4, os.cpu_count() or 1)))
        ]
        for hand in hands:
            hand.start()
        try:
            while not stop.wait(WATCH_S) and (any(r.is_alive() for r in readers) or not self.frames.is_empty()):
                self.tend()
        finally:
            done.set()
            for source in self.sources.values():
                source.close()
            for thread in (*readers, *hands):
                thread.join(STOP_WITHIN_S)

    def tend(self) -> None:
        """What has to be done now and then, frames or no frames."""
        for work in self.works.values():
            work.tend()
        with self.desk.lock:
            self.housekeeping.tend(disk_is_full=self.desk.full)

    def _start_reader(self, camera_id: str, stop: threading.Event) -> threading.Thread:
        reader = StreamReader(
            self.sources[camera_id], self.frames.put, self.env.clock, on_change=self.works[camera_id].lost
        )
        thread = threading.Thread(target=reader.run, args=(stop,), name=f"reader-{camera_id}", daemon=True)
        thread.start()
        return thread

    def _work(self, stop: threading.Event) -> None:
        while not stop.is_set():
            sample = self.frames.take(WATCH_S)
            if sample is not None:
                try:
                    self.look(sample)
                finally:
                    self.frames.done(sample.camera_id)

    def look(self, sample: Sample) -> None:
        """One picture of one camera. Whatever is wrong with it harms no other camera."""
        try:
            self.works[sample.camera_id].see(sample.frame())
        except EdgeError as error:
            log.warning("camera %s: a picture was passed over: %s", sample.camera_id, error)
        except Exception:
            log.exception("camera %s: a picture was passed over", sample.camera_id)

    def drain(self, timeout_s: float) -> bool:
        """Deliver until the server has committed everything; False when that took longer than `timeout_s`."""
        self.deliver()
        self.tend()
        self._wake()
        over = threading.Event()
        clock = SystemClock()
        end = clock.monotonic() + timeout_s
        while self.waiting():
            if clock.monotonic() > end:
                return False
            over.wait(0.05)
        return True

    def waiting(self) -> int:
        """How many messages the server has not acked yet."""
        counts = self.store.counts()
        return counts.alerts + counts.telemetry

    def close(self) -> None:
        """Stop delivering (what is left goes out after the next start) and close the store."""
        for source in self.sources.values():
            source.close()
        self._stop_delivery.set()
        self._wake()
        for thread in self._delivering:
            thread.join(STOP_WITHIN_S)
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
