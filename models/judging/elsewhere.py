"""Where else in a picture a zone of the same size could lie: on the ground in front, clear of everything labelled.

The place is drawn from the picture's name alone, so every run and every model is asked about the same ground.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

Box = tuple[float, float, float, float]
"""left, top, right, bottom in 0..1."""

HIGHEST_TOP = 0.5
"""A zone lies in the lower half: in a street picture taken at eye level or from a car this is ground."""
TRIES = 200
MAX_OVERLAP = 0.02
"""Share of the zone that may lie in labelled boxes."""


def clear_place(name: str, size: tuple[float, float], labelled: Sequence[Box]) -> Box | None:
    """A box of `size` (width, height) in the lower half that no labelled box touches; None when none was found."""
    width, height = size
    if width > 1 or height > 1 - HIGHEST_TOP:
        return None
    chance = random.Random(hashlib.sha256(name.encode()).digest())  # noqa: S311 - a fixed draw, not a secret
    for _ in range(TRIES):
        left, top = chance.uniform(0, 1 - width), chance.uniform(HIGHEST_TOP, 1 - height)
        place = (left, top, left + width, top + height)
        if sum(overlap(place, box) for box in labelled) <= MAX_OVERLAP * width * height:
            return place
    return None


def overlap(one: Box, other: Box) -> float:
    """Area that two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)
