"""Plates: the still scene in each of its states, rendered once; later states re-render only what changed."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import passes
from ..camera import View
from ..stage import CLASS_SPAN

F32 = NDArray[np.float32]
GROUPS = ("sky", "sun", "lamp")


@dataclass
class Plate:
    """Whole-picture layers: light parts (H, W, 3) linear, index (class + 16 * instance), depth in metres."""

    light: dict[str, F32]
    index: NDArray[np.int32]
    depth: F32

    def classes(self) -> NDArray[np.uint8]:
        """(H, W) class per pixel."""
        return (self.index % CLASS_SPAN).astype(np.uint8)

    def copy(self) -> Plate:
        """A deep copy."""
        return Plate({k: v.copy() for k, v in self.light.items()}, self.index.copy(), self.depth.copy())

    def paste(self, w: passes.Layers, feather: int = 6) -> Plate:
        """A new plate with a rendered window laid in, its light feathered at the edges."""
        out = self.copy()
        h, wd = w.index.shape
        at = (slice(w.y0, w.y0 + h), slice(w.x0, w.x0 + wd))
        yy = np.minimum(np.arange(h), np.arange(h)[::-1])[:, None]
        xx = np.minimum(np.arange(wd), np.arange(wd)[::-1])[None, :]
        a = np.clip((np.minimum(yy, xx) + 1) / feather, 0, 1).astype(np.float32)[..., None]
        for k in GROUPS:
            out.light[k][at] = out.light[k][at] * (1 - a) + w.light[k] * a
        out.index[at], out.depth[at] = w.index, w.depth
        return out


def save(path: Path, w: passes.Layers) -> None:
    """Write a rendered window (or whole picture), light at half precision."""
    tmp = path.with_suffix(".tmp.npz")
    light = {k: np.clip(v, 0, 6e4).astype(np.float16) for k, v in w.light.items()}
    np.savez(tmp, index=w.index, depth=np.minimum(w.depth, 6e4).astype(np.float32), at=np.array([w.x0, w.y0]), **light)
    tmp.rename(path)


def load(path: Path) -> passes.Layers:
    """Read what `save` wrote."""
    with np.load(path) as z:
        light = {k: z[k].astype(np.float32) for k in GROUPS}
        return passes.Layers(light, z["index"], z["depth"], np.ones_like(z["depth"]), int(z["at"][0]), int(z["at"][1]))


def window_of(
    objs: list[Any], view: View, sun: NDArray[np.float64], margin: int = 14
) -> tuple[int, int, int, int] | None:
    """The pixel window that the objects and their sun shadows on the ground can touch; None: out of sight."""
    pts = []
    for o in objs:
        m = np.array(o.matrix_world)
        box = np.array([[*c, 1.0] for c in o.bound_box]) @ m.T
        pts.append(box[:, :3])
        pts.append(box[:, :3] - sun * (box[:, 2:3] / max(sun[2], 0.2)))
    uv, depth = view.project(np.concatenate(pts))
    uv = uv[depth > 0.3]
    if len(uv) == 0:
        return None
    x0, y0 = uv.min(0) * [view.width, view.height] - margin
    x1, y1 = uv.max(0) * [view.width, view.height] + margin
    box = (max(0, int(x0)), max(0, int(y0)), min(view.width, int(x1) + 1), min(view.height, int(y1) + 1))
    return box if box[2] - box[0] > 4 and box[3] - box[1] > 4 else None


def render_plates(work: Path, scenario: Any, only: str | None = None) -> None:
    """Render every plate of a scenario that is not there yet, and its facts."""
    import bpy

    from .. import lighting
    from .. import materials as mt
    from .. import stage as stg

    work.mkdir(parents=True, exist_ok=True)
    takes = scenario.takes()
    for variant in dict.fromkeys(t.variant for t in takes):
        todo = [t for t in takes if t.variant == variant and not (work / f"{t.name}.npz").exists()]
        if only:
            todo = [t for t in todo if t.name.startswith(only)]
        if not todo:
            continue
        scene = stg.fresh_scene()
        mt.forget()
        stage = stg.Stage(np.random.default_rng(scenario.SEED))
        facts = scenario.build(stage, variant)
        sun = lighting.set_lights(scene, *scenario.SUN)
        if variant == takes[0].variant:
            facts["sun"] = sun.tolist()
            (work / "facts.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1))
        groups: dict[str, list[Any]] = {}
        for o in bpy.data.objects:
            if "group" in o:
                groups.setdefault(o["group"], []).append(o)
        folder = passes.ready(scene, scenario.VIEW.width, scenario.VIEW.height, scenario.SAMPLES)
        for take in todo:
            t = time.time()
            view = take.view or scenario.VIEW
            passes.aim(scene, view)
            for name, objs in groups.items():
                for o in objs:
                    o.hide_render = name not in take.show
            for name, place in take.moves:
                for o in groups[name]:
                    o.location, o.rotation_euler[2] = place[:3], float(np.radians(place[3]))
            bpy.context.view_layer.update()
            window = None
            if take.changed:
                objs = [o for g in take.changed for o in groups[g]]
                window = window_of(objs, view, sun)
                if window is None:
                    print(f"{scenario.NAME} {take.name}: out of sight", flush=True)
                    continue
            scene.cycles.samples = take.samples or scenario.SAMPLES
            save(work / f"{take.name}.npz", passes.shoot(scene, folder, window, seed=scenario.SEED))
            print(f"{scenario.NAME} {take.name}: {time.time() - t:.1f} s, window {window}", flush=True)
        passes.done(folder)
