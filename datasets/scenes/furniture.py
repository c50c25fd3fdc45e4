"""Seating put out by restaurants: tables, chairs, parasols."""

from __future__ import annotations

import numpy as np

from . import materials as mt
from .goods import RNG, bright
from .solid import Solid


def chair(rng: RNG, style: int = 0, rgb: tuple[float, float, float] | None = None) -> Solid:
    """A chair that faces +X; style 0 plastic, 1 wood or steel frame."""
    s = Solid()
    col = rgb or bright(rng)
    if style == 0:
        m = mt.paint(col, 0.4)
        s.box((0.42, 0.42, 0.03), (0, 0, 0.43), m)
        for sx in (-1, 1):
            for sy in (-1, 1):
                s.tube((sx * 0.22, sy * 0.22, 0), (sx * 0.18, sy * 0.18, 0.44), 0.022, m, n=6)
        y = np.linspace(-0.2, 0.2, 6)
        z = np.linspace(0.44, 0.84, 5)
        yy, zz = np.meshgrid(y, z)
        back = np.stack([-0.2 - 0.1 * (zz - 0.44) - 0.2 * yy**2 * -1.2, yy, zz], -1)
        s.grid(back, m)
        s.grid(back - [0.02, 0, 0], m)
        for sy in (-1, 1):
            s.tube((-0.2, sy * 0.22, 0.62), (0.16, sy * 0.23, 0.62), 0.02, m, n=5)
            s.tube((0.16, sy * 0.23, 0.62), (0.17, sy * 0.2, 0.44), 0.02, m, n=5)
        return s
    frame = mt.paint((0.3, 0.2, 0.13) if style == 1 else (0.2, 0.2, 0.21), 0.45)
    seat = mt.paint(col if style == 2 else (0.42, 0.29, 0.18), 0.6)
    s.box((0.4, 0.4, 0.04), (0, 0, 0.43), seat)
    for sy in (-1, 1):
        s.tube((0.18, sy * 0.18, 0), (0.18, sy * 0.18, 0.44), 0.018, frame, n=6)
        s.tube((-0.22, sy * 0.18, 0), (-0.22, sy * 0.18, 0.9), 0.018, frame, n=6)
    for z in (0.6, 0.72, 0.84):
        s.box((0.02, 0.38, 0.06), (-0.22, 0, z), frame)
    return s


def table(rng: RNG, style: int = 0) -> Solid:
    """0 square folding, 1 round, 2 long."""
    s = Solid()
    top = mt.paint(
        ((0.72, 0.7, 0.66), (0.45, 0.32, 0.2), (0.8, 0.8, 0.8), (0.65, 0.15, 0.12))[int(rng.integers(4))], 0.4
    )
    leg = mt.paint((0.3, 0.31, 0.33), 0.4, 0.6)
    w, d = ((0.75, 0.75), (0.85, 0.85), (1.3, 0.65))[style]
    if style == 1:
        s.lathe([(w / 2, 0.7), (w / 2, 0.73)], (0, 0, 0), top, n=20, smooth=False)
        s.tube((0, 0, 0.03), (0, 0, 0.7), 0.04, leg)
        s.lathe([(0.25, 0), (0.22, 0.04)], (0, 0, 0), leg, n=14)
    else:
        s.box((w, d, 0.03), (0, 0, 0.7), top)
        for sx in (-1, 1):
            for sy in (-1, 1):
                s.tube((sx * w * 0.44, sy * d * 0.44, 0), (sx * w * 0.42, sy * d * 0.42, 0.7), 0.02, leg, n=6)
    for _ in range(int(rng.integers(0, 7))):
        at = (rng.uniform(-w / 3, w / 3), rng.uniform(-d / 3, d / 3), 0.73)
        k = int(rng.integers(3))
        if k == 0:
            s.lathe(
                [(0.035, 0), (0.035, 0.16), (0.012, 0.22), (0.012, 0.26)],
                at,
                mt.paint((0.1, 0.3, 0.15), 0.1, wear=0),
                n=8,
            )
        elif k == 1:
            s.lathe([(0.04, 0), (0.09, 0.045)], at, mt.paint((0.85, 0.85, 0.83), 0.3, wear=0), n=10)
        else:
            s.box((0.12, 0.08, 0.08), at, mt.paint(bright(rng), 0.6))
    return s


def umbrella(rng: RNG, rgb: tuple[float, float, float] | None = None) -> Solid:
    """A parasol on a foot, 2.4 to 3 m across, eight panels."""
    s, r = Solid(), float(rng.uniform(1.15, 1.5))
    steel = mt.paint((0.75, 0.75, 0.76), 0.35, 0.6)
    a = mt.paint(rgb or bright(rng), 0.8, wear=0.2)
    b = mt.paint((0.86, 0.85, 0.82), 0.8) if rng.random() < 0.35 else a
    s.lathe([(0.26, 0), (0.26, 0.08), (0.06, 0.12)], (0, 0, 0), mt.paint((0.3, 0.3, 0.32), 0.7), n=14)
    s.tube((0, 0, 0.1), (0, 0, 2.5), 0.022, steel)
    for k in range(8):
        t0, t1 = 2 * np.pi * k / 8, 2 * np.pi * (k + 1) / 8
        p, q = np.array([np.cos(t0), np.sin(t0)]), np.array([np.cos(t1), np.sin(t1)])
        m = a if k % 2 else b
        mid = 0.55
        pts = [(0, 0, 2.55), (*(p * r * mid), 2.36), (*(q * r * mid), 2.36), (*(p * r), 2.05), (*(q * r), 2.05)]
        s.mesh(pts, [(0, 1, 2), (1, 3, 4, 2)], m)
        drop = [(*(p * r), 2.05), (*(q * r), 2.05), (*(q * r), 1.9), (*(p * r), 1.9)]
        s.mesh(drop, [(0, 1, 2, 3)], b if k % 2 else a)
    return s


def setting(rng: RNG, stools_only: bool = False) -> list[tuple[Solid, str, tuple[float, float, float], float]]:
    """A table with seats: (solid, label, place, turn). Places are relative to the table."""
    style, chair_style, rgb = int(rng.integers(3)), int(rng.integers(3)), bright(rng)
    out = [(table(rng, style), "table", (0.0, 0.0, 0.0), float(rng.normal(0, 4)))]
    n = int(rng.integers(2, 5))
    far = 0.62 if style < 2 else 0.75
    for k in range(n):
        a = 2 * np.pi * k / n + rng.normal(0, 0.15) + (np.pi / 2 if style == 2 and n == 2 else 0)
        at = (float(far * np.cos(a)), float(far * np.sin(a)), 0.0)
        turn = float(np.degrees(a) + 180 + rng.normal(0, 14))
        if stools_only:
            from .goods import stools

            out.append((stools(rng, 1), "stool", at, turn))
        else:
            out.append((chair(rng, chair_style, rgb), "chair", at, turn))
    return out
