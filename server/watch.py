"""The history's own round: who must be told of tasks and objections, and the day's anchor."""

from pathlib import Path

from server import anchor
from server.clock import Clock
from server.corrections import service as corrections
from server.db import Database
from server.notify import service as notify
from server.objections import service as objections


class Watch:
    """`round` is called by the sweeper, after the cases. `anchor_file` gets one line a day."""

    def __init__(self, database: Database, clock: Clock, anchor_file: Path) -> None:
        self._database, self._clock, self._file = database, clock, anchor_file

    def round(self) -> None:
        """Tell, then anchor; in transactions of their own."""
        now = self._clock.now()
        with self._database.session_scope() as session:
            corrections.sweep(session, now)
            objections.sweep(session, now)
        self._anchor()

    def _anchor(self) -> None:
        """The notice first: if the file cannot be written, the same day is tried again and told only once."""
        now = self._clock.now()
        known = anchor.read(self._file) if self._file.exists() else []
        if not anchor.is_due(known, now):
            return
        with self._database.session_scope() as session:
            taken = anchor.take(session, anchor.known_ends(known), now)
            facts = {"at": taken.at, "seq": taken.audit.number, "hash": taken.audit.hash, "cases": len(taken.cases)}
            notify.queue(session, f"anchor:{now.date()}", "role:legal", "anchor", facts, now)
        anchor.write(self._file, taken)
