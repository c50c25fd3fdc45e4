"""Shapes and materials from the folder of collected assets (`collect_assets.py`) that SCENES_ASSETS names."""

from __future__ import annotations

import os
from pathlib import Path

import bpy
import numpy as np

from .goods import RNG
from .solid import Solid, turn_z

VARIABLE = "SCENES_ASSETS"


def at_hand() -> bool:
    """Whether a folder of assets is named."""
    return bool(os.environ.get(VARIABLE))


def files(make: str) -> list[Path]:
    """The assets of one make, in the order of their seeds. Raises FileNotFoundError where there is none."""
    found = sorted(Path(os.environ[VARIABLE]).glob(f"{make}_[0-9]*.blend"))
    if not found:
        raise FileNotFoundError(
            f"no {make}_*.blend in {os.environ[VARIABLE]}: run collect_assets.py, or unset {VARIABLE}"
        )
    return found


def asset(rng: RNG, make: str) -> Solid:
    """One of a make, as it was collected: base at z = 0, its middle over the origin, metres."""
    found = files(make)
    with bpy.data.libraries.load(str(found[int(rng.integers(len(found)))]), link=False) as (_, wanted):
        wanted.objects = ["asset"]
    return _solid(wanted.objects[0].data)


def _solid(mesh: bpy.types.Mesh) -> Solid:
    points = np.empty(len(mesh.vertices) * 3)
    mesh.vertices.foreach_get("co", points)
    uv = mesh.uv_layers.active
    faces = [tuple(p.vertices) for p in mesh.polygons]
    uvs = None if uv is None else [[tuple(uv.data[k].uv) for k in p.loop_indices] for p in mesh.polygons]
    plain = Solid()
    plain.mesh(points.reshape(-1, 3), faces, mesh.materials[0], uvs=uvs)
    plain.materials = list(mesh.materials)
    plain.mats = [p.material_index for p in mesh.polygons]
    plain.smooth = [p.use_smooth for p in mesh.polygons]
    return plain


def facing(seat: Solid) -> Solid:
    """A seat turned so that it faces +X: its back is where its highest points are."""
    points = seat.points()
    x, y = points[points[:, 2] > 0.8 * points[:, 2].max(), :2].mean(0) - points[:, :2].mean(0)
    return Solid().join(seat, rot=turn_z(180 - float(np.degrees(np.arctan2(y, x)))))
