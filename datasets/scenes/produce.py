"""Fruit, vegetables, bread and flowers as they are put out: baskets, flat crates, boards, heaps, buckets."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

from typing import Any

import numpy as np

from . import materials as mt
from .displays import plant
from .goods import RNG, crate
from .solid import Solid, turn_x, turn_z
from .surfaces import cloth, ink, surface

_FOOD = (
    ((0.78, 0.12, 0.08), 0.04),
    ((0.92, 0.5, 0.06), 0.042),
    ((0.55, 0.68, 0.15), 0.045),
    ((0.85, 0.74, 0.2), 0.05),
    ((0.62, 0.48, 0.3), 0.045),
    ((0.28, 0.08, 0.22), 0.05),
    ((0.2, 0.4, 0.12), 0.07),
    ((0.83, 0.8, 0.72), 0.045),
    ((0.75, 0.25, 0.12), 0.03),
)


def heap(s: Solid, rng: RNG, at: Any, rx: float, ry: float, high: float) -> None:
    """A heap of one kind of fruit on an ellipse, its bottom at `at`."""
    rgb, r = _FOOD[int(rng.integers(len(_FOOD)))]
    m = mt.paint(rgb, 0.4, wear=0.25, scale=12)
    dark = mt.paint(np.asarray(rgb) * 0.75, 0.5, wear=0.2)
    s.lathe([(1.0, 0), (0.75, high * 0.5), (0.3, high * 0.85)], at, dark, n=12, squash=(rx, ry))
    n = int(min(46, 2.2 * rx * ry / (r * r)))
    for _ in range(n):
        a, t = rng.uniform(0, 2 * np.pi), np.sqrt(rng.random())
        z = high * (1 - t * t) * 0.9
        s.ball(
            np.asarray(at) + [rx * t * np.cos(a), ry * t * np.sin(a), z + r * 0.2], r * rng.uniform(0.85, 1.15), m, n=6
        )


def greens(s: Solid, rng: RNG, at: Any, rx: float, ry: float, high: float = 0.14) -> None:
    """A bed of leaves: lettuce, herbs, spring onions."""
    g = mt.leaf(np.round(np.array([rng.uniform(0.15, 0.4), rng.uniform(0.4, 0.6), 0.15]), 1))
    for _ in range(26):
        p = np.asarray(at) + [rng.uniform(-rx, rx), rng.uniform(-ry, ry), 0]
        a = rng.uniform(0, 2 * np.pi)
        out = np.array([np.cos(a), np.sin(a), 0]) * 0.09
        side = np.array([-out[1], out[0], 0]) * 0.6
        tip = p + out + [0, 0, high * rng.uniform(0.5, 1.1)]
        s.mesh([p, p + side + [0, 0, high * 0.5], tip, p - side + [0, 0, high * 0.5]], [(0, 1, 2, 3)], g)


def basket(rng: RNG) -> Solid:
    """Round wicker or plastic baskets with produce, one to four."""
    s = Solid()
    wicker = surface(rng, "wicker", (1, rng.uniform(0.8, 1), rng.uniform(0.7, 1)))
    plastic = mt.paint(((0.75, 0.1, 0.1), (0.1, 0.3, 0.65), (0.1, 0.5, 0.3))[int(rng.integers(3))], 0.5)
    m = wicker if rng.random() < 0.65 else plastic
    for k in range(int(rng.integers(1, 5))):
        r, h = float(rng.uniform(0.2, 0.3)), float(rng.uniform(0.14, 0.34))
        at = ((k % 2) * 0.58 - 0.28, -(k // 2) * 0.56, 0)
        s.lathe([(r * 0.75, 0), (r, h), (r * 1.07, h), (r * 0.93, h * 0.85), (0.01, h * 0.8)], at, m, n=14)
        if rng.random() < 0.8:
            heap(s, rng, (at[0], at[1], h * 0.8), r * 0.9, r * 0.9, 0.14)
        else:
            greens(s, rng, (at[0], at[1], h * 0.8), r * 0.7, r * 0.7)
    return s


def flat_crates(rng: RNG) -> Solid:
    """Crates side by side on the ground or on upturned crates, two rows."""
    s, n = Solid(), int(rng.integers(2, 5))
    up = float(rng.choice([0.0, 0.25, 0.45]))
    for row in range(int(rng.integers(1, 3))):
        z = up + row * 0.18
        if z > 0:
            s.box((n * 0.57, 0.38, z), (0, row * 0.42, 0), surface(rng, "wood") if rng.random() < 0.5 else cloth(rng))
        for k in range(n):
            at = ((k - (n - 1) / 2) * 0.58, row * 0.42, z)
            if rng.random() < 0.25:
                s.join(crate(rng, filled=False), at)
                greens(s, rng, (at[0], at[1], z + 0.12), 0.22, 0.14)
            else:
                s.join(crate(rng), at, turn_x(10 * row))
    return s


def empty_crates(rng: RNG) -> Solid:
    """Empty crates, piled crosswise or nested."""
    s, z = Solid(), 0.0
    for k in range(int(rng.integers(2, 8))):
        c = crate(rng, filled=False)
        s.join(c, (rng.normal(0, 0.03), rng.normal(0, 0.03), z), turn_z(float(rng.normal(0, 6) + 90 * (k % 3 == 2))))
        z += 0.18
    return s


def trestle(rng: RNG) -> Solid:
    """A trestle table of boards with heaps of fruit in rows. Held out."""
    s, w = Solid(), float(rng.uniform(1.4, 2.4))
    wood = surface(rng, "wood")
    s.box((w, 0.9, 0.04), (0, 0, 0.68), wood, turn_x(8), base=False)
    for x in (-w * 0.38, w * 0.38):
        for y in (-1, 1):
            s.tube((x - 0.2, y * 0.3, 0), (x, y * 0.26, 0.68), 0.025, wood, n=5)
            s.tube((x + 0.2, y * 0.3, 0), (x, y * 0.26, 0.68), 0.025, wood, n=5)
    for k in range(n := int(w / 0.42)):
        for y in (-0.22, 0.2):
            heap(s, rng, ((k - (n - 1) / 2) * 0.42, y, 0.7 + y * 0.13), 0.19, 0.19, 0.2)
    return s


def tilted_board(rng: RNG) -> Solid:
    """One steep board covered with turf cloth, produce in sunk trays. Held out."""
    s, w = Solid(), float(rng.uniform(1.2, 2.0))
    turf = mt.paint((0.08, 0.32, 0.12), 0.95, wear=0.5, scale=30)
    rot = turn_x(32)
    s.box((w, 1.0, 0.05), (0, 0, 0.62), turf, rot, base=False)
    s.mesh(
        [(-w / 2, -0.42, 0), (w / 2, -0.42, 0), (w / 2, -0.42, 0.36), (-w / 2, -0.42, 0.36)],
        [(0, 1, 2, 3)],
        surface(rng, "wood"),
    )
    for x in (-w / 2, w / 2):
        s.plate([(x, -0.42, 0), (x, 0.42, 0), (x, 0.42, 0.88), (x, -0.42, 0.36)], turf)
    for i in range(3):
        for k in range(n := int(w / 0.4)):
            y = -0.3 + 0.3 * i
            at = ((k - (n - 1) / 2) * 0.4, y, 0.62 + y * 0.62 + 0.05)
            heap(s, rng, at, 0.18, 0.13, 0.09)
    return s


def melons(rng: RNG) -> Solid:
    """Melons, pumpkins, cabbages or coconuts heaped on the ground on a mat. Held out."""
    s = Solid()
    s.box((1.7, 1.2, 0.02), (0, 0, 0), cloth(rng))
    rgb, r = (
        ((0.2, 0.36, 0.14), 0.15),
        ((0.82, 0.45, 0.1), 0.14),
        ((0.5, 0.62, 0.4), 0.12),
        ((0.4, 0.28, 0.16), 0.09),
    )[int(rng.integers(4))]
    m = mt.paint(rgb, 0.5, wear=0.6, scale=9)
    for level, n in ((0, 26), (1, 14), (2, 5)):
        for _ in range(n):
            a, t = rng.uniform(0, 2 * np.pi), np.sqrt(rng.random()) * (1 - 0.28 * level)
            at = (0.72 * t * np.cos(a), 0.48 * t * np.sin(a), r * (0.85 + 1.45 * level))
            s.ball(at, (r * rng.uniform(0.9, 1.3), r, r * 0.92), m, n=9, rot=turn_z(float(rng.uniform(0, 180))))
    return s


def flower_buckets(rng: RNG) -> Solid:
    """Cut flowers in buckets, in rows."""
    s = Solid()
    pail = mt.paint((0.2, 0.2, 0.22), 0.5) if rng.random() < 0.5 else mt.paint((0.72, 0.74, 0.75), 0.3, 0.7)
    stem = mt.leaf((0.2, 0.4, 0.15))
    for k in range(int(rng.integers(4, 10))):
        x, y = (k % 4) * 0.36 - 0.54, -(k // 4) * 0.36
        s.lathe([(0.1, 0), (0.14, 0.32), (0.145, 0.33), (0.12, 0.3)], (x, y, 0), pail, n=10)
        bloom = mt.paint(ink(rng, 0.0), 0.7, wear=0.3)
        for _ in range(14):
            a, t = rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 1)
            tip = np.array([x + 0.19 * t * np.cos(a), y + 0.19 * t * np.sin(a), rng.uniform(0.5, 0.68)])
            s.mesh([(x - 0.01, y, 0.3), (x + 0.01, y, 0.3), tip], [(0, 1, 2)], stem)
            s.ball(tip, rng.uniform(0.03, 0.055), bloom, n=5)
        greens(s, rng, (x, y, 0.32), 0.1, 0.1, 0.2)
    return s


def flower_steps(rng: RNG) -> Solid:
    """A stepped wooden stand with pots on each board. Held out."""
    s, w = Solid(), float(rng.uniform(1.2, 1.8))
    wood = surface(rng, "wood")
    for i in range(3):
        z, y = 0.2 + 0.32 * i, -0.4 + 0.3 * i
        s.box((w, 0.26, 0.03), (0, y, z), wood)
        for x in (-w / 2 + 0.04, w / 2 - 0.04):
            s.box((0.04, 0.04, z), (x, y, 0), wood)
        for k in range(int(w / 0.3)):
            s.join(plant(rng, 0.1), (-w / 2 + 0.16 + 0.3 * k, y, z + 0.03), turn_z(float(rng.uniform(0, 360))), 0.9)
    return s


def big_planter(rng: RNG) -> Solid:
    """A clipped ball or cone in a square tub, one or a pair. Held out."""
    s = Solid()
    tub = mt.paint(((0.3, 0.3, 0.31), (0.75, 0.74, 0.7), (0.4, 0.24, 0.15))[int(rng.integers(3))], 0.6)
    green = mt.leaf((0.12, 0.3, 0.1))
    cone = rng.random() < 0.5
    for x in (0.0, 0.75) if rng.random() < 0.5 else (0.0,):
        s.box((0.42, 0.42, 0.45), (x, 0, 0), tub)
        s.box((0.38, 0.38, 0.02), (x, 0, 0.44), mt.paint((0.2, 0.14, 0.1), 0.95))
        for _ in range(240):
            d = rng.standard_normal(3)
            d /= np.linalg.norm(d)
            r = 0.3 * (1 - 0.4 * (d[2] + 1) if cone else 1.0)
            p = np.array([x, 0, 0.95]) + d * [r, r, 0.55 if cone else 0.32]
            a, b = rng.standard_normal((2, 3)) * 0.045
            s.mesh([p - a, p - b, p + a, p + b], [(0, 1, 2, 3)], green)
        s.tube((x, 0, 0.4), (x, 0, 0.9), 0.025, mt.paint((0.3, 0.22, 0.16), 0.9), n=5)
        s.ball((x, 0, 0.95), (0.22, 0.22, 0.4 if cone else 0.26), mt.leaf((0.05, 0.14, 0.04)), n=8)
    return s


def bread(rng: RNG) -> Solid:
    """A table with baskets of loaves and rolls. Held out."""
    s, w = Solid(), float(rng.uniform(1.2, 1.8))
    s.box((w, 0.6, 0.78), (0, 0, 0), surface(rng, "wood"))
    crust = [mt.paint(c, 0.7, wear=0.4, scale=14) for c in ((0.66, 0.42, 0.2), (0.5, 0.3, 0.14), (0.8, 0.6, 0.34))]
    for k in range(n := int(w / 0.45)):
        x = (k - (n - 1) / 2) * 0.44
        s.box((0.4, 0.5, 0.1), (x, 0, 0.78), surface(rng, "wicker"))
        for _ in range(14):
            at = (x + rng.uniform(-0.14, 0.14), rng.uniform(-0.2, 0.2), 0.9 + rng.uniform(0, 0.08))
            s.ball(at, (0.13, 0.05, 0.045), crust[k % 3], n=7, rot=turn_z(float(rng.normal(90, 40))))
    return s
