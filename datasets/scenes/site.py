"""A construction site or a roadside from a seed: ground, heaps open or under covers, machines, what stands behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from . import behind, covers, floors, heaps, machines, people, soils, yard
from . import materials as mt
from .classes import MaskClass
from .families import Families
from .fields import Field, area_of, outline_of
from .greenery import weeds
from .relief import mesh_of, scatter
from .stage import Stage

RNG = np.random.Generator
LAYOUTS = Families(both=("yard", "roadside", "open", "works", "confuser"))


class HeapSpec(NamedTuple):
    """One heap: place and half lengths in metres, top in metres, cover and its make, shape, soil, turn in degrees."""

    x: float
    y: float
    rx: float
    ry: float
    top: float
    cover: str = "none"
    make: str = "green_net"
    shape: str = "loads"
    soil: str = ""
    turn: float = 0.0
    wall: bool = False


@dataclass(frozen=True)
class SitePlan:
    """What to build; see HeapSpec for the heaps. `ground`: soil, mixed, or the name of a hard ground (floors.HARD)."""

    soil: str = "brown"
    ground: str = "soil"
    wet: float = 0.0
    heaps: tuple[HeapSpec, ...] = ()
    sheets: int = 0
    machines: tuple[str, ...] = ("excavator",)
    workers: int = 3
    stacks: int = 3
    green_mesh_house: bool = False
    layout: str = "yard"
    back: float = 11.0
    grass: str = ""


OLD_MAKES = {"green": "green_net", "black": "black_net"}


def _heaps(rng: RNG, layout: str, held_out: bool, soil: str, back: float) -> tuple[HeapSpec, ...]:
    """Draw the heaps of a layout."""
    n = int(rng.choice([0, 1, 2, 3, 4], p=[0.06, 0.34, 0.3, 0.18, 0.12]))
    if layout == "confuser":
        n = 0
    out = []
    for k in range(n):
        shape = heaps.SHAPES.draw(rng, held_out)
        small = layout in ("roadside", "works")
        rx = float(rng.uniform(0.7, 3.2) if small else rng.uniform(1.2, 4.6))
        long = shape in ("berm", "tipped", "bank")
        if long:
            rx *= float(rng.uniform(1.3, 2.6))
        ry = float(min(rx, 3.5) * rng.uniform(0.55, 1.0)) if long else rx * float(rng.uniform(0.6, 1.1))
        top = float(np.clip(min(rx, ry) * rng.uniform(0.32, 0.72), 0.2, 4.0))
        p = [0.5, 0.22, 0.14, 0.08, 0.06] if small else [0.36, 0.28, 0.18, 0.1, 0.08]
        state = str(rng.choice(["none", "full", "half", "torn", "lifted"], p=p))
        if small:
            x = float(rng.uniform(-3, 3)) + (k % 3 - 1) * 6.0 * (k > 0)
            y = float(rng.uniform(-1.0, max(0.0, back - ry - 1.0)))
        else:
            x = float(rng.uniform(-3, 3)) + (k % 3 - 1) * 6.5 * (k > 0)
            y = float(rng.uniform(-2, 4)) + (k // 2) * 4.5
        turn = float(rng.normal(0, 10)) if long or small else float(rng.uniform(0, 180))
        if shape == "bank" and small:
            y, turn = back - ry * 0.75, 0.0
        kind = soil if rng.random() < 0.5 else soils.FAMILIES.draw(rng, held_out)
        out.append(HeapSpec(x, y, rx, ry, top, state, covers.draw_make(rng, held_out), shape, kind, turn))
    return tuple(out)


def draw_plan(rng: RNG, held_out: bool = False) -> SitePlan:
    """Draw a site; `held_out` draws from the families kept back."""
    layout = str(rng.choice(["yard", "roadside", "open", "works", "confuser"], p=[0.29, 0.29, 0.15, 0.11, 0.16]))
    soil = soils.FAMILIES.draw(rng, held_out)
    hard = floors.HARD.draw(rng, held_out)
    back = float(rng.uniform(4.5, 14) if layout == "roadside" else rng.uniform(9, 18))
    ground = {
        "yard": str(rng.choice(["soil", "mixed", hard], p=[0.36, 0.26, 0.38])),
        "roadside": str(rng.choice(["mixed", "mixed", hard])),
        "open": "soil",
        "works": hard,
        "confuser": hard,
    }[layout]
    grass = str(rng.choice(["", "grass", "straw", "leaves", "lawn"], p=[0.5, 0.2, 0.08, 0.08, 0.14]))
    if layout == "confuser" and grass == "" and rng.random() < 0.5:
        grass = str(rng.choice(["grass", "straw", "leaves", "lawn"]))
    names = [
        machines.MACHINES.draw(rng, held_out) for _ in range(int(rng.choice([0, 1, 2, 3], p=[0.3, 0.4, 0.2, 0.1])))
    ]
    return SitePlan(
        soil=soil,
        ground=ground,
        wet=float(rng.uniform(0.2, 1.0)) if rng.random() < 0.3 else 0.0,
        heaps=_heaps(rng, layout, held_out, soil, back),
        sheets=int(rng.choice([0, 1, 2], p=[0.65, 0.22, 0.13])) if layout in ("yard", "open") else 0,
        machines=tuple(names),
        workers=int(rng.choice([0, 1, 2, 3, 5], p=[0.3, 0.2, 0.2, 0.2, 0.1])),
        stacks=int(rng.integers(0, 6)) + (4 if layout == "confuser" else 0),
        layout=layout,
        back=back,
        grass=grass,
    )


def _cut(rng: RNG, plan: SitePlan) -> floors.Cut | None:
    """A trench through a street or a pit in open ground, clear of the heaps; None for most layouts."""
    if plan.layout == "works":
        y0 = max((h.y + h.ry * 1.1 for h in plan.heaps), default=0.0) + float(rng.uniform(0.2, 1.0))
        return floors.Cut(-40, 40, y0, y0 + float(rng.uniform(0.7, 2.2)), float(rng.uniform(0.5, 1.6)))
    if plan.layout in ("open", "yard") and plan.ground == "soil" and rng.random() < 0.45:
        y0 = max((h.y + max(h.rx, h.ry) * 1.2 for h in plan.heaps), default=-1.0) + float(rng.uniform(0.5, 2.0))
        y1 = min(plan.back - 1.5, y0 + float(rng.uniform(3, 9)))
        if y1 - y0 > 2:
            x0 = float(rng.uniform(-12, 2))
            return floors.Cut(x0, x0 + float(rng.uniform(5, 16)), y0, y1, float(rng.uniform(0.8, 3.0)))
    return None


def ground(stage: Stage, rng: RNG, plan: SitePlan) -> Field | None:
    """Lay the floor of a layout; returns the relief of bare soil where there is any."""
    flat = [(h.x, h.y, 1.25 * max(h.rx, h.ry)) for h in plan.heaps]
    kind = plan.ground
    bare = kind in ("soil", "mixed")
    rgb = np.asarray(soils.SOIL[plan.soil].rgb) * 0.95 if plan.layout in ("open", "roadside") else (0.45, 0.44, 0.42)
    floors.far(stage, rgb, MaskClass.SOIL if plan.layout == "open" else MaskClass.GROUND)
    cut = _cut(rng, plan)
    rough = float(rng.uniform(0.3, 1.6)) if bare else 0.1
    field = floors.bare(stage, rng, plan.soil, plan.wet, rough, flat, cut) if bare or cut else None
    name = kind if not bare else floors.HARD.draw(rng, stage.held_out)
    edge = floors.HALF
    if plan.layout in ("roadside", "works"):
        road = "dusty_asphalt" if rng.random() < 0.55 else "asphalt"
        near = float(rng.uniform(-4.5, 0.5)) if plan.layout == "roadside" else float(rng.uniform(2, 6))
        if cut is not None:  # a trench: hard ground on both its sides
            for y0, y1 in ((-edge, cut.y0), (cut.y1, edge)):
                floors.hard(stage, rng, name, plan.wet, plan.soil, floors.wavy(rng, -edge, edge, y0, y1, 0.06), 0.1)
            stage.facts["trench"] = [round(cut.y0, 2), round(cut.y1, 2)]
            return field
        if not bare:
            floors.hard(stage, rng, name, plan.wet, plan.soil, floors.wavy(rng, -edge, edge, -edge, edge, 0.0))
        rim = 0.35 if bare else 0.02
        band = floors.wavy(rng, -edge, edge, near - float(rng.uniform(6, 12)), near, rim)
        floors.hard(stage, rng, road, plan.wet, plan.soil, band, 0.11 if bare else 0.025, lines=rng.random() < 0.5)
        stage.facts["road_y"] = round(near, 2)
    elif kind == "mixed":
        x1 = float(rng.uniform(-3, 4))
        area = floors.wavy(rng, -edge, edge, -edge, x1, 0.5) if rng.random() < 0.6 else None
        if area is None:
            area = floors.wavy(rng, -edge, edge, -edge, x1, 0.05)[:, ::-1] * (-1, 1)
        floors.hard(stage, rng, name, plan.wet, plan.soil, area, 0.12)
    elif not bare:
        floors.hard(stage, rng, name, plan.wet, plan.soil, floors.wavy(rng, -edge, edge, -edge, edge, 0.0))
    if plan.grass:
        y0 = plan.back - float(rng.uniform(1.5, 5))
        if plan.layout == "confuser" and rng.random() < 0.5:
            y0 = float(rng.uniform(-3, 2))
        patch = floors.wavy(rng, -edge, edge, y0, plan.back + 6, 0.5)
        floors.cover_ground(stage, rng, plan.grass, patch, 0.13)
        if plan.grass in ("grass", "lawn"):
            box = np.array([-14, y0, 14, plan.back + 1])
            stage.put(weeds(rng, box, int(rng.integers(200, 1500)), 0.18, 0.1), MaskClass.VEGETATION)
    return field


def pile(stage: Stage, rng: RNG, plan: SitePlan, spec: HeapSpec, index: int) -> dict[str, Any]:
    """One heap, complete, and what covers it in group net:INDEX; returns its facts."""
    floor = 0.02 if plan.ground != "soil" else 0.0
    soil = spec.soil or plan.soil
    field = heaps.heap(rng, spec.shape, spec.rx, spec.ry, spec.top, float(rng.uniform(0.5, 1.5)))
    wet = plan.wet * float(rng.uniform(0.3, 0.9))
    x, y = field.xy()
    low = field.z < -0.03
    keep = ~(low[:-1, :-1] & low[1:, 1:])
    mesh = mesh_of(np.stack([x, y, field.z], -1), soils.material(rng, soil, 2 * field.hx, wet), keep, "heap")
    at = (spec.x, spec.y, floor)
    obj = stage.place(mesh, MaskClass.SOIL, stage.instance("soil_heap"), at, spec.turn)
    coarse = soil in ("rubble", "desert", "gravelly", "ochre", "chalk")
    if spec.cover == "none" and (coarse or rng.random() < 0.5):
        count = int(np.clip(area_of(field) * (14 if coarse else 5), 20, 420))
        places, sizes = heaps.foot_stones(rng, field, count, 0.025, 0.22 if coarse else 0.1)
        rgb = np.clip(np.asarray(soils.SOIL[soil].rgb) * rng.uniform(0.8, 1.15), 0, 0.9)
        stage.place(scatter(rng, places, sizes, mt.paint(rgb, 0.95, wear=0.5)), MaskClass.SOIL, 0, at, spec.turn)
        if soil == "rubble":
            places, sizes = heaps.foot_stones(rng, field, count // 2, 0.04, 0.2)
            stage.place(
                scatter(rng, places, sizes, mt.paint((0.6, 0.36, 0.28), 0.95, wear=0.5)),
                MaskClass.SOIL,
                0,
                at,
                spec.turn,
            )
    facts: dict[str, Any] = {
        "index": index,
        "at": [round(spec.x, 3), round(spec.y, 3)],
        "floor": floor,
        "footprint": outline_of(field, 0.06, spec.turn, (spec.x, spec.y)).round(3).tolist(),
        "area_m2": round(area_of(field), 3),
        "top": round(float(field.z.max()), 3),
        "soil": soil,
        "shape": spec.shape,
        "object": obj.name,
        "cover": spec.cover,
        "make": None,
        "covered_share": 0.0,
        "group": None,
    }
    if spec.cover != "none":
        facts.update(cover_heap(stage, rng, field, at, spec.turn, spec.make, spec.cover, f"net:{index}", soil))
    elif rng.random() < 0.12:
        box = np.array([-spec.rx, -spec.ry, spec.rx, spec.ry]) * 0.8
        grown = weeds(rng, box, int(rng.integers(20, 120)), 0.12)
        for v in grown.verts:
            v[:, 2] += np.maximum(field.at(v[:, 0], v[:, 1]), 0)
        stage.put(grown, MaskClass.VEGETATION, at=at, turn=spec.turn)
    return facts


def cover_heap(
    stage: Stage,
    rng: RNG,
    field: Field,
    at: tuple[float, float, float],
    turn: float,
    make: str,
    state: str,
    group: str,
    soil: str,
) -> dict[str, Any]:
    """Cover a heap's field with a make (full, half, torn, lifted) and weigh it down, all in `group`; returns facts."""
    make = OLD_MAKES.get(make, make)
    laid = covers.over(rng, field, make, state, soils.SOIL[soil].rgb)
    covers.place(stage, laid.meshes, MaskClass.NET, covers.MAKES[make].label, at, turn, group)
    if rng.random() < 0.7:
        held = covers.weights(rng, field, int(rng.integers(3, 14)))
        if held.verts:
            stage.put(held, MaskClass.OTHER, at=at, turn=turn, group=group)
    return {"make": make, "covered_share": round(laid.share, 3), "group": group}


def flat_sheet(stage: Stage, rng: RNG, plan: SitePlan, relief: Field | None, index: int) -> dict[str, Any]:
    """A cover over flat bare ground, in group flat:INDEX; returns its facts."""
    hx, hy = float(rng.uniform(2.5, 8)), float(rng.uniform(2, 6))
    x, y = float(rng.uniform(-7, 7)), float(rng.uniform(-3, 7))
    n = 90
    gx, gy = np.meshgrid(np.linspace(-hx, hx, n), np.linspace(-hy, hy, n))
    base = relief.at(gx + x, gy + y) if relief is not None else np.zeros((n, n), np.float32)
    lumps = rng.uniform(0.02, 0.12) * heaps.tx.noise(rng, n, n, 14, 4)
    field = Field((np.maximum(base, -0.2) + 0.13 + np.maximum(lumps, -0.08)).astype(np.float32), hx, hy)
    make = covers.draw_make(rng, stage.held_out)
    state = str(rng.choice(["full", "torn", "half"], p=[0.6, 0.2, 0.2]))
    laid = covers.over(rng, field, make, state, soils.SOIL[plan.soil].rgb)
    group = f"flat:{index}"
    objs = covers.place(stage, laid.meshes, MaskClass.NET, covers.MAKES[make].label, (x, y, 0.0), 0.0, group)
    held = covers.weights(rng, field, int(rng.integers(3, 16)))
    if held.verts:
        stage.put(held, MaskClass.OTHER, at=(x, y, 0.0), group=group)
    corners = [[x - hx, y - hy], [x + hx, y - hy], [x + hx, y + hy], [x - hx, y + hy]]
    return {
        "index": index,
        "footprint": [[round(a, 3), round(b, 3)] for a, b in corners],
        "area_m2": round(4 * hx * hy * laid.share, 3),
        "make": make,
        "group": group,
        "object": objs[0].name if objs else None,
    }


def _free_place(rng: RNG, plan: SitePlan, clear: float) -> tuple[float, float] | None:
    """A place that keeps `clear` metres from every heap's foot, or None after some tries."""
    for _ in range(12):
        x, y = float(rng.uniform(-11, 11)), float(rng.uniform(-4, min(8.0, plan.back - 1.5)))
        if all(np.hypot(x - h.x, y - h.y) > clear + max(h.rx, h.ry) for h in plan.heaps):
            return x, y
    return None


def furnish(stage: Stage, rng: RNG, plan: SitePlan) -> None:
    """Machines, workers, stacks, skips, barriers, stones."""
    z = 0.02
    for name in plan.machines:
        at = _free_place(rng, plan, 2.2)
        if at is not None:
            machines.put_machine(stage, rng, name, (*at, z), float(rng.uniform(0, 360)), plan.soil)
    for _ in range(plan.workers):
        pose = str(rng.choice(["walk", "stand_easy", "bend", "carry", "squat", "hands_on_hips"]))
        p = people.walking(float(rng.random())) if pose == "walk" else people.POSES[pose]
        at = _free_place(rng, plan, 0.3)
        if at is not None:
            who = people.look(rng, worker=bool(rng.random() < 0.8))
            stage.put(people.figure(who, p), MaskClass.PERSON, "person", (*at, z), float(rng.uniform(0, 360)))
    yard.stacks(stage, rng, plan.stacks, lambda: _free_place(rng, plan, 1.0))
    if rng.random() < (0.5 if plan.layout == "confuser" else 0.15):
        at = _free_place(rng, plan, 1.5)
        if at is not None:
            yard.skip(stage, rng, at, float(rng.uniform(0, 180)))
    if rng.random() < (0.9 if plan.layout == "works" else 0.35):
        y = float(rng.uniform(-5, 1)) if plan.layout != "works" else float(rng.uniform(-3, 0))
        yard.barriers(stage, rng, float(rng.uniform(-4, 4)), y, int(rng.integers(2, 9)))
    if plan.ground in ("soil", "mixed") and rng.random() < 0.5:
        box = np.array([-9.0, -4.0, 9.0, plan.back])
        stage.put(weeds(rng, box, int(rng.integers(10, 200)), 0.14), MaskClass.VEGETATION)


def build(stage: Stage, plan: SitePlan) -> list[dict[str, Any]]:
    """Build the whole site.

    Every heap stands complete; what covers it (nets, sheets, and what weighs them down) is objects with
    `obj["group"] == "net:K"`: hide these (`hide_render`) and heap K lies open. Nets over flat ground are groups
    "flat:K". Left in `stage.facts` as plain data, world metres:

    `heaps`: each heap K in order: `index`, `at` [x, y], `floor` (height of the ground it stands on), `footprint`
    (outline [[x, y], ...] where it rises 0.06 m above that floor), `area_m2`, `top` (metres above floor), `soil`,
    `shape`, `object` (Blender's name), `cover` (none, full, half, torn, lifted), `make` (of the cover, or None),
    `covered_share` (0..1 of the footprint), `group` ("net:K", or None where nothing covers it).
    `flats`: each net on flat ground: `footprint`, `area_m2`, `make`, `group`, `object`.
    """
    rng = stage.rng
    plan = replace(plan, heaps=tuple(HeapSpec(*h) for h in plan.heaps))
    relief = ground(stage, rng, plan)
    stage.facts["heaps"] = [pile(stage, rng, plan, spec, k) for k, spec in enumerate(plan.heaps)]
    stage.facts["flats"] = [flat_sheet(stage, rng, plan, relief, k) for k in range(plan.sheets)]
    behind.close_view(stage, rng, plan.layout, plan.back)
    furnish(stage, rng, plan)
    stage.facts.update(wet=round(plan.wet, 2), soil=plan.soil, ground=plan.ground, layout=plan.layout)
    return list(stage.facts["heaps"])
