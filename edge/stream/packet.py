"""Compressed pictures as plain values, free of the container they came from."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

SUPPORTED = ("h264", "hevc", "mjpeg", "mpeg4", "msmpeg4", "msmpeg4v2", "vp8", "vp9", "av1", "libdav1d")
"""Decoders that are let near a camera's data; any other is refused by name."""
SIZELESS = ("msmpeg4", "msmpeg4v2")
"""Their packets do not say how large the picture is."""


@dataclass(frozen=True, slots=True)
class Coding:
    """How a run of packets is coded. A new value begins wherever the stream changes its codec, size or parameters.

    `extradata` is what the decoder must know beforehand (avcC, hvcC or Annex B parameter sets), or None when it
    travels with the key frames. `time_base` is the unit of pts in seconds. `size` (width, height) is what the container
    says: old codecs of recorder software do not say it themselves.
    """

    codec: str
    extradata: bytes | None
    time_base: Fraction
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CodedPicture:
    """One packet: one picture as the camera coded it. `pts` is in the coding's time base, None when not known."""

    data: bytes
    coding: Coding
    pts: int | None
    is_key: bool
    captured_at: datetime
    at_s: float
    seq: int
