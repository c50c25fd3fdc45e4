"""Blender meshes made at once from arrays: height fields, polygons, scattered stones."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from .fields import Field, area_of, outline_of

F64 = NDArray[np.float64]
__all__ = ["Field", "area_of", "mesh_of", "outline_of", "raw_mesh", "scatter"]


def mesh_of(points: F64, material: Any, keep: NDArray[np.bool_] | None = None, name: str = "relief") -> Any:
    """A smooth Blender mesh from a sheet of points (H, W, 3); `keep` (H-1, W-1) says which squares exist."""
    h, w = points.shape[:2]
    i = np.arange(h * w, dtype=np.int32).reshape(h, w)
    quads = np.stack([i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]], -1)
    quads = quads.reshape(-1, 4) if keep is None else quads[keep]
    u, v = np.meshgrid(np.linspace(0, 1, w), np.linspace(0, 1, h))
    uv = np.stack([u, v], -1).reshape(-1, 2).astype(np.float32)
    return raw_mesh(points.reshape(-1, 3), quads, material, uv, name)


def raw_mesh(
    points: Any, polygons: Any, material: Any, uv: Any = None, name: str = "relief", smooth: bool = True
) -> Any:
    """A Blender mesh from points (N, 3) and polygons (M, K) of equal size K, at once; uv (N, 2) is per point."""
    mesh = bpy.data.meshes.new(name)
    polygons = np.asarray(polygons, np.int32)
    m, k = polygons.shape
    mesh.vertices.add(len(points))
    mesh.vertices.foreach_set("co", np.asarray(points, np.float32).ravel())
    mesh.loops.add(m * k)
    mesh.loops.foreach_set("vertex_index", polygons.ravel())
    mesh.polygons.add(m)
    mesh.polygons.foreach_set("loop_start", np.arange(0, m * k, k, dtype=np.int32))
    mesh.polygons.foreach_set("use_smooth", np.full(m, smooth))
    if uv is not None:
        layer = mesh.uv_layers.new()
        layer.data.foreach_set("uv", np.asarray(uv, np.float32)[polygons.ravel()].ravel())
    mesh.materials.append(material)
    mesh.update(calc_edges=True)
    return mesh


def scatter(
    rng: np.random.Generator, at: F64, sizes: F64, material: Any, flat: float = 0.7, name: str = "stones"
) -> Any:
    """One mesh of angular stones: `at` (N, 3) their middles, `sizes` (N,) their radii in metres."""
    base = np.array(
        [[-1, -1, -1], [1, -1, -1], [1, 1, -1], [-1, 1, -1], [-1, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1]], float
    )
    faces = np.array([[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]])
    n = len(at)
    a = rng.uniform(0, 2 * np.pi, n)
    v = base[None] * rng.uniform(0.45, 1.0, (n, 8, 3)) * np.array([0.8, 0.65, 0.6 * flat])
    tilt = rng.normal(0, 0.35, (n, 1))
    v[..., 2] += v[..., 0] * tilt
    c, s = np.cos(a)[:, None], np.sin(a)[:, None]
    v = np.stack([c * v[..., 0] - s * v[..., 1], s * v[..., 0] + c * v[..., 1], v[..., 2]], -1)
    v = v * sizes[:, None, None] + at[:, None]
    polys = (faces[None] + 8 * np.arange(n)[:, None, None]).reshape(-1, 4)
    return raw_mesh(v.reshape(-1, 3), polys, material, name=name, smooth=False)
