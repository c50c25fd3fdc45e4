"""Stills reach the server; what does not go through is let go, and nobody waits for it."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from edge.clock import ManualClock
from edge.config import ServerConfig
from edge.still import Still, Stills
from edge.still_sender import StillSender
from edge.stream.backoff import Backoff
from edge.vision.perceive import Perceiver
from tests.fakes.segmenter import FakeSegmenter, covered

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TOKEN = "edge-token-never-to-be-seen"


class Bench:
    """A sender and its server: `answers` are given first, then 204; after `ends_after` requests the run ends."""

    def __init__(self, folder: Path, ends_after: int) -> None:
        token = folder / "token"
        token.write_text(f"{TOKEN}\n")
        self.requests: list[httpx.Request] = []
        self.answers: list[int | Exception] = []
        self.stop, self._left = threading.Event(), ends_after
        self.stills = Stills(ManualClock(AT), Perceiver(FakeSegmenter(covered(0))))
        server = ServerConfig(url="http://server.test", token_file=token)
        transport = httpx.MockTransport(self._answer)
        self.subject = StillSender(server, "edge-1", self.stills, Backoff(0.001, 0.001), transport)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self._left -= 1
        if self._left <= 0:
            self.stop.set()
        answer = self.answers.pop(0) if self.answers else 204
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer, text="because")

    def put(self, camera_id: str, content: bytes = b"jpeg", seconds: int = 0) -> None:
        self.stills.waiting.put(Still(camera_id, AT + timedelta(seconds=seconds), content))


def test_a_still_goes_to_its_camera_with_its_time(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 1)
    bench.put("cam-1")
    bench.subject.run(bench.stop)
    (request,) = bench.requests
    assert (request.method, request.url.path, request.read()) == ("PUT", "/api/stills/edge-1/cam-1", b"jpeg")
    assert request.headers["X-Captured-At"] == AT.isoformat()
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"


def test_only_the_newest_of_a_camera_is_sent(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 1)
    for number in range(5):
        bench.put("cam-1", b"%d" % number, number)
    bench.subject.run(bench.stop)
    assert [request.read() for request in bench.requests] == [b"4"]


@pytest.mark.parametrize("answer", [401, 404, 413, 500, httpx.ConnectError("refused"), httpx.ReadTimeout("")])
def test_trouble_with_one_camera_holds_up_no_other(
    tmp_path: Path, answer: int | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(tmp_path, 3)
    bench.answers = [answer]
    for name in ("broken", "cam-2", "cam-3"):
        bench.put(name)
    with caplog.at_level(logging.INFO):
        bench.subject.run(bench.stop)
    assert [request.url.path.rsplit("/", 1)[1] for request in bench.requests] == ["broken", "cam-2", "cam-3"]
    assert len([line for line in caplog.messages if "do not reach" in line]) == 1
    assert "stills are going out again" in caplog.messages
    assert TOKEN not in caplog.text


def test_a_server_that_does_not_answer_costs_the_cameras_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 1)
    began, hold = threading.Event(), threading.Event()

    def slow(_request: httpx.Request) -> httpx.Response:
        began.set()
        hold.wait(5)
        return httpx.Response(204)

    sender = StillSender(
        ServerConfig(url="http://server.test"), "edge-1", bench.stills, None, httpx.MockTransport(slow)
    )
    thread = threading.Thread(target=sender.run, args=(bench.stop,))
    thread.start()
    try:
        bench.put("cam-1")
        assert began.wait(5)
        start = time.monotonic()
        for number in range(1000):
            bench.put(f"cam-{number % 10}", bytes(100), number)
        assert time.monotonic() - start < 1.0
        assert sum(bench.stills.waiting.dropped().values()) == 990
    finally:
        bench.stop.set()
        hold.set()
        thread.join(5)
    assert not thread.is_alive()


def test_a_token_that_cannot_be_read_is_said_and_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench(tmp_path, 1)
    (tmp_path / "token").unlink()
    bench.put("cam-1")
    thread = threading.Thread(target=bench.subject.run, args=(bench.stop,))
    thread.start()
    while not caplog.messages and thread.is_alive():
        time.sleep(0.01)
    (tmp_path / "token").write_text(TOKEN)
    bench.put("cam-1")
    thread.join(5)
    assert len(bench.requests) == 1
    assert "token" in caplog.messages[0]
