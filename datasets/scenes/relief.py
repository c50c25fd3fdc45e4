"""Height fields: heaps, berms, pits and rutted ground as arrays, their outlines, and Blender meshes made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import bpy
import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]


@dataclass
class Field:
    """Heights (H, W) in metres above the floor over 2 hx by 2 hy metres about the origin, row 0 at -y."""

    z: F32
    hx: float
    hy: float

    @property
    def cell(self) -> float:
        """Metres from one column to the next."""
        return 2 * self.hx / (self.z.shape[1] - 1)

    def xy(self) -> tuple[F64, F64]:
        """Coordinates (H, W) of every height."""
        h, w = self.z.shape
        return np.meshgrid(np.linspace(-self.hx, self.hx, w), np.linspace(-self.hy, self.hy, h))

    def at(self, x: Any, y: Any) -> F32:
        """Heights at points, same shape as x and y; outside the field the rim's."""
        h, w = self.z.shape
        u = (np.asarray(x, np.float32) / (2 * self.hx) + 0.5) * (w - 1)
        v = (np.asarray(y, np.float32) / (2 * self.hy) + 0.5) * (h - 1)
        flat = cv2.remap(self.z, u.reshape(1, -1), v.reshape(1, -1), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return flat.reshape(u.shape)


def area_of(field: Field, above: float = 0.06) -> float:
    """Ground that lies under more than `above` metres, m2."""
    return float((field.z > above).mean() * 4 * field.hx * field.hy)


def outline_of(field: Field, above: float = 0.06, turn_deg: float = 0.0, at: tuple[float, float] = (0, 0)) -> F64:
    """Outline (K, 2) in world metres of the largest part that rises `above` metres, turned and moved; (0, 2) if none."""
    mask = cv2.copyMakeBorder((field.z > above).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not found:
        return np.zeros((0, 2))
    best = cv2.approxPolyDP(max(found, key=cv2.contourArea), 0.7, True)[:, 0].astype(float) - 1
    h, w = field.z.shape
    pts = np.stack([best[:, 0] / (w - 1) - 0.5, best[:, 1] / (h - 1) - 0.5], 1) * (2 * field.hx, 2 * field.hy)
    a = np.radians(turn_deg)
    rot = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return pts @ rot.T + np.asarray(at)


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
