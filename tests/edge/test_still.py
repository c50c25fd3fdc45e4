"""Stills: blurred, small, now and then; more often while somebody looks; never in anybody's way."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest

from edge import still
from edge.clock import ManualClock
from edge.contracts.commands import Watch
from edge.evidence_pictures import from_jpeg
from edge.still import Stills, encoded
from edge.stream.frame import Frame, Image
from edge.vision.perceive import Perceiver
from edge.vision.segmenter import ClassMap
from tests.fakes.detector import FakeDetector, found
from tests.fakes.segmenter import FakeSegmenter, class_map

START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
NOISE: Image = np.random.default_rng(1).integers(0, 255, (240, 320, 3), dtype=np.uint8)
STREET, CROWD = class_map("....", "...."), class_map("pppp", "pppp")


class Bench:
    """Stills with a clock that moves only when told to; `closer` are the wishes to look more often."""

    def __init__(self, *maps: ClassMap, offset_s: float | None = None) -> None:
        self.clock, self.closer = ManualClock(START), list[tuple[str, float]]()
        self.segmenter, self.detector = FakeSegmenter(*(maps or (STREET,))), FakeDetector()
        self.subject = Stills(
            self.clock, Perceiver(self.segmenter, detector=self.detector),
            lambda camera_id, seconds: self.closer.append((camera_id, seconds)), lambda: offset_s,
        )  # fmt: skip

    def frame(self, camera_id: str = "cam-1", image: Image = NOISE) -> Frame:
        return Frame(camera_id, image, self.clock.now(), self.clock.monotonic(), 0, is_key=True)

    def sent(self, seconds: float, step_s: float, camera_id: str = "cam-1") -> int:
        """How many stills a camera gives that has a picture every `step_s`."""
        count = 0
        for _ in range(round(seconds / step_s)):
            self.subject.offer(self.frame(camera_id), STREET)
            if self.subject.waiting.take(0) is not None:
                self.subject.waiting.done(camera_id)
                count += 1
            self.clock.advance(step_s)
        return count

    def watch(self, camera_id: str = "cam-1", seconds: float = 60, every_s: float = 1.0) -> None:
        until = self.clock.now() + timedelta(seconds=seconds)
        self.subject.watch(Watch(command_id=uuid4(), camera_id=camera_id, until=until, every_s=every_s))


def test_one_a_minute_while_nobody_looks() -> None:
    assert Bench().sent(300, 5) == 5


def test_one_a_second_while_somebody_looks_and_then_no_more() -> None:
    bench = Bench()
    bench.sent(5, 1)
    bench.watch(seconds=30)
    assert bench.closer == [("cam-1", 30.0)]
    assert bench.sent(30, 1) == 30
    assert bench.sent(120, 1) == 2


def test_a_camera_that_nobody_asked_for_gives_no_more_than_before() -> None:
    bench = Bench()
    bench.watch("cam-2")
    assert bench.sent(60, 1, "cam-1") == 1


def test_a_wish_that_is_over_is_no_wish_whatever_this_clock_says() -> None:
    late = Bench(offset_s=3600.0)
    late.sent(5, 1)
    late.watch(seconds=60)
    assert late.closer == []
    ahead = Bench(offset_s=-3600.0)
    ahead.subject.watch(Watch(command_id=uuid4(), camera_id="cam-1", until=START - timedelta(seconds=3540)))
    assert ahead.closer == [("cam-1", 60.0)]


def test_no_wish_holds_for_ever() -> None:
    bench = Bench()
    bench.watch(seconds=86_400)
    assert bench.closer == [("cam-1", still.LONGEST_WATCH.total_seconds())]


def test_only_a_few_cameras_are_looked_at_more_often() -> None:
    bench = Bench()
    for number in range(still.CLOSER_AT_ONCE + 3):
        bench.watch(f"cam-{number}")
    assert [camera_id for camera_id, _ in bench.closer] == [f"cam-{n}" for n in range(still.CLOSER_AT_ONCE)]
    bench.watch("cam-0")
    assert bench.closer[-1][0] == "cam-0", "the wish of one that is near already goes on"
    bench.clock.advance(61)
    bench.watch("cam-6")
    assert bench.closer[-1][0] == "cam-6", "the others are over"


def test_nobody_is_recognised_whoever_of_the_models_saw_them() -> None:
    def detail(image: Image) -> float:
        return float(np.abs(np.diff(image.astype(np.int16), axis=1)).mean())

    bench = Bench(CROWD)
    bench.subject.offer(bench.frame("by-map"), CROWD)
    bench.subject.offer(bench.frame("by-detector"), STREET, [found("person", 0.0, 0.0, 1.0, 1.0)])
    bench.subject.offer(bench.frame("asked-now"))
    for name in ("by-map", "by-detector", "asked-now"):
        one = bench.subject.waiting.take(0)
        assert one is not None
        assert one.camera_id == name
        assert detail(from_jpeg(one.content)[:100]) < detail(NOISE) / 5, name


def test_the_models_are_asked_only_when_a_still_is_due() -> None:
    bench = Bench()
    for _ in range(10):
        bench.subject.offer(bench.frame())
    assert bench.segmenter.calls == 1


@pytest.mark.parametrize("shape", [(1080, 1920, 3), (2160, 3840, 3), (1920, 1080, 3), (40, 30, 3)])
def test_every_still_is_small_enough(shape: tuple[int, int, int]) -> None:
    noise = np.random.default_rng(2).integers(0, 255, shape, dtype=np.uint8)
    content = encoded(noise)
    assert len(content) <= still.MAX_BYTES
    assert max(from_jpeg(content).shape) <= 1280


def test_a_picture_that_cannot_be_blurred_harms_nothing() -> None:
    bench = Bench()
    bench.subject.offer(bench.frame(image=np.zeros((0, 0, 3), np.uint8)), STREET)
    assert bench.subject.waiting.take(0) is None
    bench.subject.offer(bench.frame("cam-2"), STREET)
    assert bench.subject.waiting.take(0) is not None
