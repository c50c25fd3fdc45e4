"""The manifest of one message's evidence: what was kept, by which versions, signed, each naming the one before it.

Canonical form: JSON, UTF-8, keys sorted, no spaces, only strings, whole numbers, lists, objects, true, false and null
(for which RFC 8785 gives the same bytes). The signature is over the canonical bytes of the member `manifest`.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from edge.contracts.messages import EvidenceRef, Versions
from edge.errors import EdgeError
from edge.evidence_key import DeviceKey

FIRST = "0" * 64


class ManifestRefused(EdgeError):
    """A manifest is not what it claims to be: another form, a wrong signature, a broken chain."""

    code = "edge.manifest_refused"


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """The last manifest of this edge: its number (0: none yet) and the SHA-256 of its file."""

    number: int = 0
    sha256: str = FIRST


def canonical(value: object) -> bytes:
    """The one form that is hashed and signed. Raises ValueError for a fraction or anything that is not JSON."""
    _only_exact(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _only_exact(value: object) -> None:
    if isinstance(value, Mapping):
        for item in value.values():
            _only_exact(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _only_exact(item)
    elif isinstance(value, float):
        raise ValueError(f"{value!r}: write a fraction as whole units or as text")


def manifest(
    end: ChainEnd,
    key: DeviceKey,
    *,
    edge_id: str,
    about: Mapping[str, str],
    files: Sequence[EvidenceRef],
    versions: Versions,
    clock_offset_s: float | None,
) -> bytes:
    """The file's bytes. `about` says which episode, camera, zone and moment it belongs to."""
    body: dict[str, Any] = {
        "format": "shouwei.manifest.v1",
        "edge": edge_id,
        "number": end.number + 1,
        "previous_sha256": end.sha256,
        "about": dict(about),
        "files": [
            {
                "sha256": ref.sha256,
                "role": ref.role.value,
                "media_type": ref.media_type,
                "size_bytes": ref.size_bytes,
                "captured_at": ref.captured_at.isoformat(),
            }
            for ref in files
        ],
        "versions": versions.model_dump(mode="json"),
        "clock_offset_ms": None if clock_offset_s is None else round(clock_offset_s * 1000),
    }
    signature = {"algorithm": "Ed25519", "key_id": key.key_id, "public_key": key.public}
    return canonical({"manifest": body, "signature": {**signature, "value": key.sign(canonical(body))}})


def verify(content: bytes, key_id: str | None = None) -> dict[str, Any]:
    """The member `manifest` of a file whose signature holds. Raises ManifestRefused.

    Without `key_id` only the signature is checked, not whose key it is.
    """
    try:
        whole = json.loads(content)
        body, signature = whole["manifest"], whole["signature"]
        public = base64.b64decode(signature["public_key"], validate=True)
        if canonical(whole) != content:
            raise ManifestRefused("the manifest is not in its canonical form")
        if hashlib.sha256(public).hexdigest() != (key_id or signature["key_id"]):
            raise ManifestRefused(f"the manifest is signed with another key than {key_id or signature['key_id']}")
        Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(signature["value"]), canonical(body))
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise ManifestRefused(f"not a manifest: {type(error).__name__}: {error}") from error
    except InvalidSignature as error:
        raise ManifestRefused("the signature does not belong to these contents") from error
    return body


def verify_chain(contents: Iterable[bytes], key_id: str | None = None) -> ChainEnd:
    """The end of a run of manifests, each naming the one before. Raises ManifestRefused at the first that does not."""
    end: ChainEnd | None = None
    for content in contents:
        body = verify(content, key_id)
        if end is not None and (body["number"], body["previous_sha256"]) != (end.number + 1, end.sha256):
            raise ManifestRefused(f"manifest {body['number']} does not follow manifest {end.number}")
        end = ChainEnd(body["number"], hashlib.sha256(content).hexdigest())
    return end or ChainEnd()
