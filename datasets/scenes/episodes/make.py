"""Makes the folders of episodes: stills rendered, films written, truth measured; what is finished is left alone."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np

from ..clips import measure
from ..clips.encode import Writer
from ..clips.overlay import Clock
from .document import document, sha256, write
from .film import Film
from .passers import Passers
from .recipes import Recipe, name_of, recipes
from .staged import Staged
from .stills import SIZE, Picture, load, shoot, staged_of

FPS, KEY_S = 1, 2.0
CLOCK_HOUR = {"night": 21, "dusk": 18, "low_sun": 7}


def measured(recipe: Recipe, staged: Staged, stills: dict[str, Picture]) -> dict[str, dict[str, float]]:
    """By still: shares and areas of the zone on its mask, and the true area on the ground."""
    homography = staged.view.image_to_ground()
    polygon = measure.to_image(staged.view, staged.zone)
    out = {}
    for still in recipe.stills:
        classes = stills[still.name].classes
        state = measure.zone_state(classes, polygon, homography)
        inside = measure.polygon_mask(polygon, classes.shape[1], classes.shape[0])
        passing = np.isin(classes[inside], (6, 7, 11, 12))
        out[still.name] = state | {
            "occluded_share": round(float(passing.mean()), 4),
            "true_m2": staged.true_m2(recipe.place, still),
        }
    return out


def within_picture(points: list[list[float]]) -> list[list[float]]:
    """The points (0..1) with what lies outside the picture moved to its edge: no zone reaches further."""
    return [[min(1.0, max(0.0, x)), min(1.0, max(0.0, y))] for x, y in points]


def truth_of(recipe: Recipe, k: int, staged: Staged, state: dict[str, Any], digest: str) -> dict[str, Any]:
    """The truth of a recipe's k-th episode."""
    view, scenario = staged.view, recipe.scenarios[k]
    shown = {name: state[name] for name in scenario.stills()}
    return document(
        name_of(recipe, k),
        scenario,
        {"points": measure.ground_points(view, staged.spots()), "homography": view.image_to_ground().round(8).tolist()},
        {
            "name": staged.zone_name,
            "polygon": within_picture(measure.to_image(view, staged.zone)),
            "area_m2": staged.zone_m2(),
        },
        shown,
        {
            "seed": recipe.seed,
            "subject": recipe.subject,
            "weather": recipe.weather,
            "layout": staged.layout,
            "view": {"at": view.at, "to": view.to, "lens_mm": view.lens_mm, "roll_deg": view.roll_deg},
        },
        {"sha256": digest, "fps": FPS, "width": view.width, "height": view.height},
    )


def film(target: Path, recipe: Recipe, k: int, staged: Staged, stills: dict[str, Picture]) -> None:
    """Write one episode's MP4."""
    scenario, view, seed = recipe.scenarios[k], staged.view, recipe.seed * 10 + k
    made = Film(scenario, staged, stills, seed)
    passers = Passers(scenario.walkers, staged, made.light, seed)
    hour = CLOCK_HOUR.get(scenario.light, 10 + k)
    clock = Clock(
        view.width, view.height, f"2026-0{4 + k}-1{recipe.seed % 9} {hour:02d}:1{k}:0{k}", f"CAM {seed % 1000}"
    )
    crf = float(np.random.default_rng([seed, 61]).uniform(27, 33))
    part = target.with_suffix(".part.mp4")
    with Writer(part, view.width, view.height, FPS, KEY_S, crf, "veryfast") as video:
        for i, rgb in enumerate(made.pictures(FPS, passers)):
            video.write(clock.stamp(np.ascontiguousarray(rgb), i / FPS))
    part.rename(target)


def make(recipe: Recipe, out: Path, size: tuple[int, int] = SIZE, keep_stills: bool = False) -> None:
    """Render and write a recipe's episodes that are not there yet."""
    folders = [out / name_of(recipe, k) for k in range(len(recipe.scenarios))]
    if all((f / "truth.json").exists() for f in folders):
        return
    work = out / ".stills" / f"{recipe.place}_{recipe.seed}"
    shoot(recipe, work, size)
    staged = staged_of((work / "staged.json").read_text())
    stills = {s.name: load(work / f"{s.name}.npz") for s in recipe.stills}
    state = measured(recipe, staged, stills)
    for k, folder in enumerate(folders):
        if (folder / "truth.json").exists():
            continue
        began = time.time()
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{folder.name}.mp4"
        film(target, recipe, k, staged, stills)
        write(folder, truth_of(recipe, k, staged, state, sha256(target)))
        took, mb = time.time() - began, target.stat().st_size / 1e6
        print(f"{folder.name}: {mb:.2f} MB, {took:.0f} s to compose", flush=True)
    if not keep_stills:
        shutil.rmtree(work)


def render_episodes(
    out: Path, streets: int, sites: int, seed: int, part: tuple[int, int] = (0, 1), keep_stills: bool = False
) -> int:
    """Make at least so many street and site episodes; `part` (k, n) leaves the others of n shares to other processes.

    A scene that cannot be staged is told of and left out. Returns how many were left out.
    """
    out.mkdir(parents=True, exist_ok=True)
    left = []
    for i, recipe in enumerate(recipes(streets, sites, seed)):
        if i // 2 % part[1] != part[0]:  # streets and sites alternate: each share gets both
            continue
        try:
            make(recipe, out, keep_stills=keep_stills)
        except (LookupError, ValueError) as fault:
            left.append(f"{recipe.place} {recipe.seed}: {fault}")
            print(f"left out: {left[-1]}", flush=True)
    (out / f"left_out_{part[0]}.json").write_text(json.dumps(left, indent=1) + "\n")
    return len(left)
