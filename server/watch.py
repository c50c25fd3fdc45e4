"""The history's own round: who must be told of tasks and objections, and the day's anchor."""

import logging
from datetime import date, datetime
from pathlib import Path

from server import anchor
from server.clock import Clock
from server.corrections import service as corrections
from server.db import Database
from server.notify import service as notify
from server.objections import service as objections

log = logging.getLogger(__name__)


class Watch:
    """`round` is called by the sweeper, after the cases. `anchor_file` gets one line a day."""

    def __init__(self, database: Database, clock: Clock, anchor_file: Path) -> None:
        self._database, self._clock, self._file = database, clock, anchor_file
        self._anchored_on: date | None = None

    def round(self) -> None:
        """Tell, then anchor; in transactions of their own."""
        now = self._clock.now()
        with self._database.session_scope() as session:
            corrections.sweep(session, now)
            objections.sweep(session, now)
        self._anchor_of(now)

    def _anchor_of(self, now: datetime) -> None:
        """The day's anchor, once. A file that cannot be read or written stops nothing else: it is logged, `shouwei
        server check` names it, and the next day tries again.
        """
        if self._anchored_on == now.date():
            return
        self._anchored_on = now.date()
        try:
            known = anchor.read(self._file) if self._file.exists() else []
            if anchor.is_due(known, now):
                self._take(known, now)
        except (OSError, anchor.AnchorUnreadable):
            log.exception("today's anchor was not written")

    def _take(self, known: list[anchor.Anchor], now: datetime) -> None:
        with self._database.session_scope() as session:
            taken = anchor.take(session, anchor.known_ends(known), now)
            anchor.write(self._file, taken)
            facts = {"at": taken.at, "seq": taken.audit.number, "hash": taken.audit.hash, "cases": len(taken.cases)}
            notify.queue(session, f"anchor:{now.date()}", "role:legal", "anchor", facts, now)
