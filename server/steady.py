"""Does the wall clock go on as time does? A clock that has jumped must not make deadlines pass.

Time that really went by is counted by the machine's boot clock, which also runs while the machine sleeps or the
process is stopped: a suspended server is late, not wrong.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

log = logging.getLogger(__name__)
TOLERANCE_S = 120.0
"""How far the wall clock may run away from the boot clock between two looks; corrections by NTP are far smaller."""
SETTLES_AFTER_S = 300.0
"""How long a changed clock must stay before it is believed: long enough for a mistake to be put right."""


def boot_clock() -> float:
    """Seconds since some start, sleep included."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass(frozen=True)
class Jump:
    """The wall clock is `by_s` seconds off (positive: ahead); `believed` once it has stayed so."""

    by_s: float
    believed: bool


class JumpWatch:
    """Look at the wall clock again and again; `is_steady` says whether what is due may be done."""

    def __init__(
        self, elapsed: Callable[[], float] = boot_clock, on_jump: Callable[[Jump], None] | None = None
    ) -> None:
        self._elapsed, self._on_jump = elapsed, on_jump
        self._offset_s: float | None = None
        self._off_since_s: float | None = None

    def is_steady(self, wall: datetime) -> bool:
        """Whether `wall` goes with the time that passed. A jump is told when noticed and when it is believed."""
        elapsed_s = self._elapsed()
        offset_s = wall.timestamp() - elapsed_s
        if self._offset_s is None or abs(offset_s - self._offset_s) <= TOLERANCE_S:
            self._offset_s, self._off_since_s = offset_s, None
            return True
        by_s = offset_s - self._offset_s
        if self._off_since_s is None:
            self._off_since_s = elapsed_s
            self._tell(Jump(by_s, believed=False))
            return False
        if elapsed_s - self._off_since_s < SETTLES_AFTER_S:
            return False
        self._offset_s, self._off_since_s = offset_s, None
        self._tell(Jump(by_s, believed=True))
        return True

    def _tell(self, jump: Jump) -> None:
        log.warning("the clock jumped by %.0f s: %s", jump.by_s, "believed" if jump.believed else "waiting")
        if self._on_jump is not None:
            self._on_jump(jump)
