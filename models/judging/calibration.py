"""Does a score mean what it says? Reliability by bins and the expected calibration error (Naeini et al., AAAI 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.judging.wilson import Rate, rate

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Scores in `low` (with) to `high` (without, but for the last): how many, their mean, and how many were right."""

    low: float
    high: float
    mean_score: float | None
    true: Rate


def reliability(truth: Sequence[bool], scores: Sequence[float], bins: int = BINS) -> list[Bin]:
    """Equal bins over 0..1. Raises ValueError for a score outside."""
    said, value = np.asarray(truth, bool), np.asarray(scores, np.float64)
    if value.size and not (value.min() >= 0 and value.max() <= 1):
        raise ValueError(f"scores from {value.min()} to {value.max()}: they must lie in 0..1")
    place = np.minimum((value * bins).astype(int), bins - 1)
    out: list[Bin] = []
    for number in range(bins):
        here = place == number
        count = int(here.sum())
        mean = float(value[here].mean()) if count else None
        out.append(Bin(number / bins, (number + 1) / bins, mean, rate(int(said[here].sum()), count)))
    return out


def expected_error(truth: Sequence[bool], scores: Sequence[float], bins: int = BINS) -> float | None:
    """Mean distance between a bin's mean score and its share of true ones, weighted by its size; None of nothing."""
    table = [b for b in reliability(truth, scores, bins) if b.mean_score is not None]
    total = sum(b.true.of for b in table)
    if total == 0:
        return None
    return sum(b.true.of * abs((b.mean_score or 0.0) - (b.true.value or 0.0)) for b in table) / total


def histogram(scores: Sequence[float], bins: int = 20) -> list[int]:
    """How many scores lie in each of equal bins over 0..1; the last takes 1 in."""
    counts, _ = np.histogram(np.clip(np.asarray(scores, np.float64), 0, 1), bins=bins, range=(0, 1))
    return [int(count) for count in counts]
