"""How sure a rate is: Wilson's score interval (E. B. Wilson, JASA 22, 1927), right for few cases and at 0 and 1."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution: two-sided 95 %."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `of` cases; `value`, `low` and `high` in 0..1 are None where there was no case."""

    hits: int
    of: int
    value: float | None
    low: float | None
    high: float | None

    def told(self) -> dict[str, Any]:
        """For the JSON of figures."""
        return {"hits": self.hits, "of": self.of} | {
            name: None if value is None else round(value, 4)
            for name, value in (("value", self.value), ("low", self.low), ("high", self.high))
        }


def rate(hits: int, of: int, z: float = Z95) -> Rate:
    """The rate with its interval. Raises ValueError unless 0 <= hits <= of."""
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no rate")
    if of == 0:
        return Rate(0, 0, None, None, None)
    share, z2 = hits / of, z * z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    # At the ends the exact bound is the end itself; rounding must not leave the rate outside its own interval.
    low = 0.0 if hits == 0 else min(share, max(0.0, middle - half))
    high = 1.0 if hits == of else max(share, min(1.0, middle + half))
    return Rate(hits, of, share, low, high)


def per_hour(count: int, seconds: float, z: float = Z95) -> dict[str, float | int | None]:
    """Events an hour with the interval of a Poisson count (the score interval of Garwood's normal approximation)."""
    hours = seconds / 3600
    if hours <= 0:
        return {"count": count, "hours": 0.0, "value": None, "low": None, "high": None}
    middle, half = count + z * z / 2, z * sqrt(count + z * z / 4)
    low, high = (0.0 if count == 0 else max(0.0, middle - half)), middle + half
    return {
        "count": count,
        "hours": round(hours, 4),
        "value": round(count / hours, 4),
        "low": round(low / hours, 4),
        "high": round(high / hours, 4),
    }
