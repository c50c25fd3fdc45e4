"""A clip that people may see: small, a few pictures a second, everybody in it blurred; made late and told by itself."""

import io
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from edge import clip_shown
from edge.clip_shown import ClipNotShown, shown_clip
from edge.contracts.messages import AlertRaised, EvidenceAdded, EvidenceRef
from edge.contracts.taxonomy import EvidenceRole
from edge.errors import DiskFull
from edge.evidence_manifest import verify
from edge.late_evidence import MAX_WAITING
from edge.vision.classes import SemanticClass
from edge.vision.objects import FoundObject
from edge.vision.perceive import Perceiver
from edge.vision.segmenter import ClassMap
from server.evidence.sniff import media_type
from tests.edge.test_app import shop
from tests.fakes.cameras import ColourSegmenter, Image, ScriptedSource
from tests.fakes.clips import clip
from tests.fakes.edges import FakeEdge
from tests.fakes.messages import START


class CountingPeople(ColourSegmenter):
    """Sees one person who fills the picture, and counts how often it looks."""

    def __init__(self) -> None:
        self.looks = 0

    def segment(self, image: Image) -> ClassMap:
        self.looks += 1
        labels = np.full((12, 20), SemanticClass.PERSON, np.uint8)
        return ClassMap(labels, np.ones(labels.shape, np.float32))


class Passers:
    """A detector that finds a person on the left half of every picture."""

    def detect(self, image: Image) -> list[FoundObject]:
        return [FoundObject("person", 0.9, (0.0, 0.0, 0.5, 1.0))]


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip(tmp_path_factory.mktemp("clips") / "film.mp4", 6, gop=50)


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip(tmp_path_factory.mktemp("clips") / "wide.mp4", 2, gop=25, width=1282, height=722)


def pictures(content: bytes) -> list[Image]:
    with av.open(io.BytesIO(content), "r") as container:
        return [np.asarray(frame.to_ndarray(format="bgr24"), np.uint8) for frame in container.decode(video=0)]


def sharpness(image: Image) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.CV_64F).var())


def test_a_few_pictures_a_second_in_a_webm(film: Path) -> None:
    shown = shown_clip(film, Perceiver(ColourSegmenter()))
    assert shown.pictures == len(pictures(shown.content)) == 6 * clip_shown.PER_S
    assert media_type(shown.content[:64]) == "video/webm"
    with av.open(io.BytesIO(shown.content), "r") as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("vp8", 320, 180)
        assert float((container.duration or 0) / av.time_base) == pytest.approx(6, abs=0.5)


def test_it_is_never_wider_than_640(wide: Path) -> None:
    shown = shown_clip(wide, Perceiver(ColourSegmenter()))
    assert pictures(shown.content)[0].shape[:2] == (360, 640)


def test_every_single_picture_is_looked_at_and_blurred(film: Path) -> None:
    people = CountingPeople()
    clear = pictures(shown_clip(film, Perceiver(ColourSegmenter())).content)
    hidden = pictures(shown_clip(film, Perceiver(people)).content)
    assert people.looks == len(hidden)
    assert all(sharpness(blurry) < sharpness(sharp) / 3 for blurry, sharp in zip(hidden, clear, strict=True))


def test_whom_only_the_detector_finds_is_blurred_too(film: Path) -> None:
    clear = pictures(shown_clip(film, Perceiver(ColourSegmenter())).content)
    hidden = pictures(shown_clip(film, Perceiver(ColourSegmenter(), detector=Passers())).content)
    for sharp, blurry in zip(clear, hidden, strict=True):
        assert sharpness(blurry[:60, :150]) < sharpness(sharp[:60, :150]) / 3


def test_a_long_clip_is_shown_by_its_end(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip_shown, "MAX_PICTURES", 6)
    shown = shown_clip(film, Perceiver(ColourSegmenter()))
    assert shown.pictures == 6
    last = pictures(shown_clip(film, Perceiver(ColourSegmenter())).content)[-1]
    assert np.abs(pictures(shown.content)[-1].astype(int) - last).mean() < 12


def test_what_is_no_clip(tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"no clip")
    for path in (tmp_path / "no.mp4", tmp_path / "gone.mp4"):
        with pytest.raises(ClipNotShown):
            shown_clip(path, Perceiver(ColourSegmenter()))


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[FakeEdge]:
    made = FakeEdge(tmp_path / "data", {"cam-1": ScriptedSource("cam-1", START, shop, 300)})
    yield made
    made.worker.close()


def raised_with_clip(edge: FakeEdge, film: Path) -> AlertRaised:
    """The alert of the fake edge, as if its ring had held `film`."""
    edge.step(60)
    (raised,) = edge.alerts()
    assert isinstance(raised, AlertRaised)
    sha256 = edge.worker.files.put(film.read_bytes())
    ref = EvidenceRef(
        sha256=sha256,
        media_type="video/mp4",
        role=EvidenceRole.CLIP,
        size_bytes=film.stat().st_size,
        captured_at=raised.captured_at - timedelta(seconds=10),
    )
    return raised.model_copy(update={"evidence": [*raised.evidence, ref]})


def added(edge: FakeEdge) -> list[EvidenceAdded]:
    return [e.message for e in edge.outbox() if isinstance(e.message, EvidenceAdded)]


def test_it_is_told_after_the_alert_in_the_same_chain(edge: FakeEdge, film: Path) -> None:
    alert = raised_with_clip(edge, film)
    edge.worker.late.raised(alert)
    assert (edge.worker.late.waiting, added(edge)) == (1, [])
    assert edge.worker.late.run_once(0)
    assert edge.worker.late.waiting == 0
    (told,) = added(edge)
    assert (told.episode_id, told.zone_id) == (alert.episode_id, "front")
    shown, sealed = told.evidence
    assert (shown.role, shown.media_type, shown.captured_at) == (
        EvidenceRole.CLIP_SHOWN,
        "video/webm",
        alert.evidence[-1].captured_at,
    )
    assert edge.worker.files.path(shown.sha256).stat().st_size == shown.size_bytes
    body = verify(edge.worker.files.path(sealed.sha256).read_bytes())
    assert (body["number"], body["files"][0]["sha256"], body["about"]["clip"]) == (
        2,
        shown.sha256,
        alert.evidence[-1].sha256,
    )
    assert edge.worker.desk.end.number == 2


def test_an_alert_without_a_clip_or_a_switched_off_edge_makes_none(edge: FakeEdge) -> None:
    edge.step(60)
    assert edge.worker.late.waiting == 0
    assert edge.worker.desk.on_raised == edge.worker.late.raised
    assert not edge.worker.late.run_once(0)


def test_only_a_few_wait(edge: FakeEdge, film: Path, caplog: pytest.LogCaptureFixture) -> None:
    alert = raised_with_clip(edge, film)
    for _ in range(MAX_WAITING + 3):
        edge.worker.late.raised(alert)
    assert edge.worker.late.waiting == MAX_WAITING
    assert "wait already" in caplog.text


def test_a_broken_clip_or_a_full_disk_leaves_everything_as_it_was(
    edge: FakeEdge, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = raised_with_clip(edge, film)
    edge.worker.late.raised(alert)
    files = set(edge.worker.files.root.rglob("*"))

    def full(*_: object, **__: object) -> None:
        raise DiskFull(tmp_path, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(edge.worker.store, "commit", full)
        assert edge.worker.late.run_once(0)
    assert {path for path in set(edge.worker.files.root.rglob("*")) - files if path.is_file()} == set()
    edge.worker.files.path(alert.evidence[-1].sha256).write_bytes(b"broken")
    edge.worker.late.raised(alert)
    assert edge.worker.late.run_once(0)
    assert (added(edge), edge.worker.desk.end.number, edge.worker.late.waiting) == ([], 1, 0)


def test_it_gives_up_between_two_pictures_when_the_edge_stops(edge: FakeEdge, film: Path) -> None:
    people = CountingPeople()
    with pytest.raises(ClipNotShown, match="stops"):
        shown_clip(film, Perceiver(people), lambda: people.looks >= 3)
    assert people.looks == 3
    edge.worker.late.raised(raised_with_clip(edge, film))
    assert edge.worker.late.run_once(0, lambda: True)
    assert added(edge) == []


@pytest.mark.integration
def test_it_works_behind_everybody_else(edge: FakeEdge, film: Path) -> None:
    stop = threading.Event()
    edge.worker.late.raised(raised_with_clip(edge, film))
    hand = threading.Thread(target=edge.worker.late.run, args=(stop,), daemon=True)
    hand.start()
    for _ in range(900):
        if added(edge):
            break
        stop.wait(0.05)
    stop.set()
    hand.join(5)
    assert len(added(edge)) == 1
