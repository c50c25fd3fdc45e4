"""Larger displays before shops: sloped fruit stands, clothes racks, shelves, stalls, boards, potted plants."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

import numpy as np

from . import materials as mt
from .goods import RNG, bright, cartons, crate
from .lettering import board, shop_name
from .solid import Solid, turn_x, turn_z


def fruit_stand(rng: RNG) -> Solid:
    """A stepped stand carrying two or three rows of filled crates, some 1.8 m wide."""
    s, n = Solid(), int(rng.integers(2, 4))
    frame = mt.paint((0.35, 0.36, 0.38), 0.5, 0.4)
    cloth = mt.paint(((0.12, 0.45, 0.22), (0.6, 0.12, 0.12), (0.14, 0.14, 0.15))[int(rng.integers(3))], 0.85)
    for row in range(3):
        z, y = 0.22 + row * 0.24, -0.42 + row * 0.42
        s.box((n * 0.6 + 0.06, 0.44, 0.03), (0, y, z - 0.03), frame)
        s.box((n * 0.6 + 0.06, 0.01, z - 0.03), (0, y - 0.22, 0), cloth)
        for k in range(n):
            s.join(crate(rng), ((k - (n - 1) / 2) * 0.6, y, z), turn_x(8))
    return s


def clothes_rack(rng: RNG) -> Solid:
    """A rail on wheels with hanging clothes."""
    s, w = Solid(), float(rng.uniform(1.1, 1.7))
    m = mt.paint((0.75, 0.76, 0.78), 0.25, 0.9, wear=0)
    for sx in (-1, 1):
        s.tube((sx * w / 2, 0, 0.08), (sx * w / 2, 0, 1.5), 0.015, m)
        s.tube((sx * w / 2, -0.25, 0.08), (sx * w / 2, 0.25, 0.08), 0.015, m)
    s.tube((-w / 2, 0, 1.5), (w / 2, 0, 1.5), 0.015, m)
    s.tube((-w / 2, 0, 0.2), (w / 2, 0, 0.2), 0.012, m)
    for x in np.arange(-w / 2 + 0.08, w / 2 - 0.05, 0.085):
        if rng.random() < 0.1:
            continue
        length, half = rng.uniform(0.6, 1.05), rng.uniform(0.18, 0.24)
        z, y = np.meshgrid(np.linspace(1.44 - length, 1.44, 5), np.linspace(-1, 1, 7), indexing="ij")
        shoulder = np.where(z > 1.38, 0.75, 1.0)
        fold = 0.02 * np.sin(y * 7 + rng.uniform(0, 6)) * (1.5 - z)
        col = mt.paint(
            np.clip(np.array(bright(rng)) * rng.uniform(0.6, 1.0) + rng.uniform(0, 0.2), 0, 1), 0.9, wear=0.3
        )
        s.grid(np.stack([x + fold, y * half * shoulder, z - 0.05 * np.abs(y)], -1), col)
        s.grid(np.stack([x + 0.035 - fold, y * half * shoulder, z - 0.05 * np.abs(y)], -1), col)
    return s


def shelf_rack(rng: RNG) -> Solid:
    """A metal shelf with mixed small goods, 1.2 x 0.45 x 1.5 m."""
    s, w, d, h = Solid(), float(rng.uniform(0.9, 1.6)), 0.45, float(rng.uniform(1.1, 1.6))
    m = mt.paint(((0.8, 0.8, 0.8), (0.25, 0.3, 0.36), (0.6, 0.5, 0.35))[int(rng.integers(3))], 0.4, 0.3)
    for sx in (-1, 1):
        for sy in (-1, 1):
            s.box((0.035, 0.035, h), (sx * w / 2, sy * d / 2, 0), m)
    for k in range(n := int(rng.integers(3, 5))):
        z = 0.12 + k * (h - 0.15) / n
        s.box((w, d, 0.02), (0, 0, z), m)
        x = -w / 2 + 0.08
        while x < w / 2 - 0.1:
            bw, bh = rng.uniform(0.07, 0.22), rng.uniform(0.1, 0.26)
            mat = mt.paint(np.clip(np.array(bright(rng)) * rng.uniform(0.5, 1), 0, 1), 0.5)
            for y in (-0.12, 0.08):
                if rng.random() < 0.3:
                    s.lathe([(bw / 2, 0), (bw / 2, bh * 0.8), (bw / 5, bh)], (x + bw / 2, y, z + 0.02), mat, n=8)
                else:
                    s.box((bw, 0.17, bh), (x + bw / 2, y, z + 0.02), mat)
            x += bw + 0.02
    return s


def table_display(rng: RNG) -> Solid:
    """A folding table under a cloth, covered with small wares."""
    s, w = Solid(), float(rng.uniform(1.2, 2.0))
    cloth = mt.paint(np.array(bright(rng)) * 0.8, 0.9, wear=0.3)
    s.box((w, 0.75, 0.03), (0, 0, 0.7), cloth)
    drop = float(rng.uniform(0.25, 0.65))
    x = np.linspace(-w / 2, w / 2, 25)
    for sy in (-1, 1):
        z = np.linspace(0.72 - drop, 0.72, 4)
        wave = 0.03 * np.sin(x[None, :] * 14) * (0.72 - z[:, None]) / drop
        s.grid(np.stack([np.tile(x, (4, 1)), sy * 0.38 + wave, np.tile(z[:, None], (1, 25))], -1), cloth)
    for sx in (-1, 1):
        s.box((0.02, 0.75, drop), (sx * w / 2, 0, 0.72 - drop), cloth)
        for sy in (-0.3, 0.3):
            s.tube(
                (sx * w / 2 * 0.92, sy, 0), (sx * w / 2 * 0.92, sy, 0.7), 0.018, mt.paint((0.4, 0.4, 0.42), 0.4, 0.6)
            )
    kind = int(rng.integers(3))
    for _ in range(int(rng.integers(18, 40))):
        at = np.array([rng.uniform(-w / 2 + 0.1, w / 2 - 0.1), rng.uniform(-0.3, 0.3), 0.73])
        mat = mt.paint(np.clip(np.array(bright(rng)) * rng.uniform(0.5, 1.1), 0, 1), 0.6)
        if kind == 0:
            s.ball(at + [0, 0, 0.03], (0.13, 0.055, 0.04), mat, n=8, rot=turn_z(float(rng.uniform(0, 180))))
        elif kind == 1:
            s.box((rng.uniform(0.08, 0.22), rng.uniform(0.08, 0.2), rng.uniform(0.03, 0.18)), at, mat)
        else:
            s.ball(at + [0, 0, 0.05], rng.uniform(0.035, 0.09), mat, n=8)
    return s


def a_board(rng: RNG, kind: str = "food") -> Solid:
    """A folding board with a price list."""
    s = Solid()
    lines = ("特价", shop_name(rng, kind)[:4], f"{int(rng.integers(3, 39))}元起")
    face, frame = mt.picture(board(rng, lines, 0.6, 0.9), 0.6), mt.paint((0.2, 0.2, 0.2), 0.5)
    for sy in (-1, 1):
        a, b = sy * 0.26, sy * 0.03
        quad = [(-0.3, a, 0.06), (0.3, a, 0.06), (0.3, b, 1.0), (-0.3, b, 1.0)]
        s.plate(quad if sy < 0 else [quad[1], quad[0], quad[3], quad[2]], face)
        for sx in (-0.31, 0.31):
            s.tube((sx, a, 0), (sx, b, 1.02), 0.018, frame)
    return s


def plant(rng: RNG, size: float | None = None) -> Solid:
    """A plant in a pot."""
    s, r = Solid(), float(size or rng.uniform(0.12, 0.24))
    pot = mt.paint(
        ((0.52, 0.27, 0.18), (0.75, 0.74, 0.72), (0.25, 0.26, 0.28), (0.35, 0.3, 0.5))[int(rng.integers(4))], 0.6
    )
    s.lathe(
        [(r * 0.65, 0), (r, r * 1.6), (r * 1.06, r * 1.6), (r * 1.06, r * 1.75), (r * 0.9, r * 1.75)],
        (0, 0, 0),
        pot,
        n=14,
    )
    green = mt.leaf((rng.uniform(0.1, 0.25), rng.uniform(0.3, 0.5), rng.uniform(0.08, 0.2)))
    bloom = mt.paint(bright(rng), 0.6)
    high, leaves = r * rng.uniform(1.6, 5.0), int(rng.integers(24, 50))
    flowers = rng.random() < 0.45
    for k in range(leaves):
        a, t = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 1)
        root = np.array([0, 0, r * 1.7 + 0.5 * high * t * rng.random()])
        out = np.array([np.cos(a), np.sin(a), 0])
        mid = root + out * r * rng.uniform(0.5, 1.1) + [0, 0, high * t * 0.5]
        tip = root + out * r * rng.uniform(1.0, 2.0) + [0, 0, high * t * rng.uniform(0.25, 0.6)]
        side = np.cross(out, [0, 0, 1]) * r * rng.uniform(0.2, 0.4)
        s.mesh([root, mid - side, mid + side, tip], [(0, 1, 2), (1, 3, 2)], green, smooth=True)
        if flowers and k % 4 == 0:
            s.ball(mid + [0, 0, 0.04], r * 0.25, bloom, n=6)
    return s


def plant_group(rng: RNG) -> Solid:
    """Pots side by side, as a flower shop shows them."""
    s = Solid()
    for k in range(int(rng.integers(4, 11))):
        s.join(plant(rng), ((k % 4) * 0.42 - 0.6 + rng.normal(0, 0.04), (k // 4) * 0.4 + rng.normal(0, 0.04), 0))
    return s


def stall(rng: RNG) -> Solid:
    """A small street stall: cart or table under a striped roof."""
    s, w, d = Solid(), float(rng.uniform(1.6, 2.4)), 1.0
    steel = mt.paint((0.72, 0.73, 0.74), 0.3, 0.8)
    a, b = mt.paint(bright(rng), 0.8), mt.paint((0.85, 0.84, 0.8), 0.8)
    s.box((w, d, 0.75), (0, 0, 0.15), steel if rng.random() < 0.5 else mt.paint(bright(rng), 0.5))
    for sx in (-1, 1):
        for sy in (-1, 1):
            s.tube((sx * w / 2 * 0.95, sy * d / 2 * 0.9, 0), (sx * w / 2 * 0.95, sy * d / 2 * 0.9, 2.1), 0.02, steel)
    n = 10
    for k in range(n):
        x0, x1 = -w * 0.55 + k * w * 1.1 / n, -w * 0.55 + (k + 1) * w * 1.1 / n
        m = a if k % 2 else b
        for sy in (-1, 1):
            s.plate([(x0, 0, 2.45), (x1, 0, 2.45), (x1, sy * 0.75, 2.1), (x0, sy * 0.75, 2.1)], m)
            s.plate([(x0, sy * 0.75, 2.1), (x1, sy * 0.75, 2.1), (x1, sy * 0.75, 1.95), (x0, sy * 0.75, 1.95)], m)
    if rng.random() < 0.6:
        face = mt.picture(board(rng, (shop_name(rng, "food")[2:],), w * 0.9, 0.4), 0.6)
        s.plate(
            [
                (-w * 0.45, -d / 2 - 0.01, 0.3),
                (w * 0.45, -d / 2 - 0.01, 0.3),
                (w * 0.45, -d / 2 - 0.01, 0.75),
                (-w * 0.45, -d / 2 - 0.01, 0.75),
            ],
            face,
        )
    for k in range(int(rng.integers(3, 6))):
        at = (-w / 2 + 0.3 + k * 0.42, rng.uniform(-0.2, 0.2), 0.9)
        if rng.random() < 0.5:
            s.lathe([(0.17, 0), (0.17, 0.16), (0.15, 0.17)], at, steel, n=14)
        else:
            s.join(crate(rng), at, scale=0.75)
    return s


def pallet_load(rng: RNG) -> Solid:
    """A wooden pallet with cartons."""
    s, wood = Solid(), mt.paint((0.6, 0.47, 0.3), 0.8)
    for k in range(6):
        s.box((0.14, 0.9, 0.03), (k * 0.2 - 0.5, 0, 0.09), wood)
    for sy in (-0.4, 0, 0.4):
        s.box((1.15, 0.08, 0.09), (0, sy, 0), wood)
    for sy in (-0.2, 0.2):
        s.join(cartons(rng, 6), (0, sy, 0.12))
    return s


DISPLAYS = {
    "fruit_stand": (fruit_stand, "stall"),
    "clothes": (clothes_rack, "rack"),
    "shelf": (shelf_rack, "rack"),
    "table_display": (table_display, "stall"),
    "a_board": (a_board, "a_board"),
    "plants": (plant_group, "pot_plant"),
    "plant": (plant, "pot_plant"),
    "stall": (stall, "stall"),
    "pallet": (pallet_load, "carton"),
}
