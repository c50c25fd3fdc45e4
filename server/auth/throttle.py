"""How many wrong tokens one address may try. Right ones always pass: nobody can lock another out."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from server.errors import ServerError

WINDOW = timedelta(minutes=1)
ADDRESSES_KEPT = 10_000


class TooManyAttempts(ServerError):
    """Too many wrong tokens from one address."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(429, "auth.too_many_attempts", "Too many wrong tokens", {"retry_after_s": retry_after_s})


class Throttle:
    """Counts failures of each address within a minute; of very many addresses the longest silent is forgotten."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def failed(self, address: str, now: datetime) -> None:
        """Count one failure. Raises TooManyAttempts when there were too many."""
        with self._lock:
            seen = self._failures.setdefault(address, deque(maxlen=self._per_minute + 1))
            self._failures.move_to_end(address)
            while len(self._failures) > ADDRESSES_KEPT:
                self._failures.popitem(last=False)
            while seen and (seen[0] <= now - WINDOW or seen[0] > now):
                seen.popleft()
            seen.append(now)
            if len(seen) > self._per_minute:
                wait = seen[0] + WINDOW - now
                raise TooManyAttempts(max(1, int(wait.total_seconds()) + 1))
