"""Material lying about on a site, much of it brown, grey or heaped, none of it soil: what soil is confused with."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import goods, heaps
from . import materials as mt
from .classes import MaskClass
from .families import Families
from .relief import mesh_of, scatter
from .soils import layered
from .solid import Solid, turn_x, turn_z
from .stage import Stage
from .surfaces import surface

RNG = np.random.Generator


def timber(rng: RNG) -> Solid:
    """Boards, beams or formwork panels in a stack."""
    s = Solid()
    m = mt.paint(np.asarray((0.66, 0.52, 0.33)) * rng.uniform(0.6, 1.1), 0.85, wear=0.5)
    long, rows = float(rng.uniform(1.8, 4)), int(rng.integers(3, 9))
    if rng.random() < 0.4:
        m = mt.paint(((0.5, 0.26, 0.12), (0.62, 0.48, 0.3), (0.35, 0.2, 0.12))[int(rng.integers(3))], 0.6, wear=0.4)
        for i in range(rows * 2):
            s.box(
                (long, 1.2, 0.02),
                (rng.normal(0, 0.03), rng.normal(0, 0.03), 0.1 + i * 0.025),
                m,
                turn_z(float(rng.normal(0, 2))),
            )
        return s
    for i in range(6 * rows):
        s.box((long + rng.normal(0, 0.1), 0.1, 0.08), (rng.normal(0, 0.06), (i % 6) * 0.12, (i // 6) * 0.09), m)
    return s


def rebar(rng: RNG) -> Solid:
    """Rust-brown reinforcing bars or mesh mats."""
    s, m = Solid(), mt.paint(np.asarray((0.42, 0.24, 0.15)) * rng.uniform(0.7, 1.3), 0.75, 0.4, wear=0.5)
    if rng.random() < 0.4:
        for z in range(int(rng.integers(2, 8))):
            for k in range(12):
                s.tube((-1.2, -1 + k * 0.18, 0.05 + z * 0.03), (1.2, -1 + k * 0.18, 0.05 + z * 0.03), 0.008, m, n=3)
                s.tube((-1.2 + k * 0.22, -1, 0.05 + z * 0.03), (-1.2 + k * 0.22, 1, 0.05 + z * 0.03), 0.008, m, n=3)
        return s
    for i in range(30):
        y = (i % 10) * 0.05
        s.tube(
            (-3, y + rng.normal(0, 0.02), 0.05 + i // 10 * 0.04),
            (3, y + rng.normal(0, 0.06), 0.05 + i // 10 * 0.04),
            0.018,
            m,
            n=5,
        )
    return s


def pipes(rng: RNG) -> Solid:
    """Concrete, steel or plastic pipes."""
    s, r = Solid(), float(rng.uniform(0.15, 0.6))
    rgb = ((0.6, 0.6, 0.58), (0.15, 0.15, 0.16), (0.85, 0.5, 0.15), (0.45, 0.27, 0.18), (0.2, 0.4, 0.6))[
        int(rng.integers(5))
    ]
    m, long = mt.paint(rgb, 0.7, wear=0.4), float(rng.uniform(1, 3))
    for i in range(int(rng.integers(2, 7))):
        c = (0, (i % 3) * 2.05 * r, r + (i // 3) * 1.75 * r)
        s.lathe([(r, -long), (r, long), (r * 0.8, long), (r * 0.8, -long)], c, m, n=16, rot=turn_x(90))
    return s


def bricks(rng: RNG) -> Solid:
    """Bricks, blocks or paving stones on pallets."""
    s, wood = Solid(), mt.paint((0.55, 0.45, 0.32), 0.9, wear=0.4)
    tint = ((1.0, 1.0, 1.0), (1.0, 1.6, 1.9), (0.8, 1.2, 1.3), (1.2, 1.0, 0.7))[int(rng.integers(4))]
    m = surface(rng, "brick", np.asarray(tint) * rng.uniform(0.8, 1.1), 0.6)
    for k in range(int(rng.integers(1, 5))):
        x, y = (k % 2) * 1.2, (k // 2) * 1.2
        s.box((1.0, 1.0, 0.12), (x, y, 0), wood)
        s.box((0.95, 0.95, float(rng.uniform(0.4, 1.1))), (x, y, 0.12), m)
    return s


def slabs(rng: RNG) -> Solid:
    """Concrete slabs, kerb stones, rings."""
    s, m = Solid(), mt.paint((0.62, 0.61, 0.58), 0.9, wear=0.5)
    if rng.random() < 0.4:
        for k in range(int(rng.integers(1, 4))):
            s.lathe(
                [(0.6, 0), (0.6, 0.5), (0.5, 0.5), (0.5, 0)], (k % 2 * 1.4, 0, (k // 2) * 0.5), m, n=20, smooth=False
            )
        return s
    for k in range(int(rng.integers(3, 9))):
        s.box((2.2, 1.0, 0.14), (rng.normal(0, 0.08), rng.normal(0, 0.05), k * 0.16), m)
    return s


def sand_bags(rng: RNG) -> Solid:
    """Bags of sand or cement piled up, white, beige or green woven."""
    s = Solid()
    rgb = ((0.72, 0.68, 0.58), (0.82, 0.82, 0.8), (0.6, 0.5, 0.36), (0.45, 0.5, 0.4))[int(rng.integers(4))]
    m = mt.paint(rgb, 0.9, wear=0.4, scale=3)
    n = int(rng.integers(3, 8))
    for z in range(int(rng.integers(1, 5))):
        for i in range(max(1, n - z)):
            for j in range(2):
                at = ((i + z * 0.5) * 0.55 + rng.normal(0, 0.04), j * 0.38 + rng.normal(0, 0.04), 0.1 + z * 0.17)
                s.ball(at, (0.32, 0.21, 0.11), m, n=8, rot=turn_z(float(rng.normal(0, 12))))
    return s


def big_bags(rng: RNG) -> Solid:
    """Woven one-tonne bags, closed or brimming."""
    s, m = Solid(), mt.paint((0.85, 0.84, 0.8), 0.85, wear=0.3)
    for k in range(int(rng.integers(1, 5))):
        at = (1.05 * (k % 3) + rng.normal(0, 0.05), 1.05 * (k // 3), 0)
        s.lathe([(0.4, 0), (0.52, 0.15), (0.53, 0.7), (0.45, 0.95), (0.2, 1.02)], at, m, n=10)
    return s


def straw(rng: RNG) -> Solid:
    """Bales of straw."""
    s = Solid()
    m = surface(rng, "wicker", (1.3, 1.25, 1.0), 0.4)
    for k in range(int(rng.integers(2, 8))):
        s.box((1.0, 0.5, 0.45), (k % 3 * 1.05, 0.0, (k // 3) * 0.46), m)
    return s


def plates(rng: RNG) -> Solid:
    """Rusty steel plates, beams and a tank."""
    s, m = Solid(), mt.paint(np.asarray((0.45, 0.25, 0.15)) * rng.uniform(0.8, 1.3), 0.8, 0.3, wear=0.6, scale=2)
    for k in range(int(rng.integers(1, 5))):
        s.box(
            (float(rng.uniform(1.5, 3)), 1.5, 0.03),
            (rng.normal(0, 0.1), rng.normal(0, 0.1), 0.02 + 0.035 * k),
            m,
            turn_z(float(rng.normal(0, 5))),
        )
    if rng.random() < 0.4:
        s.lathe([(0.6, -1.2), (0.6, 1.2)], (0, 1.8, 0.6), m, n=16, rot=turn_x(90))
    return s


def drums(rng: RNG) -> Solid:
    """Barrels."""
    s = Solid()
    for k in range(int(rng.integers(1, 6))):
        rgb = ((0.1, 0.25, 0.55), (0.5, 0.3, 0.18), (0.7, 0.2, 0.1))[int(rng.integers(3))]
        s.lathe(
            [(0.29, 0), (0.3, 0.3), (0.28, 0.31), (0.3, 0.6), (0.29, 0.88), (0.02, 0.88)],
            (k % 3 * 0.65, k // 3 * 0.65, 0),
            mt.paint(rgb, 0.5, wear=0.5),
            n=12,
        )
    return s


STACKS: dict[str, tuple[Callable[[RNG], Solid], str | None]] = {
    "timber": (timber, "timber"),
    "rebar": (rebar, "rebar"),
    "pipes": (pipes, "pipe"),
    "bricks": (bricks, "bricks"),
    "slabs": (slabs, None),
    "sand_bags": (sand_bags, "sand_bag"),
    "sacks": (goods.sacks, "sack"),
    "cartons": (goods.cartons, "carton"),
    "plates": (plates, None),
    "drums": (drums, None),
    "big_bags": (big_bags, "sack"),
    "straw": (straw, None),
}
FAMILIES = Families(
    train=("timber", "rebar", "pipes", "bricks", "sand_bags", "plates", "cartons", "slabs"),
    held_out=("big_bags", "straw", "drums"),
    both=("sacks",),
)


def skip(stage: Stage, rng: RNG, at: tuple[float, float], turn: float) -> None:
    """An open container for waste, empty or full of rubble (no soil on the ground)."""
    s = Solid()
    rgb = ((0.75, 0.6, 0.1), (0.15, 0.35, 0.6), (0.2, 0.4, 0.25), (0.6, 0.25, 0.12))[int(rng.integers(4))]
    m = mt.paint(rgb, 0.6, wear=0.6)
    v = [
        (-1.2, -0.8, 0.1),
        (1.2, -0.8, 0.1),
        (1.2, 0.8, 0.1),
        (-1.2, 0.8, 0.1),
        (-1.9, -0.9, 1.3),
        (1.9, -0.9, 1.3),
        (1.9, 0.9, 1.3),
        (-1.9, 0.9, 1.3),
    ]
    s.mesh(v, [(0, 3, 2, 1), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)], m)
    inst = stage.instance("skip")
    stage.put(s, MaskClass.OTHER, at=(*at, 0), turn=turn, instance=inst)
    if rng.random() < 0.7:
        f = heaps.heap(rng, "loads", 1.35, 0.7, 0.4)
        x, y = f.xy()
        z = np.maximum(f.z, 0) + 1.05
        img = np.full((8, 8, 3), 0.55, np.float32)
        stage.place(
            mesh_of(np.stack([x * 1.0, y * 0.85, z], -1), layered(img, ("rubble", int(rng.integers(3))))),
            MaskClass.OTHER,
            inst,
            (*at, 0),
            turn,
        )


def barriers(stage: Stage, rng: RNG, x: float, y: float, count: int) -> None:
    """Cones, water barriers and concrete blocks in a row."""
    kind = int(rng.integers(4))
    orange, white = mt.paint((0.9, 0.3, 0.08), 0.6), mt.paint((0.9, 0.9, 0.9), 0.5)
    turn = float(rng.uniform(-15, 15))
    d = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    for k in range(count):
        s, p = Solid(), np.array([x, y]) + d * (k - count / 2) * (1.5 if kind == 0 else 1.9)
        if kind == 0:
            s.lathe([(0.2, 0), (0.2, 0.03), (0.14, 0.04), (0.1, 0.3), (0.03, 0.68)], (0, 0, 0), orange, n=12)
            s.lathe([(0.108, 0.25), (0.076, 0.42)], (0, 0, 0), white, n=12)
        elif kind == 1:
            m = orange if k % 2 else white
            s.box((1.8, 0.5, 0.3), (0, 0, 0), m)
            s.box((1.8, 0.22, 0.6), (0, 0, 0.3), m)
        elif kind == 2:
            s.box((1.8, 0.6, 0.3), (0, 0, 0), mt.paint((0.65, 0.64, 0.61), 0.9, wear=0.5))
            s.box((1.8, 0.25, 0.55), (0, 0, 0.3), mt.paint((0.65, 0.64, 0.61), 0.9, wear=0.5))
        else:
            for z in (0.4, 0.75):
                for i in range(6):
                    s.box(
                        (0.3, 0.04, 0.2), (-0.75 + 0.3 * i, 0, z), mt.paint((0.8, 0.1, 0.08), 0.5) if i % 2 else white
                    )
            for sx in (-0.8, 0.8):
                s.box((0.06, 0.5, 1.0), (sx, 0, 0), white)
        stage.put(s, MaskClass.OTHER, "cone" if kind == 0 else "barrier", (float(p[0]), float(p[1]), 0.02), turn)


def litter_stones(stage: Stage, rng: RNG, count: int) -> None:
    """Loose stones and broken bricks about the floor."""
    at = np.column_stack([rng.normal(0, 6, count), rng.normal(0, 5, count), np.full(count, 0.02)])
    grey = rng.uniform(0.4, 0.65)
    rgb = (grey, grey * 0.96, grey * 0.9) if rng.random() < 0.6 else (0.55, 0.36, 0.28)
    stage.place(
        scatter(rng, at, rng.uniform(0.02, 0.09, count), mt.paint(rgb, 0.95, wear=0.5)), MaskClass.OTHER, 0, (0, 0, 0)
    )


def stacks(stage: Stage, rng: RNG, count: int, place: Callable[[], tuple[float, float] | None]) -> None:
    """Put `count` stacks where `place` says, as long as it finds room."""
    for _ in range(count):
        make, label = STACKS[FAMILIES.draw(rng, stage.held_out)]
        at = place()
        if at is not None:
            stage.put(make(rng), MaskClass.GOODS, label, (*at, 0.03), float(rng.uniform(0, 180)))
