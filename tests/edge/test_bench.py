"""The benchmark measures what it says; how fast this machine is, no test asks."""

import json
import threading
import time
from pathlib import Path

import av
import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from edge.bench_cli import register
from edge.bench_clip import BITS, GOP, HEIGHT, RATE, WIDTH, make
from edge.bench_meter import CpuMeter, MemoryWatch, MeteredDetector, MeteredSegmenter, resident_bytes
from edge.bench_raw import RawCost
from edge.config import ModelsConfig
from edge.errors import ModelRefused
from edge.vision.model_file import model_folder
from edge.vision.objects import FoundObject
from edge.vision.segmenter import ClassMap
from tests.fakes.clips import clip


def test_time_is_counted_by_name_over_threads_and_waiting_is_not() -> None:
    meter = CpuMeter()

    def work() -> None:
        with meter.of("work"):
            end = time.thread_time() + 0.02
            while time.thread_time() < end:
                pass
        with meter.of("wait"):
            time.sleep(0.05)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert meter.counts == {"work": 3, "wait": 3}
    assert meter.seconds["work"] >= 0.06
    assert meter.seconds["wait"] < 0.03


def test_a_metered_segmenter_is_the_segmenter_it_meters() -> None:
    given = ClassMap(np.zeros((2, 2), np.uint8), np.ones((2, 2), np.float32))

    class Fixed:
        def segment(self, image: np.ndarray) -> ClassMap:
            return given

    meter = CpuMeter()
    assert MeteredSegmenter(Fixed(), meter).segment(np.zeros((4, 4, 3), np.uint8)) is given
    assert meter.counts["segment"] == 1


def test_a_metered_detector_is_the_detector_it_meters() -> None:
    given = [FoundObject("chair", 0.8, (0.0, 0.0, 1.0, 1.0))]

    class Fixed:
        def detect(self, image: np.ndarray) -> list[FoundObject]:
            return given

    meter = CpuMeter()
    assert MeteredDetector(Fixed(), meter).detect(np.zeros((4, 4, 3), np.uint8)) is given
    assert meter.counts["detect"] == 1


def test_memory_is_seen_at_its_peak() -> None:
    with MemoryWatch(every_s=0.005) as memory:
        block = np.ones(64 << 20, np.uint8)
        with_block = resident_bytes()
        deadline = time.monotonic() + 10
        while memory.peak < with_block and time.monotonic() < deadline:
            block[::4096] += 1  # some kernels take back pages that nobody touches
            time.sleep(0.005)
        del block
    assert memory.peak >= with_block > 64 << 20


def test_the_bare_work_is_counted_by_second_and_by_picture() -> None:
    assert RawCost(read_s=0.001, decode_s=0.01, infer_s=0.05).of(stream_s=100, pictures=20) == pytest.approx(1.3)


def test_the_film_is_what_the_figures_speak_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.bench_clip.SECONDS", 2)
    monkeypatch.setattr("edge.bench_clip.REPEATS", 2)
    make(tmp_path / "film.mp4", None)
    with av.open(str(tmp_path / "film.mp4")) as container:
        stream = container.streams.video[0]
        keys = [packet.is_keyframe for packet in container.demux(stream) if packet.size]
        assert (stream.width, stream.height, stream.average_rate) == (WIDTH, HEIGHT, RATE)
    assert len(keys) == 4 * RATE
    assert [index for index, is_key in enumerate(keys) if is_key] == list(range(0, 4 * RATE, GOP))
    assert 8 * (tmp_path / "film.mp4").stat().st_size / 4 == pytest.approx(BITS, rel=0.8)


@pytest.mark.integration
def test_the_command_prints_every_figure(tmp_path: Path) -> None:
    models = ModelsConfig()
    try:
        model_folder(models.registry, models.segmenter)
    except ModelRefused as refused:
        pytest.skip(f"there is no model to measure with: {refused}")
    app = typer.Typer()
    register(app)
    film = clip(tmp_path / "film.mp4", 4, gop=50)
    given = ["--streams", "2", "--seconds", "3", "--interval", "1", "--clip", str(film), "--json"]
    result = CliRunner().invoke(app, given)
    assert result.exit_code in (0, 3), result.output
    report = json.loads(result.stdout)
    assert report["streams"] == 2
    assert report["looks"] > 0
    cpu = report["cpu_ms"]
    assert cpu["total"] == pytest.approx(cpu["decode"] + cpu["measure"] + cpu["rest"])
    assert 0 < cpu["of_which_inference"] < cpu["measure"]
    assert report["ratio"] > 1
    assert report["peak_bytes"] > report["bytes_per_camera"] > 0
    assert {"dropped", "late_s", "raw_ms", "model", "keeps_up", "cameras_two_cores_carry"} <= report.keys()


def test_a_film_that_is_none_is_an_error_and_not_a_figure(tmp_path: Path) -> None:
    app = typer.Typer()
    register(app)
    (tmp_path / "film.mp4").write_text("no film")
    result = CliRunner().invoke(app, ["--streams", "1", "--seconds", "1", "--clip", str(tmp_path / "film.mp4")])
    assert result.exit_code == 1
    assert "edge.source_unreadable" in result.output
