"""The last seconds of a stream as the camera coded them: what a clip is cut from, before and after the fact."""

import threading
from collections import deque
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from edge.stream.clip import ClipInfo, write_clip
from edge.stream.errors import ClipUnavailable
from edge.stream.packet import CodedPicture


class PacketRing:
    """Holds at least `seconds` of pictures (by stream time) but never more than `max_bytes` of them.

    What it holds always begins with a key frame: whole groups of pictures leave at the old end. One thread adds,
    any thread cuts.
    """

    def __init__(self, seconds: float = 15.0, max_bytes: int = 16 << 20) -> None:
        self.seconds, self.max_bytes = seconds, max_bytes
        self._pictures: deque[CodedPicture] = deque()
        self._keys: deque[CodedPicture] = deque()
        self._lock = threading.Lock()
        self.size_bytes = 0

    def add(self, picture: CodedPicture) -> None:
        """Append the stream's next picture; those before the first key frame are of no use and are not kept."""
        with self._lock:
            if not self._pictures and not picture.is_key:
                return
            self._pictures.append(picture)
            self.size_bytes += len(picture.data)
            if picture.is_key:
                self._keys.append(picture)
            while self._has_more_than_needed(picture.at_s):
                self._drop_oldest_group()

    def span(self) -> tuple[datetime, datetime] | None:
        """When the first and the last picture it holds were captured; None when it is empty."""
        with self._lock:
            return (self._pictures[0].captured_at, self._pictures[-1].captured_at) if self._pictures else None

    def cut(self, from_at: datetime, to_at: datetime, path: Path) -> ClipInfo:
        """Write what was captured between two aware instants to `path` as MP4, without re-encoding.

        The clip begins with the last key frame at or before `from_at` (or the oldest there is) and ends at `to_at`,
        at the newest picture, or where the stream changed its coding. It is fsynced. Raises ClipUnavailable, DiskFull.
        """
        pictures = self._between(from_at, to_at)
        if not pictures:
            held = self.span()
            what = f"{held[0].isoformat()} to {held[1].isoformat()}" if held else "nothing"
            raise ClipUnavailable(
                path, f"no pictures from {from_at.isoformat()} to {to_at.isoformat()}; the ring holds {what}"
            )
        return write_clip(path, pictures)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pictures.clear()
            self._keys.clear()
            self.size_bytes = 0

    def _has_more_than_needed(self, newest_s: float) -> bool:
        if self.size_bytes > self.max_bytes:
            return True
        return len(self._keys) > 1 and self._keys[1].at_s <= newest_s - self.seconds

    def _drop_oldest_group(self) -> None:
        self._keys.popleft()
        while self._pictures and (not self._keys or self._pictures[0] is not self._keys[0]):
            self.size_bytes -= len(self._pictures.popleft().data)

    def _between(self, from_at: datetime, to_at: datetime) -> list[CodedPicture]:
        with self._lock:
            held = list(self._pictures)
        wanted = [i for i, picture in enumerate(held) if from_at <= picture.captured_at <= to_at]
        if not wanted:
            return []
        # The coding changes only at key frames, so this one has that of the first wanted picture.
        start = max((i for i in range(wanted[0] + 1) if held[i].is_key), default=wanted[0])
        coding = held[start].coding
        return list(takewhile(lambda picture: picture.coding == coding, held[start : wanted[-1] + 1]))
