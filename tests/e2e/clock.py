"""The machine's clock, some time away: a past can be lived through quickly; from then on time runs as it does."""

from datetime import UTC, datetime, timedelta
from threading import Lock


class ShiftedClock:
    """`by` is how far it is from the machine's clock; negative: it lives in the past."""

    def __init__(self, by: timedelta) -> None:
        self._lock = Lock()
        self._by = by

    def now(self) -> datetime:
        """The aware UTC instant."""
        with self._lock:
            return datetime.now(UTC) + self._by

    def advance(self, by: timedelta) -> datetime:
        """Jump forward, at most to the present, and tell the new time."""
        with self._lock:
            self._by = min(timedelta(0), self._by + by)
        return self.now()
