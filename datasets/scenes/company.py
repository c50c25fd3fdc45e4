"""What people bring along: prams, suitcases, dogs, shopping trolleys, push bicycles. They face +X, base at z = 0."""

from __future__ import annotations

import numpy as np

from . import materials as mt
from .goods import RNG
from .solid import Solid, turn_y
from .surfaces import cloth


def pram(rng: RNG) -> Solid:
    """A pram or pushchair with a hood."""
    s = Solid()
    m, steel = cloth(rng), mt.paint((0.2, 0.2, 0.21), 0.4, 0.5)
    for x in (-0.28, 0.32):
        for y in (-0.24, 0.24):
            s.lathe(
                [(0.11, -0.02), (0.11, 0.02)],
                (x, y, 0.11),
                mt.paint((0.06, 0.06, 0.06), 0.7),
                n=12,
                rot=[[1, 0, 0], [0, 0, 1], [0, 1, 0]],
            )
            s.tube((x, y, 0.11), (0.0, y, 0.5), 0.013, steel, n=5)
    s.box((0.75, 0.4, 0.22), (0.04, 0, 0.5), m)
    a = np.linspace(0.2, np.pi * 0.75, 7)
    y = np.linspace(-0.21, 0.21, 4)
    hood = [np.stack([np.full(4, -0.1 - 0.32 * np.cos(t)), y, np.full(4, 0.7 + 0.32 * np.sin(t))], -1) for t in a]
    s.grid(np.stack(hood), m)
    s.path([(-0.2, -0.2, 0.5), (-0.62, -0.2, 1.0), (-0.62, 0.2, 1.0), (-0.2, 0.2, 0.5)], 0.014, steel)
    return s


def suitcase(rng: RNG) -> Solid:
    """A wheeled suitcase, its handle drawn out."""
    s, h = Solid(), float(rng.uniform(0.5, 0.75))
    col = ((0.05, 0.05, 0.06), (0.5, 0.1, 0.12), (0.1, 0.2, 0.4), (0.7, 0.7, 0.7), (0.75, 0.55, 0.15))[
        int(rng.integers(5))
    ]
    s.box((0.26, h * 0.65, h), (0, 0, 0.06), mt.paint(col, 0.4), turn_y(-float(rng.choice([0, 22]))))
    s.path(
        [(-0.1, -0.1, h), (-0.35, -0.1, h + 0.35), (-0.35, 0.1, h + 0.35), (-0.1, 0.1, h)],
        0.01,
        mt.paint((0.6, 0.6, 0.6), 0.3, 0.8),
    )
    return s


def dog(rng: RNG) -> Solid:
    """A dog, standing or sitting."""
    s, k = Solid(), float(rng.uniform(0.6, 1.15))
    m = mt.paint(
        ((0.1, 0.08, 0.07), (0.55, 0.4, 0.24), (0.8, 0.77, 0.7), (0.35, 0.25, 0.17))[int(rng.integers(4))],
        0.9,
        wear=0.5,
    )
    sit = rng.random() < 0.3
    s.ball((0, 0, 0.4), (0.32, 0.13, 0.15), m, n=10, rot=turn_y(-35 if sit else 0))
    for x in (-0.22, 0.2):
        for y in (-0.08, 0.08):
            s.tube((x, y, 0.38), (x + 0.02, y, 0.0), 0.04, m, r1=0.025, n=6)
    s.tube((0.2, 0, 0.45), (0.38, 0, 0.64), 0.08, m, n=8)
    s.ball((0.44, 0, 0.68), (0.11, 0.08, 0.08), m, n=8)
    s.ball((0.55, 0, 0.65), (0.07, 0.045, 0.04), m, n=7)
    for y in (-0.06, 0.06):
        s.ball((0.4, y, 0.77), (0.03, 0.02, 0.06), m, n=6)
    s.tube((-0.28, 0, 0.45), (-0.5, 0, 0.6), 0.03, m, r1=0.012, n=5)
    out = Solid()
    return out.join(s, scale=k)


def shopping(rng: RNG) -> Solid:
    """A two-wheeled shopping bag."""
    s = Solid()
    s.box((0.28, 0.34, 0.55), (0, 0, 0.15), cloth(rng), turn_y(-14))
    for y in (-0.2, 0.2):
        s.ball((-0.1, y, 0.1), (0.1, 0.02, 0.1), mt.paint((0.06, 0.06, 0.06), 0.7), n=9)
    s.path([(-0.2, 0, 0.5), (-0.38, 0, 1.0)], 0.014, mt.paint((0.2, 0.2, 0.2), 0.4))
    return s
