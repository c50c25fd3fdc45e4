"""An address is tried: a real RTSP server, files, and everything that may be wrong with either."""

import base64
import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from pathlib import Path
from uuid import UUID

import cv2
import httpx
import numpy as np
import pytest

from edge.config import ServerConfig
from edge.config_plans import PlansConfig
from edge.contracts.probes import ProbeFault, ProbeResult
from edge.evidence_pictures import from_jpeg
from edge.probing import Prober, probe
from edge.server_http import ServerHttp
from edge.vision.classes import SemanticClass
from edge.vision.perceive import Perceiver
from edge.vision.segmenter import ClassMap
from tests.fakes.cameras import ColourSegmenter, Image
from tests.fakes.clips import clip
from tests.fakes.edges import FakeHttp
from tests.fakes.rtsp import Login, RtspServer

PASSWORD = "Zx9!canary@:/?#"
HERE = ip_network("127.0.0.0/8")


class AllPeople:
    """Sees one person who fills the picture."""

    def segment(self, image: Image) -> ClassMap:
        labels = np.full((12, 20), SemanticClass.PERSON, np.uint8)
        return ClassMap(labels, np.ones(labels.shape, np.float32))


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip(tmp_path_factory.mktemp("clips") / "film.mp4", 6, gop=25)


@pytest.fixture
def camera(film: Path) -> Iterator[Callable[..., RtspServer]]:
    opened: list[RtspServer] = []

    def serve(**how: object) -> RtspServer:
        opened.append(RtspServer([film], **how).start())  # type: ignore[arg-type]
        return opened[-1]

    yield serve
    for server in opened:
        server.stop()


def tried(address: str, *, port: int = 554, files: tuple[Path, ...] = (), **how: object) -> ProbeResult:
    plans = PlansConfig(networks=(HERE,), ports=(port,), files=files)
    return probe(address, plans, Perceiver(ColourSegmenter()), **how)  # type: ignore[arg-type]


@pytest.mark.integration
def test_a_camera_shows_a_picture_with_size_codec_and_rate(camera: Callable[..., RtspServer]) -> None:
    server = camera()
    found = tried(server.url, port=server.port)
    assert (found.ok, found.fault) == (True, None)
    assert (found.width, found.height, found.codec) == (320, 180, "h264")
    assert found.frames_per_s == pytest.approx(25, abs=0.1)
    picture = base64.b64decode(found.picture_jpeg_base64 or "")
    assert from_jpeg(picture).shape == (180, 320, 3)


@pytest.mark.integration
def test_the_password_opens_and_is_in_no_answer(
    camera: Callable[..., RtspServer], caplog: pytest.LogCaptureFixture
) -> None:
    server = camera(login=Login("viewer", PASSWORD))
    good = server.url.replace("://", "://viewer:Zx9!canary%40%3A%2F%3F%23@")
    assert tried(good, port=server.port).ok
    wrong = tried(good.replace("canary", "kestrel"), port=server.port)
    assert (wrong.fault, "401" in wrong.detail) == (ProbeFault.WRONG_PASSWORD, True)
    none = tried(server.url, port=server.port)
    assert (none.fault, "asks for a name" in none.detail) == (ProbeFault.WRONG_PASSWORD, True)
    for text in (wrong.model_dump_json(), none.model_dump_json(), caplog.text):
        assert not any(word in text for word in ("canary", "kestrel", "viewer"))


@pytest.mark.integration
def test_what_may_be_wrong_with_a_camera(camera: Callable[..., RtspServer]) -> None:
    server = camera()
    server.stall()
    assert tried(server.url, port=server.port).fault is ProbeFault.TIMED_OUT
    server.stop()
    nobody = tried(server.url, port=server.port)
    assert (nobody.fault, str(server.port) in nobody.detail) == (ProbeFault.UNREACHABLE, True)


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        (b"RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n", (ProbeFault.NO_SUCH_STREAM,)),
        (b"220 mail.example ESMTP\r\n", (ProbeFault.NO_VIDEO, ProbeFault.TIMED_OUT)),
    ],
)
def test_what_answers_but_shows_nothing(words: bytes, faults: tuple[ProbeFault, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def talk() -> None:
            for _ in range(2):
                talking, _ = listening.accept()
                with talking:
                    if talking.recv(1000):
                        talking.sendall(words)
                        talking.recv(1000)

        threading.Thread(target=talk, daemon=True).start()
        assert tried(f"rtsp://127.0.0.1:{port}/", port=port).fault in faults


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://127.0.0.1/", ProbeFault.BAD_ADDRESS),
        ("rtsp://127.0.0.1:22/", ProbeFault.NOT_ALLOWED),
        ("rtsp://10.0.0.1/", ProbeFault.NOT_ALLOWED),
        ("rtsp://169.254.169.254/", ProbeFault.NOT_ALLOWED),
        ("/etc/passwd", ProbeFault.NOT_ALLOWED),
    ],
)
def test_where_an_edge_does_not_go(address: str, fault: ProbeFault) -> None:
    found = tried(address)
    assert (found.ok, found.fault) == (False, fault)
    assert found.detail


def test_a_name_that_nobody_has_and_one_that_means_this_machine() -> None:
    assert tried("rtsp://camera.lan/", resolve=lambda host, port: []).fault is ProbeFault.UNREACHABLE
    plans = PlansConfig()
    inside = probe("rtsp://camera.lan/", plans, Perceiver(ColourSegmenter()), resolve=lambda host, port: ["127.0.0.1"])
    assert inside.fault is ProbeFault.NOT_ALLOWED


def test_files_where_they_are_allowed(film: Path, tmp_path: Path) -> None:
    found = tried(str(film), files=(film.parent,))
    assert (found.ok, found.codec, found.frames_per_s) == (True, "h264", 25.0)
    (tmp_path / "no.mp4").write_bytes(b"no film")
    assert tried(str(tmp_path / "no.mp4"), files=(tmp_path,)).fault is ProbeFault.UNREADABLE
    assert tried(str(tmp_path / "gone.mp4"), files=(tmp_path,)).fault is ProbeFault.UNREADABLE


def test_whoever_is_in_the_picture_is_blurred(film: Path) -> None:
    plans = PlansConfig(files=(film.parent,))
    clear = base64.b64decode(probe(str(film), plans, Perceiver(ColourSegmenter())).picture_jpeg_base64 or "")
    hidden = base64.b64decode(probe(str(film), plans, Perceiver(AllPeople())).picture_jpeg_base64 or "")
    detail = [
        cv2.Laplacian(cv2.cvtColor(from_jpeg(one), cv2.COLOR_BGR2GRAY), cv2.CV_64F).var() for one in (clear, hidden)
    ]
    assert detail[1] < detail[0] / 3


def prober(server: FakeHttp, film: Path) -> Prober:
    http = ServerHttp(ServerConfig(url="http://server.test"), httpx.MockTransport(server))
    return Prober(http, "edge-1", PlansConfig(files=(film.parent,)), Perceiver(ColourSegmenter()))


def test_the_errand_fetches_the_address_and_brings_the_result_once(
    film: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    command, server = UUID(int=7), FakeHttp()
    server.bodies[f"/api/edges/edge-1/probes/{command}/address"] = json.dumps({"address": str(film)}).encode()
    subject, stop = prober(server, film), threading.Event()
    subject.ask(command)
    subject.ask(command)
    worker = threading.Thread(target=subject.run, args=(stop,), daemon=True)
    worker.start()
    for _ in range(200):
        if server.got:
            break
        stop.wait(0.05)
    stop.wait(0.1)
    stop.set()
    worker.join(5)
    ((path, content),) = server.got
    assert path == f"/api/edges/edge-1/probes/{command}/result"
    assert ProbeResult.model_validate_json(content).ok
    assert str(film) not in caplog.text


def test_a_result_is_brought_again_when_the_server_is_busy(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge.probing.AGAIN_AFTER_S", 0.01)
    command, server = UUID(int=7), FakeHttp()
    address = json.dumps({"address": "rtsp://8.8.8.8/"}).encode()

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, content=address)
        return server(request)

    server.answers = [503, 503]
    http = ServerHttp(ServerConfig(url="http://server.test"), httpx.MockTransport(answer))
    Prober(http, "edge-1", PlansConfig(), Perceiver(ColourSegmenter())).run_once(command, threading.Event())
    (found,) = [ProbeResult.model_validate_json(content) for _, content in server.got]
    assert found.fault is ProbeFault.NOT_ALLOWED
