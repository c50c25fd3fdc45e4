"""Evidence files on disk, named by their SHA-256. A file is there whole, verified and fsynced, or not at all."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO, Any
from uuid import uuid4

from server.evidence import sniff
from server.evidence.errors import BeingUploaded, DiskFull, HashMismatch, UnknownType, WrongOffset

CHUNK = 1 << 20


@dataclass(frozen=True)
class Stored:
    """A file in the store."""

    sha256: str
    media_type: str
    size_bytes: int


@dataclass
class Upload:
    """Bytes on their way in. `digest` and `head` are kept as they pass, so the file is never read again."""

    sha256: str
    path: Path
    file: IO[bytes]
    digest: Any = field(default_factory=hashlib.sha256)
    head: bytes = b""
    size_bytes: int = 0

    def write(self, chunk: bytes) -> None:
        """Append. Raises DiskFull."""
        try:
            self.file.write(chunk)
        except OSError as error:
            raise DiskFull(0) from error
        self.digest.update(chunk)
        self.size_bytes += len(chunk)
        if len(self.head) < sniff.HEAD_BYTES:
            self.head = (self.head + chunk)[: sniff.HEAD_BYTES]


class EvidenceStore:
    """`ab/cd…` under `folder`; parts of resumable uploads end in `.part`, whole uploads in `.tmp` until verified."""

    def __init__(self, folder: Path, free_disk_min_bytes: int) -> None:
        self.folder, self._free_min = folder, free_disk_min_bytes
        self._resuming: set[str] = set()
        self._lock = Lock()

    def path(self, digest: str) -> Path:
        """Where the file of that name is, or would be."""
        return self.folder / digest[:2] / digest

    def has(self, digest: str) -> bool:
        """Whether it is there."""
        return self.path(digest).is_file()

    def known(self, digest: str) -> Stored | None:
        """The file, if it is there."""
        path = self.path(digest)
        try:
            with path.open("rb") as file:
                media_type = sniff.media_type(file.read(sniff.HEAD_BYTES))
        except FileNotFoundError:
            return None
        return Stored(digest, media_type or "application/octet-stream", path.stat().st_size)

    def offset(self, digest: str) -> int:
        """How many bytes of a resumable upload are kept."""
        with suppress(OSError):
            return self._part(digest).stat().st_size
        return 0

    @contextmanager
    def receive(self, digest: str) -> Iterator[Upload]:
        """Take a whole file; what is not finished is gone. Two at once do not disturb each other."""
        path = self.path(digest).with_name(f"{digest}.{uuid4().hex}.tmp")
        self._make_room(path.parent)
        try:
            with path.open("wb") as file:
                yield Upload(digest, path, file)
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def resume(self, digest: str, sent_from: int) -> Iterator[Upload]:
        """Continue a file at `sent_from`; what is not finished stays. Raises WrongOffset or BeingUploaded."""
        with self._lock:
            if digest in self._resuming:
                raise BeingUploaded
            self._resuming.add(digest)
        try:
            path = self._part(digest)
            self._make_room(path.parent)
            with path.open("ab+") as file:
                if file.tell() != sent_from:
                    raise WrongOffset(file.tell(), sent_from)
                yield _again(digest, path, file)
        finally:
            with self._lock:
                self._resuming.discard(digest)

    def finish(self, upload: Upload, declared: str, allowed: tuple[str, ...] = sniff.ALLOWED) -> Stored:
        """Verify, fsync file and folder, give it its name. Raises HashMismatch or UnknownType, and keeps nothing."""
        try:
            found = upload.digest.hexdigest()
            if found != upload.sha256:
                raise HashMismatch(upload.sha256, found)
            media_type = sniff.media_type(upload.head)
            if media_type not in allowed or declared not in {media_type, "application/octet-stream", ""}:
                raise UnknownType(declared, media_type, allowed)
            _sync(upload.file)
            upload.path.replace(self.path(upload.sha256))
            _sync_folder(upload.path.parent)
        except BaseException:
            upload.path.unlink(missing_ok=True)
            raise
        return Stored(upload.sha256, media_type, upload.size_bytes)

    def check(self, digest: str) -> str | None:
        """What is wrong with a stored file, or None. Reads all of it."""
        path = self.path(digest)
        if not path.is_file():
            return "is missing"
        with path.open("rb") as file:
            found = _hash(file)
        return None if found == digest else f"has SHA-256 {found}"

    def remove(self, digest: str) -> bool:
        """Take a file away for good; False when it was not there. Only for `server.retention`, behind a tombstone."""
        path = self.path(digest)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        _sync_folder(path.parent)
        return True

    def _part(self, digest: str) -> Path:
        return self.path(digest).with_name(f"{digest}.part")

    def _make_room(self, folder: Path) -> None:
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                _sync_folder(folder.parent)
            free = shutil.disk_usage(folder).free
        except OSError as error:
            raise DiskFull(0) from error
        if free < self._free_min:
            raise DiskFull(free)


def _again(digest: str, path: Path, file: IO[bytes]) -> Upload:
    upload = Upload(digest, path, file)
    file.seek(0)
    while chunk := file.read(CHUNK):
        upload.digest.update(chunk)
        upload.size_bytes += len(chunk)
        upload.head = upload.head or chunk[: sniff.HEAD_BYTES]
    return upload


def _hash(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _sync(file: IO[bytes]) -> None:
    try:
        file.flush()
        os.fsync(file.fileno())
    except OSError as error:
        raise DiskFull(0) from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
