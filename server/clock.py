"""Where the server's time comes from. Always aware UTC."""

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time."""

    def now(self) -> datetime:
        """The aware UTC instant."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The aware UTC instant."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that moves only when told to; safe to share between threads. For tests and for the demo."""

    def __init__(self, start: datetime) -> None:
        self._lock = Lock()
        self._now = _utc(start)

    def now(self) -> datetime:
        """The instant it was last set to."""
        with self._lock:
            return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move forward (or back, as clocks do) and tell the new time."""
        with self._lock:
            self._now += by
            return self._now

    def set(self, to: datetime) -> None:
        """Jump to an aware instant."""
        with self._lock:
            self._now = _utc(to)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a clock needs an aware time")
    return at.astimezone(UTC)
