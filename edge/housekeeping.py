"""Deletes evidence that the server has for certain, when it is old or the disk is short. Held evidence always stays."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from edge.clock import Clock
from edge.evidence_files import EvidenceFiles, Fault
from edge.store import EdgeStore

log = logging.getLogger(__name__)
EVERY_S = 300.0


@dataclass(frozen=True)
class Retention:
    """Acked files are kept for `keep`; below `min_free_bytes` of free disk they go at once, oldest first."""

    keep: timedelta = timedelta(days=7)
    min_free_bytes: int = 500_000_000


class Housekeeping:
    """`tend` is called often and does something now and then. `lock`: no evidence is being captured meanwhile."""

    def __init__(
        self, store: EdgeStore, files: EvidenceFiles, clock: Clock, retention: Retention = Retention()
    ) -> None:
        self._store, self._files, self._clock, self._retention = store, files, clock, retention
        self._due_s = 0.0

    def tend(self, *, disk_is_full: bool) -> None:
        """Sweep when it is time, or at once when the disk is full."""
        if disk_is_full or self._clock.monotonic() >= self._due_s:
            self._due_s = self._clock.monotonic() + EVERY_S
            self.sweep()

    def sweep(self) -> int:
        """Delete what may go; how many files that were."""
        now = self._clock.now()
        gone = self._delete(self._store.releasable(now - self._retention.keep))
        while self._files.free_bytes() < self._retention.min_free_bytes:
            more = self._delete(self._store.releasable(now, limit=20))
            if not more:
                break
            gone += more
        if gone:
            log.info("%d evidence file(s) that the server has were deleted here", gone)
        return gone

    def _delete(self, hashes: list[str]) -> int:
        # The row first: a crash in between leaves a file that no row names, which the next start sweeps up.
        self._store.released(hashes)
        gone = [sha256 for sha256 in hashes if not self._store.is_held(sha256)]
        for sha256 in gone:
            self._files.delete(sha256)
        return len(gone)


def check(store: EdgeStore, files: EvidenceFiles) -> list[Fault]:
    """Every difference between the rows and the disk."""
    return files.check(store.held())
