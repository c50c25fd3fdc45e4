"""How many wrong tokens or passwords are taken from whoever tries, within a while."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from server.errors import ServerError

WINDOW = timedelta(minutes=1)
KEYS_KEPT = 10_000


class TooManyAttempts(ServerError):
    """Too many wrong tokens or passwords."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(429, "auth.too_many_attempts", "Too many wrong attempts", {"retry_after_s": retry_after_s})


class Throttle:
    """Counts failures of each key (an address, an account) within `window`; of very many keys the longest silent is
    forgotten.
    """

    def __init__(self, at_most: int, window: timedelta = WINDOW) -> None:
        self._at_most, self._window = at_most, window
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def failed(self, key: str, now: datetime) -> None:
        """Count one failure. Raises TooManyAttempts when there were too many."""
        with self._lock:
            seen = self._recent(key, now)
            seen.append(now)
            if len(seen) > self._at_most:
                raise TooManyAttempts(self._wait_s(seen, now))

    def take(self, key: str, now: datetime) -> None:
        """Count an attempt before it is known to fail. Raises TooManyAttempts, without counting, when there were too
        many failures; `forgive` takes back one that did not fail.
        """
        with self._lock:
            seen = self._recent(key, now)
            if len(seen) >= self._at_most:
                raise TooManyAttempts(self._wait_s(seen, now))
            seen.append(now)

    def forgive(self, key: str, now: datetime) -> None:
        """The last attempt was right."""
        with self._lock:
            seen = self._recent(key, now)
            if seen:
                seen.pop()

    def _recent(self, key: str, now: datetime) -> deque[datetime]:
        seen = self._failures.setdefault(key, deque(maxlen=self._at_most + 1))
        self._failures.move_to_end(key)
        while len(self._failures) > KEYS_KEPT:
            self._failures.popitem(last=False)
        while seen and (seen[0] <= now - self._window or seen[0] > now):
            seen.popleft()
        return seen

    def _wait_s(self, seen: deque[datetime], now: datetime) -> int:
        return max(1, int((seen[0] + self._window - now).total_seconds()) + 1)
