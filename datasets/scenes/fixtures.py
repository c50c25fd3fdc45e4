"""Street furniture that belongs to the city: never goods. Base at z = 0; the front faces the road (-Y)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import materials as mt
from .goods import RNG, bright
from .solid import Solid, turn_x, turn_z
from .surfaces import surface


def bollards(rng: RNG) -> Solid:
    """A row of posts, at times joined by a chain."""
    s, k = Solid(), int(rng.integers(3))
    m = mt.paint(
        ((0.75, 0.7, 0.1), (0.5, 0.5, 0.5), (0.1, 0.1, 0.1), (0.6, 0.6, 0.58), (0.5, 0.12, 0.1))[int(rng.integers(5))],
        0.5,
        wear=0.4,
    )
    h, gap = float(rng.uniform(0.4, 1.0)), float(rng.uniform(1.1, 2.0))
    for i in range(n := int(rng.integers(2, 9))):
        x = (i - (n - 1) / 2) * gap
        if k == 0:
            s.lathe([(0.06, 0), (0.05, h * 0.9), (0.065, h * 0.92), (0.03, h)], (x, 0, 0), m, n=10)
        elif k == 1:
            s.lathe(
                [(0.16, 0), (0.16, h * 0.6), (0.1, h * 0.7)],
                (x, 0, 0),
                mt.paint((0.62, 0.61, 0.58), 0.8, wear=0.4),
                n=12,
            )
        else:
            s.box((0.12, 0.12, h), (x, 0, 0), m)
            if i < n - 1:
                s.path([(x, 0, h * 0.85), (x + gap / 2, 0, h * 0.6), (x + gap, 0, h * 0.85)], 0.014, m, n=4)
    return s


def litter_bin(rng: RNG) -> Solid:
    """A public bin: round, boxed, on a post, or a pair of wheeled ones."""
    s, k = Solid(), int(rng.integers(4))
    m = mt.paint(
        ((0.1, 0.3, 0.18), (0.3, 0.31, 0.33), (0.15, 0.15, 0.16), (0.1, 0.25, 0.5), (0.75, 0.6, 0.1))[
            int(rng.integers(5))
        ],
        0.5,
    )
    dark = mt.paint((0.03, 0.03, 0.03), 0.8, wear=0)
    if k == 0:
        s.lathe([(0.24, 0), (0.27, 0.05), (0.27, 0.85), (0.2, 0.95), (0.2, 1.0)], (0, 0, 0), m, n=14)
        s.box((0.3, 0.02, 0.14), (0, -0.265, 0.66), dark)
    elif k == 1:
        s.box((0.5, 0.42, 1.0), (0, 0, 0), m)
        s.box((0.34, 0.02, 0.15), (0, -0.215, 0.72), dark)
        s.box((0.56, 0.48, 0.05), (0, 0, 1.0), mt.paint((0.5, 0.5, 0.5), 0.5))
    elif k == 2:
        s.tube((0, 0.2, 0), (0, 0.2, 1.2), 0.03, mt.paint((0.4, 0.4, 0.4), 0.5))
        s.lathe([(0.17, 0.45), (0.21, 1.0), (0.19, 1.0), (0.16, 0.6)], (0, 0, 0), m, n=12)
    else:
        for x in (-0.32, 0.32):
            wheelie(s, (x, 0, 0), m if x < 0 else mt.paint((0.25, 0.26, 0.28), 0.5))
    return s


def wheelie(s: Solid, at: tuple[float, float, float], m: object, lid: float = 0.0) -> None:
    """One wheeled bin; `lid` degrees open."""
    x, y, _ = at
    v = [
        (-0.2, -0.24, 0.05),
        (0.2, -0.24, 0.05),
        (0.2, 0.24, 0.05),
        (-0.2, 0.24, 0.05),
        (-0.28, -0.34, 0.98),
        (0.28, -0.34, 0.98),
        (0.28, 0.3, 0.98),
        (-0.28, 0.3, 0.98),
    ]
    f = [(3, 2, 1, 0), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    s.mesh(np.array(v) + np.array(at), f, m)
    rot = turn_x(lid)
    s.box((0.6, 0.68, 0.05), np.array([x, y + 0.3, 1.0]) + rot @ np.array([0, -0.33, 0]), m, rot)
    for sx in (-0.24, 0.24):
        s.ball((x + sx, y + 0.26, 0.1), (0.04, 0.1, 0.1), mt.paint((0.05, 0.05, 0.05), 0.8), n=8)


def city_bench(rng: RNG) -> Solid:
    """A bench fixed to the ground: slats with or without a back, or a block of stone."""
    s, k = Solid(), int(rng.integers(3))
    wood, iron = surface(rng, "wood"), mt.paint((0.1, 0.12, 0.11), 0.5)
    if k == 2:
        s.box((1.8, 0.5, 0.45), (0, 0, 0), mt.paint((0.62, 0.6, 0.57), 0.8, wear=0.4))
        return s
    for y in (-0.2, -0.05, 0.1):
        s.box((1.7, 0.12, 0.04), (0, y, 0.43), wood)
    for x in (-0.7, 0.7):
        s.box((0.07, 0.45, 0.43), (x, -0.05, 0), iron)
        if k == 1:
            s.box((0.06, 0.06, 0.5), (x, 0.2, 0.4), iron)
    if k == 1:
        for z in (0.6, 0.75):
            s.box((1.7, 0.03, 0.1), (0, 0.17, z), wood)
    return s


def post_box(rng: RNG) -> Solid:
    """A pillar or wall-type post box."""
    s = Solid()
    m = mt.paint(((0.7, 0.08, 0.08), (0.9, 0.75, 0.1), (0.1, 0.35, 0.2), (0.1, 0.2, 0.5))[int(rng.integers(4))], 0.3)
    if rng.random() < 0.5:
        s.lathe([(0.27, 0), (0.24, 0.1), (0.24, 1.3), (0.28, 1.35), (0.2, 1.48), (0.02, 1.5)], (0, 0, 0), m, n=14)
    else:
        s.box((0.08, 0.08, 0.7), (0, 0, 0), m)
        s.box((0.45, 0.35, 0.75), (0, 0, 0.65), m)
    s.box((0.22, 0.02, 0.03), (0, -0.25, 1.15), mt.paint((0.02, 0.02, 0.02), 0.8))
    return s


def hydrant(rng: RNG) -> Solid:
    """A fire hydrant."""
    s = Solid()
    m = mt.paint(((0.75, 0.1, 0.08), (0.9, 0.7, 0.1), (0.2, 0.35, 0.6))[int(rng.integers(3))], 0.4, wear=0.4)
    s.lathe(
        [(0.15, 0), (0.15, 0.05), (0.1, 0.06), (0.1, 0.5), (0.13, 0.52), (0.11, 0.66), (0.03, 0.74)], (0, 0, 0), m, n=12
    )
    s.tube((-0.19, 0, 0.42), (0.19, 0, 0.42), 0.05, m, n=8)
    return s


def cabinet(rng: RNG) -> Solid:
    """A switch or telephone cabinet, plain or with posters."""
    s, w, h = Solid(), float(rng.uniform(0.6, 1.5)), float(rng.uniform(0.9, 1.7))
    m = mt.paint(((0.55, 0.57, 0.55), (0.3, 0.4, 0.34), (0.7, 0.69, 0.65))[int(rng.integers(3))], 0.5, wear=0.4)
    s.box((w, 0.4, h), (0, 0, 0.08), m)
    s.box((w + 0.06, 0.46, 0.08), (0, 0, 0), mt.paint((0.5, 0.5, 0.48), 0.9))
    s.box((w + 0.04, 0.45, 0.04), (0, 0, h + 0.08), m)
    for x in np.arange(-w / 2, w / 2 + 0.01, w / 2):
        s.box((0.01, 0.41, h), (float(x), 0, 0.08), mt.paint((0.2, 0.2, 0.2), 0.6))
    if rng.random() < 0.5:
        s.box((0.3, 0.01, 0.42), (0.1, -0.21, 0.7), surface(rng, "print", variants=8))
    return s


def planter(rng: RNG) -> Solid:
    """A city planter: its trough only."""
    s = Solid()
    m = mt.paint(((0.62, 0.6, 0.57), (0.35, 0.35, 0.36), (0.45, 0.3, 0.2))[int(rng.integers(3))], 0.8, wear=0.4)
    if rng.random() < 0.5:
        s.lathe([(0.4, 0), (0.55, 0.5), (0.58, 0.55), (0.5, 0.5), (0.02, 0.48)], (0, 0, 0), m, n=16)
    else:
        s.box((1.3, 0.6, 0.55), (0, 0, 0), m)
        s.box((1.2, 0.5, 0.02), (0, 0, 0.54), mt.paint((0.2, 0.14, 0.1), 0.95))
    return s


def cycle_stands(rng: RNG) -> Solid:
    """Hoops or a rack to lock bicycles to."""
    s = Solid()
    m = mt.paint((0.6, 0.61, 0.63), 0.3, 0.8, wear=0.1)
    n = int(rng.integers(2, 7))
    for i in range(n):
        x = (i - (n - 1) / 2) * 0.8
        s.path(
            [(x, -0.35, 0), (x, -0.35, 0.65), (x, -0.2, 0.8), (x, 0.2, 0.8), (x, 0.35, 0.65), (x, 0.35, 0)], 0.024, m
        )
    return s


def railing(rng: RNG) -> Solid:
    """A length of fence between pavement and road."""
    s, w = Solid(), float(rng.uniform(2.5, 9))
    m = mt.paint(
        ((0.8, 0.8, 0.8), (0.2, 0.35, 0.25), (0.15, 0.15, 0.16), (0.15, 0.3, 0.55))[int(rng.integers(4))], 0.4, wear=0.3
    )
    for z in (0.15, 0.95):
        s.box((w, 0.04, 0.05), (0, 0, z), m)
    for x in np.arange(-w / 2, w / 2 + 0.01, 0.14 if rng.random() < 0.6 else 0.5):
        s.box((0.022, 0.022, 0.85), (float(x), 0, 0.12), m)
    for x in np.arange(-w / 2, w / 2 + 0.01, w / max(1, round(w / 2))):
        s.box((0.07, 0.07, 1.05), (float(x), 0, 0), m)
    return s


def bus_stop(rng: RNG) -> Solid:
    """A shelter with a bench and an advertisement, or just the pole and timetable."""
    s = Solid()
    m = mt.paint((0.35, 0.36, 0.38), 0.4, 0.5)
    if rng.random() < 0.5:
        s.tube((0, 0, 0), (0, 0, 2.6), 0.035, m)
        s.box((0.45, 0.04, 0.4), (0, 0, 2.2), mt.paint(bright(rng), 0.4))
        s.box((0.3, 0.05, 0.5), (0, 0, 1.2), surface(rng, "print", variants=8))
        return s
    for x in (-1.8, 0, 1.8):
        s.box((0.08, 0.08, 2.4), (x, 0.5, 0), m)
    s.box((4.0, 1.5, 0.1), (0, 0, 2.4), m)
    s.plate([(-1.8, 0.5, 0.3), (1.8, 0.5, 0.3), (1.8, 0.5, 2.2), (-1.8, 0.5, 2.2)], mt.clear(0.25))
    s.box((2.2, 0.35, 0.05), (-0.4, 0.25, 0.45), m)
    s.box((0.12, 1.2, 1.8), (1.9, 0, 0.3), surface(rng, "print", metres=1.3, variants=8))
    return s


def sign_post(rng: RNG) -> Solid:
    """A traffic sign, a parking meter or a street-name post."""
    s, k = Solid(), int(rng.integers(4))
    grey, red = mt.paint((0.6, 0.6, 0.6), 0.4, 0.6), mt.paint((0.75, 0.06, 0.06), 0.4)
    s.tube((0, 0, 0), (0, 0, 2.5 if k else 1.2), 0.03, grey)
    up = np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0]])
    if k == 0:
        s.box((0.22, 0.2, 0.4), (0, 0, 1.1), mt.paint((0.2, 0.22, 0.25), 0.4))
    elif k == 1:
        s.lathe([(0.3, -0.01), (0.3, 0.01)], (0, -0.04, 2.3), red, n=18, rot=up)
        s.lathe([(0.22, -0.015), (0.22, 0.015)], (0, -0.05, 2.3), mt.paint((0.9, 0.9, 0.9), 0.4), n=18, rot=up)
    elif k == 2:
        s.box((0.5, 0.02, 0.5), (0, -0.04, 2.0), mt.paint((0.08, 0.2, 0.6), 0.4))
    else:
        s.box((0.8, 0.03, 0.2), (0, 0, 2.3), mt.paint((0.9, 0.9, 0.9), 0.4))
    return s


def low_wall(rng: RNG) -> Solid:
    """A knee-high wall or a pair of steps."""
    s, w = Solid(), float(rng.uniform(1.2, 4))
    m = surface(rng, str(rng.choice(["brick", "ashlar", "rubble", "plaster"])))
    s.box((w, 0.3, float(rng.uniform(0.3, 0.7))), (0, 0, 0), m)
    return s


def advert(rng: RNG) -> Solid:
    """A lit city advertisement or an information pillar."""
    s = Solid()
    if rng.random() < 0.5:
        s.box((1.3, 0.25, 2.4), (0, 0, 0), mt.paint((0.15, 0.15, 0.16), 0.4))
        s.box((1.15, 0.27, 1.7), (0, 0, 0.5), surface(rng, "print", metres=1.6, variants=8))
    else:
        s.lathe(
            [(0.62, 0), (0.62, 2.6), (0.72, 2.65), (0.2, 3.0)],
            (0, 0, 0),
            surface(rng, "print", metres=1.1, variants=8),
            n=18,
        )
    return s


def barrier(rng: RNG) -> Solid:
    """Road-work barriers in red and white, cones before them."""
    s = Solid()
    red, white = mt.paint((0.8, 0.12, 0.08), 0.5), mt.paint((0.88, 0.88, 0.86), 0.5)
    n = int(rng.integers(1, 4))
    for i in range(n):
        x0 = i * 1.6 - n * 0.8
        for k in range(6):
            s.box((0.25, 0.04, 0.2), (x0 + k * 0.25, 0, 0.8), red if k % 2 else white)
        for x in (x0, x0 + 1.25):
            s.box((0.05, 0.05, 1.0), (x, 0, 0), white)
            s.box((0.1, 0.5, 0.06), (x, 0, 0), mt.paint((0.1, 0.1, 0.1), 0.8))
    for _ in range(int(rng.integers(0, 5))):
        cone(s, (rng.uniform(-1.5, 1.5), rng.uniform(-0.9, -0.4), 0))
    return s


def cone(s: Solid, at: object) -> None:
    """A traffic cone."""
    o, w = mt.paint((0.9, 0.3, 0.06), 0.5, wear=0.2), mt.paint((0.9, 0.9, 0.88), 0.5)
    p = np.asarray(at, dtype=float)
    s.box((0.36, 0.36, 0.03), p, o)
    for (r0, z0), (r1, z1), m in (
        ((0.14, 0.03), (0.1, 0.25), o),
        ((0.1, 0.25), (0.075, 0.4), w),
        ((0.075, 0.4), (0.03, 0.68), o),
    ):
        s.lathe([(r0, z0), (r1, z1)], p, m, n=12)


def building_stuff(rng: RNG) -> Solid:
    """What road works leave lying: kerb stones, bricks on a pallet, timber, pipes, sand bags, cable drums."""
    s, k = Solid(), int(rng.integers(5))
    if k == 0:
        s.box((1.0, 0.8, 0.12), (0, 0, 0), surface(rng, "wood"))
        s.box((0.95, 0.75, float(rng.uniform(0.3, 0.8))), (0, 0, 0.12), surface(rng, "brick"))
    elif k == 1:
        for i in range(int(rng.integers(4, 12))):
            s.box(
                (2.4, 0.14, 0.05),
                (rng.normal(0, 0.1), (i % 4) * 0.16 - 0.3, (i // 4) * 0.06),
                surface(rng, "wood"),
                turn_z(float(rng.normal(0, 2))),
            )
    elif k == 2:
        m = mt.paint((0.72, 0.66, 0.52), 0.9, wear=0.4)
        for i in range(int(rng.integers(4, 16))):
            s.ball(((i % 5) * 0.45 - 0.9, rng.normal(0, 0.04), 0.08 + (i // 5) * 0.13), (0.28, 0.2, 0.09), m, n=9)
    elif k == 3:
        m = mt.paint(((0.85, 0.45, 0.1), (0.15, 0.15, 0.15), (0.2, 0.35, 0.6))[int(rng.integers(3))], 0.5)
        for i in range(9):
            s.tube(
                (-1.4, (i % 5) * 0.13 - 0.25, 0.06 + (i // 5) * 0.11),
                (1.4, (i % 5) * 0.13 - 0.25, 0.06 + (i // 5) * 0.11),
                0.055,
                m,
            )
    else:
        stone = mt.paint((0.6, 0.6, 0.58), 0.9, wear=0.4)
        for i in range(int(rng.integers(3, 9))):
            s.box(
                (0.98, 0.15, 0.25),
                ((i % 2) * 1.02 - 0.5, (i // 2 % 3) * 0.2, (i // 6) * 0.26),
                stone,
                turn_z(float(rng.normal(0, 2))),
            )
    return s


KERBSIDE: dict[str, Callable[[RNG], Solid]] = {
    "bollards": bollards,
    "bin": litter_bin,
    "bench": city_bench,
    "post_box": post_box,
    "hydrant": hydrant,
    "cabinet": cabinet,
    "planter": planter,
    "cycle_stands": cycle_stands,
    "railing": railing,
    "bus_stop": bus_stop,
    "sign_post": sign_post,
    "advert": advert,
}
"""What stands by the kerb."""
WORKS: dict[str, Callable[[RNG], Solid]] = {"barrier": barrier, "building_stuff": building_stuff}
