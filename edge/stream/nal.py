"""H.264 and H.265 network abstraction layer units: where they begin and which carry parameters.

Annex B is ITU-T H.264 / H.265 Annex B (start codes); avcC and hvcC are ISO/IEC 14496-15 §5.3.3 and §8.3.3.
"""

import re
from collections.abc import Iterator

START = b"\x00\x00\x00\x01"
_START_CODE = re.compile(b"\x00\x00\x01")
_PARAMETERS = {"h264": {7, 8}, "hevc": {32, 33, 34}}
_KEY = {"h264": {5}, "hevc": set(range(16, 24))}


def nal_type(codec: str, unit: bytes) -> int:
    """nal_unit_type of one unit (H.264 §7.3.1, H.265 §7.3.1.2); -1 for an empty one."""
    if not unit:
        return -1
    return unit[0] & 0x1F if codec == "h264" else (unit[0] >> 1) & 0x3F


def split_annexb(data: bytes) -> list[bytes]:
    """The units between start codes, trailing zeros removed."""
    starts = [match.end() for match in _START_CODE.finditer(data)]
    ends = [*(start - 3 for start in starts[1:]), len(data)]
    return [unit for start, end in zip(starts, ends, strict=False) if (unit := data[start:end].rstrip(b"\x00"))]


def split_prefixed(data: bytes, length_size: int) -> list[bytes]:
    """The units of a packet in which each is preceded by its length. A length past the end ends the list."""
    units: list[bytes] = []
    at = 0
    while at + length_size <= len(data):
        size = int.from_bytes(data[at : at + length_size], "big")
        at += length_size
        if size == 0 or at + size > len(data):
            break
        units.append(data[at : at + size])
        at += size
    return units


def length_size(codec: str, extradata: bytes | None) -> int | None:
    """Bytes of the length before each unit, or None when packets are in Annex B."""
    if extradata is None or len(extradata) < 7 or extradata[0] != 1:
        return None
    if codec == "h264":
        return (extradata[4] & 3) + 1
    return (extradata[21] & 3) + 1 if codec == "hevc" and len(extradata) > 22 else None


def parameter_sets(codec: str, extradata: bytes | None) -> list[bytes]:
    """The parameter set units that stand in the extradata, whichever form it has."""
    if not extradata or codec not in _PARAMETERS:
        return []
    if length_size(codec, extradata) is None:
        units = split_annexb(extradata)
    else:
        units = list(_avcc(extradata) if codec == "h264" else _hvcc(extradata))
    return [unit for unit in units if nal_type(codec, unit) in _PARAMETERS[codec]]


def units_of(codec: str, data: bytes, extradata: bytes | None) -> list[bytes]:
    """The units of one packet."""
    size = length_size(codec, extradata)
    return split_annexb(data) if size is None else split_prefixed(data, size)


def to_annexb(codec: str, data: bytes, extradata: bytes | None) -> bytes:
    """The packet in Annex B; unchanged when it is already, or when the codec has no such units."""
    if codec not in _PARAMETERS or length_size(codec, extradata) is None:
        return data
    return b"".join(START + unit for unit in units_of(codec, data, extradata))


def in_band_parameters(codec: str, data: bytes, extradata: bytes | None) -> bytes | None:
    """Annex B parameter sets that travel inside this packet, or None when there are none."""
    if codec not in _PARAMETERS:
        return None
    found = [u for u in units_of(codec, data, extradata) if nal_type(codec, u) in _PARAMETERS[codec]]
    return b"".join(START + unit for unit in found) or None


def starts_afresh(codec: str, data: bytes, extradata: bytes | None) -> bool:
    """Whether the packet holds a picture that needs no other (IDR, or IRAP in H.265)."""
    if codec not in _KEY:
        return True
    return any(nal_type(codec, unit) in _KEY[codec] for unit in units_of(codec, data, extradata))


def _avcc(extradata: bytes) -> Iterator[bytes]:
    at = 5
    for mask in (0x1F, 0xFF):
        if at >= len(extradata):
            return
        count, at = extradata[at] & mask, at + 1
        for _ in range(count):
            size = int.from_bytes(extradata[at : at + 2], "big")
            yield extradata[at + 2 : at + 2 + size]
            at += 2 + size


def _hvcc(extradata: bytes) -> Iterator[bytes]:
    at = 23
    for _ in range(extradata[22]):
        count = int.from_bytes(extradata[at + 1 : at + 3], "big")
        at += 3
        for _ in range(count):
            size = int.from_bytes(extradata[at : at + 2], "big")
            yield extradata[at + 2 : at + 2 + size]
            at += 2 + size
