"""What hangs over the pavement from a front: sloping and scalloped blinds, slabs, sheet metal, tarpaulins on poles."""

from __future__ import annotations

import numpy as np

from . import materials as mt
from .classes import MaskClass
from .families import Families
from .solid import Solid
from .stage import Stage
from .surfaces import cloth, surface

RNG = np.random.Generator
AWNINGS = Families(train=("slope", "slope", "slab", "sheet", "tarp"), held_out=("round", "scallop"))


def awning(rng: RNG, family: str, w: float, hi: float, depth: float) -> Solid:
    """An awning of width w about x = 0, fixed to the wall at y = 0 at height hi, over a pavement `depth` deep."""
    s = Solid()
    reach = float(rng.uniform(0.8, min(2.2, depth - 0.8)))
    low = float(rng.uniform(2.1, hi - 0.35))
    m = cloth(rng)
    steel = mt.paint((0.5, 0.5, 0.52), 0.4, 0.6)
    if family == "slab":
        s.box((w, reach, 0.14), (0, -reach / 2, hi - 0.1), mt.paint((0.72, 0.71, 0.68), 0.8, wear=0.4))
    elif family == "sheet":
        x = np.linspace(-w / 2, w / 2, 33)
        wave = 0.02 * np.cos(np.arange(33) * np.pi)
        front = np.stack([x, np.full(33, -reach), low + wave], -1)
        back = np.stack([x, np.zeros(33), hi - 0.05 + wave], -1)
        s.grid(np.stack([front, back]), surface(rng, "metal"), smooth=False)
        for sx in (-0.45, 0.45):
            s.tube((sx * w, 0.05, low - 0.4), (sx * w, -reach * 0.9, low + 0.02), 0.015, steel, n=5)
    elif family == "tarp":
        reach = float(rng.uniform(1.6, max(1.8, depth - 0.7)))
        x, t = np.meshgrid(np.linspace(-w / 2, w / 2, 11), np.linspace(0, 1, 7))
        sag = 0.15 * np.sin(np.pi * t) * (1 + 0.4 * np.sin(x * 3)) + 0.015 * rng.standard_normal(x.shape)
        tint = ((0.1, 0.3, 0.8), (0.9, 0.5, 0.1), (0.2, 0.5, 0.3), (0.9, 0.9, 0.9))[int(rng.integers(4))]
        s.grid(np.stack([x, -reach * (1 - t), low + (hi - low) * t - sag], -1), surface(rng, "tarp", tint))
        for sx in (-0.47, 0.47):
            s.tube((sx * w, -reach, 0), (sx * w, -reach, low), 0.02, steel, n=5)
    elif family == "round":
        a = np.linspace(0, np.pi / 2, 7)
        x = np.linspace(-w / 2, w / 2, 9)
        pts = np.stack(
            [np.stack([x, np.full(9, -reach * np.cos(t)), np.full(9, low + (hi - low) * np.sin(t))], -1) for t in a]
        )
        s.grid(pts, m)
    else:  # slope, scallop
        y0, z0 = -reach, low
        s.plate([(-w / 2, y0, z0), (w / 2, y0, z0), (w / 2, 0, hi), (-w / 2, 0, hi)], m)
        n = 33
        x = np.linspace(-w / 2, w / 2, n)
        drop = 0.2 + (0.08 * np.abs(np.sin(np.arange(n) * np.pi / 4)) if family == "scallop" else 0.0) + 0 * x
        s.grid(
            np.stack([np.stack([x, np.full(n, y0), z0 - drop], -1), np.stack([x, np.full(n, y0), np.full(n, z0)], -1)]),
            m,
        )
        for sx in (-0.49, 0.49):
            s.tube((sx * w, 0.0, low - 0.1), (sx * w, y0, z0), 0.012, steel, n=4)
    return s


def hang(stage: Stage, rng: RNG, x0: float, x1: float, hi: float) -> None:
    """Hang one over a front."""
    family = AWNINGS.draw(rng, stage.held_out)
    made = awning(rng, family, x1 - x0 - 0.2, hi, float(stage.facts.get("depth", 4.0)))
    label = "tarpaulin" if family == "tarp" else "awning"
    stage.put(made, MaskClass.BUILDING, label, ((x0 + x1) / 2, 0, 0))
