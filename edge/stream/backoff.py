"""How long to wait before the next try."""

import random
from collections.abc import Callable


class Backoff:
    """first_s, twice that, ... up to longest_s, each spread by ± `jitter` so that cameras do not come back in step."""

    def __init__(
        self,
        first_s: float = 0.3,
        longest_s: float = 30.0,
        jitter: float = 0.25,
        draw: Callable[[], float] = random.random,
    ) -> None:
        self.first_s, self.longest_s, self._jitter, self._draw = first_s, longest_s, jitter, draw
        self._tries = 0

    def reset(self) -> None:
        """It worked: begin anew."""
        self._tries = 0

    def next_s(self) -> float:
        """The next wait in seconds; each one counts as a try."""
        self._tries += 1
        return self.spread(min(self.longest_s, self.first_s * 2.0 ** min(self._tries - 1, 30)))

    def spread(self, seconds: float) -> float:
        """`seconds` with this jitter."""
        return seconds * (1 + self._jitter * (2 * self._draw() - 1))
