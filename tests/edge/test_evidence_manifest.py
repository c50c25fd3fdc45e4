"""A manifest proves what was kept, by whom, and that none before it is missing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.contracts.messages import EvidenceRef, Versions
from edge.contracts.taxonomy import EvidenceRole
from edge.evidence_key import DeviceKey, KeyRefused, device_key
from edge.evidence_manifest import ChainEnd, ManifestRefused, canonical, manifest, verify, verify_chain
from tests.fakes.messages import START

VERSIONS = Versions(edge="0.1.0", model="m/1", model_sha256="0" * 64, config="0" * 64, violation=1, permits=["p@2"])
FILE = EvidenceRef(
    sha256="a" * 64, media_type="image/jpeg", role=EvidenceRole.WIDE_SHOWN, size_bytes=7, captured_at=START
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def key(tmp_path: Path) -> DeviceKey:
    return device_key(tmp_path / "device.key")


def made(key: DeviceKey, end: ChainEnd = ChainEnd()) -> bytes:
    return manifest(
        end, key, edge_id="edge-1", about={"zone": "前"}, files=[FILE], versions=VERSIONS, clock_offset_s=-0.0421
    )


def test_it_says_what_was_kept_and_verifies(key: DeviceKey) -> None:
    body = verify(made(key), key.key_id)
    assert body["files"][0]["sha256"] == "a" * 64
    assert (body["number"], body["previous_sha256"]) == (1, "0" * 64)
    assert body["clock_offset_ms"] == -42
    assert body["versions"]["permits"] == ["p@2"]


def _changed(content: bytes) -> bytes:
    return content.replace(b"a" * 64, b"b" * 64)


def _reordered(content: bytes) -> bytes:
    return json.dumps(json.loads(content)).encode()


def _not_json(content: bytes) -> bytes:
    return content[:-3]


def _without_signature(content: bytes) -> bytes:
    return canonical({"manifest": json.loads(content)["manifest"]})


@pytest.mark.parametrize("tamper", [_changed, _reordered, _not_json, _without_signature])
def test_whatever_is_changed_is_noticed(key: DeviceKey, tamper: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ManifestRefused):
        verify(tamper(made(key)))


def test_another_devices_signature_is_noticed(key: DeviceKey, tmp_path: Path) -> None:
    other = device_key(tmp_path / "other.key")
    with pytest.raises(ManifestRefused, match="another key"):
        verify(made(other), key.key_id)


def chain(key: DeviceKey, length: int) -> list[bytes]:
    found: list[bytes] = []
    for _ in range(length):
        found.append(made(key, verify_chain(found)))
    return found


def test_a_chain_verifies_to_its_end(key: DeviceKey) -> None:
    assert verify_chain(chain(key, 4), key.key_id).number == 4


@pytest.mark.parametrize("without", [1, 2])
def test_a_missing_link_is_noticed(key: DeviceKey, without: int) -> None:
    links = chain(key, 4)
    del links[without]
    with pytest.raises(ManifestRefused, match="does not follow"):
        verify_chain(links)


@given(json_values)
def test_the_canonical_form_is_stable_and_reads_back(value: object) -> None:
    content = canonical(value)
    assert json.loads(content) == value
    assert canonical(json.loads(content)) == content


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, float("nan")])
def test_a_fraction_has_no_canonical_form(value: object) -> None:
    with pytest.raises(ValueError, match="fraction"):
        canonical(value)


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "device.key"
    assert device_key(path).key_id == device_key(path).key_id
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "device.key"
    device_key(path)
    path.chmod(0o644)
    with pytest.raises(KeyRefused, match="644"):
        device_key(path)


@pytest.mark.parametrize(
    "content", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "device.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyRefused):
        device_key(path)
