"""Terraces and displays of collected assets (`library.py`): what a shop of furniture, or any other, puts out."""

from __future__ import annotations

import numpy as np

from .furniture import umbrella
from .goods import RNG
from .library import asset, facing
from .placing import Piece
from .solid import Solid, turn_z

SETS = (
    ("dining_table", "chair"),
    ("cocktail_table", "bar_chair"),
    ("side_table", "armchair"),
    ("desk", "office_chair"),
)
LARGE = ("cabinet", "desk", "fridge", "washer", "oven", "armchair", "office_chair", "chair", "cell_shelf", "bookcase",
         "large_shelf", "floor_lamp", "dining_table", "snake_plant", "basket", "mattress")  # fmt: skip
SMALL = ("bottle", "jar", "can", "pot", "bowl", "food_bag", "food_box", "vase", "book_stack", "book_row", "basket",
         "succulent", "towel", "pillow")  # fmt: skip
_TALLEST = {"succulent": 0.3, "snake_plant": 0.8, "pillow": 0.3}


def sized(rng: RNG, make: str) -> Solid:
    """An asset, scaled where Infinigen keeps to a scale of its own."""
    thing = asset(rng, make)
    high = float(thing.points()[:, 2].max())
    return Solid().join(thing, scale=_TALLEST[make] / high) if make in _TALLEST else thing


def furnished_seats(rng: RNG) -> list[Piece]:
    """A table with one to five seats of one make, at times under a parasol."""
    top, seat = SETS[int(rng.choice(len(SETS), p=(0.6, 0.15, 0.15, 0.1)))]
    table, one = asset(rng, top), facing(asset(rng, seat))
    far = float(np.abs(table.points()[:, :2]).max()) + 0.25
    out = [Piece(table, "table", turn=float(rng.choice([0, 90]) + rng.normal(0, 5)))]
    n, turn0 = int(rng.integers(1, 6)), float(rng.uniform(0, 2 * np.pi))
    for k in range(n):
        a = 2 * np.pi * k / n + turn0 + rng.normal(0, 0.15)
        r = far * (1 + abs(rng.normal(0, 0.1)))
        at = (float(r * np.cos(a)), float(r * np.sin(a)), 0.0)
        out.append(Piece(one, "chair", at, float(np.degrees(a) + 180 + rng.normal(0, 12))))
    if rng.random() < 0.25:
        out.append(Piece(umbrella(rng), "umbrella", (0.15, 0.6, 0.0), float(rng.uniform(0, 45))))
    return out


def _topped(rng: RNG, thing: Solid, things: list[Solid]) -> Solid:
    """`thing` with small things on its top."""
    points = thing.points()
    (x0, y0), (x1, y1), top = points[:, :2].min(0), points[:, :2].max(0), float(points[:, 2].max())
    out = Solid().join(thing)
    for _ in range(int(rng.integers(2, 9))):
        one = things[int(rng.integers(len(things)))]
        at = (float(rng.uniform(x0 * 0.75, x1 * 0.75)), float(rng.uniform(y0 * 0.75, y1 * 0.75)), top)
        out.join(one, at, turn_z(float(rng.uniform(0, 360))), float(rng.uniform(0.9, 1.6)))
    return out


def furnished_things(rng: RNG) -> Solid:
    """One to five large things side by side, some with small ones on top, small ones before them."""
    out, x = Solid(), 0.0
    makes = [str(m) for m in rng.choice(LARGE, int(rng.integers(1, 4)), replace=False)]
    large = [sized(rng, make) for make in makes]
    small = [sized(rng, str(m)) for m in rng.choice(SMALL, int(rng.integers(1, 4)), replace=False)]
    for _ in range(int(rng.integers(1, 6))):
        one = large[int(rng.integers(len(large)))]
        turned = Solid().join(one, rot=turn_z(float(rng.choice([-90, -90, 0, 90])) + float(rng.normal(0, 6))))
        if rng.random() < 0.5:
            turned = _topped(rng, turned, small)
        half = float(np.ptp(turned.points()[:, 0])) / 2
        out.join(turned, (x + half, float(rng.normal(0, 0.05)), 0.0))
        x += 2 * half + float(abs(rng.normal(0.02, 0.08)))
    for _ in range(int(rng.integers(0, 7))):
        one = small[int(rng.integers(len(small)))]
        at = (float(rng.uniform(0, x)), -float(rng.uniform(0.4, 0.8)), 0.0)
        out.join(one, at, turn_z(float(rng.uniform(0, 360))), float(rng.uniform(1.0, 2.0)))
    return Solid().join(out, (-x / 2, 0.0, 0.0))
