"""Bicycles and electric scooters. They face +X, wheels on z = 0."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

import numpy as np

from . import materials as mt
from .goods import RNG, bright
from .solid import Solid, turn_x
from .vehicles import wheel


def ring(s: Solid, at: tuple[float, float, float], r: float, thick: float) -> None:
    """A spoked wheel in the X-Z plane: radius r to the tyre's middle, tyre of that thickness."""
    tyre, spoke = mt.paint((0.04, 0.04, 0.04), 0.8, wear=0), mt.paint((0.6, 0.6, 0.62), 0.3, 0.8, wear=0)
    a = np.linspace(0, 2 * np.pi, 19)
    s.path([(at[0] + r * np.cos(t), at[1], at[2] + r * np.sin(t)) for t in a], thick, tyre, n=5)
    for t in a[:-1:2]:
        s.tube(at, (at[0] + r * np.cos(t), at[1], at[2] + r * np.sin(t)), 0.004, spoke, n=3)


def bicycle(rng: RNG) -> Solid:
    """A bicycle; the shared kinds are yellow, blue or green with a basket."""
    s = Solid()
    shared = rng.random() < 0.6
    col = ((0.93, 0.72, 0.05), (0.1, 0.45, 0.85), (0.3, 0.75, 0.35))[int(rng.integers(3))] if shared else bright(rng)
    m, black = mt.paint(col, 0.35, wear=0.1), mt.paint((0.05, 0.05, 0.05), 0.6, wear=0)
    ring(s, (-0.5, 0, 0.32), 0.31, 0.022)
    ring(s, (0.52, 0, 0.32), 0.31, 0.022)
    hub, seat, head = (-0.06, 0, 0.3), (-0.2, 0, 0.82), (0.36, 0, 0.84)
    for a, b in (
        ((-0.5, 0, 0.32), hub),
        (hub, seat),
        (hub, head),
        ((-0.19, 0, 0.74), (0.37, 0, 0.78)),
        ((-0.5, 0, 0.32), (-0.19, 0, 0.74)),
        ((0.52, 0, 0.32), (0.34, 0, 0.95)),
    ):
        s.tube(a, b, 0.022, m, n=6)
    s.box((0.26, 0.14, 0.06), (-0.22, 0, 0.84), black)
    s.path([(0.26, 0.28, 0.98), (0.36, 0.1, 1.0), (0.36, -0.1, 1.0), (0.26, -0.28, 0.98)], 0.016, black)
    for sy in (-1, 1):
        s.box((0.5, 0.03, 0.05), (-0.5, sy * 0.035, 0.6), m)
    s.tube((-0.06, -0.12, 0.18), (-0.06, 0.12, 0.42), 0.02, black, n=5)
    if shared or rng.random() < 0.4:
        for z in (0.82, 0.92, 1.02):
            s.path(
                [(0.42, -0.15, z), (0.68, -0.15, z), (0.68, 0.15, z), (0.42, 0.15, z), (0.42, -0.15, z)],
                0.012,
                black,
                n=4,
            )
        s.box((0.26, 0.3, 0.01), (0.55, 0, 0.8), black)
    return s


def scooter(rng: RNG, box: bool | None = None) -> Solid:
    """An electric scooter, with a delivery box or a windscreen quilt at times."""
    s = Solid()
    m, black = mt.paint(bright(rng), 0.25, wear=0.15), mt.paint((0.05, 0.05, 0.055), 0.6, wear=0)
    wheel(s, (-0.58, 0, 0.22), 0.22, 0.1)
    wheel(s, (0.6, 0, 0.22), 0.22, 0.1)
    s.box((0.55, 0.3, 0.09), (0.06, 0, 0.26), black)
    s.ball((-0.42, 0, 0.5), (0.38, 0.17, 0.2), m, n=10)
    s.ball((-0.35, 0, 0.74), (0.36, 0.15, 0.07), black, n=10)
    y, z = np.meshgrid(np.linspace(-0.2, 0.2, 5), np.linspace(0.28, 0.92, 5))
    shield = np.stack([0.36 + 0.14 * (z - 0.28) * -0.6 - 1.2 * y**2, y * (1 - 0.3 * (z - 0.3)), z], -1)
    s.grid(shield, m)
    s.grid(shield + [0.05, 0, 0], m)
    s.tube((0.6, 0, 0.22), (0.36, 0, 1.0), 0.03, black, n=6)
    s.ball((0.4, 0, 0.98), (0.1, 0.13, 0.08), m, n=8)
    s.path([(0.24, 0.33, 1.04), (0.34, 0.1, 1.0), (0.34, -0.1, 1.0), (0.24, -0.33, 1.04)], 0.018, black)
    s.ball((0.62, 0, 0.42), (0.2, 0.09, 0.06), m, n=8)
    for sy in (-1, 1):
        s.tube((0.36, sy * 0.2, 1.0), (0.4, sy * 0.32, 1.22), 0.008, black, n=4)
        s.box((0.02, 0.12, 0.08), (0.4, sy * 0.34, 1.2), black)
    s.box((0.03, 0.2, 0.14), (-0.8, 0, 0.4), mt.paint((0.85, 0.85, 0.85), 0.4, wear=0))
    if box if box is not None else rng.random() < 0.35:
        s.box(
            (0.42, 0.44, 0.42),
            (-0.7, 0, 0.82),
            mt.paint(((0.95, 0.75, 0.1), (0.1, 0.5, 0.9), (0.2, 0.2, 0.2))[int(rng.integers(3))], 0.5),
        )
    elif rng.random() < 0.3:
        quilt = mt.paint(np.array(bright(rng)) * 0.7, 0.9)
        yy, zz = np.meshgrid(np.linspace(-0.3, 0.3, 6), np.linspace(0.35, 1.05, 6))
        s.grid(np.stack([0.5 - 0.25 * (zz - 0.35) + 0.03 * np.sin(yy * 12), yy, zz], -1), quilt)
    s.tube((-0.1, 0.1, 0.28), (-0.16, 0.24, 0.0), 0.012, black, n=4)
    return s


def tricycle(rng: RNG) -> Solid:
    """An electric cargo tricycle (三轮车)."""
    s = Solid()
    m, black = (
        mt.paint(((0.1, 0.25, 0.5), (0.55, 0.1, 0.1), (0.15, 0.4, 0.25))[int(rng.integers(3))], 0.4, wear=0.4),
        mt.paint((0.05,) * 3, 0.6),
    )
    for y in (-0.45, 0.45):
        wheel(s, (-0.75, y, 0.25), 0.25, 0.1)
    wheel(s, (0.95, 0, 0.25), 0.25, 0.1)
    s.box((1.4, 0.95, 0.05), (-0.7, 0, 0.5), m)
    for sy in (-1, 1):
        s.box((1.4, 0.03, 0.3), (-0.7, sy * 0.47, 0.52), m)
    for x in (-1.4, 0.0):
        s.box((0.03, 0.95, 0.3), (x, 0, 0.52), m)
    s.box((0.4, 0.5, 0.25), (0.2, 0, 0.5), black)
    s.tube((0.95, 0, 0.25), (0.75, 0, 1.0), 0.04, m)
    s.ball((0.85, 0, 0.75), (0.12, 0.18, 0.22), m, n=10)
    s.path([(0.6, 0.35, 1.05), (0.72, 0, 1.0), (0.6, -0.35, 1.05)], 0.02, black)
    s.lathe([(0.02, -0.3), (0.02, 0.3)], (0.95, 0, 0.5), black, rot=turn_x(90))
    return s


def motorcycle(rng: RNG) -> Solid:
    """A motorcycle or step-through moped on its stand."""
    s = Solid()
    m, black = mt.paint(bright(rng), 0.25, wear=0.15), mt.paint((0.05, 0.05, 0.055), 0.6, wear=0)
    steel = mt.paint((0.6, 0.6, 0.62), 0.3, 0.8, wear=0)
    ring(s, (-0.62, 0, 0.31), 0.26, 0.055)
    ring(s, (0.68, 0, 0.31), 0.27, 0.05)
    s.box((0.4, 0.28, 0.3), (0.05, 0, 0.26), steel)
    s.ball((0.12, 0, 0.78), (0.28, 0.14, 0.13), m, n=10)
    s.ball((-0.35, 0, 0.78), (0.36, 0.13, 0.07), black, n=9)
    s.tube((-0.62, 0, 0.31), (0.1, 0, 0.62), 0.035, m, n=6)
    for y in (-0.09, 0.09):
        s.tube((0.68, y, 0.31), (0.42, y, 1.0), 0.025, steel, n=6)
    s.path([(0.3, 0.36, 1.05), (0.4, 0.1, 1.02), (0.4, -0.1, 1.02), (0.3, -0.36, 1.05)], 0.015, black)
    s.ball((0.52, 0, 0.9), (0.08, 0.1, 0.1), steel, n=8)
    s.tube((-0.2, -0.14, 0.26), (-0.8, -0.14, 0.36), 0.04, steel, n=7)
    s.ball((-0.7, 0, 0.58), (0.24, 0.08, 0.06), m, n=8)
    if rng.random() < 0.4:
        s.box((0.38, 0.36, 0.32), (-0.72, 0, 0.82), black)
    s.tube((0.0, 0.1, 0.28), (-0.08, 0.26, 0.0), 0.013, black, n=4)
    return s


def kick_scooter(rng: RNG) -> Solid:
    """An electric kick scooter, standing."""
    s = Solid()
    m, black = mt.paint(bright(rng), 0.4, wear=0.1), mt.paint((0.06, 0.06, 0.06), 0.6, wear=0)
    for x in (-0.4, 0.48):
        s.lathe([(0.11, -0.025), (0.11, 0.025)], (x, 0, 0.11), black, n=12, rot=turn_x(90))
    s.box((0.7, 0.15, 0.05), (0, 0, 0.12), black)
    s.tube((0.48, 0, 0.11), (0.36, 0, 1.12), 0.028, m, n=7)
    s.path([(0.34, 0.24, 1.12), (0.34, -0.24, 1.12)], 0.016, black)
    return s
