"""The server's own key, and digests that nobody can make without it.

A plain hash of an ID number can be turned back by trying every number there is (there are too few); one under a secret
key (HMAC-SHA-256, RFC 2104) can not. The key stands in a file of its own, never in the database or its backup.
"""

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

KEY_BYTES = 32


class KeyFileInvalid(OSError):
    """The key file holds something else than a key."""


def load_or_make(file: Path) -> bytes:
    """The key in `file` (64 hex characters); made with mode 0600 when there is none.

    Raises KeyFileInvalid for another content: a new key would make every digest on file worthless, so none is made.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        _make(file)
    return _read(file)


def _make(file: Path) -> None:
    """The file appears whole or not at all, and of several who start at once the first one's key is everyone's."""
    handle, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(KEY_BYTES) + "\n")
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        os.unlink(name)


def keyed_digest(key: bytes, text: str) -> str:
    """HMAC-SHA-256 of the text under the server's key, as 64 hex characters. Compare with `hmac.compare_digest`."""
    return hmac.new(key, text.encode("utf-8"), sha256).hexdigest()


def _read(file: Path) -> bytes:
    text = file.read_bytes().strip()
    try:
        key = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFileInvalid(f"{file}: holds no key of {KEY_BYTES * 2} hex characters; put back the file from a backup")
    return key
