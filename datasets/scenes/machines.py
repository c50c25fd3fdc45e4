"""Site machines: wheel loader, roller, muck trucks open and covered, mixer. They face +X, wheels on z = 0."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from . import covers, heaps, soils
from . import materials as mt
from .classes import MaskClass
from .families import Families
from .relief import mesh_of
from .solid import Solid, turn_x
from .stage import Stage
from .vehicles import car, excavator, truck, wheel

RNG = np.random.Generator
MACHINES = Families(
    train=("excavator", "muck_open", "muck_covered", "loader", "mixer"),
    held_out=("roller", "backhoe"),
    both=("car", "truck", "excavator"),
)
YELLOW = ((0.88, 0.60, 0.06), (0.92, 0.72, 0.1), (0.85, 0.35, 0.06), (0.55, 0.62, 0.58), (0.2, 0.4, 0.25))


def _yellow(rng: RNG) -> object:
    return mt.paint(YELLOW[int(rng.integers(len(YELLOW)))], 0.45, wear=0.5)


def loader(rng: RNG) -> Solid:
    """A wheel loader with its bucket in front."""
    s, y = Solid(), _yellow(rng)
    dark, glass = mt.paint((0.06, 0.06, 0.06), 0.7, wear=0.4), mt.glass(0.05)
    for x in (-1.5, 1.5):
        for sy in (-1, 1):
            wheel(s, (x, sy * 1.0, 0.7), 0.7, 0.5)
    s.box((2.6, 1.5, 0.9), (-1.3, 0, 0.9), y)
    s.box((1.3, 1.4, 1.5), (0.2, 0, 1.3), glass)
    s.box((1.45, 1.55, 0.12), (0.2, 0, 2.8), y)
    lift = float(rng.uniform(0, 1.4))
    for sy in (-0.5, 0.5):
        s.tube((0.9, sy, 1.4), (2.9, sy, 0.6 + lift), 0.12, y, n=4)
    z = 0.15 + lift
    s.box((0.1, 2.7, 0.9), (2.9, 0, z), dark)
    s.box((1.0, 2.7, 0.08), (3.4, 0, z), dark)
    for sy in (-1.35, 1.35):
        s.box((0.9, 0.06, 0.7), (3.35, sy, z), dark)
    return s


def roller(rng: RNG) -> Solid:
    """A road roller."""
    s, y = Solid(), _yellow(rng)
    steel = mt.paint((0.5, 0.48, 0.46), 0.4, 0.7, wear=0.4)
    s.lathe([(0.01, -0.95), (0.7, -0.95), (0.7, 0.95), (0.01, 0.95)], (1.5, 0, 0.7), steel, n=22, rot=turn_x(90))
    for sy in (-1, 1):
        wheel(s, (-1.3, sy * 0.75, 0.65), 0.65, 0.45)
        s.box((1.7, 0.12, 0.25), (1.3, sy * 1.05, 0.75), y)
    s.box((2.2, 1.4, 0.8), (-1.2, 0, 0.95), y)
    s.box((1.1, 1.3, 1.4), (0.2, 0, 1.1), mt.glass(0.06))
    s.box((1.3, 1.5, 0.1), (0.2, 0, 2.5), y)
    return s


def backhoe(rng: RNG) -> Solid:
    """A tractor with a bucket before and a digging arm behind."""
    s = loader(rng)
    y = _yellow(rng)
    s.tube((-2.5, 0, 1.2), (-3.6, 0, 3.0), 0.14, y, n=4)
    s.tube((-3.6, 0, 3.0), (-4.5, 0, 1.4), 0.1, y, n=4)
    s.box((0.5, 0.5, 0.5), (-4.5, 0, 0.9), mt.paint((0.1, 0.1, 0.1), 0.7))
    return s


def mixer(rng: RNG) -> Solid:
    """A concrete mixer truck."""
    s = Solid()
    cab = mt.paint(((0.9, 0.9, 0.9), (0.2, 0.4, 0.7), (0.85, 0.5, 0.1))[int(rng.integers(3))], 0.35)
    drum = mt.paint(((0.9, 0.9, 0.88), (0.3, 0.5, 0.35), (0.9, 0.6, 0.1))[int(rng.integers(3))], 0.5, wear=0.5)
    s.box((1.8, 2.4, 2.1), (3.2, 0, 0.7), cab)
    s.box((0.1, 2.2, 0.9), (4.1, 0, 1.7), mt.glass(0.04))
    s.box((8.0, 1.0, 0.3), (0, 0, 0.7), mt.paint((0.08, 0.08, 0.08), 0.7))
    tilt = np.radians(-80)
    rot = np.array([[np.cos(tilt), 0, np.sin(tilt)], [0, 1, 0], [-np.sin(tilt), 0, np.cos(tilt)]])
    s.lathe(
        [(0.3, -2.7), (0.9, -2.0), (1.2, -0.6), (1.2, 0.6), (0.7, 2.0), (0.4, 2.6)], (-0.8, 0, 2.3), drum, n=18, rot=rot
    )
    for x in (3.0, -0.9, -2.3):
        for sy in (-1, 1):
            wheel(s, (x, sy * 1.0, 0.5), 0.5, 0.3)
    return s


@dataclass
class MuckTruck:
    """The solid of a dump truck and where its load lies: middle, half length, half width, height of its edge."""

    solid: Solid
    bed: tuple[float, float, float, float] = field(default=(0, 0, 0, 0))


def muck_truck(rng: RNG) -> MuckTruck:
    """A four-axle dump truck without its load."""
    s = Solid()
    rgb = ((0.75, 0.12, 0.1), (0.2, 0.45, 0.25), (0.85, 0.55, 0.1), (0.9, 0.9, 0.88), (0.12, 0.25, 0.5))[
        int(rng.integers(5))
    ]
    cab, dark = mt.paint(rgb, 0.35, wear=0.4), mt.paint((0.07, 0.07, 0.07), 0.7)
    body = cab if rng.random() < 0.5 else mt.paint((0.35, 0.36, 0.36), 0.5, 0.2, wear=0.6)
    long = float(rng.uniform(5.0, 6.4))
    front = long / 2 + 1.9
    s.box((1.8, 2.45, 2.3), (front - 0.9, 0, 0.75), cab)
    s.box((0.06, 2.2, 0.85), (front + 0.01, 0, 1.85), mt.glass(0.04))
    for sy in (-1, 1):
        s.box((0.9, 0.06, 0.75), (front - 0.8, sy * 1.22, 1.95), mt.glass(0.04))
    s.box((0.1, 2.2, 0.45), (front + 0.04, 0, 0.7), dark)
    s.box((long + 2, 0.95, 0.3), (0, 0, 0.75), dark)
    high, z = float(rng.uniform(1.1, 1.6)), 1.15
    s.box((long, 2.4, 0.12), (0, 0, z), body)
    for sy in (-1, 1):
        s.box((long, 0.08, high), (0, sy * 1.2, z), body)
        for k in range(6):
            s.box((0.12, 0.1, high), (-long / 2 + (k + 0.5) * long / 6, sy * 1.27, z), body)
    for sx in (-1, 1):
        s.box((0.1, 2.4, high + (0.3 if sx > 0 else 0)), (sx * long / 2, 0, z), body)
    for x in (front - 1.1, front - 2.6, -long / 2 + 1.7, -long / 2 + 0.5):
        for sy in (-1, 1):
            wheel(s, (x, sy * 1.0, 0.52), 0.52, 0.32)
    return MuckTruck(s, (0.0, long / 2 - 0.08, 1.12, z + high))


def put_muck_truck(
    stage: Stage, rng: RNG, at: tuple[float, float, float], turn: float, covered: bool, soil: str
) -> None:
    """A dump truck with soil in its bed, open (class load open) or under a sheet (class load covered)."""
    t = muck_truck(rng)
    stage.put(t.solid, MaskClass.VEHICLE, "muck_truck", at, turn)
    mid, hx, hy, edge = t.bed
    load = heaps.heap(
        rng, "loads" if rng.random() < 0.7 else "berm", hx / 1.25, hy / 1.05, float(rng.uniform(0.35, 0.8))
    )
    x, y = load.xy()
    sx, sy = hx / load.hx, hy / load.hy
    z = np.maximum(load.z, 0) + edge - float(rng.uniform(0.1, 0.35))
    pts = np.stack([x * sx + mid, y * sy, z], -1)
    if not covered:
        stage.place(mesh_of(pts, soils.material(rng, soil, 2 * hx)), MaskClass.LOAD_OPEN, 0, at, turn)
        return
    make = covers.draw_make(rng, stage.held_out)
    pts[..., 2] = np.maximum(pts[..., 2], edge - 0.05) + 0.06
    pts[..., 0] *= 1.01
    pts[..., 1] = pts[..., 1] * 1.14
    rim = np.abs(y * sy) > hy * 0.96
    pts[..., 2] = np.where(rim, edge - 0.12, pts[..., 2])
    stage.place(
        mesh_of(pts, covers.material(rng, make, dusty=0.3)),
        MaskClass.LOAD_COVERED,
        stage.instance("tarpaulin"),
        at,
        turn,
    )


def put_machine(stage: Stage, rng: RNG, name: str, at: tuple[float, float, float], turn: float, soil: str) -> None:
    """Put a machine or vehicle by its family's name. Raises KeyError for an unknown one."""
    if name in ("muck_open", "muck_covered"):
        put_muck_truck(stage, rng, at, turn, name == "muck_covered", soil)
        return
    solid, label = {
        "excavator": lambda: (excavator(rng), "excavator"),
        "loader": lambda: (loader(rng), "loader"),
        "backhoe": lambda: (backhoe(rng), "loader"),
        "roller": lambda: (roller(rng), "roller"),
        "mixer": lambda: (mixer(rng), "mixer"),
        "truck": lambda: (truck(rng, "box"), "truck"),
        "car": lambda: (car(rng, "suv" if rng.random() < 0.5 else "sedan"), "car"),
    }[name]()
    stage.put(solid, MaskClass.VEHICLE, label, at, turn)
