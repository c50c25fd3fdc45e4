"""How long to wait before trying again: doubling, with jitter so that a thousand edges do not knock at once."""

import random
from dataclasses import dataclass, field


@dataclass
class Backoff:
    """Waits of `first_s`, twice that ... up to `limit_s`, each shortened at random by up to a half."""

    first_s: float = 0.5
    limit_s: float = 60.0
    rng: random.Random = field(default_factory=random.SystemRandom)
    _next_s: float = field(default=0.0, init=False)

    def next_s(self) -> float:
        """Seconds to wait now."""
        self._next_s = min(self.limit_s, self._next_s * 2 or self.first_s)
        return self._next_s * self.rng.uniform(0.5, 1.0)

    def reset(self) -> None:
        """It works again: start from the shortest wait next time."""
        self._next_s = 0.0
