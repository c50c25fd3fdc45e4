"""`shouwei server check`: is what lies in the database and on the disk whole, and is nothing left lying? Reads only."""

from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from server import migrate
from server.checks import anchors, files, protection, records, work
from server.checks.finding import Finding, finding
from server.clock import Clock
from server.config import ServerSettings
from server.db import Database
from server.documents import soundness
from server.evidence.store import EvidenceStore

__all__ = ["Finding", "check"]
ANCHORS = "anchors.jsonl"
"""In the data folder."""
Progress = Callable[[int, int], None]


def check(
    settings: ServerSettings,
    database: Database,
    clock: Clock,
    progress: Progress = lambda _done, _all: None,
    anchor: Path | None = None,
) -> Iterator[Finding]:
    """Each finding as it is made; with the schema not at head, only that one. `progress` counts evidence files.

    `anchor` is a copy of the anchor file that was kept elsewhere: what it names must still be there. Without one, the
    server's own file is used, which whoever changed the database may have changed too.
    """
    try:
        found = migrate.current(database)
    except SQLAlchemyError as error:
        yield finding("schema", 1, [f"the database does not answer: {error}"])
        return
    behind = [] if found == migrate.head() else [f"is at {found or 'no version'}, head is {migrate.head()}"]
    yield finding("schema", 1, behind)
    if behind:
        return
    store = EvidenceStore(settings.evidence_dir, 0)
    with database.session_scope(write=False) as session:
        yield protection.triggers(session)
        yield from records.all_of(session)
        yield from work.all_of(session, clock.now())
        yield from files.all_of(session, store, progress)
        yield finding("documents", *soundness.faults(session, store))
        kept = anchor or settings.data_dir / ANCHORS
        if anchor is not None or kept.exists():
            yield anchors.held(session, kept)
