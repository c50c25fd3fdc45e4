"""Addresses of cameras may hold a password: they lie sealed in the database and are shown without it.

AES-256-GCM (NIST SP 800-38D) under a key derived from the server's own, which stands in a file outside the database.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from edge.secrets import hide

NONCE_BYTES = 12
PURPOSE = b"camera addresses"


class SealBroken(ValueError):
    """What was sealed cannot be opened: another server key, another place, or altered."""


def seal(key: bytes, address: str, about: str) -> str:
    """The address as ASCII text that only this server opens, and only as that of `about` (edge/camera, a probe)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    closed = AESGCM(_derived(key)).encrypt(nonce, address.encode(), about.encode())
    return urlsafe_b64encode(nonce + closed).decode("ascii")


def unseal(key: bytes, sealed: str, about: str) -> str:
    """The address again. Raises SealBroken."""
    try:
        content = urlsafe_b64decode(sealed.encode("ascii"))
        opened = AESGCM(_derived(key)).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], about.encode())
        return opened.decode()
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"the address of {about} cannot be opened with this server's key") from error


def shown(address: str) -> str:
    """The address as people may see it: `rtsp://***@host/…`."""
    return hide(address)


def _derived(key: bytes) -> bytes:
    return hmac.new(key, PURPOSE, sha256).digest()
