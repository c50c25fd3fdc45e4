"""A mesh under construction: boxes, tubes, turned shapes and balls gathered into one object."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vec = Sequence[float]
_BOX = np.array([[x, y, z] for z in (-0.5, 0.5) for y in (-0.5, 0.5) for x in (-0.5, 0.5)], dtype=np.float64)
_BOX_FACES = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
_QUAD_UV = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]


def turn_z(degrees: float) -> NDArray[np.float64]:
    """3x3 rotation about the vertical axis, degrees counter-clockwise."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def turn_y(degrees: float) -> NDArray[np.float64]:
    """3x3 rotation about the Y axis, degrees; a positive angle swings -Z towards -X."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def turn_x(degrees: float) -> NDArray[np.float64]:
    """3x3 rotation about the X axis, degrees."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


@lru_cache(maxsize=32)
def _sphere(n: int) -> tuple[NDArray[np.float64], list[tuple[int, ...]]]:
    rings = max(4, n // 2)
    verts = [(0.0, 0.0, -1.0)]
    for i in range(1, rings):
        a = np.pi * i / rings - np.pi / 2
        for j in range(n):
            b = 2 * np.pi * j / n
            verts.append((np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)))
    verts.append((0.0, 0.0, 1.0))
    faces: list[tuple[int, ...]] = [(0, 1 + (j + 1) % n, 1 + j) for j in range(n)]
    for i in range(rings - 2):
        a, b = 1 + i * n, 1 + (i + 1) * n
        faces += [(a + j, a + (j + 1) % n, b + (j + 1) % n, b + j) for j in range(n)]
    top, last = len(verts) - 1, 1 + (rings - 2) * n
    faces += [(last + j, last + (j + 1) % n, top) for j in range(n)]
    return np.array(verts), faces


class Solid:
    """Vertices, faces, materials and texture coordinates of one future object. Lengths in metres."""

    def __init__(self) -> None:
        self.verts: list[NDArray[np.float64]] = []
        self.faces: list[tuple[int, ...]] = []
        self.mats: list[int] = []
        self.smooth: list[bool] = []
        self.uvs: list[Sequence[tuple[float, float]] | None] = []
        self.materials: list[Any] = []
        self.count = 0
        self.parts: list[int] = []

    def points(self) -> NDArray[np.float64]:
        """All vertices, (N, 3)."""
        return np.concatenate(self.verts) if self.verts else np.zeros((0, 3))

    def mesh(self, verts: Any, faces: Any, mat: Any, smooth: bool = False, uvs: Any = None) -> Solid:
        """Add a raw mesh; faces index into verts."""
        if mat not in self.materials:
            self.materials.append(mat)
        slot, base = self.materials.index(mat), self.count
        self.verts.append(np.asarray(verts, dtype=np.float64))
        self.count += len(self.verts[-1])
        self.parts.append(len(self.verts[-1]))
        for i, face in enumerate(faces):
            self.faces.append(tuple(base + int(k) for k in face))
            self.mats.append(slot)
            self.smooth.append(smooth)
            self.uvs.append(None if uvs is None else uvs[i])
        return self

    def box(self, size: Vec, at: Vec, mat: Any, rot: Any = None, base: bool = True) -> Solid:
        """A box; `at` is the middle of its bottom face (base) or its centre. Sides carry 0..1 texture."""
        v = _BOX * np.asarray(size)
        if base:
            v = v + [0, 0, size[2] / 2]
        if rot is not None:
            v = v @ np.asarray(rot).T
        return self.mesh(v + np.asarray(at), _BOX_FACES, mat, uvs=[_QUAD_UV] * 6)

    def tube(self, a: Vec, b: Vec, r0: float, mat: Any, r1: float | None = None, n: int = 8) -> Solid:
        """A round bar from a to b, radius r0 to r1, capped."""
        pa, pb = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
        axis = (pb - pa) / (np.linalg.norm(pb - pa) + 1e-9)
        side = np.cross(axis, [0.0, 0.0, 1.0] if abs(axis[2]) < 0.9 else [1.0, 0.0, 0.0])
        side /= np.linalg.norm(side)
        up = np.cross(axis, side)
        ang = np.arange(n) * 2 * np.pi / n
        ring = np.cos(ang)[:, None] * side + np.sin(ang)[:, None] * up
        r1 = r0 if r1 is None else r1
        verts = np.concatenate([pa + ring * r0, pb + ring * r1])
        faces = [(j, n + j, n + (j + 1) % n, (j + 1) % n) for j in range(n)]
        self.mesh(verts, faces, mat, smooth=True)
        return self.mesh(verts, [tuple(range(n)), tuple(range(2 * n - 1, n - 1, -1))], mat)

    def path(self, pts: Sequence[Vec], r: float, mat: Any, n: int = 6) -> Solid:
        """Tubes along a polyline."""
        for a, b in pairwise(pts):
            self.tube(a, b, r, mat, n=n)
        return self

    def lathe(
        self,
        profile: Sequence[tuple[float, float]],
        at: Vec,
        mat: Any,
        n: int = 12,
        squash: Vec = (1, 1),
        rot: Any = None,
        smooth: bool = True,
    ) -> Solid:
        """A turned shape: (radius, height) pairs from bottom to top about the vertical axis, squashed in x, y."""
        ang = np.arange(n) * 2 * np.pi / n
        rings = [
            np.stack([np.cos(ang) * r * squash[0], np.sin(ang) * r * squash[1], np.full(n, z)], 1) for r, z in profile
        ]
        v = np.concatenate(rings)
        if rot is not None:
            v = v @ np.asarray(rot).T
        faces: list[tuple[int, ...]] = []
        for i in range(len(profile) - 1):
            a, b = i * n, (i + 1) * n
            faces += [(a + j, a + (j + 1) % n, b + (j + 1) % n, b + j) for j in range(n)]
        faces += [tuple(range(n - 1, -1, -1)), tuple(range((len(profile) - 1) * n, len(profile) * n))]
        return self.mesh(v + np.asarray(at), faces, mat, smooth=smooth)

    def ball(self, at: Vec, radii: float | Vec, mat: Any, n: int = 10, rot: Any = None) -> Solid:
        """An ellipsoid."""
        v, faces = _sphere(n)
        v = v * np.asarray(radii)
        if rot is not None:
            v = v @ np.asarray(rot).T
        return self.mesh(v + np.asarray(at), faces, mat, smooth=True)

    def plate(self, corners: Sequence[Vec], mat: Any) -> Solid:
        """A flat four-cornered sheet; the texture's lower left lies at the first corner, then anticlockwise."""
        return self.mesh(corners, [(0, 1, 2, 3)], mat, uvs=[_QUAD_UV])

    def grid(self, verts: NDArray[np.float64], mat: Any, smooth: bool = True, uv_scale: Vec = (1, 1)) -> Solid:
        """A sheet from an (H, W, 3) array of points; texture 0..1 (times uv_scale) over W and H."""
        h, w = verts.shape[:2]
        i = np.arange(h * w).reshape(h, w)
        quads = np.stack([i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]], -1).reshape(-1, 4)
        u, v = np.meshgrid(np.linspace(0, uv_scale[0], w), np.linspace(0, uv_scale[1], h))
        uv = np.stack([u, v], -1).reshape(-1, 2)
        return self.mesh(verts.reshape(-1, 3), quads.tolist(), mat, smooth, [uv[q].tolist() for q in quads])

    def join(self, other: Solid, at: Vec = (0, 0, 0), rot: Any = None, scale: float = 1.0) -> Solid:
        """Add another solid, scaled, turned and moved."""
        if not other.verts:
            return self
        pts = other.points() * scale
        if rot is not None:
            pts = pts @ np.asarray(rot).T
        base, slots = self.count, []
        for m in other.materials:
            if m not in self.materials:
                self.materials.append(m)
            slots.append(self.materials.index(m))
        self.verts.append(pts + np.asarray(at))
        self.count += len(pts)
        self.parts += other.parts
        self.faces += [tuple(base + k for k in f) for f in other.faces]
        self.mats += [slots[m] for m in other.mats]
        self.smooth += other.smooth
        self.uvs += other.uvs
        return self
