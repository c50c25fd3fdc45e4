"""Shop fronts: the building line at y = 0 facing -Y, shop after shop along X, with flats above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import materials as mt
from .classes import MaskClass
from .goods import bright
from .lettering import SHOP_KINDS, shop_name, sign, vertical
from .solid import Solid
from .stage import Stage

RNG = np.random.Generator


@dataclass(frozen=True)
class Shop:
    """One shop unit: extent along X, what it sells, whether it is open."""

    x0: float
    x1: float
    kind: str
    name: str
    open: bool

    @property
    def mid(self) -> float:
        return (self.x0 + self.x1) / 2


def interior(rng: RNG, kind: str, w: float, h: float, ppm: int = 60) -> np.ndarray:
    """What one sees through the window: lit shelves, goods, dark corners, as a picture."""
    pw, ph = int(w * ppm), int(h * ppm)
    img = np.full((ph, pw, 3), 0.16, np.float32) * np.linspace(1.5, 0.6, ph)[:, None, None]
    rows = int(rng.integers(3, 6))
    for r in range(rows):
        y1 = int(ph * (0.25 + 0.7 * (r + 1) / rows))
        x = 2
        while x < pw - 4:
            bw, bh = int(rng.uniform(0.06, 0.3) * ppm), int(rng.uniform(0.15, 0.4) * ppm)
            if rng.random() < 0.85:
                img[max(0, y1 - bh) : y1, x : x + bw] = np.array(bright(rng)) * rng.uniform(0.2, 0.6)
            x += bw + 1
        img[y1 : y1 + 2] = 0.3
    img[: int(ph * 0.12)] = 0.3
    for _ in range(int(rng.integers(1, 4))):
        x, y = int(rng.integers(0, pw)), int(rng.uniform(0.02, 0.12) * ph)
        img[y : y + 3, x : x + int(0.9 * ppm)] = 1.0
    img *= rng.uniform(0.7, 1.1, (1, 1, 3)) * (0.7 if kind == "other" else 1.0)
    return np.clip(img, 0, 1)


def shop(stage: Stage, rng: RNG, x0: float, x1: float, kind: str, is_open: bool) -> Shop:
    """Build one unit: 3.1 m of front under a sign band of about 1.1 m."""
    w, mid = x1 - x0, (x0 + x1) / 2
    s, lamp = Solid(), Solid()
    wall = stage.facts["wall"]
    name = shop_name(rng, kind)
    hi, pier = 3.1, 0.22
    frame = mt.paint(((0.75, 0.76, 0.77), (0.25, 0.17, 0.12), (0.12, 0.12, 0.13))[int(rng.integers(3))], 0.35, 0.4)
    for x in (x0 + pier / 2, x1 - pier / 2):
        s.box((pier, 0.35, hi), (x, 0.12, 0), wall)
    step = float(rng.choice([0.0, 0.12, 0.15]))
    if step:
        s.box((w - 0.3, 0.5, step), (mid, -0.15, 0), mt.paint((0.55, 0.54, 0.53), 0.5, wear=0.4))
    inner = w - 2 * pier
    if not is_open:
        ribs = 0.62 + 0.1 * np.cos(2 * np.pi * np.arange(256) / 8)
        col = np.array(((0.62, 0.63, 0.64), (0.4, 0.45, 0.5), (0.55, 0.5, 0.42))[int(rng.integers(3))])
        tex = np.clip(ribs[:, None, None] * col * 1.4 * (1 + 0.05 * rng.standard_normal((256, 64, 1))), 0, 1)
        s.plate(
            [(x0 + pier, 0.1, 0), (x1 - pier, 0.1, 0), (x1 - pier, 0.1, hi), (x0 + pier, 0.1, hi)],
            mt.picture(tex, 0.4, metal=0.4),
        )
    else:
        back = mt.picture(interior(rng, kind, inner, hi), 0.8, glow=float(rng.uniform(0.5, 1.3)))
        depth = float(rng.uniform(0.8, 2.2))
        lamp.plate([(x0 + pier, depth, 0), (x1 - pier, depth, 0), (x1 - pier, depth, hi), (x0 + pier, depth, hi)], back)
        grey = mt.paint((0.45, 0.44, 0.42), 0.8)
        s.plate([(x0 + pier, 0, 0.02), (x1 - pier, 0, 0.02), (x1 - pier, depth, 0.02), (x0 + pier, depth, 0.02)], grey)
        for x in (x0 + pier, x1 - pier):
            s.plate([(x, 0, 0), (x, depth, 0), (x, depth, hi), (x, 0, hi)], grey)
        lamp.plate(
            [
                (x0 + pier, 0.2, hi - 0.02),
                (x1 - pier, 0.2, hi - 0.02),
                (x1 - pier, depth, hi - 0.02),
                (x0 + pier, depth, hi - 0.02),
            ],
            mt.glow((1, 0.96, 0.88), 1.2),
        )
        panes = max(2, round(inner / 1.1))
        door = int(rng.integers(panes))
        for k in range(panes):
            a, b = x0 + pier + k * inner / panes, x0 + pier + (k + 1) * inner / panes
            for x in (a, b):
                s.box((0.05, 0.06, 2.5), (x, 0.05, step), frame)
            s.box((b - a, 0.06, 0.06), ((a + b) / 2, 0.05, 2.45), frame)
            s.plate([(a, 0.06, 2.5), (b, 0.06, 2.5), (b, 0.06, hi), (a, 0.06, hi)], mt.glass(0.06))
            if k == door:
                continue
            low = float(stage.facts.get("sill", 0.0))
            if low:
                s.box((b - a, 0.08, low), ((a + b) / 2, 0.05, step), wall)
            pane = mt.picture(interior(rng, kind, b - a, 2.4) * 0.8, 0.1, glow=float(rng.uniform(0.15, 0.6)))
            lamp.plate([(a, 0.06, step + low), (b, 0.06, step + low), (b, 0.06, 2.45), (a, 0.06, 2.45)], pane)
            if rng.random() < 0.3:
                note = mt.picture(
                    sign(rng, str(rng.choice(["优惠", "新品", "转让", "招聘", "充值", "特价"])), 0.5, 0.35), 0.7
                )
                s.plate(
                    [(a + 0.2, 0.05, 1.3), (a + 0.7, 0.05, 1.3), (a + 0.7, 0.05, 1.65), (a + 0.2, 0.05, 1.65)], note
                )
    band = float(rng.uniform(0.85, 1.25))
    out = -float(rng.uniform(0.05, 0.3))
    face = mt.picture(sign(rng, name, w - 0.1, band), 0.4, glow=0.25)
    lamp.plate(
        [(x0 + 0.05, out, hi), (x1 - 0.05, out, hi), (x1 - 0.05, out, hi + band), (x0 + 0.05, out, hi + band)], face
    )
    s.box((w - 0.08, 0.2 - out, band), (mid, 0.11 + out / 2 + 0.002, hi), mt.paint((0.3, 0.3, 0.31), 0.6))
    if rng.random() < 0.35:
        reach, col = float(rng.uniform(0.8, 1.6)), bright(rng)
        a, b = (
            mt.paint(col, 0.8, wear=0.3),
            mt.paint((0.84, 0.83, 0.8), 0.8) if rng.random() < 0.4 else mt.paint(col, 0.8, wear=0.3),
        )
        for k in range(n := max(4, int(w / 0.4))):
            p, q = x0 + k * w / n, x0 + (k + 1) * w / n
            m = a if k % 2 else b
            s.plate([(p, -reach, 2.45), (q, -reach, 2.45), (q, 0.0, 3.0), (p, 0.0, 3.0)], m)
            s.plate([(p, -reach, 2.25), (q, -reach, 2.25), (q, -reach, 2.45), (p, -reach, 2.45)], m)
    if rng.random() < 0.3:
        for x, t in ((x0 + 0.11, "生意兴隆通四海"), (x1 - 0.11, "财源茂盛达三江")):
            tex = mt.picture(vertical(rng, t), 0.8)
            s.plate(
                [(x - 0.1, -0.065, 0.9), (x + 0.1, -0.065, 0.9), (x + 0.1, -0.065, 2.6), (x - 0.1, -0.065, 2.6)], tex
            )
    stage.put(s, MaskClass.BUILDING)
    stage.put(lamp, MaskClass.BUILDING).lightgroup = "lamp"
    return Shop(x0, x1, kind, name, is_open)


def flats(stage: Stage, rng: RNG, x0: float, x1: float, floors: int, base: float = 4.3) -> None:
    """The storeys above the shops: windows, ledges, air-conditioner boxes, cages, pipes."""
    s = Solid()
    wall, pane = stage.facts["wall"], mt.glass(0.07)
    white, grey = mt.paint((0.78, 0.78, 0.76), 0.5, wear=0.4), mt.paint((0.55, 0.56, 0.57), 0.5, 0.4)
    top = base + floors * 2.9
    s.box((x1 - x0, 4.0, top - 3.0), ((x0 + x1) / 2, 2.25, 3.0), wall)
    bay = float(rng.uniform(2.6, 3.6))
    cage = rng.random() < 0.5
    for f in range(floors):
        z = base + f * 2.9
        s.box((x1 - x0, 0.12, 0.12), ((x0 + x1) / 2, 0.2, z - 0.1), white)
        for k in range(int((x1 - x0) / bay)):
            x = x0 + (k + 0.5) * bay
            s.box((1.5, 0.08, 1.5), (x, 0.22, z + 0.75), white)
            for sx in (-1, 1):
                s.plate(
                    [
                        (x + sx * 0.36 - 0.33, 0.17, z + 0.82),
                        (x + sx * 0.36 + 0.33, 0.17, z + 0.82),
                        (x + sx * 0.36 + 0.33, 0.17, z + 2.18),
                        (x + sx * 0.36 - 0.33, 0.17, z + 2.18),
                    ],
                    pane,
                )
            if rng.random() < 0.5:
                s.box((0.8, 0.32, 0.55), (x + bay * 0.36, 0.05, z + 0.3), white)
                s.lathe(
                    [(0.2, 0.0), (0.2, 0.01)],
                    (x + bay * 0.36 - 0.1, -0.115, z + 0.57),
                    grey,
                    n=12,
                    rot=[[1, 0, 0], [0, 0, 1], [0, 1, 0]],
                )
            if cage and rng.random() < 0.7:
                for i in range(9):
                    gx = x - 0.8 + i * 0.2
                    s.box((0.02, 0.02, 1.6), (gx, -0.2, z + 0.7), grey)
                for zz in (0.7, 1.5, 2.3):
                    s.box((1.65, 0.02, 0.02), (x, -0.2, z + zz), grey)
    for x in (x0 + 0.3, x1 - 0.4):
        s.tube((x, 0.15, 0.2), (x, 0.15, top), 0.055, white)
    stage.put(s, MaskClass.BUILDING)


def row(
    stage: Stage, rng: RNG, x0: float, x1: float, kinds: list[str] | None = None, share_open: float = 0.85
) -> list[Shop]:
    """Fill the building line from x0 to x1."""
    base = (
        (0.72, 0.68, 0.60),
        (0.62, 0.60, 0.58),
        (0.70, 0.58, 0.50),
        (0.80, 0.78, 0.74),
        (0.55, 0.42, 0.36),
        (0.66, 0.68, 0.70),
    )
    col = np.array(base[int(rng.integers(len(base)))])
    tiles = np.ones((240, 240, 1)) * col * (1 + 0.05 * rng.standard_normal((240, 240, 1)))
    step = int(rng.choice([6, 10, 24]))
    tiles[::step] *= 0.86
    tiles[:, :: step * 2] *= 0.88
    stage.facts["wall"] = (
        mt.paint(col, 0.8, wear=0.35, scale=0.8) if rng.random() < 0.5 else mt.picture(np.clip(tiles, 0, 1), 0.7)
    )
    stage.facts["sill"] = float(rng.choice([0.0, 0.0, 0.4]))
    shops, x = [], x0
    all_kinds = list(SHOP_KINDS)
    while x < x1 - 2.5:
        w = float(min(rng.uniform(3.4, 5.6), x1 - x))
        kind = kinds[len(shops) % len(kinds)] if kinds else all_kinds[int(rng.integers(len(all_kinds)))]
        shops.append(shop(stage, rng, x, x + w, kind, bool(rng.random() < share_open)))
        x += w
    flats(stage, rng, x0, x, int(rng.integers(1, 5)))
    return shops
