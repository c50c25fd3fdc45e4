"""Which pictures are decoded: no more than are looked at.

A key frame stands alone; any other picture costs the decoding of all since the last key frame. So where key frames
come often enough for the wanted interval, only they are decoded, and of those only the ones that are due.
"""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Sampling:
    """The wish: one picture every `interval_s`, and one every `closer_s` while somebody wants to look closer."""

    interval_s: float = 5.0
    closer_s: float = 1.0

    def __post_init__(self) -> None:
        if not (self.interval_s > 0 and self.closer_s > 0):
            raise ValueError(f"sampling intervals must be positive: {self.interval_s}, {self.closer_s}")


class Plan(Enum):
    """KEYS: decode single key frames. RUN: decode every reference picture, convert the due ones."""

    KEYS = "keys"
    RUN = "run"


class Sampler:
    """Decides picture by picture for one stream. Times are stream seconds.

    Pictures are due on a fixed grid, and the picture nearest to a grid point is taken, so that an interval of 5 s
    over key frames every 2 s gives one picture every 5 s on average (4, 6, 4, 6), not every 6.
    """

    def __init__(self, wanted: Sampling) -> None:
        self._wanted = wanted
        self._next_due: float | None = None
        self._last_key: float | None = None
        self._spacing: float | None = None
        self._closer_until = float("-inf")
        self._now = 0.0
        self.plan = Plan.KEYS

    def look_closer(self, seconds: float) -> None:
        """Take pictures more often for the next `seconds` of stream time, as far as the plan gives them away."""
        self._closer_until = self._now + seconds

    def see(self, at_s: float, is_key: bool) -> Plan:
        """Take note of the stream's next picture; the plan that holds from it on."""
        self._now = at_s
        if is_key:
            if self._last_key is not None and at_s > self._last_key:
                self._spacing = at_s - self._last_key
            self._last_key = at_s
        waited = at_s - (self._last_key if self._last_key is not None else at_s)
        spacing = max(self._spacing or 0.0, waited)
        self.plan = Plan.RUN if spacing > self._wanted.interval_s * 1.05 else Plan.KEYS
        return self.plan

    def is_due(self, at_s: float) -> bool:
        """Whether a picture of that time is to be looked at. Says yes once for each grid point."""
        closer = at_s < self._closer_until
        interval = min(self._wanted.interval_s, self._wanted.closer_s) if closer else self._wanted.interval_s
        if self._next_due is None or at_s > self._next_due + interval:
            self._next_due = at_s + interval
            return True
        early = (self._spacing or 0.0) / 2 if self.plan is Plan.KEYS else 0.0
        due = min(self._next_due, at_s + interval)
        if at_s < due - min(early, interval / 2) - 1e-6:
            self._next_due = due
            return False
        self._next_due = due + interval
        return True
