"""Reading from a real RTSP server over real sockets: TCP, UDP, TLS, passwords, deaths and returns."""

import logging
import socket
import statistics
import threading
import time
import traceback
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Literal

import av.logging
import pytest

from edge.clock import SystemClock
from edge.config import CameraConfig
from edge.errors import EdgeError, SourceLost
from edge.stream.errors import SourceRefused
from edge.stream.frame import Frame, Sample
from edge.stream.reader import StreamReader
from edge.stream.redact import Credentials
from edge.stream.ring import PacketRing
from edge.stream.rtsp_source import RtspSource
from edge.stream.sampling import Sampling
from edge.stream.source import open_source
from tests.fakes.certificate import self_signed
from tests.fakes.clips import clip
from tests.fakes.rtsp import Login, RtspServer

pytestmark = pytest.mark.integration

CANARY = "Zx9!canary%40:/@?#"
LOGIN = Login("ad@min", CANARY)


def source(url: str, **how: object) -> RtspSource:
    given = {"wanted": Sampling(1.0), "ring": PacketRing(), "open_timeout_s": 2.0, "read_timeout_s": 1.0} | how
    return RtspSource("cam", url, SystemClock(), **given)  # type: ignore[arg-type]


def first(url: str, count: int = 2, **how: object) -> list[Frame]:
    reading = source(url, **how)
    frames = list(islice(reading.frames(), count))
    reading.close()
    return frames


def assert_in_order(frames: list[Frame]) -> None:
    assert all(frame.image.shape == (180, 320, 3) for frame in frames)
    assert [f.at_s for f in frames] == sorted(f.at_s for f in frames)
    assert [f.captured_at for f in frames] == sorted(f.captured_at for f in frames)


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("name", ["h264", "h264_reordered", "h265"])
def test_reads_over_tcp_and_udp(name: str, transport: Literal["tcp", "udp"], request: pytest.FixtureRequest) -> None:
    with RtspServer([request.getfixturevalue(name)], speed=4) as server:
        frames = first(server.url, 3, transport=transport, wanted=Sampling(0.25))
    assert len(frames) == 3
    assert_in_order(frames)
    assert frames[0].is_key


@pytest.mark.parametrize("scheme", ["basic", "digest"])
def test_reads_with_a_name_and_password(scheme: Literal["basic", "digest"], h264: Path) -> None:
    with RtspServer([h264], login=Login("ad@min", CANARY, scheme)) as server:
        assert_in_order(first(server.url, 1, credentials=Credentials("ad@min", CANARY)))


def test_the_camera_of_a_configuration_is_opened_with_the_password_from_its_file(tmp_path: Path, h264: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text(CANARY + "\n")
    with RtspServer([h264], login=LOGIN) as server:
        camera = CameraConfig.model_validate(
            {
                "id": "gate",
                "source": {"kind": "rtsp", "url": server.url, "username": "ad@min", "password_file": secret},
                "zones": [{"id": "z", "polygon": [(0, 0), (1, 0), (1, 1)], "violations": ["exposed_muck"]}],
            }
        )
        opened = open_source(camera, SystemClock())
        frame = next(opened.frames())
        opened.close()
    assert (frame.camera_id, frame.is_key) == ("gate", True)
    assert opened.where == server.url


def test_reads_over_tls_from_a_camera_whose_authority_is_named(tmp_path: Path, h264: Path) -> None:
    authority, context = self_signed(tmp_path / "own")
    with RtspServer([h264], tls=context, login=LOGIN) as server:
        assert server.url.startswith("rtsps://")
        frames = first(server.url, 1, tls_ca=authority, credentials=Credentials("ad@min", CANARY))
    assert_in_order(frames)


@pytest.mark.parametrize("authority", ["another", "none"])
def test_a_camera_with_an_unknown_certificate_gets_no_password(tmp_path: Path, h264: Path, authority: str) -> None:
    _, context = self_signed(tmp_path / "own")
    tls_ca = self_signed(tmp_path / "another")[0] if authority == "another" else None
    with RtspServer([h264], tls=context, login=LOGIN) as server:
        with pytest.raises(SourceRefused, match=r"certificate is not trusted.*tls_ca"):
            first(server.url, tls_ca=tls_ca, credentials=Credentials("ad@min", CANARY))
        assert server.seen == []


def test_a_certificate_for_another_host_is_not_trusted(tmp_path: Path, h264: Path) -> None:
    authority, context = self_signed(tmp_path / "own", host="127.0.0.2")
    with (
        RtspServer([h264], tls=context) as server,
        pytest.raises(SourceRefused, match=r"certificate is not trusted.*127\.0\.0\.1"),
    ):
        first(server.url, tls_ca=authority)


@pytest.mark.parametrize(
    ("credentials", "path", "reason"),
    [
        (Credentials("ad@min", f"wrong-{CANARY}"), "/live", "refuses the name or password"),
        (None, "/live", "asks for a name and password"),
        (Credentials("ad@min", CANARY), "/missing", "knows no such path"),
    ],
)
def test_a_refusal_is_clear_and_holds_no_secret(
    credentials: Credentials | None, path: str, reason: str, h264: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    av.logging.set_level(av.logging.DEBUG)
    try:
        with RtspServer([h264], login=LOGIN) as server:
            reader = StreamReader(
                source(server.url.replace("/live", path), credentials=credentials), lambda _: None, SystemClock()
            )
            with pytest.raises(SourceRefused, match=reason) as refused:
                reader.run_once()
            logging.getLogger("test").warning("lost: %s %r %s", refused.value, refused.value, reader.source)
    finally:
        av.logging.set_level(None)
    told = "".join(traceback.format_exception(refused.value)) + caplog.text + repr(vars(reader.source))
    assert "canary" not in told
    assert refused.value.__context__ is None
    assert refused.value.__cause__ is None


def test_the_end_of_a_live_stream_is_a_lost_stream(tmp_path: Path) -> None:
    short = clip(tmp_path / "short.mp4", 1)
    with RtspServer([short], loop=False) as server:
        frames: list[Frame] = []
        with pytest.raises(SourceLost, match="the stream ended"):
            frames.extend(source(server.url, wanted=Sampling(0.2)).frames())


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_a_stalled_server_is_noticed_by_its_silence(h264: Path, transport: Literal["tcp", "udp"]) -> None:
    with RtspServer([h264]) as server:
        reading = source(server.url, transport=transport)
        frames = reading.frames()
        next(frames)
        server.stall()
        begin = time.monotonic()
        with pytest.raises(SourceLost):
            list(frames)
        assert 0.5 < time.monotonic() - begin < 5


def test_a_server_that_accepts_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"rtsp://127.0.0.1:{silent.getsockname()[1]}/live"
        begin = time.monotonic()
        with pytest.raises(SourceLost):
            next(source(url, open_timeout_s=1.0).frames())
        assert time.monotonic() - begin < 5


def test_something_that_is_not_rtsp_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            client, _ = server.accept()
            with client:
                client.recv(1000)
                client.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(EdgeError, match="127"):
            next(source(f"rtsp://127.0.0.1:{server.getsockname()[1]}/live").frames())
        thread.join(5)


@pytest.mark.parametrize("interval_s", [0.4, 1.0])
def test_a_stream_that_changes_size_is_followed(tmp_path: Path, interval_s: float) -> None:
    small, big = clip(tmp_path / "small.mp4", 2), clip(tmp_path / "big.mp4", 2, width=640, height=360)
    with RtspServer([small, big], loop=False, speed=2) as server:
        reading, frames = source(server.url, wanted=Sampling(interval_s / 2)), list[Frame]()
        with pytest.raises(SourceLost):
            frames.extend(reading.frames())
        begin, end = reading.ring.span() or pytest.fail("nothing was kept")
        after = reading.ring.cut(end, end, tmp_path / "after.mp4")
        before = reading.ring.cut(begin, begin, tmp_path / "before.mp4")
    assert (before.width, after.width) == (320, 640)


@pytest.mark.parametrize("interval_s", [0.2, 0.5])
def test_frames_have_the_new_size_after_the_change(tmp_path: Path, interval_s: float) -> None:
    small, big = clip(tmp_path / "small.mp4", 2), clip(tmp_path / "big.mp4", 2, width=640, height=360)
    with RtspServer([small, big], loop=True, speed=2) as server:
        frames = first(server.url, round(3.2 / interval_s), wanted=Sampling(interval_s))
    widths = [frame.image.shape[1] for frame in frames]
    assert widths[0] == 320
    assert 640 in widths
    # 1 s of each in turn: no picture is of the wrong size for long.
    assert 0.3 < statistics.mean(width == 640 for width in widths) < 0.7


def test_the_clip_of_a_live_stream_plays(h264: Path, tmp_path: Path) -> None:
    with RtspServer([h264], speed=4) as server:
        reading = source(server.url, wanted=Sampling(0.5))
        frames = list(islice(reading.frames(), 4))
        reading.close()
    info = reading.ring.cut(frames[0].captured_at, frames[-1].captured_at, tmp_path / "clip.mp4")
    with av.open(str(info.path)) as container:
        assert len(list(container.decode(video=0))) == info.pictures > 25


class Camera:
    """A reader in its thread, and when it got what."""

    def __init__(self, url: str) -> None:
        self.arrived: list[float] = []
        self.changes: list[str] = []
        self.stop = threading.Event()
        self.source = source(url, wanted=Sampling(0.2))
        self.reader = StreamReader(self.source, self._take, SystemClock(), self._changed)
        self.thread = threading.Thread(target=self.reader.run, args=(self.stop,))

    def __enter__(self) -> "Camera":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.source.close()
        self.thread.join(10)
        assert not self.thread.is_alive()

    def _take(self, sample: Sample) -> None:
        assert sample.frame().image.shape[2] == 3
        self.arrived.append(time.monotonic())

    def _changed(self, change: EdgeError | None) -> None:
        self.changes.append("back" if change is None else change.code)


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def test_a_server_killed_and_back_gives_its_first_frame_within_a_second(h264: Path) -> None:
    delays: list[float] = []
    with RtspServer([h264]) as server, Camera(server.url) as camera:
        wait_for(lambda: bool(camera.arrived))
        for away_s in (0.2, 1.0, 2.5):
            server.stop()
            wait_for(lambda: camera.reader.lost is not None)
            time.sleep(away_s)
            begin, seen = time.monotonic(), len(camera.arrived)
            server.start()
            wait_for(lambda seen=seen: len(camera.arrived) > seen)
            delays.append(camera.arrived[seen] - begin)
    assert camera.changes == ["edge.source_lost", "back"] * 3
    assert statistics.median(delays) < 1.0, delays


def test_t16_a_stalled_camera_does_not_slow_another(h264: Path) -> None:
    with RtspServer([h264]) as bad, RtspServer([h264]) as good, Camera(bad.url) as stalled, Camera(good.url) as well:
        wait_for(lambda: len(stalled.arrived) > 1 and len(well.arrived) > 1)
        bad.stall()
        before = len(well.arrived)
        wait_for(lambda: stalled.reader.lost is not None)
        wait_for(lambda: len(well.arrived) >= before + 5)
    assert well.reader.losses == 0
