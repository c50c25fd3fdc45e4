"""双随机: draw places by weight and officers in pairs, from a seed that anybody can draw again with. Pure.

Places: weighted sampling without replacement by Efraimidis and Spirakis (Information Processing Letters 97, 2006):
each place gets u^(1/w) with u in (0, 1) from the SHA-256 of seed and id, and the largest are drawn. So the chance to be
drawn first is in proportion to the weight, no order of the lists matters, and no language's random numbers either.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from uuid import UUID


@dataclass(frozen=True)
class Drawn:
    """A place, with its weight and key (the logarithm of u^(1/w)), and the two officers who go there."""

    subject_id: UUID
    weight: float
    key: float
    officers: tuple[UUID, UUID]


def draw(seed: str, weights: Mapping[UUID, float], officers: Sequence[UUID], wanted: int) -> list[Drawn]:
    """The `wanted` places (all, when there are fewer) and a pair of officers for each, pairs as even as can be.

    Raises ValueError with fewer than two officers or a weight that is not positive.
    """
    if len(set(officers)) < 2:
        raise ValueError("two officers are needed: an inspection is made by two (Penalty Law 42)")
    if any(weight <= 0 for weight in weights.values()):
        raise ValueError("weights are positive")
    keys = {place: log(_unit(seed, "place", place)) / weight for place, weight in weights.items()}
    places = sorted(weights, key=lambda place: (-keys[place], str(place)))[:wanted]
    line = sorted(set(officers), key=lambda officer: (_unit(seed, "officer", officer), str(officer)))
    return [
        Drawn(place, weights[place], keys[place], (line[2 * n % len(line)], line[(2 * n + 1) % len(line)]))
        for n, place in enumerate(places)
    ]


def _unit(seed: str, kind: str, one: UUID) -> float:
    digest = hashlib.sha256(f"{seed}|{kind}|{one}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") + 0.5) / 2**64
