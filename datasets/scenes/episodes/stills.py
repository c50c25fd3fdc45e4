"""Shooting a recipe's stills and keeping them: light parts, classes, depth, and what staging knows."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..camera import View
from .recipes import Recipe
from .staged import Staged

F32 = NDArray[np.float32]
SIZE = (512, 288)
SAMPLES = 4
ATTEMPTS = 8


@dataclass
class Picture:
    """One still: light parts (H, W, 3) linear, classes (H, W), depth (H, W) in metres."""

    light: dict[str, F32]
    classes: NDArray[np.uint8]
    depth: F32


def save(path: Path, picture: Picture) -> None:
    """Write a still, light and depth at half precision, whole or not at all."""
    part = path.with_suffix(".part.npz")
    light = {k: np.clip(v, 0, 6e4).astype(np.float16) for k, v in picture.light.items()}
    np.savez(part, classes=picture.classes, depth=np.minimum(picture.depth, 6e4).astype(np.float16), **light)
    part.rename(path)


def load(path: Path) -> Picture:
    """Read what `save` wrote."""
    with np.load(path) as z:
        light = {k: z[k].astype(np.float32) for k in ("sky", "sun", "lamp")}
        return Picture(light, z["classes"], z["depth"].astype(np.float32))


def staged_of(text: str) -> Staged:
    """Staged from its JSON."""
    told = json.loads(text)
    view = told.pop("view")
    return Staged(View(tuple(view.pop("at")), tuple(view.pop("to")), **view), **told)


def shoot(recipe: Recipe, work: Path, size: tuple[int, int] = SIZE, samples: int = SAMPLES) -> None:
    """Render the stills of a recipe that are not there yet. Raises LookupError when no layout suits it."""
    missing = [s for s in recipe.stills if not (work / f"{s.name}.npz").exists()]
    if not missing and (work / "staged.json").exists():
        return
    from .. import passes
    from .site_stage import SiteSet
    from .street_stage import StreetSet

    work.mkdir(parents=True, exist_ok=True)
    began = time.time()
    built: Any = None
    for attempt in range(ATTEMPTS):
        try:
            built = (StreetSet if recipe.place == "street" else SiteSet)(recipe, size, attempt)
            break
        except LookupError as gone:
            print(f"{recipe.place} {recipe.seed} attempt {attempt}: {gone}", flush=True)
    if built is None:
        raise LookupError(f"{recipe.place} {recipe.seed}: no layout suits {recipe.subject}")
    (work / "staged.json").write_text(json.dumps(asdict(built.staged)))
    ready = time.time() - began
    folder, scene = None, None
    for still in sorted(missing, key=lambda s: s.wet):
        start = time.time()
        built.show(still)
        if built.scene is not scene:
            if folder is not None:
                passes.done(folder)
            scene = built.scene
            folder = passes.ready(scene, *size, samples)
            passes.aim(scene, built.staged.view)
        got = passes.shoot(scene, folder, seed=recipe.seed)
        save(work / f"{still.name}.npz", Picture(got.light, got.classes(), got.depth))
        print(f"{recipe.place} {recipe.seed} {still.name}: {time.time() - start:.1f} s (set {ready:.1f} s)", flush=True)
    if folder is not None:
        passes.done(folder)
