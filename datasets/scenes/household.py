"""Household goods, tools and repair shops' things: buckets, basins, brooms, pots, tool tables, bicycles upside down."""

from __future__ import annotations

import numpy as np

from . import materials as mt
from .goods import RNG, bright
from .solid import Solid, turn_x, turn_y, turn_z
from .surfaces import surface
from .two_wheelers import bicycle, ring


def buckets(rng: RNG) -> Solid:
    """Plastic buckets, bowls and basins in nested piles."""
    s = Solid()
    for k in range(int(rng.integers(3, 8))):
        x, y = (k % 4) * 0.44 - 0.6 + rng.normal(0, 0.02), -(k // 4) * 0.46
        m, z = mt.paint(bright(rng), 0.35), 0.0
        r = float(rng.uniform(0.12, 0.21))
        h = float(rng.choice([0.12, 0.28]))
        for _ in range(int(rng.integers(1, 9))):
            s.lathe([(r * 0.75, z), (r, z + h), (r * 1.06, z + h + 0.01), (r * 0.92, z + h * 0.9)], (x, y, 0), m, n=12)
            z += 0.05
            if rng.random() < 0.15:
                m = mt.paint(bright(rng), 0.35)
    return s


def brooms(rng: RNG) -> Solid:
    """Brooms, mops, rakes and sticks leaning on the wall or standing in a tub."""
    s = Solid()
    wood = mt.paint((0.62, 0.48, 0.3), 0.7)
    for k in range(int(rng.integers(5, 14))):
        x = k * 0.11 - 0.5
        top = (x + rng.normal(0, 0.08), 0.25, rng.uniform(1.2, 1.7))
        m = wood if rng.random() < 0.5 else mt.paint(bright(rng), 0.4)
        if rng.random() < 0.5:
            s.tube((x, -0.12, 0.0), top, 0.013, m, n=5)
            s.box((0.26, 0.07, 0.2), (top[0], 0.24, top[2]), mt.paint(bright(rng), 0.9), turn_x(12))
        else:
            s.tube((x, -0.12, 0.2), top, 0.013, m, n=5)
            s.box((0.28, 0.08, 0.22), (x, -0.14, 0), mt.paint(bright(rng), 0.9))
    return s


def pots(rng: RNG) -> Solid:
    """Pots, pans and kettles piled on the ground and on boxes. Held out."""
    s = Solid()
    tin, dark = mt.paint((0.75, 0.76, 0.77), 0.25, 0.9, wear=0.3), mt.paint((0.12, 0.12, 0.13), 0.5)
    for k in range(int(rng.integers(5, 12))):
        x, y, z = (k % 4) * 0.4 - 0.6, -(k // 4) * 0.42, 0.0
        m = tin if rng.random() < 0.65 else dark if rng.random() < 0.5 else mt.paint((0.7, 0.35, 0.2), 0.5)
        for _ in range(int(rng.integers(1, 4))):
            r, h = float(rng.uniform(0.11, 0.19)), float(rng.uniform(0.08, 0.24))
            s.lathe(
                [(r * 0.95, z), (r, z + h), (r * 1.05, z + h), (r * 0.3, z + h + 0.03), (0.02, z + h + 0.06)],
                (x, y, 0),
                m,
                n=12,
            )
            s.box((0.1, 0.03, 0.03), (x + r + 0.03, y, z + h * 0.7), dark)
            z += h + 0.03
    return s


def barrel(rng: RNG) -> Solid:
    """Barrels and tubs with brooms, rolls, umbrellas or sticks standing in them. Held out."""
    s = Solid()
    for k in range(int(rng.integers(1, 4))):
        m = mt.paint(((0.1, 0.25, 0.55), (0.2, 0.2, 0.2), (0.5, 0.3, 0.15))[int(rng.integers(3))], 0.5)
        x = k * 0.6 - 0.3
        s.lathe([(0.2, 0), (0.24, 0.25), (0.22, 0.55), (0.2, 0.55)], (x, 0, 0), m, n=12)
        for _ in range(12):
            a, lean = rng.uniform(0, 2 * np.pi), rng.uniform(0.05, 0.25)
            top = (x + np.cos(a) * lean, np.sin(a) * lean, rng.uniform(0.9, 1.5))
            col = mt.paint(bright(rng), 0.6)
            s.tube((x + np.cos(a) * 0.1, np.sin(a) * 0.1, 0.3), top, rng.uniform(0.012, 0.04), col, n=5)
    return s


def tool_table(rng: RNG) -> Solid:
    """A bench of boards with tools, parts, boxes, a vice."""
    s, w = Solid(), float(rng.uniform(1.1, 1.9))
    s.box((w, 0.6, 0.05), (0, 0, 0.75), surface(rng, "wood"))
    for x in (-w * 0.45, w * 0.45):
        for y in (-0.25, 0.25):
            s.box((0.06, 0.06, 0.75), (x, y, 0), surface(rng, "wood"))
    s.box((w * 0.9, 0.5, 0.02), (0, 0, 0.3), surface(rng, "wood"))
    steel, black = mt.paint((0.5, 0.51, 0.53), 0.35, 0.8, wear=0.5), mt.paint((0.07, 0.07, 0.07), 0.6)
    for _ in range(22):
        at = np.array([rng.uniform(-w * 0.42, w * 0.42), rng.uniform(-0.24, 0.24), 0.8])
        if rng.random() < 0.3:
            at[2] = 0.32
        k = int(rng.integers(4))
        m = (steel, black, mt.paint(bright(rng), 0.5), surface(rng, "card"))[k]
        if k < 2:
            s.box((rng.uniform(0.12, 0.3), 0.03, 0.03), at, m, turn_z(float(rng.uniform(0, 180))))
        else:
            s.box(rng.uniform(0.06, 0.22, 3), at, m, turn_z(float(rng.uniform(0, 180))))
    return s


def upturned(rng: RNG) -> Solid:
    """A bicycle upside down on saddle and handlebar, tools and parts about it."""
    s, flip = Solid(), np.diag([1.0, -1.0, -1.0])
    s.join(bicycle(rng), (0, 0, 1.02), flip)
    black = mt.paint((0.06, 0.06, 0.06), 0.8)
    for _ in range(int(rng.integers(2, 6))):
        at = np.array([rng.uniform(-0.7, 0.7), rng.uniform(-0.6, 0.2), 0.0])
        if rng.random() < 0.5:
            s.box(
                rng.uniform(0.1, 0.35, 3) * [1, 0.7, 0.6],
                at,
                mt.paint(bright(rng), 0.5),
                turn_z(float(rng.uniform(0, 90))),
            )
        else:
            s.lathe([(0.2, 0), (0.31, 0.02), (0.31, 0.05), (0.2, 0.06)], at, black, n=14)
    return s


def wheels_hung(rng: RNG) -> Solid:
    """Wheels, tubes and tyres leaning in a row."""
    s = Solid()
    lean = turn_x(-14)
    for k in range(int(rng.integers(4, 12))):
        one = Solid()
        ring(one, (0, 0, 0.33), 0.31, 0.03)
        s.join(one, (rng.normal(0, 0.05), -0.09 * k + 0.2, 0), lean @ turn_z(float(rng.normal(0, 8))))
    s.box((0.5, 0.4, 0.3), (0.75, 0, 0), mt.paint(bright(rng), 0.5))
    return s


def tyre_rack(rng: RNG) -> Solid:
    """A two-storey rack of standing tyres. Held out."""
    s, n = Solid(), int(rng.integers(5, 9))
    steel = mt.paint(((0.7, 0.1, 0.1), (0.1, 0.2, 0.5), (0.3, 0.3, 0.3))[int(rng.integers(3))], 0.5)
    rubber = mt.paint((0.05, 0.05, 0.05), 0.8)
    w = n * 0.22
    for level in (0.15, 0.9):
        for y in (-0.18, 0.18):
            s.tube((-w / 2, y, level), (w / 2, y, level), 0.02, steel, n=5)
        for k in range(n):
            s.lathe(
                [(0.19, 0), (0.31, 0.02), (0.32, 0.1), (0.31, 0.18), (0.19, 0.2), (0.18, 0.1), (0.19, 0)],
                (-w / 2 + 0.22 * k, 0, level + 0.3),
                rubber,
                n=14,
                rot=turn_y(90),
            )
    for x in (-w / 2 - 0.03, w / 2 + 0.03):
        for y in (-0.3, 0.3):
            s.tube((x, y, 0), (x, y, 1.55), 0.02, steel, n=5)
    return s


def moped_parts(rng: RNG) -> Solid:
    """A jacked-up frame with its wheel off, oil cans, a compressor. Held out."""
    s = Solid()
    m, black = mt.paint(bright(rng), 0.4), mt.paint((0.07, 0.07, 0.07), 0.6)
    s.box((0.5, 0.4, 0.3), (0, 0, 0), surface(rng, "wood"))
    s.ball((0, 0, 0.62), (0.5, 0.15, 0.18), m, n=9)
    s.ball((-0.2, 0, 0.85), (0.34, 0.13, 0.06), black, n=9)
    s.tube((0.5, 0, 0.35), (0.38, 0, 1.05), 0.03, black)
    s.path([(0.3, 0.3, 1.08), (0.4, 0, 1.05), (0.3, -0.3, 1.08)], 0.015, black)
    ring(s, (-0.55, 0, 0.45), 0.24, 0.05)
    s.lathe([(0.16, 0), (0.26, 0.03), (0.26, 0.08), (0.16, 0.1)], (0.7, -0.4, 0), black, n=14)
    tank = mt.paint(bright(rng), 0.4)
    s.tube((-0.95, -0.35, 0.3), (-0.35, -0.35, 0.3), 0.16, tank, n=10)
    for x in (-0.85, -0.45):
        s.box((0.06, 0.3, 0.16), (x, -0.35, 0), black)
    for k in range(4):
        s.lathe([(0.07, 0), (0.07, 0.24), (0.03, 0.28)], (0.1 + 0.17 * k, -0.5, 0), mt.paint(bright(rng), 0.4), n=8)
    return s


def pipe_rack(rng: RNG) -> Solid:
    """An A-frame with pipes, laths and rolls lying in its arms. Held out."""
    s, w = Solid(), 1.8
    steel = mt.paint((0.2, 0.3, 0.4), 0.5, 0.5)
    for x in (-0.6, 0.6):
        s.tube((x, -0.45, 0), (x, 0, 1.5), 0.03, steel, n=5)
        s.tube((x, 0.45, 0), (x, 0, 1.5), 0.03, steel, n=5)
    for i in range(4):
        y, z = -0.42 + 0.08 * i, 0.25 + 0.32 * i
        for x in (-0.6, 0.6):
            s.tube((x, y - 0.15, z), (x, y + 0.1, z - 0.02), 0.015, steel, n=4)
        m = mt.paint(((0.85, 0.86, 0.87), (0.75, 0.4, 0.15), (0.3, 0.3, 0.32), (0.6, 0.47, 0.3))[i], 0.4)
        for k in range(5):
            s.tube((-w / 2, y - 0.14 + 0.05 * k, z + 0.03), (w / 2, y - 0.14 + 0.05 * k, z + 0.03), 0.023, m, n=6)
    return s
