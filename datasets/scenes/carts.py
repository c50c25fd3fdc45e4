"""Hand carts, cargo tricycles, trolleys, pallets and boxes. They face +X, base at z = 0."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

from typing import Any

import numpy as np

from . import materials as mt
from .goods import RNG, bright, cartons, crate
from .produce import basket, greens, heap
from .solid import Solid, turn_x, turn_y, turn_z
from .surfaces import cloth, surface
from .two_wheelers import ring, tricycle
from .vehicles import wheel


def load(s: Solid, rng: RNG, at: Any, w: float, d: float) -> None:
    """Fill a bed of w x d metres with crates, heaps, cartons, sacks, baskets or cloth."""
    kind = int(rng.integers(6))
    p = np.asarray(at, dtype=float)
    if kind == 0:
        for x in np.arange(-w / 2 + 0.3, w / 2 - 0.2, 0.58):
            for y in np.arange(-d / 2 + 0.2, d / 2 - 0.1, 0.4):
                s.join(crate(rng), p + [x, y, 0])
    elif kind == 1:
        for x in np.arange(-w / 2 + 0.25, w / 2 - 0.1, 0.45):
            heap(s, rng, p + [x, 0, 0], 0.22, d / 2 * 0.9, 0.25)
    elif kind == 2:
        for _ in range(int(w * d * 12)):
            size = rng.uniform(0.2, 0.45, 3)
            off = [rng.uniform(-w / 2, w / 2) * 0.7, rng.uniform(-d / 2, d / 2) * 0.6, rng.uniform(0, 0.45)]
            s.box(size, p + off, surface(rng, "card"), turn_z(float(rng.normal(0, 10))))
    elif kind == 3:
        m = mt.paint(((0.8, 0.78, 0.72), (0.75, 0.3, 0.25), (0.3, 0.4, 0.65))[int(rng.integers(3))], 0.8, wear=0.4)
        for _ in range(9):
            off = [rng.uniform(-w / 3, w / 3), rng.uniform(-d / 4, d / 4), rng.uniform(0.08, 0.45)]
            s.ball(p + off, (0.32, 0.22, 0.13), m, n=9, rot=turn_z(float(rng.uniform(0, 180))))
    elif kind == 4:
        s.join(basket(rng), p + [0, 0.2, 0], scale=0.85)
        greens(s, rng, p + [0, 0, 0.02], w / 2.3, d / 2.3, 0.2)
    else:
        for _ in range(20):
            off = [rng.uniform(-w / 2.5, w / 2.5), rng.uniform(-d / 2.6, d / 2.6), rng.uniform(0.03, 0.3)]
            s.box((0.3, 0.26, 0.06), p + off, cloth(rng), turn_z(float(rng.uniform(0, 90))))


def hand_cart(rng: RNG) -> Solid:
    """A barrow with two spoked wheels and two shafts, loaded, with or without a parasol."""
    s = Solid()
    wood = surface(rng, "wood", np.round(rng.uniform(0.6, 1.1, 3), 1))
    s.box((1.6, 0.9, 0.05), (0, 0, 0.62), wood)
    for sy in (-1, 1):
        s.box((1.6, 0.03, 0.16), (0, sy * 0.44, 0.65), wood)
        ring(s, (0.15, sy * 0.5, 0.36), 0.34, 0.025)
        s.tube((-0.75, sy * 0.35, 0.66), (-1.5, sy * 0.3, 0.8), 0.025, wood, n=6)
    s.box((0.05, 0.05, 0.62), (-0.7, 0.3, 0), wood)
    s.box((0.05, 0.05, 0.62), (-0.7, -0.3, 0), wood)
    load(s, rng, (0, 0, 0.68), 1.5, 0.85)
    return s


def push_stall(rng: RNG) -> Solid:
    """A steel food cart: box on wheels, glass case or pots on top, small roof. Held out."""
    s = Solid()
    steel = mt.paint((0.75, 0.76, 0.78), 0.25, 0.8, wear=0.2)
    body = (
        steel
        if rng.random() < 0.4
        else surface(rng, "print", metres=1.4, variants=8)
        if rng.random() < 0.4
        else mt.paint(bright(rng), 0.4)
    )
    s.box((1.5, 0.8, 0.62), (0, 0, 0.25), body)
    for x in (-0.55, 0.55):
        for y in (-0.42, 0.42):
            wheel(s, (x, y, 0.16), 0.16, 0.06)
    s.box((1.55, 0.85, 0.03), (0, 0, 0.87), steel)
    for x in (-0.7, 0.7):
        for y in (-0.36, 0.36):
            s.tube((x, y, 0.9), (x, y, 2.0), 0.016, steel, n=5)
    s.box((1.7, 1.0, 0.05), (0, 0, 2.0), body, turn_x(4))
    s.box((1.72, 0.02, 0.2), (0, -0.5, 1.82), cloth(rng))
    for y in (-0.38, 0.38):
        s.plate([(-0.7, y, 0.9), (0.7, y, 0.9), (0.7, y, 1.4), (-0.7, y, 1.4)], mt.clear(0.2))
    for x in np.arange(-0.55, 0.6, 0.32):
        if rng.random() < 0.5:
            s.lathe([(0.14, 0), (0.14, 0.2), (0.12, 0.21)], (x, rng.uniform(-0.1, 0.1), 0.9), steel, n=12)
        else:
            heap(s, rng, (x, 0, 0.9), 0.15, 0.25, 0.14)
    return s


def loaded_tricycle(rng: RNG) -> Solid:
    """A cargo tricycle as a stall: its bed piled with goods."""
    s = tricycle(rng)
    load(s, rng, (-0.7, 0, 0.56), 1.35, 0.9)
    return s


def cargo_bike(rng: RNG) -> Solid:
    """A vendor's bicycle with a box in front and a parasol. Held out."""
    s = Solid()
    m = mt.paint(bright(rng), 0.4)
    for y in (-0.4, 0.4):
        ring(s, (0.6, y, 0.3), 0.29, 0.025)
    ring(s, (-0.85, 0, 0.33), 0.31, 0.025)
    s.box((0.9, 0.7, 0.55), (0.6, 0, 0.35), m if rng.random() < 0.5 else surface(rng, "wood"))
    load(s, rng, (0.6, 0, 0.9), 0.8, 0.65)
    for a, b in (
        ((-0.85, 0, 0.33), (-0.2, 0, 0.3)),
        ((-0.2, 0, 0.3), (0.2, 0, 0.6)),
        ((-0.2, 0, 0.3), (-0.35, 0, 0.9)),
    ):
        s.tube(a, b, 0.025, m, n=6)
    s.box((0.26, 0.16, 0.06), (-0.36, 0, 0.9), mt.paint((0.05, 0.05, 0.05), 0.6))
    s.path([(-0.1, 0.3, 1.02), (0.1, 0.25, 1.0), (0.1, -0.25, 1.0), (-0.1, -0.3, 1.02)], 0.015, m)
    s.tube((0.6, 0, 0.9), (0.6, 0, 2.15), 0.016, mt.paint((0.7, 0.7, 0.7), 0.3, 0.7))
    s.lathe([(0.95, 1.9), (0.6, 2.08), (0.01, 2.2)], (0.6, 0, 0), cloth(rng), n=8, smooth=False)
    return s


def hand_trolley(rng: RNG) -> Solid:
    """A sack truck or platform trolley, empty or with boxes."""
    s = Solid()
    m = mt.paint(((0.1, 0.25, 0.55), (0.7, 0.12, 0.1), (0.6, 0.61, 0.63))[int(rng.integers(3))], 0.4, 0.4)
    if rng.random() < 0.5:
        s.box((0.9, 0.55, 0.04), (0, 0, 0.17), m)
        for x in (-0.38, 0.38):
            for y in (-0.22, 0.22):
                s.ball((x, y, 0.08), (0.08, 0.03, 0.08), mt.paint((0.08, 0.08, 0.08), 0.7), n=8)
        s.path([(-0.43, -0.25, 0.2), (-0.47, -0.25, 0.95), (-0.47, 0.25, 0.95), (-0.43, 0.25, 0.2)], 0.016, m)
        z, n = 0.21, int(rng.integers(0, 6))
    else:
        for y in (-0.16, 0.16):
            s.tube((-0.1, y, 0.12), (-0.32, y, 1.25), 0.016, m, n=6)
            wheel(s, (-0.16, y * 1.5, 0.13), 0.13, 0.05)
        for k in range(4):
            t = 0.2 + 0.22 * k
            s.tube((-0.1 - 0.22 * t, -0.16, 0.12 + 1.13 * t), (-0.1 - 0.22 * t, 0.16, 0.12 + 1.13 * t), 0.012, m, n=5)
        s.box((0.3, 0.4, 0.02), (0.04, 0, 0.03), m)
        z, n = 0.05, int(rng.integers(0, 4))
    for _ in range(n):
        h = float(rng.uniform(0.2, 0.35))
        s.box((0.42, 0.4, h), (0.08, 0, z), surface(rng, "card"), turn_z(float(rng.normal(0, 6))))
        z += h
    return s


def pallet(rng: RNG) -> Solid:
    """One wooden pallet, its base at z = 0, 0.14 m high."""
    s, wood = Solid(), surface(rng, "wood", (0.9, 0.8, 0.7))
    for k in range(7):
        s.box((0.11, 0.8, 0.022), (k * 0.18 - 0.54, 0, 0.12), wood)
    for y in (-0.35, 0, 0.35):
        s.box((1.2, 0.1, 0.12), (0, y, 0), wood)
    return s


def loaded_pallet(rng: RNG) -> Solid:
    """A pallet with cartons, sacks, drums or shrink-wrapped packs."""
    s, kind = pallet(rng), int(rng.integers(4))
    if kind == 0:
        for y in (-0.2, 0.2):
            s.join(cartons(rng, 6), (0, y, 0.14))
    elif kind == 1:
        h = float(rng.uniform(0.4, 1.3))
        s.box((1.1, 0.75, h), (0, 0, 0.14), surface(rng, "packets", metres=0.6, variants=6))
        s.box((1.13, 0.78, h * 0.96), (0, 0, 0.15), mt.clear(0.3))
    elif kind == 2:
        m = mt.paint(((0.8, 0.78, 0.72), (0.7, 0.62, 0.45), (0.35, 0.5, 0.35))[int(rng.integers(3))], 0.8, wear=0.4)
        for level in range(int(rng.integers(1, 5))):
            for x in (-0.38, 0.0, 0.38):
                for y in (-0.19, 0.19):
                    s.ball((x, y, 0.22 + 0.14 * level), (0.26, 0.19, 0.09), m, n=9, rot=turn_z(float(rng.normal(0, 6))))
    else:
        for x in np.arange(-0.42, 0.5, 0.28):
            for y in (-0.25, 0.05):
                s.lathe([(0.12, 0), (0.13, 0.3), (0.06, 0.36)], (x, y, 0.14), mt.paint(bright(rng), 0.4), n=10)
    return s


def pallet_stack(rng: RNG) -> Solid:
    """Empty pallets on one another, some leaning. Held out."""
    s = Solid()
    for k in range(int(rng.integers(2, 8))):
        s.join(pallet(rng), (rng.normal(0, 0.02), rng.normal(0, 0.02), 0.145 * k), turn_z(float(rng.normal(0, 2))))
    if rng.random() < 0.5:
        s.join(pallet(rng), (0, -0.62, 0.4), turn_x(76))
    return s


def open_boxes(rng: RNG) -> Solid:
    """Cardboard boxes with their flaps open, full or empty, some on their side. Held out."""
    s = Solid()
    for k in range(int(rng.integers(2, 7))):
        w, d, h = rng.uniform(0.32, 0.6), rng.uniform(0.28, 0.42), rng.uniform(0.2, 0.4)
        m, one = surface(rng, "card", np.round(rng.uniform(0.8, 1.2), 1) * np.ones(3)), Solid()
        for sx in (-1, 1):
            one.box((0.012, d, h), (sx * w / 2, 0, 0), m)
            one.box(
                (0.012, d, h * 0.5),
                (sx * (w / 2 + h * 0.2), 0, h - 0.02 - h * 0.1),
                m,
                turn_y(sx * float(rng.uniform(40, 100))),
            )
        for sy in (-1, 1):
            one.box((w, 0.012, h), (0, sy * d / 2, 0), m)
            one.box(
                (w, 0.012, h * 0.45), (0, sy * (d / 2 + h * 0.2), h - 0.1), m, turn_x(-sy * float(rng.uniform(40, 100)))
            )
        fill = rng.random()
        if fill < 0.4:
            heap(one, rng, (0, 0, h * 0.6), w * 0.42, d * 0.42, 0.12)
        elif fill < 0.75:
            one.box((w * 0.95, d * 0.95, h * 0.7), (0, 0, 0), surface(rng, "packets", metres=0.5, variants=6))
        s.join(one, ((k % 3) * 0.6 - 0.6, -(k // 3) * 0.5 + rng.normal(0, 0.04), 0), turn_z(float(rng.normal(0, 12))))
    return s


def bottle_crates(rng: RNG) -> Solid:
    """Beer and lemonade crates, bottles in the upper ones."""
    s = Solid()
    m, glass = (
        mt.paint(bright(rng), 0.45),
        mt.paint(((0.1, 0.25, 0.12), (0.3, 0.16, 0.06))[int(rng.integers(2))], 0.1, wear=0),
    )
    cap = mt.paint(bright(rng), 0.4, wear=0)
    for c in range(int(rng.integers(1, 5))):
        n = int(rng.integers(1, 6))
        for k in range(n):
            at = np.array([c * 0.43 - 0.6, rng.normal(0, 0.01), 0.27 * k])
            for z in (0.0, 0.1, 0.19):
                for sy in (-0.15, 0.15):
                    s.box((0.4, 0.02, 0.07), at + [0, sy, z], m)
                for sx in (-0.2, 0.2):
                    s.box((0.02, 0.3, 0.07), at + [sx, 0, z], m)
            if k == n - 1:
                for x in np.arange(-0.14, 0.16, 0.09):
                    for y in (-0.09, 0.0, 0.09):
                        s.lathe(
                            [(0.032, 0), (0.032, 0.17), (0.012, 0.24), (0.012, 0.27)], at + [x, y, 0.01], glass, n=5
                        )
                        s.box((0.026, 0.026, 0.012), at + [x, y, 0.275], cap)
            else:
                s.box((0.38, 0.28, 0.2), at + [0, 0, 0.02], glass)
    return s
