"""What stands and grows along a street: trees in pits, lamps, wires, the city's furniture, road works, rubbish."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import fixtures, rubbish
from . import materials as mt
from .built_in import BUILT_IN
from .classes import MaskClass
from .greenery import hedge, tree, weeds
from .placing import bounds, outline, room
from .solid import Solid
from .stage import Stage
from .street_plan import StreetPlan

RNG = np.random.Generator
OF_HOUSES = ("pillars", "booth", "steps")


def trees(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """A row of street trees in pits of soil, grating or gravel."""
    y = -plan.depth + 0.65
    make = [tree(rng) for _ in range(2)]
    meshes: list[Any] = []
    kind = rng.random()
    pit, fill = Solid(), Solid()
    pit.box((1.2, 1.1, 0.03), (0, 0, 0), mt.paint((0.5, 0.5, 0.49), 0.8))
    fill.box(
        (1.02, 0.92, 0.035),
        (0, 0, 0),
        mt.paint((0.24, 0.18, 0.13), 0.95, wear=0.6) if kind < 0.6 else mt.paint((0.16, 0.16, 0.16), 0.6),
    )
    for x in np.arange(-27 + rng.uniform(0, 6), 27, rng.uniform(5.5, 12)):
        x = float(x)
        stage.put(pit, MaskClass.GROUND, at=(x, y, 0))
        stage.put(fill, MaskClass.SOIL if kind < 0.6 else MaskClass.GROUND, at=(x, y, 0))
        room(stage).take((x - 0.3, y - 0.3, x + 0.3, y + 0.3))
        if rng.random() < 0.6 and kind < 0.6:
            tufts = weeds(rng, np.array([-0.5, -0.45, 0.5, 0.45]), 60, 0.12)
            stage.put(tufts, MaskClass.VEGETATION, at=(x, y, 0.03))
        turn = float(rng.uniform(0, 360))
        if len(meshes) < 2:
            meshes.append(stage.put(make[len(meshes)], MaskClass.VEGETATION, at=(x, y, 0), turn=turn).data)
        else:
            mesh = meshes[int(rng.integers(2))]
            stage.place(mesh, MaskClass.VEGETATION, 0, (x, y, 0), turn, scale=float(rng.uniform(0.75, 1.15)))


def lamps_and_wires(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """Lamp posts, poles, overhead lines."""
    y = -plan.depth + 0.4
    s = Solid()
    steel = mt.paint(
        ((0.5, 0.52, 0.54), (0.08, 0.1, 0.09), (0.3, 0.24, 0.18))[int(rng.integers(3))], 0.4, 0.5, wear=0.4
    )
    for x in np.arange(-25 + rng.uniform(0, 8), 26, 14.0):
        s.tube((x, y, 0), (x, y, 6.5), 0.075, steel, r1=0.05)
        s.tube((x, y, 6.4), (x, y - 1.5, 6.7), 0.04, steel)
        room(stage).take((float(x) - 0.12, y - 0.12, float(x) + 0.12, y + 0.12))
    for k in range(int(rng.integers(0, 4))):
        xs = np.linspace(-30, 30, 25)
        sag = 4.6 + 0.25 * k + 0.25 * np.cos(xs / 15 * np.pi)
        wire = [(float(a), -0.3 - 0.1 * k, float(b)) for a, b in zip(xs, sag, strict=True)]
        s.path(wire, 0.012, mt.paint((0.03,) * 3, 0.7, wear=0), n=4)
    stage.put(s, MaskClass.OTHER)


def settle(
    stage: Stage,
    rng: RNG,
    solid: Solid,
    at: tuple[float, float],
    turn: float,
    cls: MaskClass,
    label: str | None = None,
    group: str | None = None,
) -> bool:
    """Put a thing down if nothing stands there."""
    box = bounds(outline(solid.points(), at, turn))
    if not room(stage).free(box):
        return False
    room(stage).take(box)
    stage.put(solid, cls, label, (*at, 0.0), turn, group=group)
    return True


def city_furniture(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """The city's own things, most by the kerb, some at the wall: never goods."""
    makes = {**fixtures.KERBSIDE, **BUILT_IN}
    names = list(makes)
    for _ in range(plan.fixtures):
        name = names[int(rng.integers(len(names)))]
        solid = makes[name](rng)
        _, y0, _, y1 = bounds(solid.points())
        by_kerb = (rng.random() < 0.75 or name in ("railing", "bus_stop", "bollards", "shelter")) and name != "steps"
        y = -plan.depth + 0.15 - y0 if by_kerb else -0.15 - y1
        if y + y0 < -plan.depth or y1 - y0 > plan.depth * 0.6:
            continue
        at, turn = (float(rng.uniform(-14, 14)), y), 180.0 if by_kerb and rng.random() < 0.3 else 0.0
        cls = MaskClass.BUILDING if name in OF_HOUSES else MaskClass.OTHER
        if settle(stage, rng, solid, at, turn, cls, "bin" if name == "bin" else None) and name == "planter":
            green = weeds(rng, np.array([-0.5, -0.2, 0.5, 0.2]), 120, 0.25, z=0.55)
            stage.put(green, MaskClass.VEGETATION, at=(*at, 0))


def works(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """A small road work: barriers, cones, what is to be built in."""
    x = float(rng.uniform(-8, 8))
    y = -float(rng.uniform(1.0, max(1.2, plan.depth - 1.0)))
    settle(stage, rng, fixtures.barrier(rng), (x, y - 0.9), float(rng.normal(0, 6)), MaskClass.OTHER)
    for _ in range(int(rng.integers(1, 4))):
        at = (x + float(rng.uniform(-2.5, 2.5)), y + float(rng.uniform(-0.4, 0.6)))
        settle(stage, rng, fixtures.building_stuff(rng), at, float(rng.normal(0, 12)), MaskClass.OTHER)


def garbage(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """Heaps of rubbish by the kerb, at the wall, round a bin. Group `garbage`."""
    for _ in range(plan.garbage):
        family = rubbish.HEAPS.draw(rng, stage.held_out)
        heap, holder = rubbish.heap(rng, family)
        by_kerb = rng.random() < 0.65
        for _ in range(6):
            at = (float(rng.uniform(-9, 9)), -plan.depth + 0.6 if by_kerb else -0.75)
            turn = float(rng.normal(0, 15)) + (180 if by_kerb and rng.random() < 0.5 else 0)
            box = bounds(outline(heap.points(), at, turn))
            if room(stage).free(box):
                room(stage).take(box)
                stage.put(heap, MaskClass.GARBAGE, "bin_bag", (*at, 0.0), turn, group="garbage")
                if holder is not None:
                    stage.put(holder, MaskClass.OTHER, "bin", (*at, 0.0), turn, group="garbage")
                break


def kerbside(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """Trees, hedges, lamps, weeds in the joints, the city's furniture, works, rubbish."""
    if plan.trees:
        trees(stage, rng, plan)
    elif not plan.open_kerb and rng.random() < 0.25:
        x, w = float(rng.uniform(-6, 6)), float(rng.uniform(4, 12))
        y = -plan.depth + 0.6
        stage.put(hedge(rng, w), MaskClass.VEGETATION, at=(x, y, 0))
        room(stage).take((x - w / 2, y - 0.4, x + w / 2, y + 0.4))
    lamps_and_wires(stage, rng, plan)
    if not plan.open_kerb:
        city_furniture(stage, rng, plan)
    if plan.works:
        works(stage, rng, plan)
    if plan.snow == 0:
        area = np.array([-28, -plan.depth - 0.05, 28, -plan.depth + 0.05])
        stage.put(weeds(rng, area, int(rng.integers(20, 160)), 0.07), MaskClass.VEGETATION)
