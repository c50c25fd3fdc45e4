"""What the worker costs: N cameras of 1080p25 through the real path, next to bare decoding and bare inference."""

import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from edge.bench_meter import CpuMeter, MemoryWatch, MeteredDetector, MeteredSegmenter, resident_bytes
from edge.bench_raw import RawCost, raw_cost
from edge.clock import SystemClock
from edge.config import CameraConfig
from edge.contracts.taxonomy import CameraState
from edge.contracts.violations import ViolationRule
from edge.judging import PictureJudge, camera_judge
from edge.pipeline import CameraPipeline
from edge.stream.errors import PictureBroken
from edge.stream.frame import Sample
from edge.stream.latest import LatestFrames
from edge.stream.reader import StreamReader
from edge.stream.ring import PacketRing
from edge.stream.source import FrameSource, open_source
from edge.vision.detector import Detector, OnnxDetector
from edge.vision.model_file import LoadedModel
from edge.vision.perceive import Perceiver
from edge.vision.segmenter import OnnxSegmenter, Segmenter

ZONE = {
    "id": "pavement",
    "polygon": [(0.1, 0.45), (0.9, 0.45), (0.98, 0.95), (0.02, 0.95)],
    "violations": ["outdoor_display", "exposed_muck"],
}


@dataclass(frozen=True, slots=True)
class BenchPlan:
    """How many cameras for how long (after a warm-up of one interval), looked at how often, by how many threads."""

    clip: Path
    streams: int = 8
    seconds: float = 30.0
    interval_s: float = 5.0
    workers: int = field(default_factory=lambda: max(1, min(4, os.cpu_count() or 1)))


@dataclass(frozen=True, slots=True)
class BenchReport:
    """`cpu_ms` is processor time per camera-second; `ratio` is all of it over the same work done barely.

    `late_s` is how long after its due time a look was finished: median, 99th percentile, longest.
    """

    streams: int
    seconds: float
    interval_s: float
    workers: int
    looks: int
    looks_wanted: float
    dropped: int
    broken: int
    late_s: tuple[float, float, float]
    cpu_ms: dict[str, float]
    raw_ms: dict[str, float]
    ratio: float
    cores_busy: float
    cameras_two_cores_carry: float
    peak_bytes: int
    bytes_per_camera: float
    keeps_up: bool


class _Stage:
    """One run: readers, workers, and what they spend."""

    def __init__(
        self, plan: BenchPlan, segmenter: Segmenter, detector: Detector | None, rules: Mapping[str, ViolationRule]
    ) -> None:
        self.plan, self.meter, self.clock = plan, CpuMeter(), SystemClock()
        self.frames = LatestFrames[Sample]()
        self.stop = threading.Event()
        self.late: list[float] = []
        self.broken = 0
        self._counting = False
        finder = None if detector is None else MeteredDetector(detector, self.meter)
        metered = Perceiver(MeteredSegmenter(segmenter, self.meter), detector=finder)
        cameras = [_camera(plan, number) for number in range(plan.streams)]
        self.sources = {camera.id: _source(camera, self.clock) for camera in cameras}
        self.pipelines = {camera.id: CameraPipeline(camera, rules, [], metered, {}) for camera in cameras}
        self.judges: dict[str, PictureJudge] = {camera.id: camera_judge(camera) for camera in cameras}

    def start(self) -> list[threading.Thread]:
        """Readers begin spread over one interval, as real cameras are out of step."""
        threads = [
            threading.Thread(target=self._read, args=(source, number * self.plan.interval_s / self.plan.streams))
            for number, source in enumerate(self.sources.values())
        ] + [threading.Thread(target=self._work) for _ in range(self.plan.workers)]
        for thread in threads:
            thread.daemon = True
            thread.start()
        return threads

    def count(self, counting: bool) -> None:
        """Begin or end counting; what was spent before does not matter."""
        if counting:
            self.meter.seconds.clear()
            self.meter.counts.clear()
            self.late.clear()
            self.broken = 0
        self._counting = counting

    def end(self, threads: list[threading.Thread]) -> None:
        """Let everything run out."""
        self.stop.set()
        for source in self.sources.values():
            source.close()
        for thread in threads:
            thread.join(10)

    def _read(self, source: FrameSource, after_s: float) -> None:
        if not self.stop.wait(after_s):
            StreamReader(source, self.frames.put, self.clock).run(self.stop)

    def _work(self) -> None:
        while not self.stop.is_set():
            sample = self.frames.take(0.5)
            if sample is not None:
                try:
                    self._look(sample)
                finally:
                    self.frames.done(sample.camera_id)

    def _look(self, sample: Sample) -> None:
        try:
            with self.meter.of("decode"):
                frame = sample.frame()
        except PictureBroken:
            self.broken += 1
            return
        judge = self.judges[sample.camera_id]
        with self.meter.of("health"):
            judge.see(frame.captured_at, frame.image)
        with self.meter.of("measure"):
            # Always measured, so that a film whose picture does not suit the judge costs what any other does.
            self.pipelines[sample.camera_id].step(frame, CameraState.OK)
        if self._counting:
            self.late.append((self.clock.now() - sample.captured_at).total_seconds())


def run(
    plan: BenchPlan, model: LoadedModel, rules: Mapping[str, ViolationRule], detector: LoadedModel | None = None
) -> BenchReport:
    """Measure with a segmenter, and a detector if one is given.

    Half of the bare work is measured before the pipeline runs and half after it.

    Raises ModelRefused, SourceUnreadable.
    """
    cv2.setNumThreads(1)
    segmenter, finder = OnnxSegmenter(model), None if detector is None else OnnxDetector(detector)
    networks = [model] if detector is None else [model, detector]
    before = raw_cost(plan.clip, networks, plan.workers)
    Perceiver(segmenter, detector=finder).see(np.zeros((1080, 1920, 3), np.uint8))
    begin_bytes = resident_bytes()
    with MemoryWatch() as memory:
        stage = _Stage(plan, segmenter, finder, rules)
        threads = stage.start()
        time.sleep(plan.interval_s + 1.0)
        dropped_before = sum(stage.frames.dropped().values())
        stage.count(True)
        cpu, wall = time.process_time(), time.monotonic()
        time.sleep(plan.seconds)
        cpu, wall = time.process_time() - cpu, time.monotonic() - wall
        stage.count(False)
        seconds, counts, late = dict(stage.meter.seconds), dict(stage.meter.counts), sorted(stage.late)
        dropped = sum(stage.frames.dropped().values()) - dropped_before
        stage.end(threads)
    after = raw_cost(plan.clip, networks, plan.workers)
    return _report(plan, stage, cpu, wall, seconds, counts, late, dropped, _mean(before, after), memory, begin_bytes)


def _report(
    plan: BenchPlan,
    stage: _Stage,
    cpu: float,
    wall: float,
    seconds: dict[str, float],
    counts: dict[str, int],
    late: list[float],
    dropped: int,
    raw: RawCost,
    memory: MemoryWatch,
    begin_bytes: int,
) -> BenchReport:
    camera_s = plan.streams * wall
    looks = counts.get("measure", 0)
    decode, measure = seconds.get("decode", 0.0), seconds.get("measure", 0.0)
    per = 1000 / camera_s
    wanted = camera_s / plan.interval_s
    lateness = (_at(late, 0.5), _at(late, 0.99), late[-1] if late else float("inf"))
    return BenchReport(
        streams=plan.streams,
        seconds=wall,
        interval_s=plan.interval_s,
        workers=plan.workers,
        looks=looks,
        looks_wanted=wanted,
        dropped=dropped,
        broken=stage.broken,
        late_s=lateness,
        cpu_ms={
            "decode": decode * per,
            "measure": measure * per,
            "of_which_inference": (seconds.get("segment", 0.0) + seconds.get("detect", 0.0)) * per,
            "rest": (cpu - decode - measure) * per,
            "of_which_health": seconds.get("health", 0.0) * per,
            "total": cpu * per,
        },
        raw_ms={
            "read": raw.read_s * 1000,
            "decode": looks * raw.decode_s * per,
            "inference": looks * raw.infer_s * per,
            "one_key_frame": raw.decode_s * 1000,
            "one_inference": raw.infer_s * 1000,
        },
        ratio=cpu / max(raw.of(camera_s, looks), 1e-9),
        cores_busy=cpu / wall,
        cameras_two_cores_carry=2 * camera_s / max(cpu, 1e-9),
        peak_bytes=memory.peak,
        bytes_per_camera=(memory.peak - begin_bytes) / plan.streams,
        keeps_up=dropped == 0 and looks >= 0.95 * wanted and lateness[1] < plan.interval_s,
    )


def _camera(plan: BenchPlan, number: int) -> CameraConfig:
    source = {"kind": "file", "paths": [plan.clip], "realtime": True, "loop": True}
    return CameraConfig.model_validate(
        {"id": f"cam-{number}", "source": source, "interval_s": plan.interval_s, "zones": [ZONE]}
    )


def _source(camera: CameraConfig, clock: SystemClock) -> FrameSource:
    return open_source(camera, clock, ring=PacketRing())


def _mean(a: RawCost, b: RawCost) -> RawCost:
    return RawCost((a.read_s + b.read_s) / 2, (a.decode_s + b.decode_s) / 2, (a.infer_s + b.infer_s) / 2)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")
