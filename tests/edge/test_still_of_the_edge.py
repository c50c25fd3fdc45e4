"""Stills through the whole edge: from the judged picture to the server, by camera, whatever the others do."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.contracts.commands import Watch
from edge.contracts.ids import uuid7
from edge.contracts.taxonomy import CameraState
from edge.errors import SourceLost
from edge.evidence_pictures import from_jpeg
from edge.stream.errors import PictureBroken
from tests.fakes.cameras import ScriptedSource, street
from tests.fakes.edges import FakeEdge
from tests.fakes.messages import EDGE, START, at


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[FakeEdge]:
    """Four cameras: well, unfit, dead from second 30 on, and one whose every picture is broken."""

    def broken(_at_s: float):  # type: ignore[no-untyped-def]
        raise PictureBroken("scripted")

    pictures = {"cam-1": lambda _s: street(), "cam-unfit": lambda _s: street(), "cam-dead": lambda _s: street()}
    sources = {name: ScriptedSource(name, START, picture, 600) for name, picture in pictures.items()}
    sources["cam-dead"].trouble_at[30.0] = SourceLost("cam-dead", "scripted")
    sources["cam-broken"] = ScriptedSource("cam-broken", START, broken, 600)
    edge = FakeEdge(tmp_path / "data", sources)
    edge.judges["cam-unfit"].state = CameraState.BLACK
    yield edge
    edge.worker.close()


def brought(edge: FakeEdge) -> list[str]:
    """Send what waits; the cameras whose stills came."""
    stop = threading.Event()
    sender = threading.Thread(target=edge.worker.still_sender.run, args=(stop,))
    sender.start()
    for _ in range(500):
        if edge.worker.stills.waiting.is_empty():
            break
        stop.wait(0.01)
    stop.set()
    sender.join(5)
    came = [(path, body) for path, body in edge.http.got if path.startswith("/api/stills/")]
    edge.http.got.clear()
    assert all(from_jpeg(body).ndim == 3 for _, body in came)
    return sorted(path.removeprefix(f"/api/stills/{EDGE}/") for path, _ in came)


def test_every_camera_that_has_pictures_brings_a_still_also_one_that_is_unfit(edge: FakeEdge) -> None:
    edge.step(20)
    assert brought(edge) == ["cam-1", "cam-dead", "cam-unfit"]


def test_a_dead_camera_and_a_broken_one_cost_the_others_nothing(edge: FakeEdge) -> None:
    edge.step(20)
    brought(edge)
    edge.step(200)
    assert {"cam-1", "cam-unfit"} <= set(brought(edge))


def test_a_wish_brings_stills_of_that_camera_with_each_picture(edge: FakeEdge) -> None:
    edge.step(20)
    brought(edge)
    edge.worker.obey(Watch(command_id=uuid7(START), camera_id="cam-1", until=at(60)))
    for second in (25, 30, 35, 40):
        edge.step(second)
        assert "cam-1" in brought(edge)
    edge.step(64)
    brought(edge)
    edge.step(75)
    assert "cam-1" not in brought(edge), "nobody looks any more"
