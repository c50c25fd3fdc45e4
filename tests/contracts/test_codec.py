"""The codec refuses what is wrong, names every fault, and lets newer fields pass by."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.contracts.codec import MAX_BYTES, Envelope, decode, encode
from edge.contracts.errors import BadMessage, UnknownMessage
from edge.contracts.ids import uuid7
from edge.contracts.messages import CameraHealth
from edge.contracts.taxonomy import CameraState
from edge.contracts.topics import Channel, every_edge, parse, topic
from tests.contracts.examples import AT, envelopes


def event(**changes: object) -> dict[str, object]:
    return {**json.loads(encode(envelopes()[0])), **changes}


def test_unknown_fields_pass_by() -> None:
    newer = event(traceparent="00-abc", data={**event()["data"], "mood": "good"})  # type: ignore[dict-item]
    assert decode(json.dumps(newer).encode()) == envelopes()[0]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"specversion": "0.3"}, "specversion"),
        ({"id": "not-a-uuid"}, "id"),
        ({"time": "2026-11-21T10:30:05"}, "time"),  # naive: whose clock?
        ({"source": ""}, "source"),
        ({"data": []}, "data"),
        ({"data": {"kind": "alert_raised"}}, "episode_id"),
    ],
)
def test_a_bad_message_names_its_fault(changes: dict[str, object], says: str) -> None:
    with pytest.raises(BadMessage, match=says):
        decode(json.dumps(event(**changes)).encode())


def test_every_fault_is_named_at_once() -> None:
    data = {**event()["data"], "camera_id": "CAM 1", "dwell_s": -3}  # type: ignore[dict-item]
    with pytest.raises(BadMessage, match=r"camera_id.*dwell_s"):
        decode(json.dumps(event(data=data)).encode())


def test_nan_and_out_of_range_shares_are_refused() -> None:
    text = json.dumps(event()).replace('"covered_share": 0.196', '"covered_share": NaN')
    with pytest.raises(BadMessage):
        decode(text.encode())


@pytest.mark.parametrize("payload", [b"", b"null", b"[]", b"\xff\xfe", b"{", b'"text"'])
def test_what_is_not_a_cloudevent_is_bad(payload: bytes) -> None:
    with pytest.raises(BadMessage):
        decode(payload)


def test_an_unknown_type_is_not_a_bad_message() -> None:
    with pytest.raises(UnknownMessage, match=r"shouwei\.alert\.imagined"):
        decode(json.dumps(event(type="shouwei.alert.imagined.v1")).encode())


def test_a_message_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadMessage, match="bytes"):
        decode(b"x" * (MAX_BYTES + 1))


@given(
    detail=st.text(max_size=400),
    millis=st.integers(min_value=0, max_value=4_000_000_000_000),
    state=st.sampled_from(CameraState),
)
def test_encode_then_decode_gives_the_same(detail: str, millis: int, state: CameraState) -> None:
    at = datetime.fromtimestamp(millis / 1000, UTC)
    message = CameraHealth(camera_id="cam-01", state=state, since=at, detail=detail)
    envelope = Envelope(uuid7(at), "edge-01", at, message)
    assert decode(encode(envelope)) == envelope


@given(a=st.integers(0, 2**41), b=st.integers(0, 2**41))
def test_ids_sort_by_time(a: int, b: int) -> None:
    early, late = sorted((a, b))
    first = uuid7(datetime.fromtimestamp(early / 1000, UTC), random_bits=0)
    second = uuid7(datetime.fromtimestamp(late / 1000, UTC), random_bits=(1 << 74) - 1)
    assert first < second
    assert (first.version, first.variant) == (7, "specified in RFC 4122")


def test_an_id_needs_an_aware_time() -> None:
    with pytest.raises(ValueError, match="aware"):
        uuid7(AT.replace(tzinfo=None))


@pytest.mark.parametrize("channel", list(Channel))
def test_topics_are_read_as_they_are_built(channel: Channel) -> None:
    assert parse(topic("edge-01", channel)) == ("edge-01", channel)


@pytest.mark.parametrize(
    "name", ["shouwei/v1/edge-01", "shouwei/v2/edge-01/alert", "shouwei/v1/+/alert", "shouwei/v1/e/alert/x", "a/b", ""]
)
def test_other_topics_are_refused(name: str) -> None:
    with pytest.raises(BadMessage):
        parse(name)


def test_replicas_share_one_subscription() -> None:
    assert every_edge(Channel.ALERT, "ingest") == "$share/ingest-alert/shouwei/v1/+/alert"
