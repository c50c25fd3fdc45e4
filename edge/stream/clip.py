"""A clip from compressed pictures: remuxed into MP4, never re-encoded, on the disk when the call returns."""

import contextlib
import errno
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from edge.errors import DiskFull
from edge.stream.errors import ClipUnavailable
from edge.stream.nal import START, in_band_parameters, parameter_sets, to_annexb
from edge.stream.packet import CodedPicture

TIME_BASE = Fraction(1, 90_000)
DRIFT_S = 2.0
_RAW = {"h264": "h264", "hevc": "hevc", "mjpeg": "mjpeg", "mpeg4": "m4v"}


@dataclass(frozen=True, slots=True)
class ClipInfo:
    """What a cut clip holds. `from_at` is the key frame it begins with, which may lie before what was asked for."""

    path: Path
    from_at: datetime
    to_at: datetime
    seconds: float
    pictures: int
    size_bytes: int
    codec: str
    width: int
    height: int


def write_clip(path: Path, pictures: Sequence[CodedPicture]) -> ClipInfo:
    """Write a run of pictures of one coding, the first of them a key frame. Raises ClipUnavailable, DiskFull."""
    shown = _without_leading(pictures)
    first = shown[0]
    template = _template(path, first)
    stamps = [round((seconds + 1) * 90_000) for seconds in _seconds(shown)]
    base = min(stamps)
    with _file_faults_named(path):
        with template, av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
            source = template.streams.video[0]
            width, height = source.codec_context.width, source.codec_context.height
            stream = out.add_stream_from_template(source)
            for picture, pts, dts in zip(shown, stamps, _decoding_times(stamps), strict=True):
                packet = av.Packet(to_annexb(picture.coding.codec, picture.data, picture.coding.extradata))
                packet.stream, packet.time_base = stream, TIME_BASE
                packet.pts, packet.dts, packet.is_keyframe = pts - base, dts - base, picture.is_key
                out.mux(packet)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    seconds = (max(stamps) - base) / 90_000
    codec, size = first.coding.codec, path.stat().st_size
    return ClipInfo(path, first.captured_at, shown[-1].captured_at, seconds, len(shown), size, codec, width, height)


def _without_leading(pictures: Sequence[CodedPicture]) -> list[CodedPicture]:
    """Without those that are shown before the first key frame although coded after it: they need what was cut off."""
    key = pictures[0]
    if key.pts is None:
        return list(pictures)
    kept: list[CodedPicture] = [key]
    leading = True
    for picture in pictures[1:]:
        leading = leading and not picture.is_key and picture.at_s - key.at_s < DRIFT_S
        if not (leading and picture.pts is not None and picture.pts < key.pts):
            kept.append(picture)
    return kept


def _seconds(pictures: Sequence[CodedPicture]) -> list[float]:
    """When each picture is shown: by its pts, re-anchored to arrival where the camera's own count jumps."""
    times: list[float] = []
    offset: float | None = None
    for picture in pictures:
        arrived = picture.at_s - pictures[0].at_s
        if picture.pts is None:
            times.append(arrived)
            continue
        own = float(picture.pts * picture.coding.time_base)
        if offset is None or abs(own + offset - arrived) > DRIFT_S:
            offset = arrived - own
        times.append(own + offset)
    return times


def _decoding_times(stamps: Sequence[int]) -> list[int]:
    """Strictly rising times no later than the pts of their picture: the sorted pts, moved back by the reordering."""
    rising: list[int] = []
    for stamp in sorted(stamps):
        rising.append(stamp if not rising or stamp > rising[-1] else rising[-1] + 1)
    back = max(0, *(dts - pts for dts, pts in zip(rising, stamps, strict=True))) if stamps else 0
    return [dts - back for dts in rising]


def _template(path: Path, key: CodedPicture) -> InputContainer:
    """A stream description read from the key frame itself, so that no open camera is needed to write a clip."""
    coding = key.coding
    raw = _RAW.get(coding.codec)
    if raw is None:
        raise ClipUnavailable(path, f"clips of {coding.codec} are not written, only of {', '.join(_RAW)}")
    data = to_annexb(coding.codec, key.data, coding.extradata)
    if in_band_parameters(coding.codec, data, None) is None:
        data = b"".join(START + unit for unit in parameter_sets(coding.codec, coding.extradata)) + data
    try:
        container = av.open(io.BytesIO(data), "r", format=raw)
    except FFmpegError as error:
        raise ClipUnavailable(path, f"its key frame cannot be read: {error.strerror}") from error
    stream = container.streams.video[0] if container.streams.video else None
    if not isinstance(stream, VideoStream) or not stream.codec_context.width:
        container.close()
        raise ClipUnavailable(path, "its key frame lacks the parameters of the picture")
    return container


@contextlib.contextmanager
def _file_faults_named(path: Path) -> Iterator[None]:
    """A clip is whole or not there at all."""
    try:
        yield
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(path, "no space left for a clip") from error
        if isinstance(error, FFmpegError):
            raise ClipUnavailable(path, f"it cannot be written: {error.strerror}") from error
        raise
