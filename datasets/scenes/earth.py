"""Bare soil, heaps of it, and the dust nets laid over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from . import heaps, soils
from . import materials as mt
from . import textures as tx
from .solid import Solid

RNG = np.random.Generator


def soil_material(
    rng: RNG, kind: str | None = None, wet: float = 0.0, metres: float = 8.0, held_out: bool = False
) -> Any:
    """The material of a sheet of soil `metres` wide; without a kind one of that side's families is drawn."""
    return soils.material(rng, kind or soils.FAMILIES.draw(rng, held_out), metres, wet)


@dataclass
class Heap:
    """A heap's height field on a square grid: (n, n) metres above ground, row 0 at -y."""

    height: NDArray[np.float32]
    half: float

    def xy(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        t = np.linspace(-self.half, self.half, self.height.shape[0])
        return np.meshgrid(t, t)


def heap(rng: RNG, rx: float, ry: float, top: float, held_out: bool = False) -> Heap:
    """A heap of one of that side's shapes, on a square grid."""
    f = heaps.heap(rng, heaps.SHAPES.draw(rng, held_out), rx, ry, top, float(rng.uniform(0.6, 1.4)))
    half = max(f.hx, f.hy)
    n = int(np.clip(half * 2 / 0.07, 40, 150))
    x, y = np.meshgrid(np.linspace(-half, half, n), np.linspace(-half, half, n))
    inside = (np.abs(x) < f.hx) & (np.abs(y) < f.hy)
    return Heap(np.where(inside, f.at(x, y), -0.08).astype(np.float32), half)


def heap_sheet(s: Solid, h: Heap, mat: Any) -> Solid:
    """The heap's surface; parts under the ground are dropped."""
    x, y = h.xy()
    before = len(s.faces)
    s.grid(np.stack([x, y, h.height], -1), mat)
    n = h.height.shape[0]
    low = (h.height[:-1, :-1] < -0.03) & (h.height[1:, 1:] < -0.03)
    keep = ~low.reshape(-1)
    assert len(keep) == (n - 1) ** 2
    for name in ("faces", "mats", "smooth", "uvs"):
        col = getattr(s, name)
        col[before:] = [v for v, k in zip(col[before:], keep, strict=True) if k]
    return s


def heap_mesh(s: Solid, rng: RNG, rx: float, ry: float, top: float, mat: Any) -> Heap:
    """Make a heap and add it."""
    h = heap(rng, rx, ry, top)
    heap_sheet(s, h, mat)
    return h


def net_material(rng: RNG, colour: str, metres: float) -> Any:
    """Green or black dust net: weave, folds, seams between widths, dust."""
    base = {
        "green": ((0.10, 0.42, 0.24), (0.07, 0.36, 0.27), (0.18, 0.46, 0.22), (0.12, 0.50, 0.36)),
        "black": ((0.055, 0.058, 0.06), (0.09, 0.09, 0.085)),
    }[colour]
    n = int(min(1400, metres * 70))
    ppm = n / metres
    shade = 1 + 0.05 * tx.noise(rng, n, n, 1.5 * ppm, 3) + 0.03 * rng.standard_normal((n, n)).astype(np.float32)
    crease = np.clip(1 - np.abs(tx.noise(rng, n, n, 0.7 * ppm, 3)) * 3.5, 0, 1)
    shade *= (1 + 0.22 * crease) * (1 - 0.15 * np.roll(crease, int(0.03 * ppm) + 1, 0))
    img = tx.tint(base[int(rng.integers(len(base)))], shade)
    width = int(rng.uniform(2.0, 4.0) * ppm)
    for k in range(0, n, width):
        img[:, k : k + max(1, int(0.04 * ppm))] *= 1.25 if colour == "black" else 0.65
    dust = np.clip(0.5 * tx.noise(rng, n, n, 1.2 * ppm, 5) - 0.45, 0, 0.45)[..., None] * rng.uniform(0.3, 1.0)
    img = img * (1 - dust) + dust * np.array([0.55, 0.47, 0.36], np.float32)
    return mt.picture(np.clip(img, 0, 1), 0.75)


def net_mask(rng: RNG, n: int, state: str) -> NDArray[np.bool_]:
    """Which cells of an (n, n) grid the net covers: full, half (one side, wavy edge), torn (holes)."""
    t = np.linspace(-1, 1, n)
    x, y = np.meshgrid(t, t)
    cover = np.ones((n, n), bool)
    if state == "half":
        a = rng.uniform(0, 2 * np.pi)
        side = x * np.cos(a) + y * np.sin(a) + 0.12 * tx.noise(rng, n, n, n / 5, 3)
        cover = side < rng.uniform(-0.15, 0.25)
    elif state == "torn":
        cover = tx.noise(rng, n, n, n / 4, 4) < rng.uniform(0.7, 1.3)
    return cover


def net_sheet(
    s: Solid, rng: RNG, h: Heap, mat: Any, cover: NDArray[np.bool_], lift: float = 0.035, hem: float = 0.7
) -> Solid:
    """A net draped over a heap: bridged hollows, wrinkles that run downhill, a hem on the ground."""
    n = int(np.clip(2 * h.half / 0.055, 80, 190))
    z = cv2.resize(np.maximum(h.height, 0.0), (n, n), interpolation=cv2.INTER_CUBIC)
    k = max(3, int(0.35 / (2 * h.half / n)) | 1)
    bridged = cv2.morphologyEx(z, cv2.MORPH_CLOSE, np.ones((k, k), np.uint8))
    z = np.maximum(z, cv2.GaussianBlur(bridged, (0, 0), k / 4))
    cell = 2 * h.half / n
    ridge = 1 - np.abs(tx.noise(rng, n, n, 0.9 / cell, 3)) * 1.1
    fine = 1 - np.abs(tx.noise(rng, n, n, 0.3 / cell, 2))
    z = z + lift + 0.07 * np.clip(ridge, 0, 1) ** 3 + 0.022 * np.clip(fine, 0, 1) ** 2
    m = cv2.resize(cover.astype(np.float32), (n, n), interpolation=cv2.INTER_CUBIC) > 0.5
    spread = (
        cv2.dilate(
            (cv2.resize(h.height, (n, n)) > 0.02).astype(np.uint8), np.ones((int(hem / cell) | 1,) * 2, np.uint8)
        )
        > 0
    )
    wavy = tx.noise(rng, n, n, n / 8, 3) > (-1.2 if hem < 1 else -9)
    m &= spread & (wavy | (cv2.resize(h.height, (n, n)) > 0.1))
    t = np.linspace(-h.half, h.half, n)
    x, y = np.meshgrid(t, t)
    before = len(s.faces)
    s.grid(np.stack([x, y, z], -1), mat)
    keep = m[:-1, :-1].reshape(-1)
    for name in ("faces", "mats", "smooth", "uvs"):
        col = getattr(s, name)
        col[before:] = [v for v, ok in zip(col[before:], keep, strict=True) if ok]
    return s
