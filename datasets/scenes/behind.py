"""What closes the view on a site or roadside: hoarding, walls, fences, shells, houses of several countries, hills."""

from __future__ import annotations

import numpy as np

from . import materials as mt
from .classes import MaskClass
from .greenery import leaves, tree
from .lettering import SLOGANS, slogan, words
from .solid import Solid
from .stage import Stage
from .surfaces import surface

RNG = np.random.Generator
WALLS = ((0.78, 0.66, 0.5), (0.85, 0.8, 0.7), (0.62, 0.6, 0.57), (0.72, 0.5, 0.38), (0.9, 0.9, 0.88), (0.55, 0.42, 0.3))


def hoarding(stage: Stage, rng: RNG, back: float, sides: bool = True) -> None:
    """Corrugated or printed boards with slogans, in one of several scripts."""
    s = Solid()
    hue = ((30, 90, 170), (235, 236, 238), (40, 130, 80), (200, 205, 210), (190, 150, 90), (120, 120, 122))[
        int(rng.integers(6))
    ]
    ink = (255, 255, 255) if sum(hue) < 500 else (180, 30, 30)
    chinese = rng.random() < 0.6
    plain = mt.picture(slogan(rng, "", 5, 2.2, hue, ink), 0.5)
    for k in range(12):
        m = plain
        if k % 3 == 1:
            text = SLOGANS[int(rng.integers(len(SLOGANS)))] if chinese else words(rng, "latin")
            m = mt.picture(slogan(rng, text, 5, 2.2, hue, ink), 0.5)
        x = -30 + 5 * k
        s.plate([(x, back, 0.1), (x + 5, back, 0.1), (x + 5, back, 2.3), (x, back, 2.3)], m)
        s.box((0.12, 0.1, 2.4), (x, back - 0.05, 0), mt.paint((0.6, 0.6, 0.6), 0.5))
    for sx in (-1, 1) if sides else ():
        for k in range(6):
            y = back - 5 * (k + 1)
            s.plate([(sx * 26, y, 0.1), (sx * 26, y + 5, 0.1), (sx * 26, y + 5, 2.3), (sx * 26, y, 2.3)], plain)
    stage.put(s, MaskClass.OTHER)


def wall(stage: Stage, rng: RNG, back: float) -> None:
    """A garden or factory wall: brick, block, plaster, with piers."""
    s, h = Solid(), float(rng.uniform(1.6, 3.2))
    kind = str(rng.choice(["brick", "plaster", "plaster", "rubble", "ashlar"]))
    m = surface(rng, kind, np.asarray(WALLS[int(rng.integers(len(WALLS)))]) * 1.25)
    s.box((64, 0.25, h), (0, back + 0.12, 0), m)
    for x in np.arange(-32, 32, float(rng.uniform(2.8, 5))):
        s.box((0.35, 0.36, h + 0.1), (x, back + 0.1, 0), m)
    stage.put(s, MaskClass.BUILDING)


def fence(stage: Stage, rng: RNG, back: float) -> None:
    """Posts with rails or wires, or mobile site fence panels."""
    s = Solid()
    steel = mt.paint(((0.6, 0.62, 0.63), (0.2, 0.2, 0.2), (0.4, 0.3, 0.2))[int(rng.integers(3))], 0.5, 0.4)
    panels = rng.random() < 0.5
    for x in np.arange(-30, 30, 2.5 if panels else 3.0):
        s.tube((x, back, 0), (x, back, 1.9), 0.03, steel, n=5)
        for z in (0.2, 1.9) if panels else (0.5, 1.0, 1.5):
            s.tube((x, back, z), (x + 2.5, back, z), 0.015, steel, n=4)
        if panels:
            for k in range(1, 12):
                s.tube((x + k * 0.21, back, 0.2), (x + k * 0.21, back, 1.9), 0.006, steel, n=3)
    stage.put(s, MaskClass.OTHER)


def shells(stage: Stage, rng: RNG, back: float) -> None:
    """Concrete frames going up, wrapped at times in green, blue or grey mesh, with scaffolds; a tower crane."""
    b = Solid()
    grey = mt.paint((0.55, 0.54, 0.52), 0.9, wear=0.4)
    for k in range(int(rng.integers(1, 4))):
        x, y, w, fl = rng.uniform(-24, 14), back + rng.uniform(5, 20), rng.uniform(9, 16), int(rng.integers(2, 12))
        for f in range(fl):
            b.box((w, w, 0.3), (x, y + w / 2, 3 * (f + 1)), grey)
            for i in range(4):
                b.box((0.5, 0.5, 3), (x - w / 2 + 0.4 + i * (w - 0.8) / 3, y + 0.4, 3 * f), grey)
        if k == 0 and rng.random() < 0.5:
            rgb = ((0.16, 0.46, 0.3), (0.2, 0.35, 0.6), (0.6, 0.62, 0.62))[int(rng.integers(3))]
            mesh = mt.paint(rgb, 0.8, wear=0.5, scale=0.7)
            b.box((w + 1.2, 0.1, fl * 3), (x, y - 0.6, 0.5), mesh)
            b.box((0.1, w, fl * 3), (x - w / 2 - 0.6, y + w / 2, 0.5), mesh)
        else:
            b.box((w - 1, w - 2, fl * 3), (x, y + w / 2 + 1, 0), mt.paint((0.2, 0.2, 0.2), 0.9))
            if rng.random() < 0.5:
                pole = mt.paint((0.55, 0.5, 0.42), 0.5, 0.5)
                for px in np.arange(-w / 2, w / 2 + 0.1, 2.2):
                    b.tube((x + px, y - 0.9, 0), (x + px, y - 0.9, fl * 3), 0.03, pole, n=4)
                for z in np.arange(1.8, fl * 3, 1.8):
                    b.tube((x - w / 2, y - 0.9, z), (x + w / 2, y - 0.9, z), 0.03, pole, n=4)
    stage.put(b, MaskClass.BUILDING)
    if rng.random() < 0.4:
        c = Solid()
        x, y, h = float(rng.uniform(-20, 20)), back + 18.0, float(rng.uniform(25, 45))
        m = mt.paint((0.85, 0.65, 0.1), 0.5)
        for z in np.arange(0, h, 2.0):
            for dx, dy in ((-0.7, -0.7), (0.7, -0.7), (0.7, 0.7), (-0.7, 0.7)):
                c.tube((x + dx, y + dy, z), (x - dy, y + dx, z + 2), 0.07, m, n=3)
        c.box((38, 0.6, 0.6), (x + 10, y, h), m)
        stage.put(c, MaskClass.OTHER, "crane")


def houses(stage: Stage, rng: RNG, back: float, storeys: tuple[int, int] = (1, 5)) -> None:
    """A row of houses of one country's make: plaster, brick, flat or pitched roof, windows, gates, lettering none."""
    b = Solid()
    pitched = rng.random() < 0.45
    x = -40.0
    tone = WALLS[int(rng.integers(len(WALLS)))]
    kinds = ["plaster", "brick", "plaster", "ashlar", "tiles"]
    while x < 40:
        w, d, fl = float(rng.uniform(6, 13)), 9.0, int(rng.integers(*storeys))
        h = 3.1 * fl
        m = surface(
            rng, kinds[int(rng.integers(len(kinds)))], np.clip(np.asarray(tone) * rng.uniform(0.9, 1.4), 0, 1.4)
        )
        y = back + float(rng.uniform(0, 4))
        b.box((w, d, h), (x + w / 2, y + d / 2, 0), m)
        glass, frame = mt.glass(0.08), mt.paint((0.85, 0.85, 0.83), 0.5)
        for f in range(fl):
            for wx in np.arange(1.2, w - 0.8, 2.4):
                if rng.random() < 0.85:
                    b.box((1.15, 0.1, 1.35), (x + wx, y - 0.02, 3.1 * f + 0.95), frame)
                    b.box((0.95, 0.1, 1.15), (x + wx, y - 0.05, 3.1 * f + 1.05), glass)
        if pitched:
            roof = surface(rng, "brick", (0.8, 0.6, 0.55))
            r = [
                (x - 0.3, y - 0.4, h),
                (x + w + 0.3, y - 0.4, h),
                (x + w + 0.3, y + d / 2, h + 2.4),
                (x - 0.3, y + d / 2, h + 2.4),
            ]
            b.plate(r, roof)
        else:
            b.box((w + 0.1, d, 0.7), (x + w / 2, y + d / 2, h), m)
        if rng.random() < 0.5:
            b.box(
                (2.8, 0.12, 2.5),
                (x + w * 0.7, y - 0.04, 0),
                surface(rng, "metal", np.clip(rng.normal(0.7, 0.3, 3), 0.1, 1.3)),
            )
        x += w + (0.0 if rng.random() < 0.6 else float(rng.uniform(1, 6)))
    stage.put(b, MaskClass.BUILDING)


def skyline(stage: Stage, rng: RNG, back: float) -> None:
    """Far blocks and hills."""
    b = Solid()
    for k in range(7):
        h, tone = rng.uniform(8, 45), rng.uniform(0.5, 0.75)
        b.box(
            (rng.uniform(9, 18), 12, h),
            (-66 + 22 * k + rng.uniform(-6, 6), back + rng.uniform(40, 90), 0),
            mt.paint((tone, tone * 0.98, tone * 0.95), 0.9, wear=0.3, scale=0.4),
        )
    stage.put(b, MaskClass.BUILDING)
    if rng.random() < 0.4:
        s = Solid()
        rgb = ((0.3, 0.36, 0.22), (0.5, 0.44, 0.33), (0.36, 0.4, 0.36))[int(rng.integers(3))]
        for k in range(6):
            s.ball(
                (-150 + 60 * k, back + 190, -5),
                (rng.uniform(40, 80), 40, rng.uniform(12, 35)),
                mt.paint(rgb, 0.95, wear=0.5, scale=0.05),
                n=14,
            )
        stage.put(s, MaskClass.VEGETATION)


def palm(rng: RNG) -> Solid:
    """A palm tree."""
    s, h = Solid(), float(rng.uniform(4, 8))
    s.tube((0, 0, 0), (0.2, 0, h), 0.2, mt.paint((0.4, 0.32, 0.24), 0.95, wear=0.6), r1=0.15, n=8)
    k = 26
    a = rng.uniform(0, 2 * np.pi, k)
    c = np.stack([0.2 + np.cos(a) * 1.1, np.sin(a) * 1.1, h + rng.uniform(-0.5, 0.5, k)], 1)
    leaves(
        s, rng, c, np.tile([0.9, 0.9, 0.25], (k, 1)), 2600, 0.16, [mt.leaf((0.2, 0.3, 0.1)), mt.leaf((0.3, 0.38, 0.15))]
    )
    return s


def trees(stage: Stage, rng: RNG, back: float) -> None:
    """Street trees or palms along the back."""
    make = palm(rng) if rng.random() < 0.3 else tree(rng)
    at = (float(rng.uniform(-20, 20)), back + float(rng.uniform(1, 4)), 0.0)
    mesh = stage.put(make, MaskClass.VEGETATION, at=at).data
    for _ in range(int(rng.integers(2, 8))):
        at = (float(rng.uniform(-28, 28)), back + float(rng.uniform(0.5, 6)), 0.0)
        stage.place(mesh, MaskClass.VEGETATION, 0, at, float(rng.uniform(0, 360)), scale=float(rng.uniform(0.8, 1.2)))


def cabins(stage: Stage, rng: RNG, back: float) -> None:
    """Site cabins and shipping containers."""
    for _ in range(int(rng.integers(1, 4))):
        s = Solid()
        x = float(rng.uniform(-20, 20))
        if rng.random() < 0.5:
            s.box((6, 2.4, 2.6), (0, 0, 0.1), mt.paint((0.84, 0.86, 0.88), 0.4))
            s.box((6.05, 2.45, 0.25), (0, 0, 2.6), mt.paint((0.1, 0.3, 0.6), 0.4))
            for dx in (-1.8, 1.8):
                s.box((1.0, 0.05, 0.9), (dx, -1.23, 1.2), mt.glass())
            label = "cabin"
        else:
            rgb = ((0.5, 0.22, 0.15), (0.15, 0.3, 0.5), (0.55, 0.3, 0.1), (0.35, 0.4, 0.38))[int(rng.integers(4))]
            s.box((6.1, 2.44, 2.6), (0, 0, 0.05), surface(rng, "metal", np.asarray(rgb) * 1.5))
            label = "container"
        stage.put(
            s,
            MaskClass.OTHER if label == "container" else MaskClass.BUILDING,
            label,
            (x, back - 1.9, 0),
            float(rng.normal(0, 4)),
        )


def close_view(stage: Stage, rng: RNG, layout: str, back: float) -> None:
    """Draw what stands behind a layout."""
    if layout in ("yard", "confuser") and rng.random() < 0.7:
        hoarding(stage, rng, back)
        shells(stage, rng, back)
        if rng.random() < 0.6:
            cabins(stage, rng, back)
    elif layout == "open":
        if rng.random() < 0.5:
            fence(stage, rng, back)
        if rng.random() < 0.5:
            shells(stage, rng, back)
        if rng.random() < 0.5:
            cabins(stage, rng, back)
    else:
        kind = str(rng.choice(["wall", "houses", "houses", "fence", "none"]))
        if kind == "wall":
            wall(stage, rng, back)
            if rng.random() < 0.7:
                houses(stage, rng, back + 5, (1, 4))
        elif kind == "houses":
            houses(stage, rng, back)
        elif kind == "fence":
            fence(stage, rng, back)
            if rng.random() < 0.5:
                houses(stage, rng, back + 7)
    skyline(stage, rng, back)
    if rng.random() < 0.55:
        trees(stage, rng, back + (0 if layout != "roadside" else 0.5))
