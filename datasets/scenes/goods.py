"""Goods as shops put them out: crates of fruit, cartons, stools, sacks, bottles, hardware. Base at z = 0."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import materials as mt
from .lettering import carton_face
from .solid import Solid, turn_x, turn_y, turn_z

RNG = np.random.Generator
BRIGHT = (
    (0.80, 0.12, 0.10),
    (0.10, 0.30, 0.70),
    (0.12, 0.52, 0.24),
    (0.92, 0.72, 0.10),
    (0.90, 0.40, 0.10),
    (0.85, 0.85, 0.84),
    (0.80, 0.35, 0.55),
    (0.18, 0.18, 0.20),
    (0.35, 0.65, 0.80),
)
_FRUIT = (
    ((0.80, 0.14, 0.10), 0.042),
    ((0.93, 0.52, 0.08), 0.040),
    ((0.62, 0.72, 0.16), 0.042),
    ((0.88, 0.76, 0.20), 0.05),
    ((0.30, 0.08, 0.20), 0.022),
    ((0.85, 0.40, 0.32), 0.045),
    ((0.16, 0.34, 0.12), 0.11),
    ((0.45, 0.62, 0.22), 0.05),
    ((0.55, 0.36, 0.2), 0.045),
)


def bright(rng: RNG) -> tuple[float, float, float]:
    """A strong plastic colour."""
    return BRIGHT[int(rng.integers(len(BRIGHT)))]


def crate(rng: RNG, filled: bool = True) -> Solid:
    """An open plastic or wooden tray, 0.55 x 0.38 x 0.2 m, heaped with fruit."""
    s, w, d, h = Solid(), 0.55, 0.38, float(rng.uniform(0.14, 0.26))
    col = (0.62, 0.46, 0.28) if rng.random() < 0.35 else bright(rng)
    m = mt.paint(col, 0.5)
    s.box((w, d, 0.015), (0, 0, 0.01), m)
    for k in range(3):
        z = 0.01 + k * h / 3
        for sy in (-1, 1):
            s.box((w, 0.015, h / 3 - 0.018), (0, sy * d / 2, z), m)
        for sx in (-1, 1):
            s.box((0.015, d, h / 3 - 0.018), (sx * w / 2, 0, z), m)
    for sx in (-1, 1):
        for sy in (-1, 1):
            s.box((0.035, 0.035, h), (sx * w / 2 * 0.97, sy * d / 2 * 0.97, 0), m)
    if filled:
        rgb, r = _FRUIT[int(rng.integers(len(_FRUIT)))]
        fruit, other = mt.paint(rgb, 0.35, wear=0.2, scale=12), mt.paint(np.array(rgb) * 0.8, 0.35, wear=0.2)
        nx, ny = max(2, int(w / (2.05 * r))), max(2, int(d / (2.05 * r)))
        s.box((w * 0.95, d * 0.95, 0.02), (0, 0, h * 0.75), other)
        for i in range(nx):
            for j in range(ny):
                x, y = (i + 0.5) / nx - 0.5, (j + 0.5) / ny - 0.5
                heap = 0.10 * max(0.0, 1 - 3 * (x * x + y * y)) * rng.uniform(0.5, 1)
                at = (x * w * 0.93 + rng.normal(0, 0.006), y * d * 0.93, h * 0.8 + heap)
                s.ball(at, r * rng.uniform(0.9, 1.08), fruit if rng.random() < 0.75 else other, n=7)
    return s


def crate_stack(rng: RNG) -> Solid:
    """Crates on one another, the top one filled."""
    s, z = Solid(), 0.0
    for i in range(n := int(rng.integers(1, 4))):
        c = crate(rng, filled=i == n - 1)
        s.join(c, (rng.normal(0, 0.01), rng.normal(0, 0.01), z), turn_z(float(rng.normal(0, 2))))
        z += float(c.points()[:, 2].max()) if i < n - 1 else 0
    return s


def cartons(rng: RNG, n: int | None = None) -> Solid:
    """A pile of cardboard boxes, some open."""
    s = Solid()
    mats = [mt.picture(carton_face(rng), 0.8) for _ in range(2)]
    flap = mt.paint((0.66, 0.50, 0.33), 0.85)
    n = n or int(rng.integers(2, 8))
    cols = max(1, int(np.ceil(n / 3)))
    for k in range(n):
        c, level = k % cols, k // cols
        size = np.array([rng.uniform(0.36, 0.5), rng.uniform(0.28, 0.38), rng.uniform(0.26, 0.36)])
        at = (c * 0.5 - (cols - 1) * 0.25 + rng.normal(0, 0.02), rng.normal(0, 0.03), level * 0.32)
        s.box(size, at, mats[int(rng.integers(2))], turn_z(float(rng.normal(0, 5))))
        if level == (n - 1) // cols and rng.random() < 0.4:
            for sy in (-1, 1):
                edge = np.array(at) + [0, sy * (size[1] / 2 + 0.05), size[2] - 0.01]
                s.box((size[0], 0.12, 0.006), edge, flap, turn_x(sy * -30), base=False)
    return s


def stools(rng: RNG, n: int | None = None) -> Solid:
    """Stacked plastic stools."""
    s, m = Solid(), mt.paint(bright(rng), 0.4)
    n = n or int(rng.integers(1, 9))
    for k in range(n):
        z = k * 0.055
        s.box((0.28, 0.28, 0.03), (0, 0, z + 0.42), m)
        for sx in (-1, 1):
            for sy in (-1, 1):
                s.tube((sx * 0.165, sy * 0.165, z), (sx * 0.12, sy * 0.12, z + 0.43), 0.02, m, n=5)
            s.box((0.015, 0.3, 0.05), (sx * 0.15, 0, z + 0.12), m)
    return s


def sacks(rng: RNG) -> Solid:
    """Rice or cement sacks, some piled flat, some standing open."""
    s = Solid()
    m = mt.paint(((0.80, 0.78, 0.72), (0.70, 0.62, 0.45), (0.82, 0.80, 0.78))[int(rng.integers(3))], 0.8, wear=0.4)
    top = mt.paint(
        ((0.86, 0.84, 0.78), (0.60, 0.40, 0.18), (0.70, 0.16, 0.1))[int(rng.integers(3))], 0.9, wear=0.4, scale=40
    )
    for k in range(int(rng.integers(2, 9))):
        at = ((k % 2) * 0.5 - 0.25 + rng.normal(0, 0.03), rng.normal(0, 0.04), 0.09 + (k // 2) * 0.15)
        s.ball(at, (0.33, 0.21, 0.10), m, n=12, rot=turn_z(float(rng.normal(0, 8))))
    if rng.random() < 0.5:
        for k in range(int(rng.integers(1, 4))):
            at = np.array([k * 0.46 - 0.4, -0.52, 0])
            s.lathe([(0.2, 0), (0.23, 0.15), (0.21, 0.42), (0.22, 0.46)], at, m, n=14)
            s.lathe([(0.2, 0), (0.14, 0.05), (0.02, 0.09)], at + [0, 0, 0.42], top, n=12)
    return s


def gas_bottles(rng: RNG) -> Solid:
    """Steel gas bottles."""
    s = Solid()
    m = mt.paint(((0.45, 0.52, 0.56), (0.55, 0.16, 0.12), (0.30, 0.36, 0.42))[int(rng.integers(3))], 0.4, wear=0.6)
    for k in range(int(rng.integers(1, 6))):
        at = ((k % 3) * 0.36 - 0.3, (k // 3) * 0.36, 0)
        s.lathe([(0.14, 0), (0.155, 0.06), (0.155, 0.48), (0.12, 0.6), (0.03, 0.64), (0.03, 0.7)], at, m, n=14)
        s.lathe([(0.1, 0.62), (0.1, 0.74)], at, m, n=10)
    return s


def water_packs(rng: RNG) -> Solid:
    """Shrink-wrapped bottles or big water drums."""
    s = Solid()
    if rng.random() < 0.5:
        m = mt.paint((0.35, 0.55, 0.75), 0.15, wear=0.1)
        for k in range(int(rng.integers(3, 10))):
            at = ((k % 4) * 0.29 - 0.4, (k // 4) * 0.29, 0)
            s.lathe(
                [(0.13, 0), (0.135, 0.15), (0.12, 0.19), (0.135, 0.24), (0.12, 0.36), (0.03, 0.44), (0.03, 0.5)], at, m
            )
        return s
    label = mt.paint(bright(rng), 0.3, wear=0.1)
    body = mt.paint((0.72, 0.78, 0.82), 0.15, wear=0.2)
    for k in range(int(rng.integers(3, 10))):
        x, z = (k % 3) * 0.42 - 0.42, (k // 3) * 0.27
        for i in range(4):
            for j in range(3):
                at = (x + i * 0.095 - 0.14, j * 0.095 - 0.1, z)
                s.lathe([(0.045, 0), (0.045, 0.19), (0.015, 0.24), (0.015, 0.26)], at, body, n=6)
        s.box((0.39, 0.29, 0.09), (x, 0, z + 0.07), label)
    return s


def hardware(rng: RNG) -> Solid:
    """Buckets, brooms, coils, ladders, pipes: what a hardware shop leans against its front."""
    s = Solid()
    grey, wood = mt.paint((0.6, 0.61, 0.62), 0.35, 0.7), mt.paint((0.62, 0.48, 0.30), 0.7)
    for k in range(int(rng.integers(2, 5))):
        x = k * 0.42 - 0.6
        kind = int(rng.integers(5))
        if kind == 0:
            m = mt.paint(bright(rng), 0.35)
            for i in range(int(rng.integers(2, 6))):
                s.lathe([(0.11, 0), (0.16, 0.26), (0.17, 0.27)], (x, 0, i * 0.07), m, n=14)
        elif kind == 1:
            for _ in range(5):
                dx = rng.normal(0, 0.07)
                s.tube((x + dx, -0.1, 0.2), (x + dx * 2, 0.22, 1.45), 0.014, wood)
                s.box((0.3, 0.06, 0.22), (x + dx, -0.12, 0), mt.paint(bright(rng), 0.8))
        elif kind == 2:
            m = mt.paint(((0.1, 0.1, 0.1), (0.8, 0.4, 0.1), (0.15, 0.35, 0.65))[int(rng.integers(3))], 0.4)
            for i in range(int(rng.integers(2, 6))):
                ring = [(0.24 * np.cos(a), 0.24 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 15)]
                s.path([(x + p[0], p[1], 0.05 + i * 0.09) for p in ring], 0.045, m)
        elif kind == 3:
            for sx in (-0.2, 0.2):
                s.tube((x + sx, -0.25, 0), (x + sx, 0.2, 2.0), 0.025, grey)
            for i in range(6):
                t = (i + 1) / 7
                s.tube((x - 0.2, -0.25 + 0.45 * t, 2 * t), (x + 0.2, -0.25 + 0.45 * t, 2 * t), 0.018, grey)
        else:
            m = mt.paint(((0.85, 0.86, 0.87), (0.75, 0.35, 0.1), (0.3, 0.32, 0.34))[int(rng.integers(3))], 0.35)
            for i in range(8):
                s.tube((x - 0.12 + i * 0.035, -0.2, 0), (x - 0.1 + i * 0.04, 0.2, rng.uniform(1.6, 2.4)), 0.025, m)
    return s


def tyres(rng: RNG) -> Solid:
    """Stacked tyres."""
    s, m = Solid(), mt.paint((0.05, 0.05, 0.05), 0.8)
    for c in range(int(rng.integers(1, 4))):
        for i in range(int(rng.integers(2, 7))):
            at = (c * 0.66 - 0.6, rng.normal(0, 0.02), i * 0.2)
            s.lathe(
                [(0.2, 0), (0.31, 0.03), (0.32, 0.1), (0.31, 0.17), (0.2, 0.2), (0.19, 0.1), (0.2, 0.0)], at, m, n=18
            )
    return s


def freezer(rng: RNG) -> Solid:
    """An ice-cream chest put before the door."""
    s = Solid()
    s.box((1.1, 0.6, 0.78), (0, 0, 0.04), mt.paint((0.82, 0.84, 0.86), 0.3, wear=0.3))
    s.box((1.11, 0.61, 0.28), (0, 0, 0.3), mt.paint(bright(rng), 0.35, wear=0.1))
    s.box((1.06, 0.56, 0.03), (0, 0, 0.82), mt.glass(0.08), turn_y(1.0))
    return s


GOODS: dict[str, tuple[Callable[[RNG], Solid], str]] = {
    "crates": (crate_stack, "crate"),
    "cartons": (cartons, "carton"),
    "stools": (stools, "stool"),
    "sacks": (sacks, "carton"),
    "gas": (gas_bottles, "crate"),
    "water": (water_packs, "crate"),
    "hardware": (hardware, "rack"),
    "tyres": (tyres, "crate"),
    "freezer": (freezer, "stall"),
}
"""Name -> (maker, box label: the nearest of the fixed labels)."""
