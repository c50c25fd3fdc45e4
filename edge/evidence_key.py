"""The device key: Ed25519, made on the first start, in a file that only this user may read."""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from edge.errors import EdgeError


class KeyRefused(EdgeError):
    """The key file is not what it must be; evidence is not signed with something else instead."""

    code = "edge.key_refused"


class DeviceKey:
    """Signs. `public` is the raw public key in base64, `key_id` the SHA-256 of those 32 bytes in hex."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.public = base64.b64encode(raw).decode()
        self.key_id = hashlib.sha256(raw).hexdigest()

    def sign(self, content: bytes) -> str:
        """The signature of `content` in base64."""
        return base64.b64encode(self._private.sign(content)).decode()


def device_key(path: Path) -> DeviceKey:
    """The key in `path`, made if there is none yet. Raises KeyRefused when others may read it or it is no key."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return DeviceKey(_make(path))
    if mode & 0o077:
        raise KeyRefused(f"{path}: others may read it (mode {mode & 0o777:o}); allowed: 600")
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise KeyRefused(f"{path}: not a private key in PEM without a password") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyRefused(f"{path}: a {type(private).__name__}; an Ed25519 key is needed")
    return DeviceKey(private)


def _make(path: Path) -> Ed25519PrivateKey:
    private = Ed25519PrivateKey.generate()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return private
