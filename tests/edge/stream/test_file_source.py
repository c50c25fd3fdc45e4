"""Files: every readable picture is given at its time, and what cannot be read is named with its reason."""

import wave
from datetime import timedelta
from pathlib import Path

import pytest

from edge.clock import ManualClock
from edge.errors import CodecUnsupported, SourceUnreadable
from edge.stream.file_source import FileSource
from edge.stream.frame import Frame
from edge.stream.ring import PacketRing
from edge.stream.sampling import Sampling
from tests.edge.stream.conftest import START
from tests.fakes.clips import clip, scene


def source(
    *paths: Path, interval_s: float = 1.0, clock: ManualClock | None = None, realtime: bool = False, loop: bool = False
) -> FileSource:
    return FileSource(
        "cam",
        paths,
        clock or ManualClock(START),
        Sampling(interval_s),
        PacketRing(),
        start_at=START,
        realtime=realtime,
        loop=loop,
    )


def read(*paths: Path, interval_s: float = 1.0) -> list[Frame]:
    return list(source(*paths, interval_s=interval_s).frames())


def test_frames_carry_the_time_of_the_clip(h264: Path) -> None:
    frames = read(h264, interval_s=2)
    assert [frame.at_s for frame in frames] == [0, 2, 4, 6, 8]
    assert all(frame.captured_at == START + timedelta(seconds=frame.at_s) for frame in frames)
    assert all(frame.is_key and frame.image.shape == (180, 320, 3) and frame.camera_id == "cam" for frame in frames)
    assert [frame.seq for frame in frames] == [0, 50, 100, 150, 200]


def test_the_picture_is_that_of_the_scene(h264: Path) -> None:
    image = read(h264, interval_s=60)[0].image
    assert abs(image[:60].astype(int) - scene()[:60]).mean() < 12


@pytest.mark.parametrize("name", ["h264", "h264_reordered", "h265", "long_gop"])
def test_an_interval_shorter_than_the_key_frames_decodes_what_lies_between(
    name: str, request: pytest.FixtureRequest
) -> None:
    frames = read(request.getfixturevalue(name), interval_s=0.5)
    times = [frame.at_s for frame in frames]
    assert times == sorted(times)
    # Non-reference pictures are not decoded, so a due time may be met by a neighbour.
    assert all(abs(time - index * 0.5) <= 0.121 for index, time in enumerate(times)), times
    assert not all(frame.is_key for frame in frames)


def test_the_box_is_where_it_is_at_that_time(long_gop: Path) -> None:
    for frame in read(long_gop, interval_s=0.8):
        left = 3 * round(frame.at_s * 25) % (320 - 24)
        assert frame.image[95:110, left + 3 : left + 21].mean() > 230, frame.at_s


def test_files_follow_each_other_on_one_time_line(h264: Path, h265: Path) -> None:
    frames = read(h264, h265, interval_s=2)
    assert [frame.at_s for frame in frames] == pytest.approx([0, 2, 4, 6, 8, 10, 12, 14], abs=0.1)


def test_a_loop_goes_on_counting(h264: Path) -> None:
    looping = source(h264, interval_s=2, loop=True)
    times = [frame.at_s for frame, _ in zip(looping.frames(), range(12), strict=False)]
    assert times == pytest.approx([2 * i for i in range(12)], abs=0.01)


def test_realtime_lets_the_time_of_the_clip_pass(h264: Path) -> None:
    clock = ManualClock(START)
    for frame in source(h264, interval_s=2, clock=clock, realtime=True).frames():
        assert clock.monotonic() == pytest.approx(frame.at_s)
    assert clock.monotonic() == pytest.approx(10, abs=0.05)


def test_as_fast_as_possible_lets_no_time_pass(h264: Path) -> None:
    clock = ManualClock(START)
    assert len(list(source(h264, clock=clock, interval_s=2).frames())) == 5
    assert clock.monotonic() == 0


def test_close_ends_it(h264: Path) -> None:
    playing = source(h264, interval_s=2, loop=True)
    frames = playing.frames()
    next(frames)
    playing.close()
    assert list(frames) == []


def test_only_due_pictures_are_samples_and_none_is_decoded_before_it_is_wanted(h264: Path) -> None:
    playing = source(h264, interval_s=5)
    samples = list(playing.samples())
    assert [sample.at_s for sample in samples] == [0, 4]
    assert samples[1].frame().image.shape == (180, 320, 3)
    span = playing.ring.span()
    assert span is not None
    assert span[1] == START + timedelta(seconds=9.96)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"nowhere\.mp4: there is no such file"):
        read(tmp_path / "nowhere.mp4")


@pytest.mark.parametrize("content", [b"", b"this is no video" * 1000, b"\x00" * 4096])
def test_rubbish_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "rubbish.mp4").write_bytes(content)
    with pytest.raises(SourceUnreadable, match=r"rubbish\.mp4: it is not a video"):
        read(tmp_path / "rubbish.mp4")


def test_a_file_without_its_index_is_refused(h264: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(h264.read_bytes()[: h264.stat().st_size // 2])
    with pytest.raises(SourceUnreadable, match=r"broken\.mp4"):
        read(broken)


def test_what_is_left_of_a_file_cut_short_is_given_before_the_error(tmp_path: Path) -> None:
    whole = clip(tmp_path / "whole.mp4", 10, gop=50, options={"preset": "ultrafast"}, container="mp4")
    from edge.stream.clip import write_clip as remux

    ring = PacketRing(60)
    for _ in FileSource("c", [whole], ManualClock(START), Sampling(60), ring, START, realtime=False).samples():
        pass
    faststart = remux(tmp_path / "fast.mp4", ring._between(START, START + timedelta(seconds=60))).path
    short = tmp_path / "short.mp4"
    short.write_bytes(faststart.read_bytes()[: int(faststart.stat().st_size * 0.6)])
    frames: list[Frame] = []
    with pytest.raises(SourceUnreadable, match=r"short\.mp4: it (is cut short|breaks off)"):
        frames.extend(source(short, interval_s=2).frames())
    assert len(frames) >= 2


def test_the_next_file_is_played_after_one_that_cannot_be(tmp_path: Path, h264: Path) -> None:
    (tmp_path / "rubbish.mp4").write_bytes(b"rubbish")
    playing = source(tmp_path / "rubbish.mp4", h264, interval_s=2)
    with pytest.raises(SourceUnreadable, match=r"rubbish\.mp4"):
        list(playing.frames())
    assert len(list(playing.frames())) == 5


def test_a_codec_that_is_not_read_is_named_with_those_that_are(tmp_path: Path) -> None:
    old = clip(tmp_path / "old.mpg", 1, codec="mpeg2video")
    with pytest.raises(CodecUnsupported, match=r"mpeg2video; read are h264, hevc"):
        read(old)


def test_sound_alone_is_no_video(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "sound.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(8000))
    with pytest.raises(SourceUnreadable, match="no video"):
        read(tmp_path / "sound.wav")


def test_a_playlist_does_not_open_other_files(tmp_path: Path, h264: Path) -> None:
    playlist = tmp_path / "list.ffconcat"
    playlist.write_text(f"ffconcat version 1.0\nfile {h264}\n")
    with pytest.raises(SourceUnreadable):
        read(playlist)


@pytest.mark.parametrize("interval_s", [0.5, 1.0, 2.0])
def test_a_size_that_changes_inside_a_stream_is_followed(tmp_path: Path, interval_s: float) -> None:
    small = clip(tmp_path / "small.ts", 4, container="mpegts")
    big = clip(tmp_path / "big.ts", 4, width=640, height=360, container="mpegts")
    joined = tmp_path / "joined.ts"
    joined.write_bytes(small.read_bytes() + big.read_bytes())
    frames = read(joined, interval_s=interval_s)
    widths = [frame.image.shape[1] for frame in frames]
    assert set(widths) == {320, 640}
    assert widths == sorted(widths)
    times = [frame.at_s for frame in frames]
    assert times == sorted(times)
    assert times[-1] == pytest.approx(8 - interval_s, abs=0.7)


def test_motion_jpeg_is_all_key_frames(tmp_path: Path) -> None:
    frames = read(clip(tmp_path / "m.avi", 4, codec="mjpeg"), interval_s=0.5)
    assert len(frames) == pytest.approx(8, abs=1)


@pytest.mark.parametrize("codec", ["msmpeg4", "msmpeg4v2"])
@pytest.mark.parametrize("interval_s", [0.2, 2.0])
def test_old_recorder_codecs_that_do_not_tell_their_size(tmp_path: Path, codec: str, interval_s: float) -> None:
    frames = read(clip(tmp_path / "old.avi", 4, codec=codec), interval_s=interval_s)
    assert len(frames) == pytest.approx(4 / interval_s, abs=1)
    assert {frame.image.shape for frame in frames} == {(180, 320, 3)}
    assert abs(frames[-1].image.astype(int).mean() - scene().astype(int).mean()) < 8


def test_a_damaged_picture_is_counted_and_passed_over(h264: Path, tmp_path: Path) -> None:
    import av

    with av.open(str(h264)) as container:
        stream = container.streams.video[0]
        key = next(p for p in container.demux(stream) if p.is_keyframe and p.pts)
        position, size = key.pos or 0, key.size
    data = bytearray(h264.read_bytes())
    data[position + size // 2 : position + size // 2 + 400] = b"\x55" * 400
    (tmp_path / "damaged.mp4").write_bytes(data)
    playing = source(tmp_path / "damaged.mp4", interval_s=2)
    assert len(list(playing.frames())) == 4
    assert playing.undecodable == 1
