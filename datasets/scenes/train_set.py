"""Training pictures: a scene per seed, several cameras and lights each, written as picture, mask and boxes."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import bpy
import cv2
import numpy as np

from . import lighting, look, passes, roadside, site, street
from . import materials as mt
from . import stage as stg
from .camera import View, site_view, street_view
from .classes import MaskClass
from .families import is_held_out

RNG = np.random.Generator
KINDS = ("street", "site", "roadside")
TURNS = ("street", "site", "street", "roadside", "street", "site", "street", "site", "street", "roadside")
"""Which kind of scene comes at each turn."""


def _write(out: Path, number: int, rgb: Any, classes: Any, facts: dict[str, Any], quality: int) -> None:
    stem = f"{number:05d}"
    cv2.imwrite(str(out / f"{stem}.jpg"), rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    cv2.imwrite(str(out / f"{stem}.mask.png"), classes)
    (out / f"{stem}.json").write_text(json.dumps(facts, ensure_ascii=False))


def build_scene(seed: int, kind: str, shops: tuple[str, ...] | None = None) -> tuple[Any, stg.Stage, dict[str, Any]]:
    """Build the scene of a seed; returns Blender's scene, the stage and the layout as plain data.

    `shops` makes a street of these kinds of shop only, each with its things put out.
    """
    scene = stg.fresh_scene()
    mt.forget()
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    stage = stg.Stage(rng, is_held_out(seed))
    if kind == "street":
        plan: Any = street.draw_plan(rng)
        if shops:
            plan = replace(plan, kinds=shops, mess=max(plan.mess, 0.8))
        street.build(stage, plan)
        lamps = [(float(x), -plan.depth * 0.7, 5.8) for x in (-10, 4)]
    elif kind == "roadside":
        plan = roadside.draw_plan(rng)
        roadside.build(stage, plan)
        lamps = [(-6.0, 0.5, 8.0)]
    else:
        plan = site.draw_plan(rng, stage.held_out)
        site.build(stage, plan)
        lamps = [(-6.0, -4.0, 6.0)]
    elevation = float(rng.uniform(9, 22) if rng.random() < 0.3 else rng.uniform(25, 65))
    azimuth = float(rng.uniform(-165, -15))
    lighting.set_lights(scene, elevation, azimuth)
    lighting.street_lamps(scene, lamps)
    return scene, stage, {"plan": asdict(plan), "sun_elevation": round(elevation, 1), "sun_azimuth": round(azimuth, 1)}


def _useful(classes: Any, kind: str) -> bool:
    share = np.bincount(classes.ravel(), minlength=10) / classes.size
    floor = share[MaskClass.GROUND] + share[MaskClass.SOIL] + share[MaskClass.NET] + share[MaskClass.GOODS]
    return floor > 0.2 and share[MaskClass.VEHICLE] < 0.5 and share[MaskClass.VEGETATION] < 0.5


def render_scene(
    out: Path,
    seed: int,
    kind: str,
    first: int,
    views: int,
    relit: int,
    size: tuple[int, int] = (512, 288),
    samples: int = 8,
    shops: tuple[str, ...] | None = None,
) -> list[int]:
    """Render one scene; numbers run on from `first`, at most views + relit of them. Returns those written."""
    t0 = time.time()
    scene, stage, layout = build_scene(seed, kind, shops)
    built = time.time() - t0
    folder = passes.ready(scene, *size, samples)
    rng = np.random.default_rng([seed, 7])
    written: list[int] = []
    number = first
    wet = layout["plan"]["wet"] > 0
    for v in range(views):
        t1 = time.time()
        wanted = 0.05 if layout["plan"].get("mess", 0) > 0 else 0.0
        for attempt in range(40):
            view = _draw_view(rng, layout["plan"], kind, size)
            if _clear_view(scene, view, wanted * max(0.0, 1 - attempt / 30)):
                break
        passes.aim(scene, view)
        layers = passes.shoot(scene, folder, seed=seed + v)
        classes = layers.classes()
        lights = 2 if v < relit else 1
        names: list[str] = []
        for _ in range(lights):
            mix = lighting.draw_mix(rng, layout["sun_elevation"] < 23, wet)
            if mix.name in names:
                mix = lighting.draw_mix(rng, layout["sun_elevation"] < 23, wet)
            names.append(mix.name)
            linear = mix.blend(layers.light["sky"], layers.light["sun"], layers.light["lamp"], layers.depth)
            sensor = look.draw_sensor(rng, mix.name == "dusk")
            rgb = look.develop(linear, look.gain_for(linear, 0.09 if mix.name == "dusk" else 0.17), sensor, rng)
            if not _useful(classes, kind):
                continue
            facts = {
                "seed": seed,
                "kind": kind,
                "layout": layout,
                "view": asdict(view),
                "conditions": mix.facts(),
                "boxes": layers.boxes(stage.labels),
                "image_to_ground": view.image_to_ground().round(6).tolist(),
            }
            _write(out, number, rgb, classes, facts, int(rng.integers(62, 93)))
            written.append(number)
            number += 1
        print(f"seed {seed} {kind} view {v}: {time.time() - t1:.1f} s (build {built:.1f} s)", flush=True)
    passes.done(folder)
    return written


def _clear_view(scene: Any, view: View, goods: float = 0.0) -> bool:
    """Look along a coarse grid of rays: enough floor (and share of goods) in sight, nothing before the lens."""
    deps = bpy.context.evaluated_depsgraph_get()
    axes, f = view.axes(), view.lens_mm / 36.0
    seen, near = [], 0
    for v in np.linspace(0.06, 0.96, 12):
        for u in np.linspace(0.04, 0.96, 20):
            local = np.array([(u - 0.5) / f, (0.5 - v) * view.height / view.width / f, -1.0])
            hit, at, _, _, obj, _ = scene.ray_cast(deps, view.at, tuple((local @ axes).tolist()))
            seen.append(obj.pass_index % stg.CLASS_SPAN if hit else 0)
            near += bool(hit and np.linalg.norm(np.asarray(at) - view.at) < 2.5)
    share = np.bincount(seen, minlength=10) / len(seen)
    floor = share[[MaskClass.GROUND, MaskClass.SOIL, MaskClass.NET, MaskClass.GOODS]].sum()
    blocked = share[MaskClass.VEGETATION] > 0.3 or share[MaskClass.VEHICLE] > 0.35 or share[MaskClass.OTHER] > 0.4
    return bool(floor > 0.28 and share[MaskClass.GOODS] >= goods and not blocked and near < 8)


def _draw_view(rng: RNG, plan: dict[str, Any], kind: str, size: tuple[int, int]) -> View:
    if kind == "roadside":
        return roadside.view(rng, plan, *size)
    if kind == "street":
        return street_view(rng, plan["depth"], plan["road"], *size)
    heaps = plan["heaps"]
    focus = (
        heaps[int(rng.integers(len(heaps)))][:2] if heaps and rng.random() < 0.9 else (float(rng.uniform(-4, 4)), 0.0)
    )
    return site_view(rng, focus, *size)


def render_train(
    out: Path,
    count: int,
    seed: int,
    views: int = 3,
    relit: int = 3,
    samples: int = 6,
    skip: int = 0,
    shops: tuple[str, ...] | None = None,
) -> None:
    """Render until `count` pictures exist; resumable: a scene whose record exists is skipped.

    The first `skip` scenes are left to another process. With `shops`, every scene is a street of these shops.
    """
    out.mkdir(parents=True, exist_ok=True)
    per = views + relit
    for k in range(skip, (count + per - 1) // per):
        first = k * per
        record = out / f"scene_{seed + k:06d}.done"
        if record.exists():
            continue
        kind = "street" if shops else TURNS[k % len(TURNS)]
        t = time.time()
        got = render_scene(out, seed + k, kind, first, views, relit, samples=samples, shops=shops)
        record.write_text(
            json.dumps({"seed": seed + k, "kind": kind, "pictures": got, "seconds": round(time.time() - t, 1)})
        )
        with (out / "READY.txt").open("a") as f:
            for n in got:
                f.write(f"{n:05d} {kind}\n")
