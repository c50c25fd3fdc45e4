"""Time as a value. Inside the process only the monotonic clock counts; wall time is what a value is stamped with."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

log = logging.getLogger(__name__)


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> datetime:
        """Aware UTC wall time."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow; the zero has no meaning."""
        ...

    def wait(self, stop: threading.Event, seconds: float) -> bool:
        """Let `seconds` pass or until `stop` is set; whether it is set."""
        ...


class SystemClock:
    """Wall time that runs with the monotonic clock and follows the machine's wall clock.

    A difference of up to `step_s` (NTP's slow correction) is taken over at no more than `slew` seconds a second, so
    `now()` does not run backwards. A larger one (a clock set by hand, a box without a battery) is a step: it is
    taken over at once, counted in `steps` and logged, and whoever measures a duration by wall time sees a gap.
    """

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        step_s: float = 2.0,
        slew: float = 0.05,
    ) -> None:
        self._wall, self._monotonic, self._step_s, self._slew = wall, monotonic, step_s, slew
        self._anchor_wall, self._anchor = wall(), monotonic()
        self._lock = threading.Lock()
        self.steps = 0

    def now(self) -> datetime:
        with self._lock:
            elapsed = self._monotonic() - self._anchor
            ours, wall = self._anchor_wall + timedelta(seconds=elapsed), self._wall()
            behind_s = (wall - ours).total_seconds()
            if abs(behind_s) > self._step_s:
                self.steps += 1
                log.warning("the machine's clock was stepped by %+.1f s, to %s", behind_s, wall.isoformat())
                ours = wall
            else:
                room = elapsed * self._slew
                ours += timedelta(seconds=max(-room, min(room, behind_s)))
            self._anchor_wall, self._anchor = ours, self._anchor + elapsed
            return ours

    def monotonic(self) -> float:
        return self._monotonic()

    def wait(self, stop: threading.Event, seconds: float) -> bool:
        return stop.wait(max(0.0, seconds))


class ManualClock:
    """Time that passes only when told to, or when somebody waits: clips and tests run without wall time."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware time to start at")
        self._start, self._elapsed = start.astimezone(UTC), 0.0

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        return self._elapsed

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self._elapsed += max(0.0, seconds)

    def wait(self, stop: threading.Event, seconds: float) -> bool:
        if not stop.is_set():
            self.advance(seconds)
        return stop.is_set()
