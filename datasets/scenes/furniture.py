"""Seating put out by restaurants: tables, chairs, parasols."""

from __future__ import annotations

import numpy as np

from . import materials as mt
from .families import Families
from .goods import RNG, bright
from .placing import Piece
from .solid import Solid
from .surfaces import cloth, surface


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


CHAIRS = Families(
    train=("plastic", "wood", "steel", "folding", "stool", "bench"), held_out=("bistro", "tolix", "sling")
)
TABLES = Families(train=("square", "round", "long", "plastic", "laid"), held_out=("barrel", "picnic", "low"))


def chair_of(rng: RNG, family: str, rgb: tuple[float, float, float]) -> Solid:
    """A seat of a family, facing +X."""
    if family in ("plastic", "wood", "steel"):
        return chair(rng, ("plastic", "wood", "steel").index(family), rgb)
    s = Solid()
    steel, wood = mt.paint((0.25, 0.25, 0.26), 0.4, 0.5), surface(rng, "wood")
    m = mt.paint(rgb, 0.5)
    if family == "folding":
        for y in (-0.2, 0.2):
            s.tube((0.2, y, 0), (-0.16, y, 0.86), 0.013, steel, n=5)
            s.tube((-0.2, y, 0), (0.18, y, 0.46), 0.013, steel, n=5)
        for k in range(4):
            s.box((0.08, 0.4, 0.018), (-0.13 + 0.1 * k, 0, 0.45), m if k % 2 else wood)
        for z in (0.66, 0.78):
            s.box((0.015, 0.4, 0.07), (-0.14, 0, z), wood)
    elif family == "stool":
        r = float(rng.uniform(0.14, 0.18))
        high = float(rng.choice([0.45, 0.45, 0.3, 0.7]))
        s.lathe([(r, high - 0.04), (r, high)], (0, 0, 0), m if rng.random() < 0.5 else wood, n=12, smooth=False)
        for a in np.arange(4) * np.pi / 2 + 0.78:
            s.tube(
                (r * 1.15 * np.cos(a), r * 1.15 * np.sin(a), 0),
                (r * 0.8 * np.cos(a), r * 0.8 * np.sin(a), high - 0.03),
                0.014,
                steel,
                n=5,
            )
    elif family == "bench":
        for x in (-0.1, 0.02, 0.14):
            s.box((0.1, 1.3, 0.035), (x, 0, 0.43), wood)
        for y in (-0.5, 0.5):
            s.tube((-0.12, y, 0), (0.14, y, 0.43), 0.02, steel, n=5)
            s.tube((0.14, y, 0), (-0.12, y, 0.43), 0.02, steel, n=5)
    elif family == "bistro":
        cane = surface(rng, "wicker", np.round(np.array(rgb) * 0.5 + 0.6, 1))
        s.lathe([(0.2, 0.43), (0.21, 0.46)], (0, 0, 0), cane, n=12, smooth=False)
        a = np.linspace(np.pi * 0.62, np.pi * 1.38, 7)
        z = np.linspace(0.5, 0.85, 4)
        s.grid(np.stack([np.stack([0.22 * np.cos(a), 0.22 * np.sin(a), np.full(7, h)], -1) for h in z]), cane)
        for t in np.arange(4) * np.pi / 2 + 0.78:
            s.tube(
                (0.22 * np.cos(t), 0.22 * np.sin(t), 0), (0.17 * np.cos(t), 0.17 * np.sin(t), 0.44), 0.014, wood, n=5
            )
    elif family == "tolix":
        metal = mt.paint(rgb, 0.3, 0.5, wear=0.3)
        s.box((0.36, 0.36, 0.02), (0, 0, 0.44), metal)
        for x in (-1, 1):
            for y in (-1, 1):
                s.tube((x * 0.22, y * 0.22, 0), (x * 0.16, y * 0.16, 0.44), 0.02, metal, n=4)
        s.path([(-0.17, -0.17, 0.44), (-0.22, -0.17, 0.82), (-0.22, 0.17, 0.82), (-0.17, 0.17, 0.44)], 0.014, metal)
        s.box((0.012, 0.1, 0.38), (-0.2, 0, 0.45), metal)
    else:  # sling
        for y in (-0.26, 0.26):
            s.tube((0.25, y, 0), (-0.25, y, 0.62), 0.016, wood, n=5)
            s.tube((-0.25, y, 0), (0.25, y, 0.62), 0.016, wood, n=5)
            s.tube((-0.25, y, 0.62), (-0.3, y, 0.95), 0.016, wood, n=5)
        x, y = np.meshgrid(np.linspace(-0.25, 0.25, 5), np.linspace(-0.25, 0.25, 3))
        s.grid(np.stack([x, y, 0.46 - 0.05 * np.cos(x * 5)], -1), m)
        s.plate([(-0.26, -0.25, 0.65), (-0.26, 0.25, 0.65), (-0.3, 0.25, 0.93), (-0.3, -0.25, 0.93)], m)
    return s


def table_of(rng: RNG, family: str, rgb: tuple[float, float, float]) -> tuple[Solid, float]:
    """A table of a family and how far from its middle chairs stand, metres."""
    if family in ("square", "round", "long"):
        k = ("square", "round", "long").index(family)
        return table(rng, k), (0.62, 0.62, 0.75)[k]
    s, wood = Solid(), surface(rng, "wood")
    if family == "plastic":
        m = mt.paint(rgb if rng.random() < 0.5 else (0.85, 0.85, 0.84), 0.4)
        s.box((0.8, 0.8, 0.04), (0, 0, 0.68), m)
        for x in (-0.34, 0.34):
            for y in (-0.34, 0.34):
                s.tube((x * 1.05, y * 1.05, 0), (x, y, 0.7), 0.035, m, n=6)
        return s, 0.66
    if family == "laid":
        m = cloth(rng)
        w = float(rng.uniform(0.7, 1.3))
        s.box((w, 0.75, 0.02), (0, 0, 0.73), m)
        x = np.linspace(-w / 2, w / 2, 9)
        for y in (-0.38, 0.38):
            z = np.stack([np.full(9, 0.45) + 0.02 * np.sin(9 * x), np.full(9, 0.74)])
            s.grid(np.stack([np.tile(x, (2, 1)), np.full((2, 9), y), z], -1), m)
        s.box((w * 0.8, 0.5, 0.7), (0, 0, 0.02), mt.paint((0.12, 0.1, 0.09), 0.8))
        for k in range(6):
            at = ((k % 3 - 1) * w * 0.28, 0.2 if k % 2 else -0.2, 0.75)
            s.lathe([(0.05, 0), (0.11, 0.015)], at, mt.paint((0.9, 0.9, 0.88), 0.3, wear=0), n=10)
            s.lathe(
                [(0.03, 0), (0.006, 0.02), (0.006, 0.1), (0.04, 0.2)], (at[0] + 0.12, at[1], 0.75), mt.clear(0.3), n=7
            )
        return s, 0.7
    if family == "barrel":
        s.lathe([(0.26, 0), (0.33, 0.3), (0.34, 0.55), (0.27, 0.92)], (0, 0, 0), wood, n=14)
        for z in (0.12, 0.75):
            s.lathe([(0.315, z), (0.315, z + 0.05)], (0, 0, 0), mt.paint((0.2, 0.2, 0.2), 0.4, 0.6), n=14)
        s.lathe([(0.4, 0.92), (0.4, 0.96)], (0, 0, 0), wood, n=16, smooth=False)
        return s, 0.75
    if family == "picnic":
        for y in (-0.25, 0, 0.25):
            s.box((1.7, 0.22, 0.04), (0, y, 0.72), wood)
        for y in (-0.72, 0.72):
            s.box((1.7, 0.26, 0.04), (0, y, 0.43), wood)
        for x in (-0.6, 0.6):
            s.tube((x, -0.75, 0), (x, -0.2, 0.74), 0.035, wood, n=5)
            s.tube((x, 0.75, 0), (x, 0.2, 0.74), 0.035, wood, n=5)
            s.tube((x, -0.75, 0.4), (x, 0.75, 0.4), 0.03, wood, n=5)
        return s, 0.0
    m = mt.paint(rgb, 0.4)
    s.box((0.62, 0.62, 0.03), (0, 0, 0.42), m)
    for x in (-0.25, 0.25):
        for y in (-0.25, 0.25):
            s.tube((x, y, 0), (x, y, 0.42), 0.02, m, n=5)
    for _ in range(4):
        s.lathe([(0.04, 0), (0.08, 0.05)], (*rng.uniform(-0.2, 0.2, 2), 0.45), mt.paint((0.88, 0.88, 0.86), 0.3), n=9)
    return s, 0.55


def seating(rng: RNG, held_out: bool, shade: float = 0.4) -> list[Piece]:
    """A table with seats, and at times a parasol, of one family each."""
    rgb = (
        bright(rng)
        if rng.random() < 0.6
        else ((0.3, 0.22, 0.16), (0.15, 0.15, 0.16), (0.8, 0.78, 0.74))[int(rng.integers(3))]
    )
    family, seat = TABLES.draw(rng, held_out), CHAIRS.draw(rng, held_out)
    top, far = table_of(rng, family, rgb)
    out = [Piece(top, "table", turn=float(rng.normal(0, 5)))]
    if far > 0:
        one = chair_of(rng, seat, rgb)
        label = {"stool": "stool", "bench": "bench"}.get(seat, "chair")
        n = 2 if seat == "bench" else int(rng.integers(2, 5))
        turn0 = np.pi / 2 if seat == "bench" or family in ("long", "laid") else float(rng.choice([0, np.pi / 4]))
        for k in range(n):
            a = 2 * np.pi * k / n + turn0 + rng.normal(0, 0.12)
            r = far * (1 + abs(rng.normal(0, 0.12)))
            at = (float(r * np.cos(a)), float(r * np.sin(a)), 0.0)
            out.append(Piece(one, label, at, float(np.degrees(a) + 180 + rng.normal(0, 12))))
    if rng.random() < shade:
        out.append(Piece(parasol(rng, held_out), "umbrella", (0.15, 0.6, 0.0), float(rng.uniform(0, 45))))
    return out


def chair_stack(rng: RNG, held_out: bool = False) -> Solid:
    """Chairs piled on one another, closed for the day or kept at hand."""
    s, one = Solid(), chair_of(rng, CHAIRS.draw(rng, held_out), bright(rng))
    for k in range(int(rng.integers(2, 7))):
        s.join(one, (-0.03 * k, 0, 0.1 * k))
    return s


def parasol(rng: RNG, held_out: bool = False) -> Solid:
    """A parasol; the held-out family is big, square and hangs from an arm."""
    if not held_out:
        return umbrella(rng)
    s, w = Solid(), float(rng.uniform(1.1, 1.6))
    m, steel = mt.paint(bright(rng), 0.8), mt.paint((0.25, 0.25, 0.26), 0.4, 0.5)
    s.box((0.8, 0.8, 0.08), (0, w + 0.2, 0), mt.paint((0.4, 0.4, 0.4), 0.8))
    s.path([(0, w + 0.2, 0), (0, w + 0.2, 2.7), (0, 0, 2.75)], 0.03, steel)
    c = [(-w, -w), (w, -w), (w, w), (-w, w)]
    for k in range(4):
        a, b = c[k], c[(k + 1) % 4]
        s.mesh([(*a, 2.15), (*b, 2.15), (0, 0, 2.65)], [(0, 1, 2)], m)
        s.mesh([(*a, 2.0), (*b, 2.0), (*b, 2.15), (*a, 2.15)], [(0, 1, 2, 3)], m)
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
