"""Building a held-out plot for its episodes: a heap with covers of its own, a yard without soil, a heap by a street."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import bpy
import numpy as np

from .. import behind, covers, floors, heaps, lighting, machines, soils, street
from .. import materials as mt
from .. import stage as stg
from ..classes import MaskClass
from ..families import is_held_out
from ..relief import Field, mesh_of, outline_of
from . import deceivers as dc
from .groups import find_view, ground_under, hits, members, show
from .recipes import Recipe
from .scenario import Still
from .staged import Staged
from .street_stage import ELEVATION

RNG = np.random.Generator
MARGIN_M = 0.5
"""The zone reaches this far beyond the heap's foot."""


def put_heap(
    stage: stg.Stage, rng: RNG, size: tuple[float, float, float], z: float, group: str | None
) -> dict[str, Any]:
    """A heap at the origin with a whole and a half cover; what is known of it as plain data.

    `open_m2` names its covers; what each leaves open is measured once it lies in its place.
    """
    shape = heaps.SHAPES.draw(rng, stage.held_out)
    soil = soils.FAMILIES.draw(rng, stage.held_out)
    wet = float(stage.facts.get("wet", 0.0))
    turn = float(rng.choice([0.0, 180.0]))
    field = heaps.heap(rng, shape, *size)
    x, y = field.xy()
    mesh = mesh_of(np.stack([x, y, field.z], -1), soils.material(rng, soil, 2 * field.hx, 0.6 * wet), field_keep(field))
    stage.place(mesh, MaskClass.SOIL, stage.instance("soil_heap"), (0, 0, z), turn, group)
    make = (covers.GREEN if rng.random() < 0.6 else covers.BLACK).draw(rng, stage.held_out)
    open_m2 = {"": 0.0, "cover_full": 0.0}
    label = covers.MAKES[make].label
    laid = covers.over(rng, field, make, "full", soils.SOIL[soil].rgb)
    covers.place(stage, laid.meshes, MaskClass.NET, label, (0, 0, z), turn, "cover_full")

    def half() -> None:
        """Lay the half cover anew, another way than before."""
        at = next(tuple(o.location) for o in members("cover_full"))
        for o in members("cover_half"):
            bpy.data.objects.remove(o)
        laid = _half(rng, field, make, soil)
        covers.place(stage, laid.meshes, MaskClass.NET, label, at, turn, "cover_half")
        open_m2["cover_half"] = 0.0

    outline = outline_of(field, 0.06, turn)
    (x0, y0), (x1, y1) = outline.min(0) - MARGIN_M, outline.max(0) + MARGIN_M
    zone = [[round(float(a), 3), round(float(b), 3)] for a, b in ((x0, y1), (x1, y1), (x1, y0), (x0, y0))]
    facts = {"shape": shape, "soil": soil, "make": make, "top": round(float(field.z.max()), 2)}
    return {"zone": zone, "open_m2": open_m2, "facts": facts, "half": half}


def field_keep(field: Field) -> Any:
    """Squares of a field that are not well below the floor."""
    z = field.z
    low = (z[:-1, :-1] < -0.03) & (z[1:, 1:] < -0.03) & (z[:-1, 1:] < -0.03) & (z[1:, :-1] < -0.03)
    return ~low


def _half(rng: RNG, field: Field, make: str, soil: str) -> covers.Laid:
    """A cover laid again and again until it leaves between 0.3 and 0.7 of the heap open."""
    for _ in range(12):
        laid = covers.over(rng, field, make, "half", soils.SOIL[soil].rgb)
        if 0.3 <= 1 - laid.share <= 0.7:
            break
    return laid


def truck(stage: stg.Stage, rng: RNG, zone: Any, group: str = "truck") -> None:
    """An open truck with soil that stops before the plot."""
    y0 = min(y for _, y in zone)
    known = {o.name for o in bpy.data.objects}
    machines.put_muck_truck(
        stage, rng, (float(rng.normal(0, 1.0)), y0 - 1.7, 0.02), float(rng.choice([0.0, 180.0])), False, "brown"
    )
    for o in bpy.data.objects:
        if o.name not in known:
            o["group"] = group


def yard(stage: stg.Stage, rng: RNG, ground: str, wet: float) -> None:
    """Hard or loose floor to the hoarding, and what stands around."""
    floors.far(stage, (0.45, 0.44, 0.42), MaskClass.GROUND)
    half = floors.HALF
    edge = [(-half, -half), (half, -half), (half, half), (-half, half)]
    floors.hard(stage, rng, ground, wet, "brown", edge)
    behind.close_view(stage, rng, "yard", float(rng.uniform(9, 14)))
    for _ in range(int(rng.integers(0, 3))):
        name = machines.MACHINES.draw(rng, stage.held_out)
        at = (float(rng.choice([-1, 1]) * rng.uniform(8, 12)), float(rng.uniform(2, 7)), 0.02)
        machines.put_machine(stage, rng, name, at, float(rng.uniform(0, 360)), "brown")
    stage.facts.update(wet=wet, ground=ground)


class SiteSet:
    """A plot in Blender that can show the recipe's stills."""

    def __init__(self, recipe: Recipe, size: tuple[int, int], attempt: int = 0) -> None:
        self.recipe, self.attempt, self.wet = recipe, attempt, False
        told = self._build(recipe.weather == "wet")
        show(Still("bare"))
        rng = np.random.default_rng([recipe.seed, 6, attempt])
        view = find_view(self.scene, rng, "site", told["zone"], 4.0, 7.0, size)
        if any("cover_half" in s.show for s in recipe.stills):
            self._open_towards(view, told)
        soil = {"heap": "", "yard": None, "street_heap": "heap"}[recipe.subject]
        if soil is not None:
            for cover in told["open_m2"]:
                show(Still("one", tuple(g for g in (soil, cover) if g)))
                told["open_m2"][cover] = ground_under(self.scene, told["zone"], MaskClass.SOIL)
        self.staged = Staged(
            view,
            told["zone"],
            "plot",
            self.sun.tolist(),
            told["z"],
            {},
            {},
            told["open_m2"],
            soil,
            told["facts"] | {"ground": recipe.ground, "subject": recipe.subject},
        )

    def _open_towards(self, view: Any, told: dict[str, Any]) -> None:
        """Lay the half cover until the camera sees both soil and cover. Raises LookupError when it never does."""
        for _ in range(16):
            told["half"]()
            show(Still("half", ("cover_half",)))
            soil, net = (hits(self.scene, view, told["zone"], c) for c in (MaskClass.SOIL, MaskClass.NET))
            if soil > 0.3 * (soil + net) and net > 0.15 * (soil + net):
                return
        raise LookupError("the open half is never seen")

    def _build(self, wet: bool) -> dict[str, Any]:
        recipe = self.recipe
        self.scene = stg.fresh_scene()
        mt.forget()
        rng = np.random.default_rng([recipe.seed, 0, self.attempt])
        stage = stg.Stage(rng, is_held_out(recipe.seed))
        damp = 0.75 if wet else 0.0
        own = np.random.default_rng([recipe.seed, 5, self.attempt])
        if recipe.subject == "street_heap":
            told = self._street_heap(stage, own, damp)
        else:
            yard(stage, rng, recipe.ground, damp)
            told = self._plot(stage, own)
        zone = told["zone"]
        wanted = {g for s in recipe.stills for g in s.show}
        if "workers" in wanted:
            dc.crowd(stage, np.random.default_rng([recipe.seed, 20, self.attempt]), zone, "workers", True, told["z"])
        if "truck" in wanted:
            truck(stage, np.random.default_rng([recipe.seed, 21, self.attempt]), zone)
        low, high = ELEVATION.get(recipe.weather, (28.0, 62.0))
        light = np.random.default_rng([recipe.seed, 7, self.attempt])
        self.sun = lighting.set_lights(self.scene, float(light.uniform(low, high)), float(light.uniform(-155, -25)))
        lighting.street_lamps(self.scene, [(-6.0, -4.0, 6.0), (6.0, -3.0, 6.0)])
        return told

    def _plot(self, stage: stg.Stage, own: RNG) -> dict[str, Any]:
        z = 0.015
        if self.recipe.subject == "yard":
            w, d = float(own.uniform(5, 8)), float(own.uniform(4, 6))
            zone = [[-w / 2, d / 2], [w / 2, d / 2], [w / 2, -d / 2], [-w / 2, -d / 2]]
            return {"zone": zone, "open_m2": {"": 0.0}, "facts": {}, "z": z}
        rx = float(own.uniform(1.8, 3.8))
        size = (rx, rx * float(own.uniform(0.65, 1.0)), rx * float(own.uniform(0.35, 0.55)))
        return put_heap(stage, own, size, z, None) | {"z": z}

    def _street_heap(self, stage: stg.Stage, own: RNG, damp: float) -> dict[str, Any]:
        plan = replace(
            street.draw_plan(stage.rng),
            depth=float(own.uniform(3.5, 5.5)),
            mess=0.0,
            people=0,
            parked=2,
            cars=1,
            trees=False,
            soil_heap=False,
            garbage=0,
            works=False,
            fixtures=0,
            open_kerb=True,
            kerb_stalls=0.0,
            leaves=0.0,
            snow=0.0,
            wet=damp,
        )
        street.build(stage, plan)
        rx = float(own.uniform(0.9, 1.6))
        told = put_heap(stage, own, (rx, rx * 0.8, rx * float(own.uniform(0.4, 0.6))), 0.0, "heap")
        shift = (float(own.uniform(-5, 5)), -plan.depth + 1.6)
        for group in ("heap", "cover_full", "cover_half"):
            for o in members(group):
                o.location = (shift[0], shift[1], 0.0)
        told["zone"] = np.add(told["zone"], shift).round(3).tolist()
        return told | {"z": 0.0}

    def show(self, still: Still) -> None:
        """Show a still; a wet one rebuilds the plot with wet ground first."""
        if still.wet and not self.wet:
            self._build(True)
            self.wet = True
        show(still)
