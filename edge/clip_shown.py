"""A small blurred copy of a clip, which people may see without giving a reason: VP8 in WebM, a few pictures a second.

Each picture is looked at and blurred by itself, as the shown pictures are (`edge.blur`).
"""

import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from edge.blur import blurred
from edge.errors import EdgeError
from edge.stream.decode import check_codec
from edge.stream.frame import Image
from edge.vision.perceive import Perceiver

MEDIA_TYPE = "video/webm"
PER_S = 3
WIDTH = 640
MAX_PICTURES = 45
BIT_RATE = 400_000


class ClipNotShown(EdgeError):
    """No blurred copy can be made of a clip."""

    code = "edge.clip_not_shown"


@dataclass(frozen=True, slots=True)
class ShownClip:
    """The WebM file's bytes, and how many pictures it has."""

    content: bytes
    pictures: int


def shown_clip(path: Path, perceiver: Perceiver, is_over: Callable[[], bool] = lambda: False) -> ShownClip:
    """The blurred copy of the clip in `path`: its last pictures when it is long. Raises ClipNotShown.

    Runs in the calling thread alone; a second of it is worth about `PER_S` looks of the models. Between two pictures it
    gives up when `is_over` says so.
    """
    out = io.BytesIO()
    count = 0
    try:
        with av.open(out, "w", format="webm") as container:
            stream: VideoStream | None = None
            for image in _small(path):
                if is_over():
                    raise ClipNotShown(f"{path.name}: the edge stops")
                seen = perceiver.see(image)
                picture = blurred(image, seen.scene, seen.found)
                if stream is None:
                    stream = _stream(container, picture)
                frame = VideoFrame.from_ndarray(picture, format="bgr24")
                frame.pts, frame.time_base = count, Fraction(1, PER_S)
                container.mux(stream.encode(frame))
                count += 1
            if stream is not None:
                container.mux(stream.encode(None))
    except FFmpegError as error:
        raise ClipNotShown(f"{path.name}: {error.strerror}") from error
    if count == 0:
        raise ClipNotShown(f"{path.name}: it holds no pictures")
    return ShownClip(out.getvalue(), count)


def _stream(container: OutputContainer, picture: Image) -> VideoStream:
    stream = container.add_stream("libvpx", rate=PER_S, options={"deadline": "realtime", "cpu-used": "8"})
    assert isinstance(stream, VideoStream)
    stream.height, stream.width = picture.shape[:2]
    stream.pix_fmt, stream.bit_rate, stream.thread_count = "yuv420p", BIT_RATE, 1
    stream.codec_context.time_base = Fraction(1, PER_S)
    return stream


def _small(path: Path) -> Iterator[Image]:
    """Its pictures at `PER_S`, at most `WIDTH` wide with even sides; the newest `MAX_PICTURES` of them."""
    with contextlib.ExitStack() as opened:
        container = opened.enter_context(av.open(str(path), "r", options={"protocol_whitelist": "file"}))
        if not container.streams.video:
            raise ClipNotShown(f"{path.name}: it holds no video")
        stream = container.streams.video[0]
        check_codec(stream.codec_context.name, path.name)
        stream.thread_type, stream.thread_count = "NONE", 1
        length_s = float((stream.duration or 0) * (stream.time_base or 0))
        due_s = max(0.0, length_s - MAX_PICTURES / PER_S)
        for frame in container.decode(stream):
            at_s = frame.time or 0.0
            if at_s + 1e-6 >= due_s and not frame.is_corrupt:
                due_s = max(due_s + 1 / PER_S, at_s)
                yield _scaled(frame)


def _scaled(frame: VideoFrame) -> Image:
    scale = min(1.0, WIDTH / frame.width)
    width, height = (max(2, round(side * scale) // 2 * 2) for side in (frame.width, frame.height))
    image = frame.reformat(width=width, height=height, format="bgr24").to_ndarray()
    return np.ascontiguousarray(image, np.uint8)
