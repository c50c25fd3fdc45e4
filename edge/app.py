"""The composition root: an edge made of its parts, and its life from start to stop.

Live: a reader thread for each camera, workers that take the newest frames, one thread that delivers, one that
uploads. For files without wall time, `edge.stepping` feeds the same parts.
"""

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, Self

import cv2
import httpx

from edge import __version__, desired, load, orders
from edge.camera_work import CameraWork
from edge.clean_views import CleanViews
from edge.clock import Clock, SystemClock
from edge.config import CameraConfig, EdgeConfig
from edge.contracts.commands import DesiredConfig, Probe, Watch
from edge.contracts.plan import EffectiveConfig
from edge.desk import Desk, chain_end
from edge.effective import effective
from edge.episodes.state import EpisodeState
from edge.errands import Errands
from edge.errors import DiskFull, EdgeError
from edge.evidence import EvidenceRecorder
from edge.evidence_files import EvidenceFiles
from edge.evidence_key import device_key
from edge.housekeeping import Housekeeping, Retention
from edge.judging import Judge, camera_judge
from edge.late_evidence import LateEvidence
from edge.lineup import Lineup, clean_picture
from edge.link import Connect, connect
from edge.models_in_use import ModelsInUse, load_models
from edge.orders import Orders
from edge.pipeline import Look
from edge.planned import Planned
from edge.presence import Identity
from edge.probing import Prober
from edge.publisher import Command, Delivery, Publisher
from edge.server_http import ServerHttp
from edge.still import Stills
from edge.still_sender import StillSender
from edge.store import EdgeStore
from edge.stream.frame import Sample
from edge.stream.latest import LatestFrames
from edge.stream.ring import PacketRing
from edge.stream.source import FrameSource, open_source
from edge.uploader import Uploader

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
    transport: httpx.BaseTransport | None = None

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
        """`config` is that of its file. Raises ModelRefused, SourceUnreadable, StoreDamaged, KeyRefused, GroundInvalid,
        DiskFull."""
        self.env = environment or Environment.real()
        env, folder = self.env, config.data_dir
        folder.mkdir(parents=True, exist_ok=True)
        self._key = device_key(folder / "device.key")
        self.store = EdgeStore(folder / "store.db")
        running, plan = orders.kept(self.store, config)
        models = env.load_models(running.config)
        for violation, why in models.missing.items():
            log.error("violation %s is not measured, the others are: %s", violation, why)
        self.files = EvidenceFiles(folder / "evidence")
        self.files.recover(self.store.held())
        self.desk = Desk(
            config.edge_id,
            self.store,
            env.clock,
            models,
            models.measurable(config.rules),
            running.config.digest(),
            on_commit=self._wake,
            clock_offset_s=lambda: self.publisher.clock_offset_s,
            clean_views=CleanViews(folder / "clean_views"),
            end=chain_end(self.store),
        )
        self.late = LateEvidence(self.desk, self.files, self._key, models.perceiver)
        if config.shown_clips:
            self.desk.on_raised = self.late.raised
        self.publisher = Publisher(
            self._identity(running), self.store, config.broker, env.clock, env.connect, self.obey, env.delivery
        )
        self.uploader = Uploader(config.server, self.store, self.files, env.clock, self.publisher.wake)
        self.housekeeping = Housekeeping(self.store, self.files, env.clock, env.retention)
        self.load = load.LoadMeter(env.clock, self.desk, self.files.free_bytes)
        self.stills = Stills(env.clock, models.perceiver, self._look_closer, self.desk.clock_offset_s)
        self.onlookers: list[Callable[[Look], None]] = [self._offer_still]
        self.on_watch: list[Callable[[Watch], None]] = [self.stills.watch]
        self.frames: LatestFrames[Sample] = LatestFrames()
        self._start_at = start_at
        self.lineup = Lineup(self.frames, env.clock, self._open, self._hire, ring_s)
        self.orders = Orders(config, running, plan, self.desk, self.lineup, env.load_models, self._changed)
        self.http = ServerHttp(config.server, env.transport)
        self.errands = Errands(self.http, config.edge_id, self.orders.take_over, self.effective)
        self.prober = Prober(self.http, config.edge_id, config.plans, models.perceiver)
        self.still_sender = StillSender(config.server, config.edge_id, self.stills, transport=env.transport)
        states = {key: EpisodeState.from_json(text) for key, text in self.store.states().items()}
        self.lineup.start(running.config.cameras, self.orders.end_what_is_gone(states))
        self._start_at = None
        self._stop_delivery = threading.Event()
        self._delivering: list[threading.Thread] = []

    @property
    def config(self) -> EdgeConfig:
        """The configuration that runs: the file's, with the server's plan in it."""
        return self.orders.config

    @property
    def sources(self) -> dict[str, FrameSource]:
        """The stream of each camera."""
        return self.lineup.sources

    @property
    def works(self) -> dict[str, CameraWork]:
        """The work of each camera."""
        return self.lineup.works

    def effective(self) -> EffectiveConfig:
        """What runs, as the server is told."""
        return effective(self.orders.running, self.env.clock.now(), list(self.desk.rules))

    def _open(self, camera: CameraConfig, ring: PacketRing) -> FrameSource:
        return self.env.open_source(camera, self.env.clock, start_at=self._start_at, ring=ring)

    def _hire(
        self, camera: CameraConfig, ring: PacketRing, states: Mapping[str, EpisodeState], not_before: datetime | None
    ) -> CameraWork:
        env, config = self.env, self.config
        recorder = EvidenceRecorder(self.files, self._key, self.desk.models.perceiver, config.edge_id, env.clip_s)
        permits = desired.permits_in_force(self.store, config)
        return CameraWork(
            camera, self.desk, recorder, env.judge(camera), ring, permits, states, clean_picture(camera),
            lambda seconds: self.lineup.look_closer(camera.id, seconds), self._looked, not_before,
        )  # fmt: skip

    def _identity(self, running: Planned) -> Identity:
        return Identity(running.config.edge_id, __version__, [camera.id for camera in running.config.cameras])

    def _changed(self) -> None:
        self.publisher.identity = self._identity(self.orders.running)
        self.errands.tell()

    def _look_closer(self, camera_id: str, seconds: float) -> None:
        self.lineup.look_closer(camera_id, seconds)

    def _offer_still(self, look: Look) -> None:
        if look.seen is None:
            self.stills.offer(look.frame)
        else:
            self.stills.offer(look.frame, look.seen.scene, look.seen.found)

    def _wake(self) -> None:
        self.uploader.wake()
        self.publisher.wake()

    def _looked(self, look: Look) -> None:
        for onlooker in self.onlookers:
            onlooker(look)

    def obey(self, command: Command) -> None:
        """What the server wants. Raises DiskFull, and then it has not happened."""
        if isinstance(command, DesiredConfig):
            if self.orders.obey(command):
                self.errands.fetch(command)
            else:
                self.errands.drop()
        elif isinstance(command, Watch):
            for watch in self.on_watch:
                watch(command)
        elif isinstance(command, Probe):
            self.prober.ask(command.command_id)
        elif (work := self.works.get(command.camera_id)) is not None:
            work.ask(command)
        else:
            log.warning("recheck of camera %s, which is not ours", command.camera_id)

    def deliver(self) -> None:
        """Start delivering and uploading in the background, if that does not run yet."""
        if not self._delivering:
            self.errands.tell()
            for target, name in (
                (self.publisher.run, "publisher"), (self.uploader.run, "uploader"), (self.errands.run, "errands"),
                (self.still_sender.run, "stills"), (self.prober.run, "prober"),
                (self.late.run, "late-evidence"),
            ):  # fmt: skip
                thread = threading.Thread(target=target, args=(self._stop_delivery,), name=name, daemon=True)
                self._delivering.append(thread)
                thread.start()

    def run(self, stop: threading.Event, workers: int | None = None) -> None:
        """Live until `stop` is set or every camera's files have been played; then leave in order. Without cameras it
        waits for a plan."""
        cv2.setNumThreads(1)  # the workers are the threads; OpenCV's own would fight them for the cores
        self.deliver()
        done = threading.Event()
        self.lineup.go_live()
        hands = [
            threading.Thread(target=self._work, args=(done,), name=f"worker-{number}", daemon=True)
            for number in range(workers or max(1, min(4, os.cpu_count() or 1)))
        ]
        for hand in hands:
            hand.start()
        try:
            while not stop.wait(WATCH_S) and (self.lineup.is_reading() or not self.frames.is_empty() or not self.works):
                self.tend()
                self._tell_load()
        finally:
            done.set()
            self.lineup.stop(STOP_WITHIN_S)
            for thread in hands:
                thread.join(STOP_WITHIN_S)

    def tend(self) -> None:
        """What has to be done now and then, frames or no frames."""
        for work in self.works.values():
            work.tend()
        with self.desk.lock:
            self.housekeeping.tend(disk_is_full=self.desk.full)

    def _tell_load(self) -> None:
        if not self.load.due:
            return
        told = self.load.report(self.works.keys(), self.orders.running.version)
        try:
            self.store.commit([self.desk.envelope(told)])
        except DiskFull:
            return  # telemetry: the next one will do
        self._wake()

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
        work = self.works.get(sample.camera_id)
        if work is None:
            return  # taken out while its picture waited
        began = load.timer()
        try:
            work.see(sample.frame())
            self.load.passed(sample.camera_id, sample.captured_at, load.timer() - began)
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
        self.lineup.close()
        self._stop_delivery.set()
        self._wake()
        self.errands.wake()
        for thread in self._delivering:
            thread.join(STOP_WITHIN_S)
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
