"""A clip as RTP sees it: for each picture its units and its time, and the session description."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av

from edge.stream.nal import parameter_sets, units_of

CLOCK_HZ = 90_000
PAYLOAD_TYPE = 96


@dataclass(frozen=True)
class AccessUnit:
    """One picture: NAL units and when it is shown, in seconds from the clip's begin."""

    units: list[bytes]
    shown_s: float
    sent_s: float
    is_key: bool


@dataclass(frozen=True)
class Media:
    """A file ready to be served. Parameter sets go before every key frame, as cameras send them."""

    codec: str
    parameters: list[bytes]
    pictures: list[AccessUnit]
    seconds: float

    def sdp(self, host: str) -> str:
        """Session description (RFC 4566) with the format parameters of RFC 6184 or RFC 7798."""
        sets = [base64.b64encode(unit).decode() for unit in self.parameters]
        if self.codec == "h264":
            name, form = "H264", f"packetization-mode=1;sprop-parameter-sets={','.join(sets)}"
        else:
            vps, sps, pps = sets[:3]
            name, form = "H265", f"sprop-vps={vps};sprop-sps={sps};sprop-pps={pps}"
        return "\r\n".join(
            [
                "v=0", f"o=- 1 1 IN IP4 {host}", "s=clip", f"c=IN IP4 {host}", "t=0 0", "a=control:*",
                f"m=video 0 RTP/AVP {PAYLOAD_TYPE}", f"a=rtpmap:{PAYLOAD_TYPE} {name}/{CLOCK_HZ}",
                f"a=fmtp:{PAYLOAD_TYPE} {form}", "a=control:track0", "",
            ]
        )  # fmt: skip


def load(path: Path) -> Media:
    """Read a whole H.264 or H.265 file into memory."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        codec, extradata = stream.codec_context.name, stream.codec_context.extradata
        assert codec in ("h264", "hevc"), f"{codec} is not served"
        assert stream.time_base is not None
        packets = [p for p in container.demux(stream) if p.size and p.pts is not None and p.dts is not None]
        unit = float(stream.time_base)
        start, first = min(p.pts or 0 for p in packets), packets[0].dts or 0
        pictures = [
            AccessUnit(
                units_of(codec, bytes(p), extradata),
                ((p.pts or 0) - start) * unit,
                ((p.dts or 0) - first) * unit,
                p.is_keyframe,
            )
            for p in packets
        ]
    step = pictures[-1].sent_s / max(1, len(pictures) - 1)
    return Media(codec, parameter_sets(codec, extradata), pictures, pictures[-1].sent_s + step)


def playing(media: list[Media], loop: bool) -> Iterator[tuple[AccessUnit, list[bytes], float]]:
    """(picture, parameter sets to send before it, seconds from the begin) one file after the other, then again."""
    begin = 0.0
    while True:
        for clip in media:
            for picture in clip.pictures:
                yield picture, clip.parameters if picture.is_key else [], begin
            begin += clip.seconds
        if not loop:
            return
