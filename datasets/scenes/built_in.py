"""What houses and the city have built on the pavement for good: pillars, shelters, booths, lockers, steps. Never goods.

Base at z = 0; the front faces the road (-Y).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from . import materials as mt
from .goods import RNG, bright
from .solid import Solid
from .surfaces import ink, surface

_WALLS = ("brick", "ashlar", "rubble", "plaster", "tiles")


def paint(rng: RNG, rough: float, metal: float = 0.0) -> Any:
    """Paint of a colour that things are painted in."""
    return mt.paint(np.round(ink(rng), 1), rough, metal)


def pillars(rng: RNG) -> Solid:
    """One to four columns, round or square, bare, tiled or painted, another colour at the foot, at times a beam."""
    s, r, h = Solid(), float(rng.uniform(0.12, 0.45)), float(rng.uniform(2.4, 4.5))
    walled = rng.random() < 0.6
    shaft = surface(rng, str(rng.choice(_WALLS)), np.round(ink(rng), 1) + 0.2) if walled else paint(rng, 0.7)
    foot = paint(rng, 0.7) if rng.random() < 0.6 else shaft
    low, gap = float(rng.uniform(0.15, 1.2)), float(rng.uniform(2.2, 4.5))
    wide = r * float(rng.choice([1.0, 1.0, 1.25]))
    square = rng.random() < 0.5
    for k in range(n := int(rng.integers(1, 5))):
        x = (k - (n - 1) / 2) * gap
        for m, radius, a, b in ((shaft, r, low, h), (foot, wide, 0.0, low)):
            if square:
                s.box((2 * radius, 2 * radius, b - a), (x, 0, a), m)
            else:
                s.lathe([(radius, a), (radius, b)], (x, 0, 0), m, n=16)
        if rng.random() < 0.4:
            s.box((0.3, 0.02, 0.42), (x, -wide - 0.01, 1.1), surface(rng, "print", variants=8))
    if rng.random() < 0.5:
        s.box(((n - 1) * gap + 1.0, 2.2 * r + 0.3, 0.4), (0, 0, h), shaft)
    return s


def shelter(rng: RNG) -> Solid:
    """A bus or tram shelter: walls of glass or sheet, bench, timetable, an advertisement that may shine."""
    s, w, d = Solid(), float(rng.uniform(2.2, 5.0)), float(rng.uniform(1.1, 1.7))
    m = paint(rng, 0.4, 0.4)
    h = float(rng.uniform(2.2, 2.6))
    wall = mt.clear(0.25) if rng.random() < 0.65 else surface(rng, str(rng.choice(["wood", "metal", "brick"])))
    for x in (-w / 2, w / 2):
        for y in (d / 2, -d / 2) if rng.random() < 0.4 else (d / 2,):
            s.box((0.09, 0.09, h), (x, y, 0), m)
    s.box((w + 0.3, d + 0.3, float(rng.uniform(0.06, 0.2))), (0, 0, h), m)
    s.box((w, 0.03, h - 0.5), (0, d / 2, 0.25), wall)
    printed = rng.random() < 0.5
    ad = surface(rng, "print", metres=1.3, variants=8) if printed else mt.glow(np.round(ink(rng), 1), 1.5)
    for x in (-w / 2, w / 2):
        if rng.random() < 0.6:
            s.box((0.1, d * 0.8, 1.8), (x, 0, 0.25), ad if rng.random() < 0.6 else wall)
    if rng.random() < 0.7:
        x = float(rng.uniform(-0.2, 0.2)) * w
        s.box((w * 0.55, 0.35, 0.05), (x, d / 2 - 0.3, 0.45), surface(rng, "wood") if rng.random() < 0.5 else m)
        for x in (-w * 0.2, w * 0.2):
            s.box((0.06, 0.3, 0.45), (x, d / 2 - 0.3, 0), m)
    if rng.random() < 0.5:
        s.box((0.7, 0.04, 1.0), (0.3 * w, d / 2 - 0.05, 1.0), surface(rng, "print", variants=8))
    return s


def booth(rng: RNG) -> Solid:
    """A telephone box, an attendant's hut or a ticket machine."""
    s, w, h = Solid(), float(rng.uniform(0.6, 1.6)), float(rng.uniform(1.5, 2.6))
    m = mt.paint(bright(rng), 0.4) if rng.random() < 0.5 else paint(rng, 0.5)
    s.box((w, w * 0.9, h), (0, 0, 0), m)
    s.box((w * 1.08, w, 0.12), (0, 0, h), m)
    pane = mt.glass(0.06) if rng.random() < 0.7 else surface(rng, "print", variants=8)
    s.box((w * 0.7, 0.03, h * 0.5), (0, -w * 0.45, h * 0.38), pane)
    s.box((0.03, w * 0.6, h * 0.5), (w * 0.5, 0, h * 0.38), pane)
    return s


def lockers(rng: RNG) -> Solid:
    """A wall of parcel lockers or charging posts in a row."""
    s = Solid()
    m, door = mt.paint(bright(rng), 0.4), paint(rng, 0.4)
    if rng.random() < 0.5:
        w, h = float(rng.uniform(1.2, 3.5)), float(rng.uniform(1.6, 2.1))
        s.box((w, 0.55, h), (0, 0, 0), m)
        for x in np.arange(-w / 2 + 0.25, w / 2 - 0.1, 0.45):
            for z in np.arange(0.1, h - 0.3, 0.38):
                s.box((0.41, 0.02, 0.34), (float(x), -0.28, float(z)), door)
        return s
    for k in range(int(rng.integers(1, 5))):
        s.box((0.3, 0.25, 1.4), (k * 2.4 - 2.4, 0, 0), m)
        s.box((0.2, 0.02, 0.3), (k * 2.4 - 2.4, -0.13, 0.95), door)
    return s


def steps(rng: RNG) -> Solid:
    """Steps to a door, at times with a rail."""
    s, w = Solid(), float(rng.uniform(1.0, 3.2))
    m = surface(rng, str(rng.choice(_WALLS))) if rng.random() < 0.5 else mt.paint((0.6, 0.59, 0.56), 0.85, wear=0.4)
    n = int(rng.integers(1, 5))
    for k in range(n):
        s.box((w, 0.3 * (n - k), 0.15), (0, -0.15 * (n - k), 0.15 * k), m)
    if rng.random() < 0.4:
        steel = mt.paint((0.7, 0.7, 0.72), 0.3, 0.8)
        for x in (-w / 2, w / 2):
            s.path([(x, -0.3 * n, 0), (x, -0.3 * n, 0.95), (x, -0.1, 0.95 + 0.15 * n), (x, -0.1, 0)], 0.022, steel)
    return s


BUILT_IN: dict[str, Callable[[RNG], Solid]] = {
    "pillars": pillars, "shelter": shelter, "booth": booth, "lockers": lockers, "steps": steps,
}  # fmt: skip
