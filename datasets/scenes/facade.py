"""The building line at y = 0 facing -Y: houses of one to three shops along X, signs, awnings, storeys above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import awnings, fronts, storeys
from . import materials as mt
from . import surfaces as sf
from .catalog import SHOPS
from .classes import MaskClass
from .lettering import QUIET, shop_title, sign, vertical
from .placing import room
from .regions import REGIONS, Region, draw_from
from .solid import Solid
from .stage import Stage

RNG = np.random.Generator
_WALLS = (
    (0.72, 0.68, 0.60),
    (0.62, 0.60, 0.58),
    (0.70, 0.58, 0.50),
    (0.80, 0.78, 0.74),
    (0.55, 0.42, 0.36),
    (0.66, 0.68, 0.70),
    (0.85, 0.78, 0.55),
    (0.60, 0.72, 0.74),
    (0.80, 0.60, 0.52),
    (0.62, 0.70, 0.55),
)


@dataclass(frozen=True)
class Shop:
    """One shop unit: extent along X, what it sells, whether it is open, how far its step reaches out (metres)."""

    x0: float
    x1: float
    kind: str
    name: str
    open: bool
    out: float = 0.0

    @property
    def mid(self) -> float:
        return (self.x0 + self.x1) / 2


def wall_material(rng: RNG, kind: str) -> Any:
    """A wall: painted plaster, tiles, brick, stone."""
    col = np.array(_WALLS[int(rng.integers(len(_WALLS)))])
    if kind == "paint":
        return mt.paint(col, 0.8, wear=0.35, scale=0.8)
    tint = {
        "brick": rng.uniform(0.7, 1.4, 3) * [1, 0.95, 0.9],
        "ashlar": rng.uniform(0.8, 1.2, 3),
        "rubble": rng.uniform(0.7, 1.2, 3),
    }
    return sf.surface(rng, kind, np.round(tint.get(kind, col * 1.15), 1))


def name_band(f: fronts.Front, region: Region, text: str) -> None:
    """The sign over a front."""
    rng, s = f.rng, f.s
    loud = rng.random() < region.loud
    if not loud and rng.random() < 0.25:
        s.box((f.w, 0.2, 0.4), (f.mid, 0.15, f.hi), f.wall)
        return
    band = float(rng.uniform(0.75, 1.25) if loud else rng.uniform(0.4, 0.65))
    out = -float(rng.uniform(0.03, 0.3))
    colours = None if loud else QUIET[int(rng.integers(len(QUIET)))]
    wide = f.w - 0.1 if loud or rng.random() < 0.6 else f.w * float(rng.uniform(0.4, 0.8))
    face = mt.picture(sign(rng, text, wide, band, 80, colours), 0.4, glow=0.25 if loud else 0.05)
    f.upright(f.lamp, f.mid - wide / 2, f.mid + wide / 2, f.hi, f.hi + band, out, face)
    s.box(
        (f.w - 0.02, 0.2 - out, band),
        (f.mid, 0.11 + out / 2 + 0.004, f.hi),
        mt.paint((0.3, 0.3, 0.31), 0.6) if loud else f.wall,
    )


def projecting_sign(f: fronts.Front) -> None:
    """A sign that stands out from the wall, at right angles."""
    x, z = f.x0 + 0.15 if f.rng.random() < 0.5 else f.x1 - 0.15, f.hi + 0.1
    w, h = float(f.rng.uniform(0.5, 0.8)), float(f.rng.uniform(0.5, 1.4))
    f.s.box((0.08, w, h), (x, -0.1 - w / 2, z), sf.surface(f.rng, "print", metres=0.8, variants=8))


def shop(stage: Stage, rng: RNG, x0: float, x1: float, kind: str, is_open: bool, hi: float, region: Region) -> Shop:
    """Build one unit."""
    f = fronts.Front(
        rng,
        x0,
        x1,
        hi,
        kind,
        stage.facts["wall"],
        region.scripts[int(rng.integers(len(region.scripts)))],
        Solid(),
        Solid(),
    )
    f.step = float(rng.choice([0.0, 0.0, 0.12, 0.15]))
    reach = 0.0
    if f.step:
        f.s.box((f.w - 0.3, 0.5, f.step), (f.mid, -0.15, 0), mt.paint((0.55, 0.54, 0.53), 0.5, wear=0.4))
        reach = 0.4
    family = draw_from(rng, region.fronts, fronts.FRONTS.of(stage.held_out))
    if is_open:
        fronts.MAKERS[family](f)
        if family == "arcade":
            for x in (x0 + 0.2, x1 - 0.2):
                room(stage).take((x - 0.26, -2.36, x + 0.26, -1.84))
    else:
        fronts.shutter(f)
    text = shop_title(rng, kind, f.script)
    name_band(f, region, text)
    if rng.random() < 0.25:
        projecting_sign(f)
    if family != "arcade" and rng.random() < (0.4 if is_open else 0.15):
        awnings.hang(stage, rng, x0, x1, hi)
    if "zh" in region.scripts and rng.random() < 0.3:
        for x, t in ((x0 + 0.11, "生意兴隆通四海"), (x1 - 0.11, "财源茂盛达三江")):
            f.upright(f.s, x - 0.1, x + 0.1, 0.9, 2.6, -0.065, mt.picture(vertical(rng, t), 0.8))
    stage.put(f.s, MaskClass.BUILDING)
    if f.lamp.verts:
        stage.put(f.lamp, MaskClass.BUILDING).lightgroup = "lamp"
    return Shop(x0, x1, kind, text, is_open, reach)


def house(stage: Stage, rng: RNG, x0: float, x1: float, hi: float, region: Region) -> None:
    """The storeys over the shops between x0 and x1."""
    family = draw_from(rng, region.storeys, storeys.STOREYS.of(stage.held_out))
    floors = 0 if family == "parapet" else int(rng.integers(1, 5))
    z = hi + 1.15
    top = z + (0.4 if family == "parapet" else floors * storeys.HEIGHT[family])
    s = Solid()
    s.box((x1 - x0, 4.0, top - hi + 0.1), ((x0 + x1) / 2, 2.25, hi - 0.1), stage.facts["wall"])
    storeys.MAKERS[family](s, rng, x0, x1, z, floors)
    stage.put(s, MaskClass.BUILDING)


def row(
    stage: Stage,
    rng: RNG,
    x0: float,
    x1: float,
    kinds: list[str] | None = None,
    share_open: float = 0.85,
    region: str = "china",
) -> list[Shop]:
    """Fill the building line from x0 to x1."""
    here = REGIONS[region]
    shops: list[Shop] = []
    x, new = x0, True
    hi = float(rng.uniform(2.7, 3.5))
    start = x0
    while x < x1 - 2.5:
        if new:
            stage.facts["wall"] = wall_material(rng, here.walls[int(rng.integers(len(here.walls)))])
        w = float(min(rng.uniform(3.0, 6.2), x1 - x))
        kind = kinds[len(shops) % len(kinds)] if kinds else SHOPS.draw(rng, stage.held_out)
        shops.append(shop(stage, rng, x, x + w, kind, bool(rng.random() < share_open), hi, here))
        x += w
        new = bool(rng.random() < here.mixed) or x >= x1 - 2.5
        if new:
            house(stage, rng, start, x, hi, here)
            start, hi = x, float(rng.uniform(2.7, 3.5))
    return shops
