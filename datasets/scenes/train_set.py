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

from . import conditions, lighting, look, passes, roadside, site, spoil, street, weather
from . import materials as mt
from . import stage as stg
from .camera import View, site_view, street_view
from .classes import MaskClass
from .conditions import Condition
from .families import is_held_out

RNG = np.random.Generator
KINDS = ("street", "site", "roadside")
TURNS = ("street", "site", "street", "roadside", "street", "site", "street", "site", "street", "roadside")
"""Which kind of scene comes at each turn."""


SIZES = ((512, 288), (448, 336), (336, 448))
"""Picture sizes of about equal area: wide, 4:3, upright."""


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
    azimuth = float(rng.uniform(-165, -15) if rng.random() < 0.78 else rng.uniform(15, 165))  # else against the light
    lighting.set_lights(scene, elevation, azimuth)
    lighting.street_lamps(scene, lamps)
    return scene, stage, {"plan": asdict(plan), "sun_elevation": round(elevation, 1), "sun_azimuth": round(azimuth, 1)}


def _useful(classes: Any) -> bool:
    share = np.bincount(classes.ravel(), minlength=16) / classes.size
    floor = share[[MaskClass.GROUND, MaskClass.SOIL, MaskClass.NET, MaskClass.GOODS]].sum()
    return bool(floor > 0.2 and share[MaskClass.VEHICLE] < 0.5 and share[MaskClass.VEGETATION] < 0.6)


def photograph(layers: passes.Layers, view: View, c: Condition, rng: RNG) -> tuple[Any, dict[str, Any]]:
    """A view under a condition as one camera delivers it: 8-bit RGB (H, W, 3) and the camera's facts.

    Bends `layers.index` along with the picture: take a copy of the layers for every picture.
    """
    dark = c.name in ("dusk", "night", "ir")
    s = spoil.draw(rng, dark)
    linear = weather.lit(layers, view, c, rng)
    linear = spoil.bend(linear, s.barrel)
    layers.index = spoil.bend(layers.index.astype(np.float32), s.barrel, nearest=True).astype(np.int32)
    sensor = look.draw_sensor(rng, dark)
    target = {"dusk": 0.09, "night": 0.06, "ir": 0.12, "snow": 0.22, "fog": 0.2}.get(c.name, 0.17)
    gain = look.gain_for(linear, target)
    if c.name == "night":
        gain = min(gain, 12.0)
    rgb = look.develop(linear, gain, sensor, rng).astype(np.float32) / 255
    rgb = weather.lens_drops(weather.falling(rgb, c, rng), c.drops, rng)
    rgb = spoil.moved(rgb, s.motion, s.motion_deg)
    out = np.clip(rgb * 255 + 0.5, 0, 255).astype(np.uint8)
    if c.infrared:
        out = np.repeat(cv2.cvtColor(out, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    return spoil.finish(out, s, rng), {"sensor": asdict(sensor), "spoil": s.facts()}


def _find_view(scene: Any, rng: RNG, plan: dict[str, Any], kind: str, size: tuple[int, int]) -> View:
    wanted = 0.05 if plan.get("mess", 0) > 0 else 0.0
    for attempt in range(40):
        view = _draw_view(rng, plan, kind, size)
        if _clear_view(scene, view, wanted * max(0.0, 1 - attempt / 30)):
            break
    return view


def render_scene(
    out: Path,
    seed: int,
    kind: str,
    first: int,
    views: int,
    relit: int,
    size: tuple[int, int] | None = None,
    samples: int = 4,
    shops: tuple[str, ...] | None = None,
) -> list[int]:
    """Render one scene of `views` cameras, `1 + relit` lights each; numbers run on from `first`. Returns those written.

    `relit` is pictures more per view, each under another condition, for almost nothing. Without `size` it varies.
    """
    t0 = time.time()
    scene, stage, layout = build_scene(seed, kind, shops)
    built = time.time() - t0
    folder = passes.ready(scene, *(size or SIZES[0]), samples)
    rng = np.random.default_rng([seed, 7])
    written: list[int] = []
    number = first
    wet = layout["plan"]["wet"] > 0
    for v in range(views):
        t1 = time.time()
        shape = size or SIZES[int(rng.choice(3, p=[0.66, 0.2, 0.14]))]
        scene.render.resolution_x, scene.render.resolution_y = shape
        view = _find_view(scene, rng, layout["plan"], kind, shape)
        lights = conditions.for_view(rng, 1 + relit, layout["sun_elevation"] < 23, wet, view.to[:2])
        parts = tuple(p for p in passes.GROUPS if any(p in c.parts() for c in lights))
        passes.wire(scene, folder, parts, quality="BALANCED")
        passes.aim(scene, view)
        layers = passes.shoot(scene, folder, seed=seed + v)
        if not _useful(layers.classes()):
            continue
        for c in lights:
            own = replace(layers)
            rgb, camera = photograph(own, view, c, rng)
            facts = {
                "seed": seed,
                "kind": kind,
                "side": "held_out" if stage.held_out else "train",
                "layout": layout,
                "view": asdict(view),
                "shot": v,
                "conditions": c.facts(),
                **camera,
                "boxes": own.boxes(stage.labels),
                "image_to_ground": view.image_to_ground().round(6).tolist(),
            }
            _write(out, number, rgb, own.classes(), facts, int(rng.integers(55, 95)))
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
    share = np.bincount(seen, minlength=16) / len(seen)
    floor = share[[MaskClass.GROUND, MaskClass.SOIL, MaskClass.NET, MaskClass.GOODS]].sum()
    blocked = share[MaskClass.VEGETATION] > 0.3 or share[MaskClass.VEHICLE] > 0.35 or share[MaskClass.OTHER] > 0.4
    return bool(floor > 0.28 and share[MaskClass.GOODS] >= goods and not blocked and near < 8)


def _draw_view(rng: RNG, plan: dict[str, Any], kind: str, size: tuple[int, int]) -> View:
    if kind == "roadside":
        return roadside.view(rng, plan, *size)
    if kind == "street":
        return street_view(rng, plan["depth"], plan["road"], *size)
    if kind == "roadside":
        return roadside.view(rng, plan, *size)
    heaps = plan["heaps"]
    focus = (float(rng.uniform(-4, 4)), 0.0)
    if heaps and rng.random() < 0.88:
        focus = tuple(map(float, heaps[int(rng.integers(len(heaps)))][:2]))  # type: ignore[assignment]
    return site_view(rng, focus, *size)


def render_train(
    out: Path,
    count: int,
    seed: int,
    views: int = 5,
    relit: int = 2,
    samples: int = 4,
    skip: int = 0,
    kinds: tuple[str, ...] = TURNS,
) -> None:
    """Render until `count` pictures exist; resumable: a scene whose record exists is skipped.

    Scene k has seed `seed` + k and the kind `kinds`[k mod its length], where `street:food+fruit` is a street of these
    shops. The first `skip` scenes are left to another process. A scene that fails is noted in `failed.txt`, and the
    next one is rendered.
    """
    out.mkdir(parents=True, exist_ok=True)
    per = views * (1 + relit)
    for k in range(skip, (count + per - 1) // per):
        first = k * per
        record = out / f"scene_{seed + k:06d}.done"
        if record.exists():
            continue
        kind, _, named = kinds[k % len(kinds)].partition(":")
        shops = tuple(named.split("+")) if named else None
        t = time.time()
        try:
            got = render_scene(out, seed + k, kind, first, views, relit, samples=samples, shops=shops)
        except Exception as e:  # noqa: BLE001 - one bad scene must not end a night's rendering
            with (out / "failed.txt").open("a") as f:
                f.write(f"{seed + k} {kind} {type(e).__name__}: {e}\n")
            continue
        took = round(time.time() - t, 1)
        record.write_text(json.dumps({"seed": seed + k, "kind": kind, "pictures": got, "seconds": took}))
        with (out / "READY.txt").open("a") as f:
            for n in got:
                f.write(f"{n:05d} {kind}\n")
