"""The newest still of each camera, one file each: a line of JSON, then the JPEG. Replaced as a whole, never half.

Files and not rows: a watched camera brings one each second, and all processes of a server see the same folder.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

KEPT = timedelta(hours=24)
"""A still older than this says nothing about the camera any more: it is not shown, and deleted."""


@dataclass(frozen=True, slots=True)
class About:
    """A still without its picture. `etag` names the bytes; `captured_at` is the camera's time, `received_at` ours."""

    edge_id: str
    camera_id: str
    captured_at: datetime
    received_at: datetime
    etag: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A still with its JPEG bytes."""

    about: About
    content: bytes


class StillStore:
    """Under `folder`, by edge and camera. Ids are names of the contract: no dots, no slashes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, edge_id: str, camera_id: str, captured_at: datetime, content: bytes, now: datetime) -> About:
        """Keep this one instead of the one before."""
        etag = hashlib.sha256(content).hexdigest()[:32]
        about = About(edge_id, camera_id, captured_at, now, etag, len(content))
        head = {"captured_at": captured_at.isoformat(), "received_at": now.isoformat(), "etag": etag}
        file = self._file(edge_id, camera_id)
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{camera_id}.{uuid4().hex}")
        try:
            fresh.write_bytes(json.dumps(head).encode() + b"\n" + content)
            os.replace(fresh, file)
        finally:
            fresh.unlink(missing_ok=True)
        return about

    def get(self, edge_id: str, camera_id: str, now: datetime) -> Kept | None:
        """The newest still; None when there is none, or none of the last day."""
        try:
            head, _, content = self._file(edge_id, camera_id).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        about = _about(edge_id, camera_id, head, len(content))
        return None if now - about.received_at > KEPT else Kept(about, content)

    def about(self, edge_id: str, camera_id: str, now: datetime) -> About | None:
        """The same without its picture."""
        file = self._file(edge_id, camera_id)
        try:
            with file.open("rb") as opened:
                head = opened.readline()
                size = os.fstat(opened.fileno()).st_size - len(head)
        except FileNotFoundError:
            return None
        about = _about(edge_id, camera_id, head, size)
        return None if now - about.received_at > KEPT else about

    def mark(self, edge_id: str, camera_id: str) -> int:
        """Another number for each still of a camera; 0 for none. Cheap: asked several times a second."""
        try:
            found = self._file(edge_id, camera_id).stat()
        except FileNotFoundError:
            return 0
        return found.st_mtime_ns ^ found.st_ino

    def sweep(self, now: datetime) -> int:
        """Delete what is too old to be shown; how many."""
        gone = 0
        for file in self._folder.glob("*/*.still"):
            if now.timestamp() - file.stat().st_mtime > KEPT.total_seconds():
                file.unlink(missing_ok=True)
                gone += 1
        return gone

    def _file(self, edge_id: str, camera_id: str) -> Path:
        return self._folder / edge_id / f"{camera_id}.still"


def _about(edge_id: str, camera_id: str, head: bytes, size: int) -> About:
    told = json.loads(head)
    captured, received = (datetime.fromisoformat(told[name]) for name in ("captured_at", "received_at"))
    return About(edge_id, camera_id, captured, received, told["etag"], size)
