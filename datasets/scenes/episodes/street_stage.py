"""Building a held-out street for its episodes: which front is watched, what of its goods shows in which step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import bpy
import numpy as np

from .. import lighting, street
from .. import materials as mt
from .. import stage as stg
from ..camera import View, polygon_area
from ..catalog import SEATING, offered
from ..clips.measure import footprint
from ..families import is_held_out
from ..placing import fronts
from ..setting_out import line_up
from . import deceivers as dc
from .groups import ALWAYS, GONE, find_view, show
from .recipes import Recipe
from .scenario import Still
from .sight import hides
from .staged import Staged, few, split

KINDS = {"seating": ("cafe", "cafe", "bakery"), "stall": ("greengrocer", "bakery", "greengrocer")}
LABELS = {"seating": ("table", "chair", "stool"), "stall": ("stall", "cart")}
ELEVATION = {"low": (9.0, 20.0)}


def plan_of(rng: np.random.Generator, recipe: Recipe, wet: float) -> street.StreetPlan:
    """A street of the recipe's kind without people, rubbish or works."""
    plan = street.draw_plan(rng)
    return replace(
        plan,
        depth=float(np.clip(plan.depth, 2.8, 5.5)),
        mess=1.0,
        people=0,
        parked=min(plan.parked, 3),
        cars=min(plan.cars, 2),
        soil_heap=False,
        garbage=0,
        works=False,
        fixtures=min(plan.fixtures, 4),
        leaves=0.0,
        snow=0.0,
        wet=wet,
        kerb_stalls=1.0 if recipe.subject == "stall" else 0.0,
        kinds=KINDS.get(recipe.subject),
    )


def _seed_rng(recipe: Recipe, attempt: int) -> np.random.Generator:
    return np.random.default_rng([recipe.seed, 0, attempt])


def build(recipe: Recipe, attempt: int, wet: bool) -> tuple[Any, stg.Stage, street.StreetPlan, Any]:
    """The street of a recipe: (Blender scene, stage, plan, direction to the sun); the middle shop may put out more."""
    scene = stg.fresh_scene()
    mt.forget()
    rng = _seed_rng(recipe, attempt)
    stage = stg.Stage(rng, is_held_out(recipe.seed))
    plan = plan_of(rng, recipe, 0.75 if wet or recipe.weather == "wet" else 0.0)
    shops = street.build(stage, plan)
    if recipe.subject == "many":
        put_more(stage, np.random.default_rng([recipe.seed, 8, attempt]), shops, plan.depth)
    own = np.random.default_rng([recipe.seed, 5, attempt])
    low, high = ELEVATION.get(recipe.weather, (28.0, 62.0))
    sun = lighting.set_lights(scene, float(own.uniform(low, high)), float(own.uniform(-155, -25)))
    return scene, stage, plan, sun


def put_more(stage: stg.Stage, rng: np.random.Generator, shops: list[Any], depth: float) -> None:
    """Let the open shop nearest to the middle put out more rows of its things."""
    shop = min((s for s in shops if s.open), key=lambda s: abs(s.mid))
    names = tuple(n for n in offered(shop.kind, stage.held_out) if n not in SEATING)
    near = -0.1 - shop.out
    for back in (near, near - 1.2, near - 2.2):
        line_up(stage, rng, names, shop.x0 + 0.15, shop.x1 - 0.1, back, -depth + 0.15, 0.95)
    stage.facts["fronts"] = fronts(shops, stage.facts["things"], depth)


def choose(stage: stg.Stage, recipe: Recipe) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The front to be watched and its things. Raises LookupError when no front suits."""
    fit = []
    for front in stage.facts["fronts"]:
        things = front["things"]
        mid = (front["x0"] + front["x1"]) / 2
        areas = [footprint([t["footprint"]], front["zone"]) for t in things]
        whole = footprint([t["footprint"] for t in things], front["zone"]) if things else 0.0
        want = LABELS.get(recipe.subject)
        if not things or abs(mid) > 14 or (want and not any(t["label"] in want for t in things)):
            continue
        if recipe.subject == "few":
            things = [things[i] for i in few(areas)]
            if things:
                fit.append((abs(mid), front, things))
        elif whole >= 2.2 or (want and whole >= 1.5):
            fit.append((0.25 * abs(mid) - whole, front, things))
    if not fit:
        raise LookupError(f"seed {recipe.seed}: no front with {recipe.subject}")
    _, front, things = min(fit, key=lambda f: f[0])
    return front, things


def shallower(stage: stg.Stage, recipe: Recipe) -> None:
    """Let every front's zone end where a person might draw it: between 2.6 m from the wall and the kerb."""
    rng = np.random.default_rng([recipe.seed, 9])
    for front in stage.facts["fronts"]:
        reach = float(rng.uniform(2.6, 4.4))
        front["zone"] = [[x, max(y, -reach)] for x, y in front["zone"]]


def regroup(front: dict[str, Any], things: list[dict[str, Any]], stage: stg.Stage) -> dict[str, list[Any]]:
    """Give the zone's things their steps, hide what else reaches into it; outlines by step."""
    zone = front["zone"]
    steps = split([polygon_area(np.array(t["footprint"])) for t in things])
    mine = {t["object"]: f"step{k}" for t, k in zip(things, steps, strict=True)}
    hulls: dict[str, list[Any]] = {"step0": [], "step1": []}
    for t, k in zip(things, steps, strict=True):
        hulls[f"step{k}"].append(t["footprint"])
    every = {t["object"]: t for t in stage.facts["things"]}
    x0, x1 = front["x0"], front["x1"]
    for o in bpy.data.objects:
        group = o.get("group")
        if group == "garbage":
            o["group"] = GONE
        if group != "display":
            continue
        if o.name in mine:
            o["group"] = mine[o.name]
        elif o.name in every:
            t = every[o.name]
            hull = t.get("canopy") or t["footprint"]
            o["group"] = GONE if footprint([hull], zone) > 0.01 else ALWAYS
        else:
            o["group"] = seat_of(o.location[:2], things, mine) if x0 - 0.5 < o.location[0] < x1 + 0.5 else ALWAYS
    return hulls


def seat_of(at: Any, things: list[dict[str, Any]], step: dict[str, str]) -> str:
    """The step of the thing that someone sits on; gone where no thing of the zone is that near."""
    mids = [np.asarray(t["footprint"]).mean(0) for t in things]
    far = [float(np.hypot(*(m - np.asarray(at)))) for m in mids]
    k = int(np.argmin(far))
    return step[things[k]["object"]] if far[k] < 0.45 else GONE


def clear_sight(stage: stg.Stage, view: View, zone: Any) -> None:
    """Take away other shops' things that would cover the zone in the picture."""
    for t in stage.facts["things"]:
        o = bpy.data.objects.get(t["object"])
        if o is None or o.get("group") != ALWAYS:
            continue
        if hides(view, t.get("canopy") or t["footprint"], t["height"], zone):
            o["group"] = GONE


def mirrored(things: list[dict[str, Any]], zone: Any) -> dict[str, tuple[float, float]]:
    """Where goods go when they are moved about: to the mirrored place along the front."""
    z = np.asarray(zone)
    axis = float(z[:, 0].min() + z[:, 0].max())
    out = {}
    for t in things:
        mid = np.asarray(t["footprint"]).mean(0)
        out[t["object"]] = (axis - 2 * float(mid[0]), 0.0)
    return out


def props(stage: stg.Stage, recipe: Recipe, zone: Any, depth: float, attempt: int) -> dict[str, list[Any]]:
    """Put in what the recipe's stills show besides the goods; outlines of what stands on the ground."""
    wanted = {g for s in recipe.stills for g in s.show}
    rng = lambda k: np.random.default_rng([recipe.seed, 20 + k, attempt])  # noqa: E731
    hulls: dict[str, list[Any]] = {}
    if "crowd" in wanted:
        dc.crowd(stage, rng(0), zone)
    if "van" in wanted:
        dc.van(stage, rng(1), zone, depth)
    if "cartons" in wanted:
        hulls["cartons"] = dc.unloaded(stage, rng(2), zone)
    if "pram" in wanted:
        dc.pram(stage, rng(3), zone)
    if "scooter" in wanted:
        dc.scooters(stage, rng(4), zone)
    if "leaves" in wanted:
        dc.leaves(stage, rng(5), zone)
    if "zebra" in wanted:
        dc.crossing(stage, rng(6), zone)
    if "sign" in wanted:
        dc.other_sign(stage, rng(7), zone, str(rng(8).choice(["MARKT", "CAFE NOVO", "ABC SHOP", "STUDIO 9"])))
    return hulls


class StreetSet:
    """A street in Blender that can show the recipe's stills."""

    def __init__(self, recipe: Recipe, size: tuple[int, int], attempt: int = 0) -> None:
        self.recipe, self.attempt, self.wet = recipe, attempt, False
        self.scene, stage, plan, sun = build(recipe, attempt, False)
        shallower(stage, recipe)
        front, things = choose(stage, recipe)
        zone = front["zone"]
        hulls = regroup(front, things, stage)
        lamps = [((front["x0"] + front["x1"]) / 2 + dx, -plan.depth * 0.7, 5.8) for dx in (-6.0, 5.0)]
        lighting.street_lamps(self.scene, lamps)
        self.moves = mirrored(things, zone)
        moved = {
            g: [
                np.add(t["footprint"], self.moves[t["object"]]).round(3).tolist()
                for t in things
                if t["footprint"] in hs
            ]
            for g, hs in hulls.items()
        }
        show(Still("clean"))
        rng = np.random.default_rng([recipe.seed, 6, attempt])
        view = find_view(self.scene, rng, "street", zone, plan.depth, plan.road, size)
        clear_sight(stage, view, zone)
        hulls |= props(stage, recipe, zone, plan.depth, attempt)
        self.home = {o.name: tuple(o.location) for o in bpy.data.objects}
        self.zone, self.depth, self.lamps = zone, plan.depth, lamps
        self.gone = {o.name for o in bpy.data.objects if o.get("group") == GONE}
        self.steps = {o.name: o["group"] for o in bpy.data.objects if str(o.get("group", "")).startswith("step")}
        layout = {k: v for k, v in stage.facts.items() if isinstance(v, (int, float, str))}
        layout |= {"shop": front["kind"], "goods": recipe.subject, "things": [t["kind"] for t in things]}
        self.staged = Staged(
            view, zone, "shop front", sun.tolist(), 0.0, hulls, moved, {}, None, layout | {"region": plan.region}
        )

    def show(self, still: Still) -> None:
        """Show a still; a wet one rebuilds the street with wet ground first."""
        if still.wet and not self.wet:
            self._become_wet()
        show(still, self.moves, self.home)

    def _become_wet(self) -> None:
        self.scene, stage, plan, _ = build(self.recipe, self.attempt, True)
        lighting.street_lamps(self.scene, self.lamps)
        props(stage, self.recipe, self.zone, plan.depth, self.attempt)
        for o in bpy.data.objects:
            group = o.get("group")
            if group in ("display", "garbage"):
                o["group"] = GONE if o.name in self.gone else self.steps.get(o.name, ALWAYS)
        self.wet = True
