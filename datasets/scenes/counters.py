"""Counters, racks and cabinets: glass cases, shelves of packets, wire racks, book tables, freezers, machines."""

from __future__ import annotations

import numpy as np

from . import materials as mt
from .goods import RNG, bright
from .solid import Solid, turn_x, turn_z
from .surfaces import cloth, ink, surface


def glass_counter(rng: RNG) -> Solid:
    """A glass case with telephones, watches or cakes on two boards."""
    s, w = Solid(), float(rng.uniform(1.0, 1.9))
    frame = mt.paint(((0.75, 0.76, 0.77), (0.2, 0.2, 0.2), (0.45, 0.3, 0.18))[int(rng.integers(3))], 0.3, 0.5)
    s.box((w, 0.5, 0.35), (0, 0, 0), frame if rng.random() < 0.5 else surface(rng, "wood"))
    for z in (0.36, 0.62):
        s.box((w, 0.48, 0.015), (0, 0, z), mt.paint((0.8, 0.82, 0.83), 0.3))
        for _ in range(int(w * 12)):
            m = surface(rng, "print") if rng.random() < 0.4 else mt.paint(ink(rng, 0.0), 0.3)
            at = (rng.uniform(-w / 2 + 0.06, w / 2 - 0.06), rng.uniform(-0.2, 0.2), z + 0.015)
            s.box((0.07, 0.12, rng.uniform(0.01, 0.1)), at, m)
    pane = mt.clear(0.2)
    for y in (-0.25, 0.25):
        s.plate([(-w / 2, y, 0.35), (w / 2, y, 0.35), (w / 2, y, 0.92), (-w / 2, y, 0.92)], pane)
    s.box((w, 0.5, 0.02), (0, 0, 0.92), pane)
    for x in (-w / 2, w / 2):
        for y in (-0.25, 0.25):
            s.box((0.025, 0.025, 0.94), (x, y, 0), frame)
    return s


def packet_shelf(rng: RNG) -> Solid:
    """A shelf whose rows of packets are a picture with some standing proud."""
    s, w, h = Solid(), float(rng.uniform(0.8, 2.0)), float(rng.uniform(1.1, 1.9))
    frame = mt.paint(((0.85, 0.85, 0.84), (0.3, 0.3, 0.32), (0.6, 0.1, 0.1))[int(rng.integers(3))], 0.4, 0.3)
    s.box((w, 0.3, h - 0.1), (0, 0.06, 0.1), surface(rng, "packets", variants=6))
    s.box((w + 0.05, 0.42, 0.1), (0, 0, 0), frame)
    for k in range(n := int(rng.integers(3, 6))):
        z = 0.1 + k * (h - 0.1) / n
        s.box((w + 0.02, 0.4, 0.02), (0, 0, z), frame)
        for x in np.arange(-w / 2 + 0.08, w / 2 - 0.06, 0.16):
            if rng.random() < 0.7:
                hh = rng.uniform(0.1, min(0.28, (h - 0.1) / n - 0.04))
                m = surface(rng, "print", variants=8) if rng.random() < 0.7 else mt.paint(bright(rng), 0.5)
                s.box((rng.uniform(0.07, 0.15), 0.1, hh), (x, -0.13, z + 0.02), m)
    for x in (-w / 2 - 0.02, w / 2 + 0.02):
        s.box((0.035, 0.42, h + 0.05), (x, 0, 0), frame)
    return s


def wire_rack(rng: RNG) -> Solid:
    """A wire rack on feet with hanging bags of snacks, cards or toys."""
    s, w = Solid(), float(rng.uniform(0.5, 1.0))
    wire = mt.paint((0.15, 0.15, 0.16) if rng.random() < 0.5 else (0.8, 0.8, 0.8), 0.4, 0.6, wear=0)
    h = float(rng.uniform(1.3, 1.8))
    for x in (-w / 2, w / 2):
        s.tube((x, 0, 0), (x, 0, h), 0.014, wire, n=5)
        s.tube((x, -0.25, 0.02), (x, 0.25, 0.02), 0.014, wire, n=5)
    for z in np.arange(0.35, h + 0.01, 0.3):
        s.tube((-w / 2, 0, z), (w / 2, 0, z), 0.008, wire, n=4)
        for sy in (-1, 1):
            for x in np.arange(-w / 2 + 0.09, w / 2 - 0.04, 0.15):
                if rng.random() < 0.88:
                    m = surface(rng, "print", variants=8)
                    s.box((0.13, 0.05, 0.2), (x, sy * 0.09, z - 0.22), m, turn_x(sy * 6.0))
    return s


def spinner(rng: RNG) -> Solid:
    """A turning rack of postcards, glasses, phone cases."""
    s, n = Solid(), int(rng.choice([4, 6]))
    post = mt.paint((0.75, 0.76, 0.77), 0.3, 0.8, wear=0)
    s.lathe([(0.3, 0), (0.28, 0.04), (0.03, 0.07)], (0, 0, 0), post, n=12)
    s.tube((0, 0, 0), (0, 0, 1.75), 0.02, post)
    for k in range(n):
        a = 2 * np.pi * k / n
        rot = turn_z(float(np.degrees(a)))
        for z in np.arange(0.4, 1.7, 0.2):
            for x in (-0.09, 0.03):
                face = np.array([(x, -0.24, z), (x + 0.1, -0.24, z), (x + 0.1, -0.2, z + 0.16), (x, -0.2, z + 0.16)])
                s.mesh(face @ rot.T, [(0, 1, 2, 3)], surface(rng, "print", variants=8))
    return s


def book_table(rng: RNG) -> Solid:
    """A table of books or records, spines up in boxes or lying in piles."""
    s, w = Solid(), float(rng.uniform(1.2, 2.2))
    s.box((w, 0.8, 0.03), (0, 0, 0.72), surface(rng, "wood"))
    for x in (-w * 0.4, w * 0.4):
        s.tube((x, -0.3, 0), (x, 0.3, 0.72), 0.025, mt.paint((0.4, 0.3, 0.2), 0.7), n=5)
        s.tube((x, 0.3, 0), (x, -0.3, 0.72), 0.025, mt.paint((0.4, 0.3, 0.2), 0.7), n=5)
    boxes = rng.random() < 0.5
    for i in np.arange(-w / 2 + 0.16, w / 2 - 0.1, 0.3):
        for y in (-0.2, 0.2):
            if boxes:
                s.box((0.28, 0.34, 0.1), (i, y, 0.75), surface(rng, "wood"))
                s.box((0.24, 0.3, 0.2), (i, y, 0.76), surface(rng, "packets", metres=0.6, variants=6))
            else:
                for k in range(int(rng.integers(1, 6))):
                    s.box(
                        (0.2, 0.27, 0.025),
                        (i + rng.normal(0, 0.01), y, 0.75 + 0.026 * k),
                        surface(rng, "print", variants=8),
                    )
    return s


def news_rack(rng: RNG) -> Solid:
    """Sloping rows of newspapers and magazines."""
    s, w = Solid(), float(rng.uniform(0.8, 1.5))
    frame = mt.paint((0.25, 0.25, 0.27), 0.5, 0.3)
    for i in range(4):
        y, z = -0.3 + 0.17 * i, 0.25 + 0.3 * i
        s.box((w, 0.1, 0.02), (0, y, z), frame)
        for x in np.arange(-w / 2 + 0.12, w / 2 - 0.05, 0.25):
            rows = [
                (x - 0.11, y - 0.03, z + 0.02),
                (x + 0.11, y - 0.03, z + 0.02),
                (x + 0.11, y + 0.07, z + 0.31),
                (x - 0.11, y + 0.07, z + 0.31),
            ]
            s.plate(rows, surface(rng, "print", variants=8))
    for x in (-w / 2, w / 2):
        s.mesh([(x, -0.4, 0), (x, 0.35, 0), (x, 0.35, 1.5)], [(0, 1, 2)], frame)
    return s


def standee(rng: RNG) -> Solid:
    """A cardboard figure or a roll-up banner on a foot."""
    s, w, h = Solid(), float(rng.uniform(0.5, 0.85)), float(rng.uniform(1.4, 2.0))
    s.box((w, 0.22, 0.06), (0, 0, 0), mt.paint((0.3, 0.3, 0.32), 0.4, 0.5))
    m = surface(rng, "print", metres=float(rng.uniform(0.9, 1.6)), variants=8)
    s.box((w, 0.012, h), (0, 0, 0.06), m)
    return s


def pop_up(rng: RNG) -> Solid:
    """A sales counter with a printed front and a header on two posts. Held out."""
    s, w = Solid(), float(rng.uniform(0.8, 1.3))
    m = surface(rng, "print", metres=1.0, variants=8)
    s.lathe([(w / 2, 0), (w / 2, 0.95)], (0, 0, 0), m, n=16, squash=(1, 0.55), smooth=True)
    s.lathe(
        [(w / 2 + 0.04, 0.95), (w / 2 + 0.04, 0.99)],
        (0, 0, 0),
        mt.paint((0.85, 0.85, 0.85), 0.4),
        n=16,
        squash=(1, 0.6),
    )
    for x in (-w * 0.4, w * 0.4):
        s.tube((x, 0, 0.95), (x, 0, 2.0), 0.015, mt.paint((0.6, 0.6, 0.6), 0.3, 0.7))
    s.box((w, 0.02, 0.3), (0, 0, 1.75), m)
    for _ in range(12):
        s.box(
            (0.08, 0.12, 0.06),
            (rng.uniform(-w * 0.4, w * 0.4), rng.uniform(-0.15, 0.15), 0.99),
            mt.paint(bright(rng), 0.4),
        )
    return s


def vending(rng: RNG) -> Solid:
    """One to three vending machines. Held out."""
    s = Solid()
    for k in range(int(rng.integers(1, 4))):
        x = k * 1.04
        s.box((1.0, 0.75, 1.83), (x, 0, 0), mt.paint(bright(rng), 0.3, wear=0.15))
        s.plate(
            [(x - 0.45, -0.38, 0.75), (x + 0.45, -0.38, 0.75), (x + 0.45, -0.38, 1.7), (x - 0.45, -0.38, 1.7)],
            surface(rng, "packets", metres=0.7, variants=6),
        )
        s.box((0.6, 0.02, 0.18), (x, -0.38, 0.25), mt.paint((0.05, 0.05, 0.05), 0.4))
    return s


def roll_cage(rng: RNG) -> Solid:
    """A wheeled cage with cartons and packs. Held out."""
    s = Solid()
    wire = mt.paint((0.6, 0.61, 0.63), 0.35, 0.8, wear=0.2)
    for x in np.linspace(-0.4, 0.4, 8):
        for y in (-0.35, 0.35):
            s.tube((x, y, 0.15), (x, y, 1.65), 0.007, wire, n=3)
    for z in (0.15, 0.65, 1.15, 1.65):
        s.path([(-0.4, -0.35, z), (0.4, -0.35, z), (0.4, 0.35, z), (-0.4, 0.35, z), (-0.4, -0.35, z)], 0.012, wire, n=4)
    for x in (-0.35, 0.35):
        for y in (-0.3, 0.3):
            s.ball((x, y, 0.07), (0.07, 0.03, 0.07), mt.paint((0.1, 0.1, 0.1), 0.6), n=7)
    for z in np.arange(0.17, float(rng.uniform(0.6, 1.4)), 0.27):
        for x in (-0.19, 0.19):
            s.box((0.36, 0.6, 0.26), (x, 0, z), surface(rng, "card") if rng.random() < 0.7 else surface(rng, "print"))
    return s


def dump_bin(rng: RNG) -> Solid:
    """Cardboard dump bins and half pallets with a printed skirt. Held out."""
    s = Solid()
    for k in range(int(rng.integers(1, 4))):
        x = k * 0.68
        s.box((0.6, 0.45, 0.8), (x, 0, 0), surface(rng, "print", metres=0.8, variants=8))
        for _ in range(14):
            at = (x + rng.uniform(-0.24, 0.24), rng.uniform(-0.17, 0.17), 0.79)
            s.box(rng.uniform(0.06, 0.16, 3), at, surface(rng, "print", variants=8), turn_z(float(rng.uniform(0, 90))))
    return s


def wares_table(rng: RNG) -> Solid:
    """A plain table or plank on crates with small wares in trays."""
    s, w = Solid(), float(rng.uniform(1.1, 2.2))
    if rng.random() < 0.5:
        s.box((w, 0.7, 0.04), (0, 0, 0.66), surface(rng, "wood"))
        for x in (-w * 0.36, w * 0.36):
            s.box(
                (0.4, 0.5, 0.66), (x, 0, 0), surface(rng, "wood") if rng.random() < 0.5 else mt.paint(bright(rng), 0.5)
            )
    else:
        s.box((w, 0.72, 0.7), (0, 0, 0), cloth(rng))
    for x in np.arange(-w / 2 + 0.14, w / 2 - 0.1, 0.26):
        for y in (-0.2, 0.14):
            k = int(rng.integers(4))
            if k == 0:
                s.box((0.22, 0.28, 0.07), (x, y, 0.7), mt.paint(bright(rng), 0.5))
                for _ in range(7):
                    s.ball(
                        (x + rng.uniform(-0.08, 0.08), y + rng.uniform(-0.1, 0.1), 0.78),
                        0.035,
                        mt.paint(bright(rng), 0.5),
                        n=5,
                    )
            elif k == 1:
                s.box((0.2, 0.24, rng.uniform(0.04, 0.28)), (x, y, 0.7), surface(rng, "print", variants=8))
            elif k == 2:
                s.box((0.22, 0.26, 0.08), (x, y, 0.7), cloth(rng))
            else:
                s.lathe([(0.07, 0), (0.08, 0.2), (0.03, 0.27)], (x, y, 0.7), mt.paint(bright(rng), 0.3), n=8)
    return s
