"""Which families of assets a scene may be built from: those that are learned, or those kept back for judging.

A family is a way something is made (a rack with rails, a heap with a flat top), not one object: a model that is judged
on held-out scenes has seen neither their layouts nor the families kept back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

FIRST_HELD_OUT_SEED = 900_000
"""Scenes with this seed or a higher one are for judging only; no training picture has one."""


def is_held_out(seed: int) -> bool:
    """Whether the scene of this seed is for judging."""
    return seed >= FIRST_HELD_OUT_SEED


@dataclass(frozen=True)
class Families:
    """The names of one kind of asset's families. `both` are used on either side (a person is a person)."""

    train: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()
    both: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if set(self.train) & set(self.held_out):
            raise ValueError(f"families on both sides: {sorted(set(self.train) & set(self.held_out))}")

    def of(self, held_out: bool) -> tuple[str, ...]:
        """The families that a scene of that side may use."""
        return (self.held_out if held_out else self.train) + self.both

    def draw(self, rng: np.random.Generator, held_out: bool) -> str:
        """One of them, each as likely."""
        names = self.of(held_out)
        return names[int(rng.integers(len(names)))]
