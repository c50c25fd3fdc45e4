"""Run inside a tiny disk: fill it with evidence until nothing more fits, free some, go on. Prints JSON."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

from edge.clock import ManualClock
from edge.contracts.codec import Envelope
from edge.errors import DiskFull
from edge.evidence_files import EvidenceFiles
from edge.housekeeping import Housekeeping, Retention, check
from edge.store import EdgeStore
from tests.fakes.messages import START, alert, at

PICTURE_BYTES = 60_000
RESERVE_BYTES = 6_000_000


def keep(store: EdgeStore, files: EvidenceFiles, number: int) -> Envelope:
    """One alert with one picture of its own."""
    sha256 = files.put(os.urandom(PICTURE_BYTES))
    envelope = alert(number, sha256)
    store.commit([envelope])
    return envelope


def main() -> None:
    folder = Path(sys.argv[1])
    store, files = EdgeStore(folder / "store.db"), EvidenceFiles(folder / "evidence", RESERVE_BYTES)
    kept: list[Envelope] = []
    refusals = 0
    while refusals < 3:
        try:
            kept.append(keep(store, files, len(kept)))
        except DiskFull:
            refusals += 1
    store.close()
    store = EdgeStore(folder / "store.db")  # a restart on the full disk
    swept = files.recover(store.held())
    waiting = {row.id for row in store.waiting([], 10_000)} | _blocked(store)
    full = {
        "kept": len(kept),
        "waiting": len(waiting & {e.id for e in kept}),
        "faults": [fault.kind for fault in check(store, files)],
        "swept": swept,
    }
    half = kept[: len(kept) // 2]
    hashes = [e.message.evidence[0].sha256 for e in half]  # type: ignore[attr-defined]
    store.uploaded(hashes, START)
    store.forget([e.id for e in half])
    Housekeeping(store, files, ManualClock(at(60)), Retention(timedelta(days=7), 10**12)).sweep()
    after = [keep(store, files, 1000 + number) for number in range(5)]
    left = {row[0] for row in store._db.execute("SELECT id FROM outbox")}
    store.close()
    print(
        json.dumps(
            full
            | {
                "after": len(after),
                "left": left == {str(e.id) for e in (*kept[len(half) :], *after)},
                "faults_after": [fault.kind for fault in check(EdgeStore(folder / "store.db"), files)],
            }
        )
    )


def _blocked(store: EdgeStore) -> set[object]:
    from uuid import UUID

    return {UUID(row[0]) for row in store._db.execute("SELECT id FROM outbox")}


if __name__ == "__main__":
    main()
