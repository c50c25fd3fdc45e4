"""Things put together by chance stand on the ground, are of a size that fits a pavement, and follow from their seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

pytest.importorskip("bpy", reason="the generator's makers need Blender's module (extra `scenes`)")

from datasets.scenes import built_in, catalog, made_up, made_up_seats
from datasets.scenes.solid import Solid

MAKES: list[Callable[[np.random.Generator], list[Solid]]] = [
    lambda rng: [made_up.made_up(rng)],
    lambda rng: [piece.solid for piece in made_up_seats.made_up_seats(rng)],
    *(lambda rng, make=make: [make(rng)] for make in built_in.BUILT_IN.values()),
]


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("seed", range(12))
def test_it_stands_on_the_ground_and_fits(make: Callable[[np.random.Generator], list[Solid]], seed: int) -> None:
    for solid in make(np.random.default_rng(seed)):
        low, high = solid.points().min(0), solid.points().max(0)
        assert -0.06 <= low[2] <= 0.12
        assert (high - low)[:2].min() < 4.0
        assert high[2] < 5.5


@pytest.mark.parametrize("make", MAKES)
def test_the_same_seed_makes_the_same(make: Callable[[np.random.Generator], list[Solid]]) -> None:
    one, two = (make(np.random.default_rng(5)) for _ in range(2))
    assert all(np.array_equal(a.points(), b.points()) for a, b in zip(one, two, strict=True))


def test_judging_never_shows_what_was_made_up_for_learning() -> None:
    assert not {"made_up", "made_up_seats"} & set(catalog.FAMILIES.of(held_out=True))
    assert all("made_up" in catalog.offered(kind, held_out=False) for kind in catalog.SELLS)
    assert not any("made_up" in catalog.offered(kind, held_out=True) for kind in catalog.SELLS)
