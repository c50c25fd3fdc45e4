"""From an open container to coded pictures: the one place that reads packets."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import cast

from av import Packet
from av.container import InputContainer
from av.video.stream import VideoStream

from edge.errors import SourceUnreadable
from edge.stream.decode import check_codec
from edge.stream.nal import in_band_parameters
from edge.stream.packet import SIZELESS, CodedPicture, Coding

Stamp = Callable[[Packet], tuple[datetime, float]]
"""When a packet's picture was captured: aware UTC, and stream seconds."""


def video_stream(container: InputContainer, where: str) -> VideoStream:
    """The container's first video stream. Raises SourceUnreadable or CodecUnsupported."""
    if not container.streams.video:
        raise SourceUnreadable(where, "it holds no video")
    stream = container.streams.video[0]
    # A stream of which no decoder is built in has no codec context, whatever its declared type says.
    context = cast("object | None", stream.codec_context)
    check_codec(getattr(context, "name", None), where)
    return stream


def coded_pictures(
    container: InputContainer, stream: VideoStream, stamp: Stamp, first_seq: int = 0
) -> Iterator[CodedPicture]:
    """Every picture of the stream in coding order. Ends where the container ends; FFmpeg's errors pass through."""
    assert stream.time_base is not None
    context = stream.codec_context
    size = (context.width, context.height) if context.name in SIZELESS else None
    coding = Coding(context.name, context.extradata, stream.time_base, size)
    seq = first_seq
    for packet in container.demux(stream):
        if not packet.size:
            continue
        data = bytes(packet)
        if packet.is_keyframe:
            coding = _coding_of(packet, data, coding)
        captured_at, at_s = stamp(packet)
        yield CodedPicture(data, coding, packet.pts, packet.is_keyframe, captured_at, at_s, seq)
        seq += 1


def _coding_of(packet: Packet, data: bytes, coding: Coding) -> Coding:
    """The coding that holds from this key frame on: its own parameters when it brings some."""
    extradata = coding.extradata
    if packet.has_sidedata("new_extradata"):
        extradata = bytes(packet.get_sidedata("new_extradata"))
    elif (own := in_band_parameters(coding.codec, data, extradata)) is not None and not _is_prefixed(extradata):
        extradata = own
    return coding if extradata == coding.extradata else replace(coding, extradata=extradata)


def _is_prefixed(extradata: bytes | None) -> bool:
    return bool(extradata) and extradata[0] == 1  # type: ignore[index]  # avcC and hvcC begin with their version, 1
