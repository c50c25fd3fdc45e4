"""Rubbish put on the pavement: bags, overflowing bins, burst cartons, scraps. Base at z = 0."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

from typing import Any

import numpy as np

from . import materials as mt
from .families import Families
from .fixtures import wheelie
from .goods import RNG
from .solid import Solid, turn_x, turn_y, turn_z
from .surfaces import surface

HEAPS = Families(train=("bags", "bags", "bin", "loose"), held_out=("sacks_and_boxes", "skip"))
_BAG = (
    (0.03, 0.03, 0.035),
    (0.04, 0.04, 0.045),
    (0.82, 0.82, 0.8),
    (0.1, 0.2, 0.5),
    (0.12, 0.35, 0.2),
    (0.8, 0.65, 0.1),
    (0.55, 0.2, 0.25),
)


def bag(s: Solid, rng: RNG, at: Any, m: Any, size: float = 1.0) -> None:
    """A tied, crumpled bag."""
    n, r = 12, 0.27 * size
    a = np.arange(n) * 2 * np.pi / n
    prof = [(0.5, 0.0), (1.0, 0.12), (1.05, 0.3), (0.85, 0.5), (0.4, 0.64), (0.12, 0.7), (0.2, 0.82)]
    flat = rng.uniform(0.7, 1.1)
    rings = [
        np.stack(
            [
                np.cos(a) * r * k * (1 + 0.13 * rng.standard_normal(n)),
                np.sin(a) * r * k * (1 + 0.13 * rng.standard_normal(n)),
                np.full(n, z * 0.75 * size * flat),
            ],
            1,
        )
        for k, z in prof
    ]
    v = np.concatenate(rings) @ turn_x(float(rng.normal(0, 14))).T
    v[:, 2] -= v[:, 2].min()
    faces = [
        (i * n + j, i * n + (j + 1) % n, (i + 1) * n + (j + 1) % n, (i + 1) * n + j)
        for i in range(len(prof) - 1)
        for j in range(n)
    ]
    s.mesh(v + np.asarray(at), faces, m, smooth=rng.random() < 0.3)


def _bag_skin(rng: RNG) -> Any:
    return mt.paint(_BAG[int(rng.integers(len(_BAG)))], 0.25, wear=0.3, scale=9)


def scraps(s: Solid, rng: RNG, n: int, spread: float) -> None:
    """Paper, cups, peel and rags about."""
    food = mt.paint(
        ((0.45, 0.3, 0.12), (0.35, 0.4, 0.15), (0.5, 0.2, 0.1))[int(rng.integers(3))], 0.8, wear=0.6, scale=30
    )
    for _ in range(n):
        at = np.array([rng.normal(0, spread), rng.normal(0, spread * 0.7), 0.01])
        k = rng.random()
        m = food if k < 0.3 else surface(rng, "print", variants=8) if k < 0.6 else mt.paint((0.8, 0.79, 0.76), 0.8)
        if k < 0.45:
            s.ball(at, rng.uniform(0.02, 0.07, 3), m, n=6)
        else:
            s.box(
                (rng.uniform(0.06, 0.25), rng.uniform(0.05, 0.18), 0.01),
                at + [0, 0, 0.02],
                m,
                turn_z(float(rng.uniform(0, 180))) @ turn_x(float(rng.normal(0, 18))),
            )


def bags(rng: RNG) -> Solid:
    """A heap of bags, mostly of one colour."""
    s, n = Solid(), int(rng.integers(2, 12))
    main = _bag_skin(rng)
    spread = 0.2 + 0.06 * n
    for i in range(n):
        m = main if rng.random() < 0.7 else _bag_skin(rng)
        z = 0.0 if i < n * 0.65 else 0.34
        bag(s, rng, (rng.normal(0, spread), rng.normal(0, 0.25), z), m, float(rng.uniform(0.7, 1.25)))
    if rng.random() < 0.6:
        scraps(s, rng, int(rng.integers(3, 16)), spread)
    return s


def overflow(rng: RNG) -> Solid:
    """What spills out of and lies about a bin whose place is the origin: bags on top and at its foot."""
    s = Solid()
    for _ in range(int(rng.integers(1, 4))):
        bag(s, rng, (rng.normal(0, 0.12), rng.normal(-0.05, 0.08), rng.uniform(0.9, 1.05)), _bag_skin(rng), 0.75)
    for _ in range(int(rng.integers(1, 6))):
        a = rng.uniform(np.pi, 2 * np.pi)
        bag(s, rng, (0.65 * np.cos(a), 0.55 * np.sin(a), 0), _bag_skin(rng), float(rng.uniform(0.6, 1.1)))
    scraps(s, rng, int(rng.integers(4, 20)), 0.6)
    return s


def loose(rng: RNG) -> Solid:
    """Flattened and burst cartons, food waste, polystyrene, a bag or two."""
    s = Solid()
    for _ in range(int(rng.integers(3, 11))):
        at = np.array([rng.normal(0, 0.5), rng.normal(0, 0.25), rng.uniform(0, 0.12)])
        if rng.random() < 0.6:
            rot = turn_z(float(rng.uniform(0, 180))) @ turn_x(float(rng.normal(0, 10)))
            s.box((rng.uniform(0.4, 0.9), rng.uniform(0.3, 0.6), 0.012), at + [0, 0, 0.04], surface(rng, "card"), rot)
        else:
            s.box(
                rng.uniform(0.2, 0.42, 3),
                at * [1, 1, 0],
                surface(rng, "card"),
                turn_z(float(rng.uniform(0, 180))) @ turn_y(float(rng.normal(0, 14))),
            )
    for _ in range(int(rng.integers(0, 3))):
        bag(s, rng, (rng.normal(0, 0.5), rng.normal(0, 0.3), 0), _bag_skin(rng))
    scraps(s, rng, int(rng.integers(12, 40)), 0.55)
    return s


def sacks_and_boxes(rng: RNG) -> Solid:
    """Woven sacks, broken furniture and boxes leaning on one another. Held out."""
    s = Solid()
    woven = surface(rng, "checks", metres=0.2) if rng.random() < 0.5 else mt.paint((0.75, 0.74, 0.7), 0.8, wear=0.5)
    for _ in range(int(rng.integers(2, 6))):
        s.ball(
            (rng.normal(0, 0.5), rng.normal(0, 0.2), 0.25),
            (0.3, 0.26, 0.36),
            woven,
            n=10,
            rot=turn_x(float(rng.normal(0, 20))),
        )
    s.box(
        (0.9, 0.06, 1.2),
        (rng.normal(0, 0.4), 0.3, 0),
        surface(rng, "wood"),
        turn_x(-14) @ turn_y(float(rng.normal(0, 15))),
    )
    for _ in range(int(rng.integers(1, 5))):
        s.box(
            rng.uniform(0.25, 0.5, 3),
            (rng.normal(0, 0.6), rng.normal(-0.3, 0.15), 0),
            surface(rng, "card"),
            turn_z(float(rng.uniform(0, 90))),
        )
    scraps(s, rng, 18, 0.6)
    return s


def skip_load(rng: RNG) -> Solid:
    """The heaped load of an open container 1.8 x 1.2 x 0.9 m whose place is the origin. Held out."""
    s = Solid()
    for _ in range(14):
        bag(s, rng, (rng.uniform(-0.7, 0.7), rng.uniform(-0.4, 0.4), rng.uniform(0.75, 1.0)), _bag_skin(rng), 0.9)
    for _ in range(6):
        s.box(
            (0.7, 0.4, 0.015),
            (rng.uniform(-0.6, 0.6), rng.uniform(-0.4, 0.4), 1.15),
            surface(rng, "card"),
            turn_y(float(rng.normal(0, 30))),
        )
    for _ in range(3):
        bag(s, rng, (rng.uniform(-1.0, 1.0), -0.95, 0), _bag_skin(rng))
    return s


def heap(rng: RNG, family: str) -> tuple[Solid, Solid | None]:
    """The rubbish of a family, and the bin or container that it belongs to (not rubbish itself)."""
    if family == "bin":
        holder = Solid()
        col = ((0.12, 0.3, 0.18), (0.25, 0.26, 0.28), (0.1, 0.22, 0.45))[int(rng.integers(3))]
        wheelie(holder, (0, 0, 0), mt.paint(col, 0.5, wear=0.3), lid=-float(rng.uniform(20, 100)))
        return overflow(rng), holder
    if family == "skip":
        holder, m = (
            Solid(),
            mt.paint(((0.1, 0.3, 0.18), (0.6, 0.45, 0.08), (0.3, 0.3, 0.32))[int(rng.integers(3))], 0.6, wear=0.6),
        )
        for sy in (-0.6, 0.6):
            holder.box((1.8, 0.05, 0.9), (0, sy, 0.05), m)
        for sx in (-0.9, 0.9):
            holder.box((0.05, 1.2, 0.9), (sx, 0, 0.05), m)
        return skip_load(rng), holder
    return {"bags": bags, "loose": loose, "sacks_and_boxes": sacks_and_boxes}[family](rng), None
