"""Showing and hiding groups of Blender objects, seeing past hidden ones, shooting a still."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np

from ..camera import SENSOR_MM, View, apply
from ..classes import MaskClass
from ..stage import CLASS_SPAN
from .scenario import Still
from .sight import LEAST_SEEN, aimed, good_view, ground_spots

GONE = "gone"
"""Never shown in these films."""
ALWAYS = "always"
RNG = np.random.Generator


def hide(obj: Any, hidden: bool) -> None:
    """Hide an object from the picture and from rays."""
    obj.hide_render = hidden
    obj.hide_viewport = hidden


def show(still: Still, moves: dict[str, tuple[float, float]] | None = None, home: dict[str, Any] | None = None) -> None:
    """Show what the still shows: things without a group or of group "always", and its own groups."""
    for o in bpy.data.objects:
        group = o.get("group")
        if group is not None:
            hide(o, group == GONE or (group != ALWAYS and group not in still.show))
        if moves and home and o.name in moves:
            dx, dy = moves[o.name] if still.moved else (0.0, 0.0)
            at = home[o.name]
            o.location = (at[0] + dx, at[1] + dy, at[2])
    bpy.context.view_layer.update()


def seen_share(scene: Any, view: View, zone: Any) -> float:
    """Share of the zone's ground that nothing shown stands before; soil and its cover may lie on it."""
    deps = bpy.context.evaluated_depsgraph_get()
    eye = np.asarray(view.at, dtype=float)
    free = []
    for spot in ground_spots(zone):
        way = spot - eye
        far = float(np.linalg.norm(way))
        hit, at, _, _, obj, _ = scene.ray_cast(deps, view.at, tuple((way / far).tolist()))
        clear = not hit or float(np.linalg.norm(np.asarray(at) - eye)) > far - 0.25
        free.append(clear or is_class(obj, MaskClass.SOIL) or is_class(obj, MaskClass.NET))
    return float(np.mean(free))


def hits(scene: Any, view: View, zone: Any, cls: int) -> int:
    """How many of a grid of rays through the zone's part of the picture end on that class."""
    deps = bpy.context.evaluated_depsgraph_get()
    outline = apply(view.ground_to_image(), np.asarray(zone, dtype=float))
    (u0, v0), (u1, v1) = outline.min(0), outline.max(0)
    count, axes, f = 0, view.axes(), view.lens_mm / SENSOR_MM
    for v in np.linspace(v0, v1, 24):
        for u in np.linspace(u0, u1, 32):
            local = np.array([(u - 0.5) / f, (0.5 - v) * view.height / view.width / f, -1.0])
            hit, _, _, _, obj, _ = scene.ray_cast(deps, view.at, tuple((local @ axes).tolist()))
            count += bool(hit and is_class(obj, cls))
    return count


def ground_under(scene: Any, zone: Any, cls: int, cell: float = 0.1, above: float = 6.0) -> float:
    """Ground in m2 inside a rectangular zone on which, seen from straight above, that class lies."""
    deps = bpy.context.evaluated_depsgraph_get()
    corners = np.asarray(zone, dtype=float)
    (x0, y0), (x1, y1) = corners.min(0), corners.max(0)
    count = 0
    for x in np.arange(x0 + cell / 2, x1, cell):
        for y in np.arange(y0 + cell / 2, y1, cell):
            hit, _, _, _, obj, _ = scene.ray_cast(deps, (float(x), float(y), above), (0.0, 0.0, -1.0))
            count += bool(hit and is_class(obj, cls))
    return round(count * cell * cell, 2)


def find_view(scene: Any, rng: RNG, place: str, zone: Any, depth: float, road: float, size: tuple[int, int]) -> View:
    """A camera that sees the zone well; the best of what was tried when none sees it quite so well.

    Raises LookupError when no camera sees half of the zone.
    """
    best, most = None, 0.5
    tried = 0
    for _ in range(6000):
        view = aimed(rng, place, zone, depth, road, *size)
        if not good_view(view, zone):
            continue
        tried += 1
        share = seen_share(scene, view, zone)
        if share >= LEAST_SEEN:
            return view
        if share > most:
            best, most = view, share
        if tried > 40:
            break
    if best is None:
        raise LookupError("no camera sees the zone")
    return best


def members(group: str) -> list[Any]:
    """Objects of a group."""
    return [o for o in bpy.data.objects if o.get("group") == group]


def is_class(obj: Any, cls: int) -> bool:
    """Whether the object's pixels carry that class."""
    return obj.pass_index % CLASS_SPAN == cls
