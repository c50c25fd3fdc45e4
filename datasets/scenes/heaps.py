"""Shapes of heaped soil: cones, berms, flat tops, rows of tipped loads, banks against a wall, thin spreads."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import textures as tx
from .families import Families
from .fields import F64, Field

RNG = np.random.Generator
SHAPES = Families(
    train=("cone", "berm", "tipped", "spread", "bank"),
    held_out=("flat_top", "crescent"),
    both=("loads",),
)


def _cone(x: F64, y: F64, rx: float, ry: float, top: float, steep: float = 1.12) -> F64:
    r = np.sqrt((x / rx) ** 2 + (y / ry) ** 2)
    return top * (steep - np.sqrt(r * r + 0.04))


def cone(rng: RNG, x: F64, y: F64, rx: float, ry: float, top: float) -> F64:
    """One tipped or dropped pile."""
    return _cone(x, y, rx, ry, top)


def loads(rng: RNG, x: F64, y: F64, rx: float, ry: float, top: float) -> F64:
    """Several loads run together."""
    z = _cone(x, y, rx, ry, top)
    for _ in range(int(rng.integers(1, 5))):
        k = rng.uniform(0.4, 0.9)
        cx, cy = rng.uniform(-0.55, 0.55) * rx, rng.uniform(-0.55, 0.55) * ry
        z = np.maximum(z, _cone(x - cx, y - cy, rx * k, ry * k, top * k))
    return z


def berm(rng: RNG, x: F64, y: F64, rx: float, ry: float, top: float) -> F64:
    """A long bank with a wandering crest."""
    bend = rng.normal(0, 0.12) * rx * np.sin(x / rx * rng.uniform(1, 3))
    crest = 1 + 0.15 * np.sin(x / rx * rng.uniform(4, 9) + rng.uniform(0, 6))
    r = np.maximum(np.abs(y - bend) / (0.8 * ry), np.clip((np.abs(x) - rx * 0.8) / (0.65 * ry) + 0.2, 0, None))
    return top * crest * (1.05 - np.sqrt(r * r + 0.03))


def tipped(rng: RNG, x: F64, y: F64, rx: float, ry: float, top: float) -> F64:
    """Loads side by side in a row, each its own cone."""
    n = int(rng.integers(2, 6))
    z = np.full(x.shape, -0.5)
    for k in range(n):
        cx = (k - (n - 1) / 2) * 2 * rx / n
        s = rng.uniform(0.75, 1.1)
        z = np.maximum(z, _cone(x - cx, y - rng.normal(0, 0.15) * ry, rx / n * 1.25 * s, ry * 0.9 * s, top * s))
    return z


def spread(rng: RNG, x: F64, y: F64, rx: float, ry: float, top: float) -> F64:
    """Soil pushed out thin with a few humps left."""
    z = 0.35 * top * (1.1 - np.sqrt((x / rx) ** 4 + (y / ry) ** 4))
    for _ in range(int(rng.integers(2, 7))):
        cx, cy, k = rng.uniform(-0.7, 0.7) * rx, rng.uniform(-0.7, 0.7) * ry, rng.uniform(0.15, 0.4)
        hump = min(top * rng.uniform(0.4, 1.0), 0.7 * k * min(rx, ry))  # no steeper than loose soil lies
        z = np.maximum(z, _cone(x - cx, y - cy, rx * k, ry * k, hump))
    return z


def bank(rng: RNG, x: F64, y: F64, rx: float, ry: float, top: float) -> F64:
    """Soil thrown against something behind (+y): steep there, running out to the front."""
    front = top * (1.0 - np.sqrt((np.clip(x / rx, -2, 2)) ** 4 + (np.clip((ry * 0.55 - y) / (1.5 * ry), 0, 3)) ** 1.6))
    return np.minimum(front, (ry - y) * 1.6)


def flat_top(rng: RNG, x: F64, y: F64, rx: float, ry: float, top: float) -> F64:
    """A levelled stockpile with straight flanks."""
    r = ((np.abs(x) / rx) ** 4 + (np.abs(y) / ry) ** 4) ** 0.25
    return np.minimum(top * 2.3 * (1.05 - r), top * (0.9 + 0.06 * np.sin(x * 1.3)))


def crescent(rng: RNG, x: F64, y: F64, rx: float, ry: float, top: float) -> F64:
    """A heap that a loader has bitten into from the front."""
    z = _cone(x, y, rx, ry, top)
    bite = np.sqrt((x / (0.55 * rx)) ** 2 + ((y + 0.75 * ry) / (0.7 * ry)) ** 2)
    return np.minimum(z, np.clip((bite - 0.75) * top * 3.5, 0.03, None))


_SHAPES: dict[str, Callable[..., F64]] = {
    "cone": cone,
    "loads": loads,
    "berm": berm,
    "tipped": tipped,
    "spread": spread,
    "bank": bank,
    "flat_top": flat_top,
    "crescent": crescent,
}


def heap(rng: RNG, shape: str, rx: float, ry: float, top: float, lumpy: float = 1.0) -> Field:
    """The height field of a heap: half lengths rx and ry, height `top`, all metres; `lumpy` scales its roughness.

    Raises KeyError for an unknown shape.
    """
    hx, hy = rx * 1.3 + 0.25, ry * 1.3 + 0.25
    cell = float(np.clip(max(hx, hy) / 85, 0.04, 0.13))
    h, w = int(2 * hy / cell) + 2, int(2 * hx / cell) + 2
    x, y = np.meshgrid(np.linspace(-hx, hx, w), np.linspace(-hy, hy, h))
    # the outline wanders: coordinates are pushed about by noise
    big = max(rx, ry) / cell
    warp = 0.055 * min(rx, ry) * (0.5 + 0.5 * lumpy)
    wx = x + warp * tx.noise(rng, h, w, big * 0.8, 2, 0.4)
    wy = y + warp * tx.noise(rng, h, w, big * 0.8, 2, 0.4)
    z = _SHAPES[shape](rng, wx, wy, rx, ry, top)
    foot = np.clip(z / 0.25 + 0.35, 0, 1) * lumpy * min(1.0, 0.35 + top * 0.5)
    z = z + foot * (0.055 * tx.noise(rng, h, w, 0.8 / cell, 3, 0.55) + 0.022 * tx.noise(rng, h, w, 0.22 / cell, 2, 0.7))
    rim = np.clip((1 - np.maximum(np.abs(x) / hx, np.abs(y) / hy)) * 9, 0, 1)
    return Field((z * rim - 0.08 * (1 - rim)).astype(np.float32), hx, hy)


def foot_stones(rng: RNG, field: Field, count: int, least: float, most: float) -> tuple[F64, F64]:
    """Places (N, 3) and radii (N,) of stones that lie on a heap and have rolled to its foot."""
    x = rng.normal(0, 0.5, count) * field.hx
    y = rng.normal(0, 0.5, count) * field.hy
    z = field.at(np.clip(x, -field.hx, field.hx), np.clip(y, -field.hy, field.hy)).astype(float)
    inside = (np.abs(x) < field.hx) & (np.abs(y) < field.hy)
    z = np.where(inside, np.maximum(z, 0.0), 0.0)
    size = least * (most / least) ** (rng.random(count) ** 2.5)
    return np.stack([x, y, z + 0.1 * size], 1), size
