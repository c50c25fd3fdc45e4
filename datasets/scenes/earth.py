"""Bare soil, heaps of it, and the dust nets laid over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from . import materials as mt
from . import textures as tx
from .solid import Solid

RNG = np.random.Generator
SOILS: dict[str, tuple[float, float, float]] = {
    "loess": (0.62, 0.48, 0.31),
    "brown": (0.43, 0.32, 0.22),
    "dark": (0.26, 0.21, 0.17),
    "red": (0.54, 0.32, 0.20),
    "sand": (0.72, 0.61, 0.43),
    "grey": (0.50, 0.47, 0.43),
    "rubble": (0.52, 0.49, 0.46),
}


def soil_material(rng: RNG, kind: str | None = None, wet: float = 0.0, metres: float = 8.0, ppm: float = 55.0) -> Any:
    """A soil surface texture for a sheet `metres` wide."""
    name = kind or str(rng.choice(list(SOILS)))
    base = np.clip(np.array(SOILS[name]) * rng.uniform(0.82, 1.1) * (1 - 0.35 * wet), 0, 1)
    n = int(min(1600, metres * ppm))
    img = tx.soil(rng, n, n, n / metres, base)
    if name == "rubble":
        for _ in range(int(metres**2 * 6)):
            c = (int(rng.integers(0, n)), int(rng.integers(0, n)))
            size = (int(rng.uniform(0.04, 0.16) * n / metres) + 1, int(rng.uniform(0.04, 0.1) * n / metres) + 1)
            col = ((0.55, 0.3, 0.22), (0.62, 0.6, 0.57), (0.4, 0.4, 0.4))[int(rng.integers(3))]
            box = cv2.boxPoints((c, size, float(rng.uniform(0, 180)))).astype(np.int32)
            cv2.fillPoly(img, [box], tuple(float(x * rng.uniform(0.7, 1.2)) for x in col))
    bump = tx.noise(rng, n, n, 0.25 * n / metres, 5, 0.7)
    return mt.picture(np.clip(img, 0, 1), 0.95 - 0.5 * wet, height=np.clip(0.5 + 0.16 * bump, 0, 1), bump=0.9)


@dataclass
class Heap:
    """A heap's height field on a square grid: (n, n) metres above ground, row 0 at -y."""

    height: NDArray[np.float32]
    half: float

    def xy(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        t = np.linspace(-self.half, self.half, self.height.shape[0])
        return np.meshgrid(t, t)


def heap(rng: RNG, rx: float, ry: float, top: float) -> Heap:
    """Several tipped loads run together; slopes near the angle of repose, rough surface."""
    half = max(rx, ry) * 1.25
    n = int(np.clip(half * 2 / 0.11, 40, 130))
    x, y = np.meshgrid(np.linspace(-half, half, n), np.linspace(-half, half, n))
    z = np.full((n, n), -0.2, np.float64)
    peaks = int(rng.integers(1, 5)) if rx > 1.5 else 1
    warp = 0.25 * tx.noise(rng, n, n, n / 4, 3)
    for k in range(peaks):
        cx, cy = (0.0, 0.0) if k == 0 else (rng.uniform(-0.5, 0.5) * rx, rng.uniform(-0.5, 0.5) * ry)
        scale = 1.0 if k == 0 else rng.uniform(0.45, 0.9)
        r = np.sqrt(((x - cx) / (rx * scale)) ** 2 + ((y - cy) / (ry * scale)) ** 2) * (1 + 0.35 * warp)
        cone = top * scale * (1.12 - np.sqrt(r * r + 0.05)) / 1.0
        z = np.maximum(z, cone)
    foot = np.clip(z / 0.3 + 0.4, 0, 1)
    z = z + foot * (0.05 * tx.noise(rng, n, n, n / 8, 4, 0.6) + 0.018 * tx.noise(rng, n, n, 4, 3)) * min(1.0, top)
    edge = np.clip((1 - np.maximum(abs(x), abs(y)) / half) * 8, 0, 1)
    return Heap((z * edge - 0.06 * (1 - edge)).astype(np.float32), half)


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
