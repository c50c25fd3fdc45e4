"""Evidence reaches the server before the message that names it; what fails is tried again, what cannot be is noted."""

import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from edge.clock import ManualClock
from edge.config import ServerConfig
from edge.evidence_files import EvidenceFiles
from edge.store import EdgeStore
from edge.stream.backoff import Backoff
from edge.uploader import Uploader, UploadFailed
from tests.fakes.messages import START, alert

TOKEN = "edge-token-never-to-be-seen"


class FakeEvidenceServer:
    """Keeps what is PUT; `answers` are given first, then 201. Ends the run when nothing is asked for any more."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.requests: list[httpx.Request] = []
        self.answers: list[int | Exception] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else 201
        if isinstance(answer, Exception):
            raise answer
        if answer < 300:
            self.kept[request.url.path.rsplit("/", 1)[1]] = request.read()
        return httpx.Response(answer, text="because")


class Bench:
    """An uploader with its store, files and server; `run` comes back when every message has its files."""

    def __init__(self, folder: Path, token_file: Path | None) -> None:
        self.store, self.files = EdgeStore(folder / "store.db"), EvidenceFiles(folder / "evidence")
        self.server, self.stop, self.progress = FakeEvidenceServer(), threading.Event(), 0
        self.subject = Uploader(
            ServerConfig(url="http://server.test", token_file=token_file),
            self.store,
            self.files,
            ManualClock(START),
            self._on_progress,
            Backoff(0.001, 0.001),
            httpx.MockTransport(self.server),
        )

    def _on_progress(self) -> None:
        self.progress += 1
        if self.store.next_upload() is None:
            self.stop.set()

    def keep(self, *contents: bytes) -> list[str]:
        hashes = [self.files.put(content) for content in contents]
        self.store.commit([alert(0, *hashes)])
        return hashes

    def run(self, how: Callable[[threading.Event], None] | None = None) -> None:
        (how or self.subject.run)(self.stop)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    token_file = tmp_path / "token"
    token_file.write_text(f"{TOKEN}\n")
    bench = Bench(tmp_path, token_file)
    yield bench
    bench.store.close()


def test_files_go_to_the_address_of_their_content(bench: Bench) -> None:
    hashes = bench.keep(b"wide", b"close")
    bench.run()
    assert bench.server.kept == {hashlib.sha256(c).hexdigest(): c for c in (b"wide", b"close")}
    assert sorted(bench.server.kept) == sorted(hashes)
    assert len(bench.store.waiting([], 9)) == 1
    assert bench.progress == 1


def test_the_type_the_length_and_the_token_travel_along(bench: Bench) -> None:
    bench.keep(b"12345")
    bench.run()
    headers = bench.server.requests[0].headers
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Content-Length"] == "5"
    assert headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("answer", [401, 403, 404, 429, 500, 503, httpx.ConnectError("refused"), httpx.ReadTimeout("")])
def test_what_may_pass_is_tried_again(bench: Bench, answer: int | Exception) -> None:
    hashes = bench.keep(b"wide")
    bench.server.answers = [answer, answer]
    bench.run()
    assert list(bench.server.kept) == hashes
    assert len(bench.server.requests) == 3


@pytest.mark.parametrize("answer", [400, 413, 415, 422])
def test_what_the_server_never_takes_holds_nothing_up(bench: Bench, answer: int) -> None:
    hashes = bench.keep(b"odd")
    bench.server.answers = [answer]
    bench.run()
    assert len(bench.store.waiting([], 9)) == 1
    assert bench.store.held() == set(hashes)


def test_those_that_went_before_a_failure_are_not_sent_again(bench: Bench) -> None:
    bench.keep(b"one", b"two")
    bench.server.answers = [201, 503]
    bench.run()
    assert len(bench.server.requests) == 3


def test_a_file_missing_at_the_edge_holds_nothing_up(bench: Bench) -> None:
    bench.store.commit([alert(0, "f" * 64)])
    bench.run()
    assert bench.server.requests == []
    assert len(bench.store.waiting([], 9)) == 1


def test_a_token_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    bench = Bench(tmp_path, tmp_path / "nowhere")
    with pytest.raises(UploadFailed, match="nowhere"):
        bench.run(bench.subject.run_once)
    bench.store.close()


def test_t15_the_token_is_in_no_log_line_and_no_error(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.keep(b"wide")
    bench.server.answers = [401, httpx.ConnectError("refused"), 500, 422]
    with caplog.at_level(logging.DEBUG):
        bench.run()
    assert len(caplog.records) >= 3
    assert TOKEN not in caplog.text
