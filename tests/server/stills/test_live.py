"""The live picture: each new still once, no longer than allowed, and no more streams than are bearable."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import anyio
import pytest

from server.stills import live
from server.stills.live import BOUNDARY, Camera, LiveLimit, TooManyStreams
from server.stills.store import Kept, StillStore

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
T = TypeVar("T")


def giving(values: list[T], then: T) -> Callable[[], Awaitable[T]]:
    """One value after the other, then always the last."""

    async def give() -> T:
        return values.pop(0) if values else then

    return give


class Stream:
    """A camera's store, and the chunks of a stream of it."""

    def __init__(self, folder: Path) -> None:
        self.store, self.chunks = StillStore(folder), list[bytes]()
        self.asked = 0

    def put(self, content: bytes) -> None:
        self.store.put("edge-1", "cam-1", AT, content, AT)

    async def read(self) -> Kept | None:
        return self.store.get("edge-1", "cam-1", AT)

    def run(self, may_see: Callable[[], Awaitable[bool]], is_gone: Callable[[], Awaitable[bool]]) -> None:
        async def take() -> None:
            camera = Camera(lambda: self.store.mark("edge-1", "cam-1"), self.read, may_see, is_gone)
            async for chunk in live.parts(camera):
                self.chunks.append(chunk)
                if len(self.chunks) == 2:
                    self.put(b"second")

        anyio.run(take)


@pytest.fixture
def stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stream:
    monkeypatch.setattr(live, "POLL_S", 0.01)
    monkeypatch.setattr(live, "AGAIN_S", 0.05)
    return Stream(tmp_path)


def test_each_new_still_is_a_part_and_the_boundary_follows_it(stream: Stream) -> None:
    stream.put(b"first")
    stream.run(giving([], True), giving([False] * 12, True))
    opening, *pictures = stream.chunks
    assert opening == f"--{BOUNDARY}\r\n".encode()
    assert [chunk.partition(b"\r\n\r\n")[2] for chunk in pictures] == [
        f"{text}\r\n--{BOUNDARY}\r\n".encode() for text in ("first", "second")
    ]
    assert b"Content-Length: 5\r\n" in pictures[0]
    assert AT.isoformat().encode() in pictures[0]


def test_it_ends_when_the_session_does(stream: Stream) -> None:
    stream.put(b"first")
    stream.run(giving([True, True], False), giving([], False))
    assert len(stream.chunks) == 3


def test_nothing_is_shown_to_somebody_who_may_not_see_it(stream: Stream) -> None:
    stream.put(b"first")
    stream.run(giving([], False), giving([], False))
    assert len(stream.chunks) == 1


def test_a_camera_without_a_still_sends_nothing_until_it_has_one(stream: Stream) -> None:
    stream.run(giving([], True), giving([False] * 5, True))
    assert len(stream.chunks) == 1


def test_streams_are_limited_by_person_and_in_all() -> None:
    limit, someone, other = LiveLimit(most=3, most_each=2), uuid4(), uuid4()
    with limit.one(someone), limit.one(someone):
        with pytest.raises(TooManyStreams):
            limit.require(someone)
        with limit.one(other), pytest.raises(TooManyStreams):
            limit.require(uuid4())
        limit.require(other)
    assert limit.open == 0
    limit.require(someone)


def test_a_still_is_never_half(tmp_path: Path) -> None:
    store = StillStore(tmp_path)
    store.put("edge-1", "cam-1", AT, b"\nwith a line break\n", AT)
    kept = store.get("edge-1", "cam-1", AT)
    assert kept is not None
    assert kept.content == b"\nwith a line break\n"
    assert kept.about == store.about("edge-1", "cam-1", AT)
    before = store.mark("edge-1", "cam-1")
    store.put("edge-1", "cam-1", AT, b"another", AT)
    assert store.mark("edge-1", "cam-1") != before
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["cam-1.still"]
