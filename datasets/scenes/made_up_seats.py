"""Tables and seats put together from random parts, with what encloses a terrace: see `made_up` for why."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import materials as mt
from .furniture import umbrella
from .goods import RNG
from .made_up import part, skin
from .placing import Piece
from .solid import Solid, turn_y
from .surfaces import cloth


def _legs(s: Solid, rng: RNG, w: float, d: float, h: float, m: Any) -> None:
    """What holds up a top of w x d metres at height h: four legs, a post, crossed bars, slabs, a skid."""
    kind, r = int(rng.integers(5)), float(rng.uniform(0.012, 0.04))
    splay = float(rng.uniform(0.75, 1.15))
    if kind == 0:
        for x in (-w * 0.42, w * 0.42):
            for y in (-d * 0.42, d * 0.42):
                s.tube((x * splay, y * splay, 0), (x, y, h), r, m, n=6)
    elif kind == 1:
        s.tube((0, 0, 0), (0, 0, h), r * 1.6, m, n=8)
        foot = [(min(w, d) * 0.4, 0.0), (min(w, d) * 0.36, 0.03), (r * 1.6, 0.05)]
        s.lathe(foot, (0, 0, 0), m, n=int(rng.choice([4, 12])))
    elif kind == 2:
        for y in (-d * 0.4, d * 0.4):
            s.tube((-w * 0.4, y, 0), (w * 0.4, y, h), r, m, n=6)
            s.tube((w * 0.4, y, 0), (-w * 0.4, y, h), r, m, n=6)
    elif kind == 3:
        for x in (-w * 0.4, w * 0.4):
            s.box((0.05, d * 0.85, h), (x, 0, 0), m)
    else:
        for y in (-d * 0.4, d * 0.4):
            s.path([(-w * 0.4, y, h), (-w * 0.4, y, 0.02), (w * 0.4, y, 0.02), (w * 0.4, y, h)], r, m, n=6)


def table(rng: RNG, high: float) -> tuple[Solid, float]:
    """A table `high` metres high and how far from its middle seats stand."""
    s, w = Solid(), float(rng.uniform(0.5, 1.8))
    d = w if rng.random() < 0.5 and w < 1.2 else float(rng.uniform(0.5, 0.9))
    top, thick = skin(rng), float(rng.uniform(0.015, 0.07))
    if rng.random() < 0.35:
        corners = int(rng.choice([6, 8, 18]))
        s.lathe([(w / 2, high - thick), (w / 2, high)], (0, 0, 0), top, corners, (1, d / w), smooth=False)
    else:
        s.box((w, d, thick), (0, 0, high - thick), top)
    if rng.random() < 0.2:
        drop = float(rng.uniform(0.2, high * 0.9))
        s.box((w * 1.02, d * 1.02, drop), (0, 0, high - drop - 0.001), cloth(rng))
    _legs(s, rng, w, d, high - thick, skin(rng))
    for _ in range(int(rng.integers(0, 8))):
        at = (float(rng.uniform(-0.4, 0.4)) * w, float(rng.uniform(-0.4, 0.4)) * d, high)
        part(s, rng, at, tuple(rng.uniform(0.04, 0.22, 3).tolist()), skin(rng))
    return s, max(w, d) / 2 + 0.3


def seat(rng: RNG, high: float, wide: float) -> Solid:
    """A seat facing +X, `high` and `wide` metres: stool, chair, armchair, bench or cube, with a back or none."""
    s, d = Solid(), float(rng.uniform(0.34, 0.6))
    m, frame = skin(rng), skin(rng)
    if rng.random() < 0.25:
        s.box((d, wide, high), (0, 0, 0), m)
    else:
        s.box((d, wide, float(rng.uniform(0.02, 0.12))), (0, 0, high - 0.06), m)
        _legs(s, rng, d, wide, high - 0.05, frame)
    up, lean = float(rng.uniform(0.2, 0.6)), turn_y(-float(rng.uniform(0, 14)))
    kind = int(rng.integers(5))
    if kind == 1:
        s.box((float(rng.uniform(0.02, 0.15)), wide, up), (-d / 2, 0, high), m, lean)
    elif kind == 2:
        for y in np.linspace(-wide * 0.45, wide * 0.45, int(rng.integers(2, 8))):
            s.box((0.02, 0.03, up), (-d / 2, float(y), high), frame, lean)
        s.box((0.03, wide, 0.06), (-d / 2, 0, high + up * 0.9), frame)
    elif kind == 3:
        a = np.linspace(np.pi * 0.55, np.pi * 1.45, 8)
        ring = np.stack([np.cos(a) * d * 0.5, np.sin(a) * wide * 0.5, np.full(8, high)], -1)
        s.grid(np.stack([ring + np.array([0, 0, t * up]) for t in (0, 0.5, 1)]), m)
    elif kind == 4:
        for z in np.linspace(high + up * 0.3, high + up, int(rng.integers(1, 4))):
            s.box((0.02, wide, 0.05), (-d / 2, 0, float(z)), frame)
        for y in (-wide / 2, wide / 2):
            s.box((0.03, 0.03, up), (-d / 2, y, high), frame)
    if kind and rng.random() < 0.4:
        for y in (-wide / 2, wide / 2):
            s.box((d, 0.05, 0.05), (0, y, high + 0.18), frame)
            s.box((0.04, 0.04, 0.2), (d * 0.42, y, high), frame)
    return s


def divider(rng: RNG) -> Solid:
    """What encloses a terrace: a trough with plants, a screen of cloth or glass, a rope between posts."""
    s, w, kind = Solid(), float(rng.uniform(0.8, 2.4)), int(rng.integers(3))
    m = skin(rng)
    if kind == 0:
        s.box((w, 0.35, 0.5), (0, 0, 0), m)
        green = mt.leaf((rng.uniform(0.1, 0.25), rng.uniform(0.3, 0.5), rng.uniform(0.08, 0.2)))
        for x in np.arange(-w / 2 + 0.1, w / 2, 0.16):
            big = float(rng.uniform(0.1, 0.22))
            s.ball((float(x), rng.normal(0, 0.03), 0.5 + big * 0.6), (big * 0.8, big * 0.8, big), green, n=7)
        return s
    for x in (-w / 2, w / 2):
        s.tube((x, 0, 0), (x, 0, 1.0), 0.025, m, n=6)
        s.box((0.3, 0.3, 0.03), (x, 0, 0), m)
    if kind == 1:
        s.box((w, 0.02, 0.8), (0, 0, 0.15), skin(rng) if rng.random() < 0.7 else mt.clear(0.35))
    else:
        s.path([(-w / 2, 0, 0.95), (0, 0, 0.75), (w / 2, 0, 0.95)], 0.02, skin(rng))
    return s


def made_up_seats(rng: RNG) -> list[Piece]:
    """A table and its seats of one making, at times seats without a table, a divider, a parasol."""
    high = float(rng.choice([0.4, 0.74, 0.74, 0.74, 1.08]))
    sits = {0.4: 0.36, 0.74: 0.45, 1.08: 0.75}[high]
    wide = float(rng.choice([0.42, 0.42, 0.5, 0.75, 1.4]))
    one, out = seat(rng, sits, wide), []
    far = 0.4
    if rng.random() < 0.88:
        top, far = table(rng, high)
        out.append(Piece(top, "table", turn=float(rng.normal(0, 5))))
    n, turn0 = int(rng.integers(1, 3 if wide > 1 else 6)), float(rng.uniform(0, 2 * np.pi))
    for k in range(n):
        a = 2 * np.pi * k / n + (np.pi / 2 if wide > 1 else turn0) + rng.normal(0, 0.15)
        r = far * (1 + abs(rng.normal(0, 0.15)))
        at = (float(r * np.cos(a)), float(r * np.sin(a)), 0.0)
        out.append(Piece(one, "bench" if wide > 1 else "chair", at, float(np.degrees(a) + 180 + rng.normal(0, 15))))
    if rng.random() < 0.2:
        out.append(Piece(umbrella(rng), "umbrella", (0.15, 0.6, 0.0), float(rng.uniform(0, 45))))
    if rng.random() < 0.15:
        out.append(Piece(divider(rng), "rack", (0.0, -1.0, 0.0), float(rng.normal(0, 5))))
    return out
