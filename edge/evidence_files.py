"""Evidence files named by their content: `<root>/aa/<sha256>`. A name that exists is whole and on the disk.

Writing order: a temporary file that nobody else can open, fsync of the file, rename, fsync of the folder. Only
then may a row speak of it (the caller commits it after `put` returns).
"""

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from edge.errors import DiskFull

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
RESERVE_BYTES = 64 << 20


@dataclass(frozen=True)
class Fault:
    """One thing that `check` found: `missing`, `damaged` (bytes do not hash to the name) or `stray` (no row)."""

    kind: str
    path: Path


class EvidenceFiles:
    """The folder of content-addressed files. Safe to use from several threads and after any crash.

    The last `reserve_bytes` of the disk are left to the outbox: if evidence took them, no ack could be written down
    any more, so nothing would ever be released and the disk would stay full.
    """

    def __init__(self, root: Path, reserve_bytes: int = RESERVE_BYTES) -> None:
        self.root, self._reserve_bytes = root, reserve_bytes
        root.mkdir(parents=True, exist_ok=True)
        _sync_folder(root.parent)

    def path(self, sha256: str) -> Path:
        """Where the file of that hash is or would be."""
        return self.root / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keep `content`; returns its SHA-256 in hex. Raises DiskFull; then nothing was kept."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        if self._is_whole(target, len(content)):
            return sha256
        temporary = self._new_temporary()
        self._leave_room(temporary, len(content))
        try:
            with _disk_full_named(temporary):
                descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                self._settle(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return sha256

    def new_file(self) -> Path:
        """A path for another program to write to (a clip); hand it to `adopt`. It does not exist yet."""
        return self._new_temporary()

    def adopt(self, temporary: Path) -> tuple[str, int]:
        """Take over a finished file from `new_file`: (SHA-256, size in bytes). Raises DiskFull; then it is gone."""
        try:
            self._leave_room(temporary, 0)
        except DiskFull:
            temporary.unlink()
            raise
        with _disk_full_named(temporary):
            with temporary.open("rb+") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.seek(0, os.SEEK_END)
                os.fsync(file.fileno())
            temporary.chmod(0o600)
            self._settle(temporary, self.path(sha256))
        return sha256, size

    def delete(self, sha256: str) -> None:
        """Forget the bytes; no error if they are gone already. Whether it may be deleted is the store's to say."""
        target = self.path(sha256)
        if target.exists():
            target.unlink()
            _sync_folder(target.parent)

    def recover(self, named: Collection[str]) -> int:
        """Remove what a crash left: unfinished files and files that no row names. Call it before the first `put`."""
        strays = [*self._temporaries(), *(path for path in self.root.glob("??/*") if path.name not in named)]
        for stray in strays:
            stray.unlink(missing_ok=True)
        return len(strays)

    def free_bytes(self) -> int:
        """Space left on the disk for ordinary users."""
        stat = os.statvfs(self.root)
        return stat.f_bavail * stat.f_frsize

    def check(self, expected: Iterable[str]) -> list[Fault]:
        """Every fault: an expected file that is not there, bytes that are not their name, files nobody expects."""
        named = set(expected)
        faults = [Fault("missing", self.path(sha256)) for sha256 in sorted(named) if not self.path(sha256).exists()]
        for path in sorted(self.root.glob("??/*")):
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != path.name:
                    faults.append(Fault("damaged", path))
                elif path.name not in named:
                    faults.append(Fault("stray", path))
        return faults + [Fault("stray", path) for path in self._temporaries()]

    def _temporaries(self) -> Iterator[Path]:
        return self.root.glob(".new-*")

    def _new_temporary(self) -> Path:
        return self.root / f".new-{secrets.token_hex(8)}"

    def _leave_room(self, path: Path, size: int) -> None:
        if self.free_bytes() - size < self._reserve_bytes:
            raise DiskFull(path, f"less than {self._reserve_bytes >> 20} MB would be left, which the outbox needs")

    def _is_whole(self, target: Path, size: int) -> bool:
        # A rename puts only fsynced files here, so the size is enough to tell a file damaged from outside.
        try:
            return target.stat().st_size == size
        except FileNotFoundError:
            return False

    def _settle(self, temporary: Path, target: Path) -> None:
        fresh = not target.parent.exists()
        target.parent.mkdir(exist_ok=True)
        temporary.rename(target)
        _sync_folder(target.parent)
        if fresh:
            _sync_folder(self.root)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _disk_full_named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(path, "no space left for evidence") from error
        raise
