"""Keep the case figures up to date between questions: a chore of the sweeper."""

from datetime import datetime, timedelta

from server.clock import Clock
from server.db import Database
from server.reports import figures

EVERY = timedelta(minutes=1)
BATCHES = 4


class FiguresChore:
    """Each minute, and again at once while there is more to do than a few batches."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._done_at: datetime | None = None

    def __call__(self) -> None:
        """Count in what changed."""
        now = self._clock.now()
        if self._done_at is not None and self._done_at <= now < self._done_at + EVERY:
            return
        for _ in range(BATCHES):
            with self._database.session_scope() as session:
                if figures.refresh(session) < figures.AT_ONCE:
                    self._done_at = now
                    return
