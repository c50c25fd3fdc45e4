"""Market stalls and boards: cloth and tarpaulin on poles over tables, parasols, tents; A-boards, flags, menus."""

from __future__ import annotations

import numpy as np

from . import materials as mt
from .carts import load
from .counters import wares_table
from .furniture import umbrella
from .goods import RNG, bright
from .household import buckets
from .lettering import board, words
from .placing import Piece
from .produce import basket, flat_crates, trestle
from .solid import Solid, turn_x, turn_z
from .surfaces import cloth, surface
from .textiles import garment, textile_sheet


def _under(rng: RNG, held: bool = False) -> Solid:
    pick = [trestle] if held else [wares_table, flat_crates, wares_table, basket, buckets, textile_sheet]
    return pick[int(rng.integers(len(pick)))](rng)


def _roof(rng: RNG, w: float, d: float, front: float, back: float) -> Solid:
    """A sagging tarpaulin from y = -d/2 (height front) to d/2 (back)."""
    s = Solid()
    x, t = np.meshgrid(np.linspace(-w / 2, w / 2, 9), np.linspace(0, 1, 7))
    sag = 0.12 * np.sin(np.pi * t) * (1 + 0.5 * np.cos(4 * np.pi * x / w)) + 0.02 * rng.standard_normal(x.shape)
    m = (
        surface(
            rng,
            "tarp",
            ((0.1, 0.3, 0.8), (0.9, 0.5, 0.1), (0.1, 0.5, 0.3), (0.9, 0.9, 0.9), (0.8, 0.1, 0.1))[int(rng.integers(5))],
        )
        if rng.random() < 0.7
        else surface(rng, "stripes", metres=0.8, variants=5)
    )
    s.grid(np.stack([x, -d / 2 + d * t, front + (back - front) * t - sag], -1), m)
    if rng.random() < 0.5:
        drop = float(rng.uniform(0.12, 0.3))
        xs = np.linspace(-w / 2, w / 2, 13)
        z = np.stack([np.full(13, front - drop) - 0.05 * np.abs(np.sin(xs * 7)), np.full(13, front)])
        s.grid(np.stack([np.tile(xs, (2, 1)), np.full((2, 13), -d / 2), z], -1), m)
    return s


def market_stall(rng: RNG) -> list[Piece]:
    """Poles, a tarpaulin roof and a table or goods on the ground beneath; clothes hang from the bar at times."""
    w, d = float(rng.uniform(1.8, 3.0)), float(rng.uniform(1.4, 2.2))
    front, back = float(rng.uniform(1.9, 2.2)), float(rng.uniform(2.1, 2.6))
    s = Solid()
    pole = mt.paint((0.6, 0.6, 0.62), 0.4, 0.7) if rng.random() < 0.6 else surface(rng, "wood")
    for x in (-w / 2, w / 2):
        s.tube((x, -d / 2, 0), (x, -d / 2, front), 0.022, pole, n=6)
        s.tube((x, d / 2, 0), (x, d / 2, back), 0.022, pole, n=6)
    s.tube((-w / 2, -d / 2, front), (w / 2, -d / 2, front), 0.02, pole, n=6)
    for y in (-0.35, 0.35) if d > 1.7 else (0.0,):
        s.join(_under(rng), (0, y, 0), scale=min(1.1, w / 1.9))
    if rng.random() < 0.35:
        for x in np.arange(-w / 2 + 0.2, w / 2 - 0.1, 0.28):
            garment(s, rng, (x, -d / 2, front - 0.05), float(rng.normal(0, 15)), 0.6)
    return [Piece(s, "stall"), Piece(_roof(rng, w + 0.3, d + 0.3, front, back), "tarpaulin")]


def parasol_stall(rng: RNG) -> list[Piece]:
    """A parasol over a table, crates or a sheet."""
    return [Piece(_under(rng), "stall"), Piece(umbrella(rng), "umbrella", (float(rng.uniform(-0.4, 0.4)), 0.55, 0.0))]


def tent(rng: RNG) -> list[Piece]:
    """A folding tent with a pointed roof over laden tables. Held out."""
    w = float(rng.choice([2.4, 3.0]))
    s, roof = Solid(), Solid()
    pole, m = mt.paint((0.8, 0.8, 0.8), 0.4, 0.4), mt.paint(bright(rng), 0.7)
    for x in (-w / 2, w / 2):
        for y in (-w / 2, w / 2):
            s.box((0.05, 0.05, 2.1), (x, y, 0), pole)
    h = w / 2 + 0.08
    c = [(-h, -h), (h, -h), (h, h), (-h, h)]
    for k in range(4):
        a, b = c[k], c[(k + 1) % 4]
        roof.mesh([(*a, 2.1), (*b, 2.1), (0, 0, 3.0)], [(0, 1, 2)], m)
        roof.mesh([(*a, 1.85), (*b, 1.85), (*b, 2.1), (*a, 2.1)], [(0, 1, 2, 3)], m)
    for y in (-w * 0.32, w * 0.3):
        s.join(_under(rng, held=True), (0, y, 0), scale=0.95)
    return [Piece(s, "stall"), Piece(roof, "tarpaulin")]


def barrow_row(rng: RNG) -> list[Piece]:
    """A fixed wooden market bench under a gabled board roof. Held out."""
    s, w = Solid(), float(rng.uniform(1.8, 2.6))
    wood = surface(rng, "wood", np.round(rng.uniform(0.5, 1.1, 3), 1))
    s.box((w, 1.0, 0.06), (0, 0, 0.75), wood)
    s.box((w, 0.03, 0.6), (0, -0.48, 0.15), wood)
    for x in (-w / 2, w / 2):
        for y in (-0.45, 0.45):
            s.box((0.07, 0.07, 2.1), (x, y, 0), wood)
    load(s, rng, (0, 0, 0.81), w, 0.9)
    roof = Solid()
    metal = surface(rng, "metal")
    for sy in (-1, 1):
        roof.plate(
            [
                (-w / 2 - 0.2, 0, 2.5),
                (w / 2 + 0.2, 0, 2.5),
                (w / 2 + 0.2, sy * 0.8, 2.1),
                (-w / 2 - 0.2, sy * 0.8, 2.1),
            ],
            metal,
        )
    return [Piece(s, "stall"), Piece(roof, "tarpaulin")]


def sign_board(rng: RNG) -> Solid:
    """A folding board: chalk, print or plain text, in several sizes."""
    s, w, h = Solid(), float(rng.uniform(0.45, 0.75)), float(rng.uniform(0.75, 1.25))
    lines = tuple(
        words(rng, str(rng.choice(["zh", "latin", "latin", "ko", "ja", "cyrillic"])))
        for _ in range(int(rng.integers(2, 6)))
    )
    face = (
        mt.picture(board(rng, lines, w, h), 0.6) if rng.random() < 0.6 else surface(rng, "print", metres=w, variants=8)
    )
    frame = mt.paint(((0.2, 0.2, 0.2), (0.45, 0.3, 0.18), (0.7, 0.7, 0.7))[int(rng.integers(3))], 0.5)
    a, b = 0.26, 0.02
    for sy in (-1, 1):
        q = [(-w / 2, sy * a, 0.08), (w / 2, sy * a, 0.08), (w / 2, sy * b, h), (-w / 2, sy * b, h)]
        s.plate(q if sy < 0 else [q[1], q[0], q[3], q[2]], face)
        for sx in (-w / 2, w / 2):
            s.tube((sx, sy * a * 1.08, 0), (sx, sy * b, h + 0.02), 0.02, frame, n=5)
    return s


def flag(rng: RNG) -> Solid:
    """A feather flag on a weighted foot. Held out."""
    s, h = Solid(), float(rng.uniform(2.0, 3.0))
    s.lathe([(0.25, 0), (0.24, 0.06), (0.03, 0.08)], (0, 0, 0), mt.paint((0.15, 0.15, 0.16), 0.6), n=12)
    s.tube((0, 0, 0), (0, 0, h), 0.012, mt.paint((0.8, 0.8, 0.8), 0.4))
    t = np.linspace(0, 1, 8)
    wide = 0.55 * np.sqrt(np.clip(1 - (2 * t - 1) ** 4, 0.05, 1))
    z = 0.5 + (h - 0.5) * t
    pts = np.stack(
        [np.stack([np.zeros(8), 0.04 * np.sin(5 * t), z], -1), np.stack([wide, 0.1 * np.sin(4 * t + 1), z], -1)], 1
    )
    s.grid(pts, surface(rng, "print", metres=1.2, variants=8))
    return s


def lectern(rng: RNG) -> Solid:
    """A menu on a post or an easel. Held out."""
    s = Solid()
    m = mt.paint(((0.1, 0.1, 0.1), (0.4, 0.26, 0.15))[int(rng.integers(2))], 0.5)
    s.lathe([(0.2, 0), (0.19, 0.03)], (0, 0, 0), m, n=12)
    for x in (-0.25, 0.25):
        s.tube((x, -0.12, 0), (x * 0.5, 0.05, 1.3), 0.018, m, n=5)
    s.tube((0, 0.4, 0), (0, 0.05, 1.3), 0.018, m, n=5)
    s.box((0.6, 0.03, 0.8), (0, -0.04, 0.55), m, turn_x(-8))
    s.box((0.54, 0.035, 0.72), (0, -0.045, 0.59), surface(rng, "print", metres=0.6, variants=8), turn_x(-8))
    return s


def ground_spread(rng: RNG) -> Solid:
    """Small wares in rows on a mat on the ground: toys, pots, tools, glasses."""
    s, w, d = Solid(), float(rng.uniform(1.2, 2.2)), float(rng.uniform(0.8, 1.3))
    s.box((w, d, 0.012), (0, 0, 0), cloth(rng))
    kind = int(rng.integers(3))
    for x in np.arange(-w / 2 + 0.12, w / 2 - 0.06, 0.2):
        for y in np.arange(-d / 2 + 0.12, d / 2 - 0.06, 0.22):
            if rng.random() < 0.15:
                continue
            at, m = (x + rng.normal(0, 0.02), y + rng.normal(0, 0.02), 0.012), mt.paint(bright(rng), 0.5)
            if kind == 0:
                s.box(
                    rng.uniform(0.05, 0.17, 3), at, surface(rng, "print", variants=8), turn_z(float(rng.uniform(0, 90)))
                )
            elif kind == 1:
                r = float(rng.uniform(0.04, 0.08))
                s.lathe([(r * 0.7, 0), (r, rng.uniform(0.05, 0.2)), (r * 0.5, 0.2)], at, m, n=8)
            else:
                s.ball((at[0], at[1], 0.05), (0.07, 0.05, 0.04), m, n=6)
    return s
