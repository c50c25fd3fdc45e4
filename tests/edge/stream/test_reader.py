"""The reader: tries again for ever, waits sensibly, says so once, and one bad camera never stops another."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.clock import ManualClock, SystemClock
from edge.errors import EdgeError, SourceLost, SourceUnreadable
from edge.stream.backoff import Backoff
from edge.stream.errors import SourceRefused
from edge.stream.frame import Sample
from edge.stream.latest import LatestFrames
from edge.stream.reader import StreamReader
from edge.stream.ring import PacketRing
from tests.edge.stream.conftest import START

Act = Callable[[], Iterator[Sample]]


def sample(seq: int = 0, camera_id: str = "cam") -> Sample:
    at = START + timedelta(seconds=seq)
    return Sample(camera_id, at, float(seq), seq, True, lambda: np.zeros((2, 2, 3), np.uint8))


class ScriptedSource:
    """Plays one act each time it is opened; the camera's door is shut for `shut` looks."""

    def __init__(self, *acts: Act, shut: int = 0, camera_id: str = "cam") -> None:
        self.camera_id, self.where, self.ring = camera_id, f"rtsp://{camera_id}", PacketRing()
        self._acts, self._shut = list(acts), shut
        self.looks = 0

    def samples(self) -> Iterator[Sample]:
        yield from self._acts.pop(0)()

    def frames(self):
        return (sample.frame() for sample in self.samples())

    def look_closer(self, seconds: float) -> None: ...

    def is_reachable(self) -> bool:
        self.looks += 1
        self._shut -= 1
        return self._shut < 0

    def close(self) -> None: ...


def gives(count: int, then: EdgeError | None = None) -> Act:
    def act() -> Iterator[Sample]:
        yield from (sample(i) for i in range(count))
        if then is not None:
            raise then

    return act


LOST = SourceLost("rtsp://cam", "the stream ended")
REFUSED = SourceRefused("rtsp://cam", "the camera refuses the name or password (401)")


def backoff(**how: float) -> Backoff:
    return Backoff(draw=lambda: 0.5, **how)


def test_run_once_just_fails(clock: ManualClock) -> None:
    got: list[Sample] = []
    with pytest.raises(SourceLost):
        StreamReader(ScriptedSource(gives(2, LOST)), got.append, clock).run_once()
    assert len(got) == 2


def test_says_once_that_it_is_lost_and_once_that_it_is_back(
    clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    source = ScriptedSource(gives(1, LOST), gives(0, LOST), gives(0, LOST), gives(2))
    changes: list[EdgeError | None] = []
    reader = StreamReader(source, lambda _: None, clock, changes.append, backoff())
    reader.run(threading.Event())
    assert changes == [LOST, None]
    assert [record.message for record in caplog.records] == [
        "camera cam is lost: rtsp://cam: the stream ended",
        "camera cam is back",
    ]
    assert (reader.samples, reader.losses, reader.lost) == (3, 1, None)


def test_another_reason_is_said_too(clock: ManualClock) -> None:
    source = ScriptedSource(gives(0, LOST), gives(0, REFUSED), gives(0, REFUSED), gives(1))
    changes: list[EdgeError | None] = []
    StreamReader(source, lambda _: None, clock, changes.append, backoff()).run(threading.Event())
    assert changes == [LOST, REFUSED, None]


def test_waits_longer_after_each_refusal(clock: ManualClock) -> None:
    source = ScriptedSource(*[gives(0, REFUSED)] * 5, gives(1))
    StreamReader(source, lambda _: None, clock, backoff=backoff(first_s=1, longest_s=8)).run(threading.Event())
    assert clock.monotonic() == 1 + 2 + 4 + 8 + 8
    assert source.looks == 0


def test_comes_back_soon_after_the_door_opens_however_long_it_was_shut(clock: ManualClock) -> None:
    source = ScriptedSource(gives(1, LOST), gives(1), shut=1000)
    StreamReader(source, lambda _: None, clock, backoff=backoff()).run(threading.Event())
    assert source.looks == 1001
    # 0.3 s between two looks: the wait after the door opens is never longer than one of them.
    assert clock.monotonic() == pytest.approx(0.3 * 1001)


def test_a_camera_that_answers_but_gives_nothing_is_not_hammered(clock: ManualClock) -> None:
    source = ScriptedSource(*[gives(0, LOST)] * 10, gives(1))
    StreamReader(source, lambda _: None, clock, backoff=backoff()).run(threading.Event())
    assert clock.monotonic() == pytest.approx(0.3 * (1 + 2 + 4 + 8 + 16 + 32 + 64) + 3 * 30, rel=0.01)


def test_the_next_file_is_read_after_one_that_cannot_be(clock: ManualClock) -> None:
    source = ScriptedSource(gives(0, SourceUnreadable("a.mp4", "rubbish")), gives(3))
    reader = StreamReader(source, lambda _: None, clock, backoff=backoff())
    reader.run(threading.Event())
    assert (reader.samples, reader.lost) == (3, None)


def test_stops_while_it_waits() -> None:
    stop = threading.Event()
    source = ScriptedSource(gives(0, REFUSED))
    reader = StreamReader(source, lambda _: None, SystemClock(), backoff=backoff(first_s=60, longest_s=60))
    thread = threading.Thread(target=reader.run, args=(stop,))
    thread.start()
    stop.set()
    thread.join(5)
    assert not thread.is_alive()


def test_t16_one_bad_camera_never_stops_another() -> None:
    """A camera that hangs, one that fails at once for ever, and one that floods: the good one is served."""
    frames, stop, release = LatestFrames[Sample](), threading.Event(), threading.Event()

    def hang() -> Iterator[Sample]:
        release.wait(30)
        yield from ()

    def flood() -> Iterator[Sample]:
        for seq in range(1_000_000):
            if stop.is_set():
                return
            yield sample(seq, "flood")

    def good() -> Iterator[Sample]:
        for seq in range(20):
            yield sample(seq, "good")
            time.sleep(0.005)

    sources = [
        ScriptedSource(hang, camera_id="hangs"),
        ScriptedSource(*[gives(0, LOST)] * 10_000, camera_id="fails"),
        ScriptedSource(flood, camera_id="flood"),
        ScriptedSource(good, camera_id="good"),
    ]
    readers = [StreamReader(source, frames.put, SystemClock(), backoff=backoff(first_s=0.01)) for source in sources]
    threads = [threading.Thread(target=reader.run, args=(stop,)) for reader in readers]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and (not seen or seen[-1] < 19):
        item = frames.take(1)
        if item is not None:
            seen += [item.seq] if item.camera_id == "good" else []
            frames.done(item.camera_id)
    stop.set()
    release.set()
    for thread in threads:
        thread.join(5)
    assert seen[-1] == 19
    assert len(seen) + frames.dropped()["good"] == 20


@given(st.floats(0.01, 5), st.floats(5, 100), st.floats(0, 0.5), st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_back_off_grows_within_its_bounds(first_s: float, longest_s: float, jitter: float, draws: list[float]) -> None:
    remaining = list(draws)
    waits = Backoff(first_s, longest_s, jitter, draw=lambda: remaining.pop(0))
    for index in range(len(draws)):
        wait = waits.next_s()
        middle = min(longest_s, first_s * 2**index)
        assert middle * (1 - jitter) - 1e-9 <= wait <= middle * (1 + jitter) + 1e-9
