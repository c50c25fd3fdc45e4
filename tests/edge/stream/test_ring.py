"""The ring is bounded, begins with a key frame, and gives clips back bit for bit."""

from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.clock import ManualClock
from edge.errors import DiskFull
from edge.stream.errors import ClipUnavailable
from edge.stream.file_source import FileSource
from edge.stream.packet import CodedPicture, Coding
from edge.stream.ring import PacketRing
from edge.stream.sampling import Sampling
from tests.edge.stream.conftest import START

CODING = Coding("h264", None, Fraction(1, 90_000))


def picture(index: int, is_key: bool, size: int = 100, at_s: float | None = None) -> CodedPicture:
    seconds = index / 25 if at_s is None else at_s
    return CodedPicture(bytes(size), CODING, index * 3600, is_key, START + timedelta(seconds=seconds), seconds, index)


def filled(path: Path, seconds: float = 60.0, max_bytes: int = 16 << 20) -> PacketRing:
    ring = PacketRing(seconds, max_bytes)
    source = FileSource("cam", [path], ManualClock(START), Sampling(60), ring, start_at=START, realtime=False)
    for _ in source.samples():
        pass
    return ring


def pictures_of(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 400)), max_size=200), st.floats(0.2, 4), st.integers(500, 9000))
def test_always_bounded_and_always_begins_with_a_key_frame(
    stream: list[tuple[bool, int]], seconds: float, max_bytes: int
) -> None:
    ring = PacketRing(seconds, max_bytes)
    for index, (is_key, size) in enumerate(stream):
        ring.add(picture(index, is_key, size))
        held = ring._between(at(-1), at(1e6))
        assert ring.size_bytes == sum(len(p.data) for p in held) <= max_bytes
        if held:
            assert held[0].is_key
            keys = [p.at_s for p in held if p.is_key]
            assert len(keys) < 2 or keys[1] > index / 25 - seconds


def test_holds_at_least_the_seconds_it_promises() -> None:
    ring = PacketRing(4.0)
    for index in range(1000):
        ring.add(picture(index, index % 50 == 0))
        span = ring.span()
        assert span is not None
        assert (span[1] - span[0]).total_seconds() >= min(4.0, index / 25)
        assert (span[1] - span[0]).total_seconds() <= 6.0


def test_one_endless_group_never_outgrows_the_bytes() -> None:
    ring = PacketRing(1000, max_bytes=10_000)
    for index in range(1000):
        ring.add(picture(index, index == 0))
    assert ring.size_bytes == 0
    assert ring.span() is None


@pytest.mark.parametrize("name", ["h264", "h264_reordered", "h265"])
def test_a_clip_shows_exactly_the_pictures_of_the_stream(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path: Path = request.getfixturevalue(name)
    ring = filled(path)
    info = ring.cut(at(2.5), at(3.5), tmp_path / "clip.mp4")
    shown, original = pictures_of(info.path), pictures_of(path)
    assert info.from_at <= at(2.5)
    assert (info.width, info.height, info.codec) == (320, 180, "hevc" if name == "h265" else "h264")
    assert info.size_bytes == info.path.stat().st_size
    assert len(shown) == info.pictures >= 25
    # The clip begins with the key frame at 2 s; H.265 drops what leads it but needs what came before.
    first = next(i for i, picture in enumerate(original) if np.array_equal(picture, shown[0]))
    assert first == 50
    same = [np.array_equal(a, b) for a, b in zip(shown, original[first:], strict=False)]
    assert all(same[:-3])


def test_a_clip_is_ready_to_be_streamed(h264: Path, tmp_path: Path) -> None:
    info = filled(h264).cut(at(0), at(9), tmp_path / "clip.mp4")
    data = info.path.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    assert info.seconds == pytest.approx(9, abs=0.05)


def test_times_outside_the_ring_are_refused_with_what_it_holds(h264: Path, tmp_path: Path) -> None:
    with pytest.raises(ClipUnavailable, match=r"the ring holds 2026-03-01T08:00:00"):
        filled(h264).cut(at(100), at(101), tmp_path / "clip.mp4")
    assert not (tmp_path / "clip.mp4").exists()


def test_an_empty_ring_says_so(tmp_path: Path) -> None:
    with pytest.raises(ClipUnavailable, match="holds nothing"):
        PacketRing().cut(at(0), at(1), tmp_path / "clip.mp4")


def test_a_full_disk_is_named_and_leaves_nothing_behind(h264: Path) -> None:
    full = Path("/dev/full")
    if not full.is_char_device():
        pytest.skip("this machine has no /dev/full")
    ring = filled(h264)
    link = Path(f"{h264}.full.mp4")
    link.symlink_to(full)
    with pytest.raises(DiskFull, match="no space left"):
        ring.cut(at(0), at(9), link)
    assert not link.is_symlink()
    assert full.is_char_device()


def test_a_camera_whose_count_jumps_still_gives_a_clip_of_the_right_length(h264: Path, tmp_path: Path) -> None:
    ring = filled(h264)
    jumped = PacketRing(60)
    for held in ring._between(at(0), at(10)):
        moved = (held.pts or 0) + (10_000_000 if held.at_s >= 5 else 0)
        jumped.add(CodedPicture(held.data, held.coding, moved, held.is_key, held.captured_at, held.at_s, held.seq))
    info = jumped.cut(at(0), at(10), tmp_path / "clip.mp4")
    assert info.seconds == pytest.approx(10, abs=0.1)
    assert len(pictures_of(info.path)) == 250


def test_pictures_without_a_count_go_by_their_arrival(h264: Path, tmp_path: Path) -> None:
    bare = PacketRing(60)
    for held in filled(h264)._between(at(0), at(10)):
        bare.add(CodedPicture(held.data, held.coding, None, held.is_key, held.captured_at, held.at_s, held.seq))
    assert bare.cut(at(0), at(10), tmp_path / "clip.mp4").seconds == pytest.approx(10, abs=0.1)


def test_a_clip_ends_where_the_stream_changes_its_size(h264: Path, tmp_path: Path) -> None:
    from tests.fakes.clips import clip

    ring = filled(h264)
    other = filled(clip(tmp_path / "big.mp4", 4, width=640, height=360))
    for held in other._between(at(0), at(4)):
        later = held.at_s + 10
        ring.add(CodedPicture(held.data, held.coding, held.pts, held.is_key, at(later), later, held.seq + 250))
    before = ring.cut(at(8), at(12), tmp_path / "before.mp4")
    after = ring.cut(at(11), at(12), tmp_path / "after.mp4")
    assert (before.width, after.width) == (320, 640)
    assert before.to_at < at(10) <= after.from_at
