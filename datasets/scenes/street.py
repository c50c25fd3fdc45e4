"""A shop street from a seed: paving, shops, what stands before them, greenery, vehicles, people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import facade, paving, people, vehicles
from . import materials as mt
from .classes import MaskClass
from .displays import DISPLAYS
from .facade import Shop
from .furniture import setting, umbrella
from .goods import GOODS, bright
from .greenery import hedge, tree, weeds
from .placing import DISPLAY, Make, Piece, fronts, prefab, put_out
from .solid import Solid
from .stage import Stage
from .textures import PAVERS
from .two_wheelers import bicycle, scooter, tricycle

RNG = np.random.Generator
SELLS: dict[str, tuple[str, ...]] = {
    "fruit": ("fruit_stand", "crates", "crates", "cartons", "fruit_stand", "a_board"),
    "grocery": ("cartons", "water", "freezer", "shelf", "crates", "stools", "sacks", "a_board"),
    "clothes": ("clothes", "clothes", "table_display", "cartons", "shelf", "a_board"),
    "hardware": ("hardware", "hardware", "tyres", "gas", "cartons", "shelf", "stools"),
    "flowers": ("plants", "plants", "plant", "shelf"),
    "food": ("seating", "seating", "a_board", "stall", "freezer", "gas", "stools"),
    "other": ("a_board", "plant", "cartons", "table_display", "stools"),
}


@dataclass(frozen=True)
class StreetPlan:
    """What to build; `mess` is the share of open shops that put things out, 0 for a clean street;
    `open_kerb` keeps hedges and bins away."""

    depth: float = 4.5
    road: float = 8.0
    paving: str = "brick"
    wet: float = 0.0
    mess: float = 0.5
    people: int = 4
    parked: int = 5
    cars: int = 2
    trees: bool = True
    soil_heap: bool = False
    open_kerb: bool = False
    kinds: tuple[str, ...] | None = None


def draw_plan(rng: RNG) -> StreetPlan:
    """Draw a street; about a third of them are clean."""
    clean = rng.random() < 0.28
    return StreetPlan(
        depth=float(rng.uniform(3.0, 6.5)),
        road=float(rng.uniform(6, 11)),
        paving=str(rng.choice(PAVERS)),
        wet=float(rng.uniform(0.3, 1.0)) if rng.random() < 0.22 else 0.0,
        mess=0.0 if clean else float(rng.uniform(0.65, 1.0)),
        people=int(rng.integers(0, 9)),
        parked=int(rng.integers(0, 10)),
        cars=int(rng.integers(0, 5)),
        trees=bool(rng.random() < 0.65),
        soil_heap=bool(rng.random() < 0.12),
    )


def _seating(rng: RNG) -> list[Piece]:
    out = [Piece(s, label, at, turn) for s, label, at, turn in setting(rng, stools_only=bool(rng.random() < 0.25))]
    if rng.random() < 0.4:
        out.append(Piece(umbrella(rng), "umbrella", (0.1, 0.5, 0.0), float(rng.uniform(0, 45))))
    return out


def seating_or(name: str) -> tuple[Make, str]:
    """The maker of a named display, and its box label."""
    return (_seating, "table") if name == "seating" else GOODS.get(name) or DISPLAYS[name]


def put_display(
    stage: Stage, rng: RNG, name: str, at: tuple[float, float], turn: float = 0.0, group: str | None = DISPLAY
) -> list[Any]:
    """Put one display or seating group on the pavement."""
    make, label = seating_or(name)
    return put_out(stage, prefab(stage, rng, name, make, label), at, turn, group or DISPLAY, kind=name)


def fill_front(stage: Stage, rng: RNG, shop: Shop, depth: float) -> None:
    """Put a shop's things out: along the wall first, at times out to the kerb."""
    choices = SELLS[shop.kind]
    reach = float(rng.choice([0.9, 1.4, 2.4, depth - 0.4], p=[0.3, 0.35, 0.2, 0.15]))
    spots = [(x, -0.55 - 0.1 * rng.random()) for x in np.arange(shop.x0 + 0.7, shop.x1 - 0.4, 1.15)]
    if reach > 1.3:
        spots += [(x, -float(rng.uniform(1.4, max(1.5, reach)))) for x in np.arange(shop.x0 + 0.6, shop.x1 - 0.3, 1.3)]
    keep = rng.uniform(0.6, 1.0)
    door = rng.uniform(shop.x0 + 0.8, shop.x1 - 0.8)
    for x, y in spots:
        if rng.random() > keep or (abs(x - door) < 0.55 and y > -1.0):
            continue
        name = choices[int(rng.integers(len(choices)))]
        if name == "seating":
            y = min(y, -1.15)
        put_display(stage, rng, name, (float(x + rng.normal(0, 0.1)), float(y)), float(rng.normal(0, 5)))


def put_person(
    stage: Stage, rng: RNG, at: tuple[float, float], heading: float, pose: str, worker: bool = False, z: float = 0.0
) -> Any:
    """Stand a person on the ground."""
    p = people.walking(float(rng.random())) if pose == "walk" else people.POSES[pose]
    who = people.look(rng, worker)
    if stage.facts.get("wet", 0) > 0 and not worker and pose in ("walk", "stand", "chat") and rng.random() < 0.6:
        who = people.replace(who, umbrella=bright(rng))
        p = people.replace(p, shoulders=(40.0, p.shoulders[1]), elbows=(95.0, p.elbows[1]))
    return stage.put(people.figure(who, p), MaskClass.PERSON, "person", (*at, z), heading)


def populate(stage: Stage, rng: RNG, n: int, depth: float) -> None:
    """Walkers, standers, groups that chat, sitters."""
    while n > 0:
        x, y = float(rng.uniform(-12, 12)), -float(rng.uniform(0.7, depth - 0.3))
        kind = rng.random()
        if kind < 0.5:
            put_person(stage, rng, (x, y), float(rng.choice([0, 180]) + rng.normal(0, 12)), "walk")
        elif kind < 0.75:
            m = min(n, int(rng.integers(2, 4)))
            for dx, dy, a in people.standing_group(rng, m):
                put_person(
                    stage, rng, (x + dx, y + dy), a, str(rng.choice(["stand", "chat", "stand_easy", "hands_on_hips"]))
                )
            n -= m - 1
        else:
            pose = str(rng.choice(["phone", "stand_easy", "bend", "carry", "squat", "stand"]))
            put_person(stage, rng, (x, y), float(rng.uniform(0, 360)), pose)
        n -= 1


def park(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """Two-wheelers in rows by the kerb or the wall, cars and vans on the road."""
    x, left = float(rng.uniform(-10, 4)), plan.parked
    by_wall = rng.random() < 0.3
    while left > 0:
        k = rng.random()
        make, label = (bicycle, "bicycle") if k < 0.45 else (scooter, "scooter") if k < 0.93 else (tricycle, "scooter")
        y = -float(rng.uniform(0.8, 1.1)) if by_wall else -plan.depth + float(rng.uniform(0.75, 1.0))
        stage.put(make(rng), MaskClass.VEHICLE, label, (x, y, 0), 90 + float(rng.normal(-12, 9)))
        x += float(rng.uniform(0.55, 0.9)) + (float(rng.uniform(2, 7)) if rng.random() < 0.15 else 0)
        left -= 1
    for k in range(plan.cars):
        kind = str(rng.choice(["sedan", "suv", "van", "truck"], p=[0.42, 0.28, 0.22, 0.08]))
        y = -plan.depth - 0.16 - (1.3 if rng.random() < 0.6 else float(rng.uniform(2, plan.road - 1.5)))
        solid = vehicles.truck(rng, "box") if kind == "truck" else vehicles.car(rng, kind)
        label = {"sedan": "car", "suv": "car", "van": "van", "truck": "truck"}[kind]
        at = (-14 + 6.4 * k + float(rng.uniform(-0.6, 6)), y, -0.13)
        stage.put(solid, MaskClass.VEHICLE, label, at, float(rng.choice([0, 180]) + rng.normal(0, 1.5)))


def kerbside(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """Trees in pits, lamp posts, bollards, bins, wires, weeds in joints."""
    y = -plan.depth + 0.65
    steel = mt.paint((0.5, 0.52, 0.54), 0.4, 0.6, wear=0.4)
    if plan.trees:
        make = [tree(rng) for _ in range(2)]
        meshes = []
        for x in np.arange(-27 + rng.uniform(0, 6), 27, rng.uniform(5.5, 9)):
            pit = Solid()
            pit.box((1.2, 1.1, 0.03), (0, 0, 0), mt.paint((0.5, 0.5, 0.49), 0.8))
            stage.put(pit, MaskClass.GROUND, at=(x, y, 0))
            fill = Solid()
            fill.box((1.02, 0.92, 0.035), (0, 0, 0), mt.paint((0.24, 0.18, 0.13), 0.95, wear=0.6))
            stage.put(fill, MaskClass.SOIL, at=(x, y, 0))
            if rng.random() < 0.7:
                stage.put(
                    weeds(rng, np.array([-0.5, -0.45, 0.5, 0.45]), 60, 0.12), MaskClass.VEGETATION, at=(x, y, 0.03)
                )
            if len(meshes) < 2:
                meshes.append(
                    stage.put(
                        make[len(meshes)], MaskClass.VEGETATION, at=(x, y, 0), turn=float(rng.uniform(0, 360))
                    ).data
                )
            else:
                stage.place(
                    meshes[int(rng.integers(2))],
                    MaskClass.VEGETATION,
                    0,
                    (x, y, 0),
                    float(rng.uniform(0, 360)),
                    scale=float(rng.uniform(0.85, 1.15)),
                )
    elif not plan.open_kerb and rng.random() < 0.4:
        stage.put(
            hedge(rng, float(rng.uniform(5, 18))), MaskClass.VEGETATION, at=(float(rng.uniform(-6, 6)), y + 0.3, 0)
        )
    s = Solid()
    for x in np.arange(-25 + rng.uniform(0, 8), 26, 14.0):
        s.tube((x, y - 0.25, 0), (x, y - 0.25, 6.5), 0.075, steel, r1=0.05)
        s.tube((x, y - 0.25, 6.4), (x, y - 1.8, 6.7), 0.04, steel)
    if rng.random() < 0.4:
        m = mt.paint(((0.75, 0.7, 0.1), (0.5, 0.5, 0.5), (0.25, 0.25, 0.26))[int(rng.integers(3))], 0.5)
        for x in np.arange(-20, 20, 1.5):
            s.tube((x, -plan.depth + 0.25, 0), (x, -plan.depth + 0.25, 0.7), 0.055, m)
    if not plan.open_kerb and rng.random() < 0.5:
        x = float(rng.uniform(-6, 6))
        for dx, col in ((-0.3, (0.1, 0.35, 0.2)), (0.3, (0.35, 0.36, 0.38))):
            s.box((0.5, 0.45, 0.95), (x + dx, y - 0.1, 0), mt.paint(col, 0.5))
    for k in range(int(rng.integers(0, 4))):
        z = 4.6 + 0.25 * k
        xs = np.linspace(-30, 30, 25)
        sag = 0.25 * np.cos(xs / 30 * np.pi * 2)
        s.path(
            [(a, -0.3 - 0.1 * k, z + b) for a, b in zip(xs, sag, strict=True)],
            0.012,
            mt.paint((0.03,) * 3, 0.7, wear=0),
            n=4,
        )
    stage.put(s, MaskClass.OTHER)
    stage.put(
        weeds(rng, np.array([-28, -plan.depth - 0.05, 28, -plan.depth + 0.05]), int(rng.integers(20, 160)), 0.07),
        MaskClass.VEGETATION,
    )


def surroundings(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """What closes the view: far ground, houses at both ends and across the road."""
    s = Solid()
    s.plate(
        [(-300, -300, -0.16), (300, -300, -0.16), (300, 300, -0.16), (-300, 300, -0.16)],
        mt.paint((0.42, 0.42, 0.41), 0.9, wear=0.4, scale=0.05),
    )
    stage.put(s, MaskClass.GROUND)
    far = -plan.depth - plan.road - 6.2
    b = Solid()
    for sx in (-1, 1):
        for k in range(4):
            w, h = rng.uniform(8, 16), rng.uniform(8, 28)
            wall = mt.paint(
                np.clip(np.array([0.65, 0.6, 0.55]) * rng.uniform(0.7, 1.2), 0, 1), 0.9, wear=0.3, scale=0.4
            )
            x, y = sx * (34 + 14 * k + rng.uniform(0, 6)), rng.uniform(-4, 8) if k % 2 else far - rng.uniform(3, 9)
            b.box((w, w, h), (x, y + w / 2 * (1 if k % 2 else -1), 0), wall)
            for f in range(int(h / 3)):
                b.box((w * 1.002, w * 1.002, 1.2), (x, y + w / 2 * (1 if k % 2 else -1), 1.2 + f * 3), mt.glass(0.1))
    for x in np.arange(-30, 30, 15):
        h = rng.uniform(6, 15)
        b.box((14.5, 6, h), (x + 7, far - 4, 0), mt.paint((0.62, 0.58, 0.54), 0.9, wear=0.4, scale=0.3))
        b.box((14.4, 6.02, 1.1), (x + 7, far - 4, 3.2), mt.paint(bright(rng), 0.6))
        b.box((14.4, 6.02, 2.6), (x + 7, far - 4, 0.2), mt.glass(0.08))
    for sx in (-1, 1):
        x = 26.0
        while x < 90:
            w, h = rng.uniform(8, 14), rng.uniform(7, 16)
            wall = mt.paint(
                np.clip(np.array([0.66, 0.62, 0.57]) * rng.uniform(0.75, 1.15), 0, 1), 0.9, wear=0.3, scale=0.4
            )
            b.box((w, 6, h), (sx * (x + w / 2), 3.1, 0), wall)
            b.box((w * 0.96, 0.1, 1.1), (sx * (x + w / 2), 0.05, 3.1), mt.paint(bright(rng), 0.6))
            b.box((w * 0.9, 0.1, 2.8), (sx * (x + w / 2), 0.06, 0.1), mt.glass(0.08))
            for f in range(int(h / 3) - 1):
                for k in range(int(w / 2.5)):
                    b.box((1.3, 0.1, 1.4), (sx * (x + 1.2 + 2.5 * k), 0.07, 5 + f * 3), mt.glass(0.1))
            x += w
    stage.put(b, MaskClass.BUILDING)


def soil_by_kerb(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """A load of sand or soil tipped at the roadside."""
    from .earth import heap_mesh, soil_material

    x, y = (
        float(rng.uniform(-5, 5)),
        -plan.depth - 0.16 - float(rng.uniform(0.8, 2.5)) if rng.random() < 0.5 else -plan.depth + 1.3,
    )
    s = Solid()
    heap_mesh(
        s,
        rng,
        float(rng.uniform(0.9, 2.0)),
        float(rng.uniform(0.7, 1.4)),
        float(rng.uniform(0.35, 0.9)),
        soil_material(rng, wet=plan.wet),
    )
    stage.put(s, MaskClass.SOIL, "soil_heap", (x, y, -0.13 if y < -plan.depth else 0.0), float(rng.uniform(0, 180)))


def build(stage: Stage, plan: StreetPlan) -> list[Shop]:
    """Build the whole street.

    Everything that a shop puts out, goods and seating alike, is an object with `obj["group"] == "display"`: hide these
    (`hide_render`) and the same street is clean. Left in `stage.facts` as plain data, world metres, pavement at z = 0:

    `things`: each object put out: `object` (its Blender name), `kind`, `label` (box label), `group`, `footprint`
    (convex outline [[x, y], ...] of what is below 1.8 m), `height`, and, where something reaches higher and wider
    (parasols, stall roofs), `canopy` (outline of the whole).
    `fronts`: each shop front along the building line: `index`, `x0`, `x1`, `kind`, `open`, `zone` (pavement polygon
    [[x, y] * 4] from 0.1 m before the wall to the kerb), `out` (whether anything stands there), `things` (those whose
    footprint's middle lies in the zone). Any front can be "the" zone of a camera.
    """
    rng = stage.rng
    paving.lay(stage, rng, plan.depth, plan.road, plan.wet, plan.paving)
    shops = facade.row(stage, rng, -26, 26, list(plan.kinds) if plan.kinds else None)
    surroundings(stage, rng, plan)
    kerbside(stage, rng, plan)
    for sh in shops:
        if sh.open and rng.random() < plan.mess:
            fill_front(stage, rng, sh, plan.depth)
    park(stage, rng, plan)
    populate(stage, rng, plan.people, plan.depth)
    if plan.soil_heap:
        soil_by_kerb(stage, rng, plan)
    stage.facts["fronts"] = fronts(shops, stage.facts.setdefault("things", []), plan.depth)
    return shops
