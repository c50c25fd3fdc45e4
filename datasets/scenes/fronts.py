"""Ways of making a shop front: panes, an open room, shutters, joinery, a window in a wall, sheet metal, arches."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from . import materials as mt
from . import surfaces as sf
from .families import Families
from .goods import bright
from .lettering import sign, words
from .solid import Solid

RNG = np.random.Generator
FRONTS = Families(train=("panes", "open", "wood", "window", "container"), held_out=("arcade", "arch", "curtain"))


@dataclass
class Front:
    """One front under construction: x0..x1, ground-floor height hi, wall material; `lamp` holds what is lit."""

    rng: RNG
    x0: float
    x1: float
    hi: float
    kind: str
    wall: Any
    script: str
    s: Solid
    lamp: Solid
    step: float = 0.0

    @property
    def w(self) -> float:
        return self.x1 - self.x0

    @property
    def mid(self) -> float:
        return (self.x0 + self.x1) / 2

    def upright(self, solid: Solid, a: float, b: float, z0: float, z1: float, y: float, mat: Any) -> None:
        """A rectangle facing the street."""
        solid.plate([(a, y, z0), (b, y, z0), (b, y, z1), (a, y, z1)], mat)


def interior(rng: RNG, w: float, h: float, ppm: int = 50) -> np.ndarray:
    """What one sees inside, (H, W, 3): lit shelves, rails, a counter, pictures on a wall, or little but dark."""
    pw, ph = max(24, int(w * ppm)), max(24, int(h * ppm))
    base = np.clip(rng.normal(0.25, 0.12), 0.05, 0.6) * np.clip(rng.normal(1, 0.12, 3), 0.7, 1.3)
    img = np.ones((ph, pw, 3), np.float32) * base.astype(np.float32)
    kind = int(rng.integers(5))
    if kind <= 1:
        for x in range(0, pw, 50):
            tile = sf.pixels("packets", int(rng.integers(6)))[::2, ::2] * rng.uniform(0.25, 0.8)
            y0 = int(ph * rng.uniform(0.1, 0.4))
            part = img[y0 : y0 + 160, x : x + int(rng.uniform(25, 50))]
            part[:] = tile[: part.shape[0], : part.shape[1]]
    elif kind == 2:
        for x in range(2, pw - 5, 5):
            y0 = int(ph * rng.uniform(0.35, 0.42))
            img[y0 : y0 + int(ph * rng.uniform(0.2, 0.4)), x : x + 4] = sf.ink(rng) * 0.6
    elif kind == 3:
        for _ in range(int(rng.integers(2, 7))):
            x, y = int(rng.integers(0, pw - 12)), int(rng.uniform(0.15, 0.5) * ph)
            tile = sf.pixels("print", int(rng.integers(8)))[:: int(rng.integers(3, 7)), :: int(rng.integers(3, 7))]
            part = img[y : y + tile.shape[0], x : x + tile.shape[1]]
            part[:] = tile[: part.shape[0], : part.shape[1]] * 0.7
    img[int(ph * rng.uniform(0.6, 0.9)) :] *= 0.5
    if rng.random() < 0.5:
        y = int(ph * rng.uniform(0.55, 0.75))
        img[y : y + int(ph * 0.25), : int(pw * rng.uniform(0.2, 0.7))] = sf.ink(rng) * 0.6
    for _ in range(int(rng.integers(0, 5))):
        x, y = int(rng.integers(0, pw)), int(rng.uniform(0.02, 0.2) * ph)
        img[y : y + 3, x : x + int(rng.choice([4, 4, 40]))] = 1.0
    img *= np.linspace(1.2, 0.55, ph)[:, None, None]
    return np.clip(img * (1 + 0.04 * rng.standard_normal((ph, pw, 1))), 0, 1)


def room_behind(f: Front, a: float, b: float, depth: float, top: float) -> None:
    """A shallow lit room between a and b."""
    grey = mt.paint((0.5, 0.48, 0.45), 0.7)
    back = mt.picture(interior(f.rng, b - a, top), 0.8, glow=float(f.rng.uniform(0.2, 1.1)))
    f.upright(f.lamp, a, b, 0, top, depth, back)
    f.s.plate([(a, 0, 0.02), (b, 0, 0.02), (b, depth, 0.02), (a, depth, 0.02)], grey)
    side = mt.picture(interior(f.rng, depth, top) * 0.8, 0.8, glow=0.2)
    for x in (a, b):
        f.lamp.plate([(x, 0, 0), (x, depth, 0), (x, depth, top), (x, 0, top)], side)
    f.lamp.plate([(a, 0.2, top), (b, 0.2, top), (b, depth, top), (a, depth, top)], mt.glow((1, 0.95, 0.86), 0.8))


def pane(f: Front, a: float, b: float, z0: float, z1: float, y: float = 0.06) -> None:
    """A window: what lies behind, a dark mirror, a curtain, or a poster across."""
    k = f.rng.random()
    if k < 0.5:
        m = mt.picture(interior(f.rng, b - a, z1 - z0), 0.08, glow=float(f.rng.uniform(0.05, 0.5)))
        f.upright(f.lamp, a, b, z0, z1, y, m)
    elif k < 0.85:
        f.upright(f.s, a, b, z0, z1, y, mt.glass(float(f.rng.choice([0.03, 0.06, 0.12]))))
    else:
        f.upright(f.s, a, b, z0, z1, y, sf.surface(f.rng, "print", metres=float(f.rng.choice([0.8, 1.6])), variants=8))
    if f.rng.random() < 0.3 and b - a > 0.6:
        x, z = a + 0.1, z0 + f.rng.uniform(0.2, 0.6) * (z1 - z0)
        note = mt.picture(sign(f.rng, words(f.rng, f.script), 0.45, 0.32), 0.7)
        f.upright(f.s, x, x + 0.45, z, z + 0.32, y - 0.012, note)


def frame_colour(rng: RNG) -> Any:
    """Window frames: aluminium, brown, black, white."""
    return mt.paint(
        ((0.75, 0.76, 0.77), (0.25, 0.17, 0.12), (0.12, 0.12, 0.13), (0.86, 0.86, 0.84))[int(rng.integers(4))],
        0.35,
        0.3,
    )


def panes(f: Front) -> None:
    """Glass panes in a metal frame, one of them the open door."""
    pier, frame = 0.22, frame_colour(f.rng)
    a0, inner = f.x0 + pier, f.w - 2 * pier
    for x in (f.x0 + pier / 2, f.x1 - pier / 2):
        f.s.box((pier, 0.35, f.hi), (x, 0.12, 0), f.wall)
    room_behind(f, a0, f.x1 - pier, float(f.rng.uniform(0.8, 2.2)), f.hi)
    n = max(2, round(inner / 1.1))
    door = int(f.rng.integers(n))
    low = float(f.rng.choice([0.0, 0.0, 0.4]))
    for k in range(n):
        a, b = a0 + k * inner / n, a0 + (k + 1) * inner / n
        for x in (a, b):
            f.s.box((0.05, 0.06, 2.5), (x, 0.05, f.step), frame)
        f.s.box((b - a, 0.06, 0.06), ((a + b) / 2, 0.05, 2.45), frame)
        f.upright(f.s, a, b, 2.5, f.hi, 0.06, mt.glass(0.06))
        if k != door:
            if low:
                f.s.box((b - a, 0.08, low), ((a + b) / 2, 0.05, f.step), f.wall)
            pane(f, a, b, f.step + low, 2.45)


def open_room(f: Front) -> None:
    """No glass at all: the whole width is open, a rolled-up shutter's box above."""
    for x in (f.x0 + 0.12, f.x1 - 0.12):
        f.s.box((0.24, 0.35, f.hi), (x, 0.12, 0), f.wall)
    top = f.hi - float(f.rng.uniform(0.1, 0.5))
    room_behind(f, f.x0 + 0.24, f.x1 - 0.24, float(f.rng.uniform(1.6, 3.4)), top)
    f.s.box((f.w, 0.3, f.hi - top), (f.mid, 0.2, top), sf.surface(f.rng, "metal") if f.rng.random() < 0.5 else f.wall)


def wood_front(f: Front) -> None:
    """Joinery: pilasters, stall riser, a large window with transom, a recessed door."""
    col = (
        (0.1, 0.18, 0.14),
        (0.1, 0.14, 0.24),
        (0.36, 0.08, 0.08),
        (0.12, 0.12, 0.12),
        (0.6, 0.58, 0.5),
        (0.3, 0.2, 0.12),
        (0.4, 0.52, 0.5),
    )
    m = mt.paint(col[int(f.rng.integers(len(col)))], 0.4, wear=0.3)
    door = f.rng.uniform(0.3, 0.7) if f.w > 4 else float(f.rng.choice([0.16, 0.84]))
    dx = f.x0 + door * f.w
    for x in (f.x0 + 0.12, f.x1 - 0.12, dx - 0.55, dx + 0.55):
        f.s.box((0.16, 0.22, f.hi), (x, 0.02, 0), m)
    riser = float(f.rng.uniform(0.3, 0.75))
    for a, b in ((f.x0 + 0.2, dx - 0.55), (dx + 0.55, f.x1 - 0.2)):
        if b - a < 0.3:
            continue
        f.s.box((b - a, 0.16, riser), ((a + b) / 2, 0.05, 0), m if f.rng.random() < 0.7 else sf.surface(f.rng, "tiles"))
        pane(f, a, b, riser, f.hi - 0.5)
        f.s.box((b - a, 0.1, 0.08), ((a + b) / 2, 0.03, f.hi - 0.56), m)
        pane(f, a, b, f.hi - 0.5, f.hi)
        for x in np.arange(a + 0.9, b - 0.3, 0.9):
            f.s.box((0.05, 0.08, f.hi - riser), (float(x), 0.04, riser), m)
    f.upright(f.s, dx - 0.5, dx + 0.5, 0, f.hi, 0.5, m)
    f.upright(f.s, dx - 0.36, dx + 0.36, 0.8, 2.1, 0.49, mt.glass(0.05))
    f.s.box((1.1, 0.5, 0.12), (dx, 0.2, 0), mt.paint((0.5, 0.49, 0.47), 0.8, wear=0.5))


def window_in_wall(f: Front) -> None:
    """A plastered or brick wall with a door and a window or two; goods and prices painted on it at times."""
    f.s.box((f.w, 0.25, f.hi), (f.mid, 0.2, 0), f.wall)
    door = float(f.rng.uniform(0.2, 0.8))
    dx = f.x0 + door * f.w
    leaf = mt.paint(
        ((0.1, 0.25, 0.45), (0.1, 0.35, 0.2), (0.4, 0.2, 0.1), (0.6, 0.6, 0.58))[int(f.rng.integers(4))], 0.5, wear=0.5
    )
    open_door = f.rng.random() < 0.6
    f.upright(f.s, dx - 0.5, dx + 0.5, 0, 2.2, 0.07, mt.glass(0.02) if open_door else leaf)
    if open_door:
        for sx in (-1, 1):
            f.s.box((0.04, 0.5, 2.15), (dx + sx * 0.52, -0.18, 0), leaf)
    frame = frame_colour(f.rng)
    for c in (f.x0 + 0.25 * f.w, f.x0 + 0.75 * f.w):
        if abs(c - dx) < 1.1:
            continue
        a, b, z0, z1 = c - 0.6, c + 0.6, 0.9, 2.2
        f.s.box((1.34, 0.06, 1.44), (c, 0.07, 0.83), frame)
        pane(f, a, b, z0, z1, 0.035)
        if f.rng.random() < 0.4:
            for x in np.arange(a + 0.15, b, 0.18):
                f.s.tube((float(x), 0.0, z0), (float(x), 0.0, z1), 0.009, mt.paint((0.1, 0.1, 0.1), 0.5), n=4)
    if f.rng.random() < 0.4:
        x = f.x0 + f.w * f.rng.uniform(0.05, 0.5)
        ad = mt.picture(sign(f.rng, words(f.rng, f.script, f.kind), 1.4, 0.6), 0.8)
        f.upright(f.s, x, x + 1.4, 2.3, 2.9, 0.07, ad)


def container(f: Front) -> None:
    """Sheet metal or boards with a hatch counter, its flap propped up."""
    skin = sf.surface(
        f.rng, "metal" if f.rng.random() < 0.6 else "wood", np.round(np.array(bright(f.rng)) * 0.7 + 0.4, 1)
    )
    f.s.box((f.w, 0.1, f.hi), (f.mid, 0.2, 0), skin)
    a, b = f.x0 + 0.35, f.x1 - 1.3
    room = mt.picture(interior(f.rng, b - a, 1.3), 0.7, glow=0.25)
    f.upright(f.lamp, a, b, 1.0, 2.2, 0.13, room)
    f.s.box((b - a + 0.1, 0.3, 0.05), ((a + b) / 2, 0.0, 0.98), sf.surface(f.rng, "wood"))
    f.s.plate([(a, -0.9, 2.35), (b, -0.9, 2.35), (b, 0.14, 2.3), (a, 0.14, 2.3)], skin)
    f.upright(f.s, f.x1 - 1.1, f.x1 - 0.3, 0, 2.1, 0.13, mt.glass(0.03))


def arcade(f: Front) -> None:
    """Columns at the pavement's edge carry the storeys; the shop lies behind. Held out."""
    panes(f)
    for x in (f.x0 + 0.2, f.x1 - 0.2):
        f.s.box((0.4, 0.4, f.hi), (x, -2.1, 0), f.wall)
        f.s.box((0.52, 0.52, 0.3), (x, -2.1, 0), f.wall)
    f.s.box((f.w, 2.5, 0.35), (f.mid, -1.05, f.hi - 0.05), f.wall)


def arch(f: Front) -> None:
    """A stone wall with round arches, wooden leaves or glass in them. Held out."""
    n = max(1, int(f.w / 1.9))
    stone = sf.surface(f.rng, str(f.rng.choice(["ashlar", "rubble"])))
    bay, r = f.w / n, min(0.72, f.w / n * 0.36)
    for k in range(n):
        c = f.x0 + (k + 0.5) * bay
        a = np.linspace(0, np.pi, 11)
        ring = [(c + r * np.cos(t), 0.0, 1.9 + r * np.sin(t)) for t in a]
        left, right = c - bay / 2, c + bay / 2
        for p, q in pairwise(ring):
            f.s.mesh([p, (p[0], 0, f.hi), (q[0], 0, f.hi), q], [(0, 1, 2, 3)], stone)
            f.s.mesh([p, q, (q[0], 0.35, q[2]), (p[0], 0.35, p[2])], [(0, 1, 2, 3)], stone)
        f.upright(f.s, left, c - r, 0, f.hi, 0.0, stone)
        f.upright(f.s, c + r, right, 0, f.hi, 0.0, stone)
        for x in (c - r, c + r):
            f.s.plate([(x, 0, 0), (x, 0.35, 0), (x, 0.35, 1.9), (x, 0, 1.9)], stone)
        if f.rng.random() < 0.3:
            f.upright(f.s, c - r, c + r, 0, 1.9 + r, 0.35, sf.surface(f.rng, "wood"))
        else:
            pane(f, c - r, c + r, 0.0, 1.9 + r, 0.35)


def curtain(f: Front) -> None:
    """Frameless glass from floor to ceiling with thin fins. Held out."""
    room_behind(f, f.x0, f.x1, 2.6, f.hi)
    fin = mt.paint((0.2, 0.2, 0.21), 0.3, 0.7)
    for x in np.arange(f.x0, f.x1 + 0.01, f.w / max(2, round(f.w / 1.5))):
        f.s.box((0.06, 0.12, f.hi), (float(x), 0.0, 0), fin)
    f.upright(f.s, f.x0, f.x1, 0, f.hi, 0.02, mt.clear(0.3))
    f.s.box((f.w, 0.14, 0.3), (f.mid, 0.0, f.hi - 0.3), fin)


def shutter(f: Front) -> None:
    """Closed: a roller shutter, a folding grille or boards."""
    for x in (f.x0 + 0.12, f.x1 - 0.12):
        f.s.box((0.24, 0.35, f.hi), (x, 0.12, 0), f.wall)
    k = f.rng.random()
    if k < 0.7:
        ribs = 0.62 + 0.1 * np.cos(2 * np.pi * np.arange(256) / 8)
        col = np.array(
            ((0.62, 0.63, 0.64), (0.4, 0.45, 0.5), (0.55, 0.5, 0.42), (0.2, 0.35, 0.55), (0.3, 0.45, 0.35))[
                int(f.rng.integers(5))
            ]
        )
        tex = np.clip(ribs[:, None, None] * col * 1.4 * (1 + 0.05 * f.rng.standard_normal((256, 64, 1))), 0, 1)
        if f.rng.random() < 0.3:
            tag = sf.pixels("print", int(f.rng.integers(8)))
            tex[80:208, :64] = 0.6 * tex[80:208, :64] + 0.4 * tag[:, ::2]
        f.upright(f.s, f.x0 + 0.24, f.x1 - 0.24, 0, f.hi, 0.1, mt.picture(tex, 0.4, metal=0.4))
    else:
        f.upright(f.s, f.x0 + 0.24, f.x1 - 0.24, 0, f.hi, 0.1, sf.surface(f.rng, "wood" if k < 0.85 else "metal"))


MAKERS = {
    "panes": panes,
    "open": open_room,
    "wood": wood_front,
    "window": window_in_wall,
    "container": container,
    "arcade": arcade,
    "arch": arch,
    "curtain": curtain,
}
