"""A shop street from a seed: paving, shops, what stands before them, greenery, vehicles, people."""

from __future__ import annotations

import numpy as np

from . import facade, paving
from . import materials as mt
from .classes import MaskClass
from .facade import Shop
from .goods import bright
from .kerbside import garbage, kerbside
from .placing import fronts
from .regions import REGIONS, draw_from
from .setting_out import fill_front, kerb_stalls, put_display
from .solid import Solid
from .stage import Stage
from .street_plan import StreetPlan, draw_plan
from .streetlife import park, populate, put_person
from .textures import PAVING

RNG = np.random.Generator
__all__ = ["Shop", "StreetPlan", "build", "draw_plan", "put_display", "put_person"]


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
    for x in range(-30, 30, 15):
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

    Everything that a shop or trader puts out, goods and seating alike (and who sits on it), is an object with
    `obj["group"] == "display"`: hide these (`hide_render`) and the same street is clean; rubbish has the group
    "garbage". Left in `stage.facts` as plain data, world metres, pavement at z = 0:

    `things`: each object put out: `object` (its Blender name), `kind`, `label` (box label), `group`, `footprint`
    (convex outline [[x, y], ...] of what is below 1.8 m), `height`, and, where something reaches higher and wider
    (parasols, stall roofs), `canopy` (outline of the whole).
    `fronts`: each shop front along the building line: `index`, `x0`, `x1`, `kind`, `open`, `zone` (pavement polygon
    [[x, y] * 4] from 0.1 m before the wall to the kerb), `out` (whether anything stands there), `things` (those whose
    footprint's middle lies in the zone). Any front can be "the" zone of a camera.
    """
    rng = stage.rng
    paved = plan.paving or draw_from(rng, REGIONS[plan.region].paving, PAVING.of(stage.held_out))
    paving.lay(stage, rng, plan.depth, plan.road, plan.wet, paved, leaves=plan.leaves, snow=plan.snow, level=plan.level)
    shops = facade.row(stage, rng, -26, 26, list(plan.kinds) if plan.kinds else None, region=plan.region)
    surroundings(stage, rng, plan)
    kerbside(stage, rng, plan)
    garbage(stage, rng, plan)
    for sh in shops:
        if sh.open and rng.random() < plan.mess:
            fill_front(stage, rng, sh, plan.depth)
    if plan.kerb_stalls > 0:
        kerb_stalls(stage, rng, plan.depth, plan.kerb_stalls)
    park(stage, rng, plan)
    populate(stage, rng, plan.people, plan.depth)
    if plan.soil_heap:
        soil_by_kerb(stage, rng, plan)
    stage.facts["fronts"] = fronts(shops, stage.facts.setdefault("things", []), plan.depth)
    return shops
