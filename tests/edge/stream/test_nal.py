"""Units are found whichever way a camera packs them."""

from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.stream.nal import (
    START,
    in_band_parameters,
    nal_type,
    parameter_sets,
    split_annexb,
    split_prefixed,
    starts_afresh,
    to_annexb,
    units_of,
)

# A unit never holds a start code (emulation prevention) and never ends in zero (the stop bit).
units = st.lists(
    st.binary(min_size=1, max_size=40).map(lambda b: b.replace(b"\x00", b"\x03") + b"\x80"), min_size=1, max_size=8
)


@given(units)
def test_annexb_round_trip(parts: list[bytes]) -> None:
    assert split_annexb(b"".join(START + part for part in parts)) == parts


@given(units, st.sampled_from([1, 2, 4]))
def test_prefixed_round_trip(parts: list[bytes], size: int) -> None:
    assert split_prefixed(b"".join(len(p).to_bytes(size, "big") + p for p in parts), size) == parts


@given(st.binary(max_size=200), st.sampled_from([1, 2, 4]))
def test_rubbish_never_reads_past_its_end(data: bytes, size: int) -> None:
    assert sum(len(unit) + size for unit in split_prefixed(data, size)) <= len(data)
    assert sum(len(unit) for unit in split_annexb(data)) <= len(data)


@pytest.mark.parametrize(("name", "codec", "kinds"), [("h264", "h264", [7, 8]), ("h265", "hevc", [32, 33, 34])])
def test_parameters_and_key_frames_of_real_clips(
    name: str, codec: str, kinds: list[int], request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(name)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        extradata = stream.codec_context.extradata
        packets = [p for p in container.demux(stream) if p.size]
    sets = parameter_sets(codec, extradata)
    assert [nal_type(codec, unit) for unit in sets] == kinds
    assert parameter_sets(codec, b"".join(START + unit for unit in sets)) == sets
    for packet in packets:
        data = bytes(packet)
        assert starts_afresh(codec, data, extradata) == packet.is_keyframe
        assert split_annexb(to_annexb(codec, data, extradata)) == units_of(codec, data, extradata)
    in_band = b"".join(START + unit for unit in sets) + to_annexb(codec, bytes(packets[0]), extradata)
    assert in_band_parameters(codec, in_band, None) == b"".join(START + unit for unit in sets)


def test_other_codecs_have_no_units() -> None:
    assert in_band_parameters("mjpeg", b"\xff\xd8", None) is None
    assert to_annexb("mjpeg", b"\xff\xd8", None) == b"\xff\xd8"
    assert starts_afresh("mjpeg", b"\xff\xd8", None)
