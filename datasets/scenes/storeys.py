"""What stands on the shops: flats with cages, sash windows, shutters and balconies, ribbons of glass, a parapet."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import materials as mt
from .families import Families
from .solid import Solid
from .surfaces import ink

RNG = np.random.Generator
STOREYS = Families(train=("flats", "sash", "shutters", "parapet", "ribbon"), held_out=("gallery", "timber"))


def _pane(s: Solid, x: float, y: float, z: float, w: float, h: float, mat: Any) -> None:
    s.plate([(x - w / 2, y, z), (x + w / 2, y, z), (x + w / 2, y, z + h), (x - w / 2, y, z + h)], mat)


def flats(s: Solid, rng: RNG, x0: float, x1: float, z: float, floors: int) -> None:
    """Ledges, wide windows, air-conditioner boxes, window cages, drain pipes."""
    pane = mt.glass(0.07)
    white, grey = mt.paint((0.78, 0.78, 0.76), 0.5, wear=0.4), mt.paint((0.55, 0.56, 0.57), 0.5, 0.4)
    bay, cage = float(rng.uniform(2.6, 3.6)), rng.random() < 0.5
    for f in range(floors):
        b = z + f * 2.9
        s.box((x1 - x0, 0.12, 0.12), ((x0 + x1) / 2, 0.2, b - 0.1), white)
        for k in range(int((x1 - x0) / bay)):
            x = x0 + (k + 0.5) * bay
            s.box((1.5, 0.08, 1.5), (x, 0.22, b + 0.75), white)
            for sx in (-0.36, 0.36):
                _pane(s, x + sx, 0.17, b + 0.82, 0.66, 1.36, pane)
            if rng.random() < 0.5:
                s.box((0.8, 0.32, 0.55), (x + bay * 0.36, 0.05, b + 0.3), white)
                _pane(s, x + bay * 0.36 - 0.1, -0.115, b + 0.37, 0.4, 0.4, grey)
            if cage and rng.random() < 0.7:
                for i in range(9):
                    s.box((0.02, 0.02, 1.6), (x - 0.8 + i * 0.2, -0.2, b + 0.7), grey)
                for zz in (0.7, 1.5, 2.3):
                    s.box((1.65, 0.02, 0.02), (x, -0.2, b + zz), grey)
            elif rng.random() < 0.15:
                s.box(
                    (1.3, 0.03, 0.9),
                    (x, -0.3, b + 0.2),
                    mt.paint(ink(rng, 0.0), 0.9),
                )
    for x in (x0 + 0.3, x1 - 0.4):
        s.tube((x, 0.15, 0.2), (x, 0.15, z + floors * 2.9), 0.055, white)


def sash(s: Solid, rng: RNG, x0: float, x1: float, z: float, floors: int) -> None:
    """Upright windows with frames, sills and lintels, a cornice."""
    frame = mt.paint((0.86, 0.86, 0.84) if rng.random() < 0.7 else (0.25, 0.3, 0.28), 0.5)
    stone, pane = mt.paint((0.7, 0.67, 0.6), 0.8, wear=0.3), mt.glass(0.05)
    n = max(1, int((x1 - x0) / rng.uniform(1.7, 2.6)))
    for f in range(floors):
        b = z + f * 3.0 + 0.6
        for k in range(n):
            x = x0 + (k + 0.5) * (x1 - x0) / n
            s.box((1.0, 0.06, 1.7), (x, 0.22, b), frame)
            for zz in (0.06, 0.88):
                _pane(s, x, 0.185, b + zz, 0.86, 0.76, pane)
            s.box((1.25, 0.2, 0.09), (x, 0.17, b - 0.09), stone)
            s.box((1.2, 0.1, 0.2), (x, 0.2, b + 1.7), stone)
    s.box((x1 - x0, 0.5, 0.3), ((x0 + x1) / 2, 0.1, z + floors * 3.0 - 0.3), stone)


def shutters(s: Solid, rng: RNG, x0: float, x1: float, z: float, floors: int) -> None:
    """Windows with folded shutters, small balconies with iron railings, flower boxes."""
    leaf = mt.paint(
        ((0.15, 0.3, 0.22), (0.3, 0.42, 0.5), (0.45, 0.28, 0.16), (0.75, 0.75, 0.72))[int(rng.integers(4))],
        0.6,
        wear=0.3,
    )
    iron, pane = mt.paint((0.08, 0.08, 0.08), 0.5), mt.glass(0.05)
    n = max(1, int((x1 - x0) / rng.uniform(2.2, 3.2)))
    for f in range(floors):
        b = z + f * 3.0 + 0.3
        for k in range(n):
            x = x0 + (k + 0.5) * (x1 - x0) / n
            if rng.random() < 0.2:
                s.box((0.95, 0.04, 2.0), (x, 0.2, b), leaf)
            else:
                _pane(s, x, 0.22, b, 0.95, 2.0, pane)
                for sx in (-0.73, 0.73):
                    s.box((0.48, 0.05, 2.0), (x + sx, 0.2, b), leaf)
            if rng.random() < 0.4:
                s.box((1.5, 0.6, 0.1), (x, -0.05, b - 0.1), mt.paint((0.7, 0.68, 0.63), 0.8))
                for gx in np.linspace(-0.7, 0.7, 10):
                    s.box((0.015, 0.015, 0.9), (x + float(gx), -0.33, b), iron)
                s.box((1.5, 0.03, 0.03), (x, -0.33, b + 0.9), iron)


def parapet(s: Solid, rng: RNG, x0: float, x1: float, z: float, floors: int) -> None:
    """One storey only: a wall's top, a ledge, sheet metal, a tank or aerial behind."""
    s.box((x1 - x0, 0.4, 0.12), ((x0 + x1) / 2, 0.2, z + 0.35), mt.paint((0.6, 0.58, 0.55), 0.9, wear=0.5))
    if rng.random() < 0.4:
        x = float(rng.uniform(x0 + 1, x1 - 1))
        s.lathe(
            [(0.55, z), (0.6, z + 0.3), (0.6, z + 1.1), (0.2, z + 1.3)],
            (x, 2.5, 0),
            mt.paint((0.1, 0.1, 0.1), 0.6),
            n=12,
        )


def ribbon(s: Solid, rng: RNG, x0: float, x1: float, z: float, floors: int) -> None:
    """Bands of glass between bands of panel."""
    panel = mt.paint(((0.7, 0.71, 0.72), (0.35, 0.36, 0.38), (0.6, 0.5, 0.42))[int(rng.integers(3))], 0.4, 0.2)
    pane = mt.glass(float(rng.choice([0.04, 0.1])))
    for f in range(floors):
        b = z + f * 3.2
        _pane(s, (x0 + x1) / 2, 0.2, b + 1.0, x1 - x0 - 0.3, 1.9, pane)
        s.box((x1 - x0, 0.1, 1.0), ((x0 + x1) / 2, 0.2, b), panel)
        for x in np.arange(x0 + 0.15, x1, 1.4):
            s.box((0.06, 0.1, 1.9), (float(x), 0.18, b + 1.0), panel)


def gallery(s: Solid, rng: RNG, x0: float, x1: float, z: float, floors: int) -> None:
    """Open galleries along the whole width, with railings and washing. Held out."""
    slab, rail = mt.paint((0.7, 0.68, 0.64), 0.8, wear=0.4), mt.paint((0.3, 0.4, 0.35), 0.5)
    for f in range(floors):
        b = z + f * 2.9
        s.box((x1 - x0, 1.2, 0.18), ((x0 + x1) / 2, -0.35, b), slab)
        for x in np.arange(x0 + 0.05, x1, 0.16):
            s.box((0.02, 0.02, 1.0), (float(x), -0.92, b + 0.15), rail)
        s.box((x1 - x0, 0.05, 0.05), ((x0 + x1) / 2, -0.92, b + 1.1), rail)
        for x in np.arange(x0 + 1, x1 - 0.6, 1.9):
            _pane(s, float(x), 0.22, b + 0.2, 0.9, 2.0, mt.glass(0.03))
            if rng.random() < 0.4:
                col = mt.paint(ink(rng, 0.0), 0.9)
                s.box((0.8, 0.02, 0.7), (float(x), -0.95, b + 0.45), col)


def timber(s: Solid, rng: RNG, x0: float, x1: float, z: float, floors: int) -> None:
    """Posts and braces with plaster between, small panes. Held out."""
    beam = mt.paint((0.2, 0.13, 0.09), 0.8, wear=0.4)
    for f in range(floors):
        b = z + f * 2.7
        for zz in (0.0, 1.2, 2.6):
            s.box((x1 - x0, 0.08, 0.16), ((x0 + x1) / 2, 0.2, b + zz), beam)
        for i, x in enumerate(np.arange(x0, x1 + 0.01, 1.3)):
            s.box((0.16, 0.08, 2.7), (float(x), 0.2, b), beam)
            if i % 2 and x + 1.3 < x1:
                _pane(s, float(x) + 0.65, 0.2, b + 1.35, 0.9, 1.15, mt.glass(0.05))
                s.box((0.04, 0.05, 1.15), (float(x) + 0.65, 0.18, b + 1.35), mt.paint((0.85, 0.85, 0.82), 0.5))
            elif x + 1.3 < x1:
                s.tube((float(x), 0.18, b + 0.1), (float(x) + 1.3, 0.18, b + 1.2), 0.07, beam, n=4)


MAKERS = {
    "flats": flats,
    "sash": sash,
    "shutters": shutters,
    "parapet": parapet,
    "ribbon": ribbon,
    "gallery": gallery,
    "timber": timber,
}
HEIGHT = {"flats": 2.9, "sash": 3.0, "shutters": 3.0, "parapet": 0.0, "ribbon": 3.2, "gallery": 2.9, "timber": 2.7}
"""Metres a floor."""
