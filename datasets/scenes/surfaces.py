"""Patterned materials: brickwork, stone, plaster, boards, sheet metal, cloth, wicker, cardboard, rows of packets."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from . import materials as mt
from . import textures as tx

RNG = np.random.Generator
Image = NDArray[np.float32]


_INK = (
    (0.92, 0.91, 0.88), (0.86, 0.84, 0.8), (0.9, 0.9, 0.9), (0.68, 0.1, 0.1), (0.8, 0.24, 0.14), (0.1, 0.18, 0.45),
    (0.16, 0.36, 0.6), (0.88, 0.74, 0.22), (0.84, 0.54, 0.16), (0.14, 0.38, 0.2), (0.46, 0.58, 0.3), (0.1, 0.1, 0.1),
    (0.3, 0.3, 0.31), (0.48, 0.32, 0.2), (0.74, 0.6, 0.44), (0.82, 0.6, 0.6), (0.4, 0.26, 0.44), (0.56, 0.68, 0.74),
)  # fmt: skip
"""Colours that print and cloth really have; random RGB looks like nothing on earth."""


def ink(rng: RNG, off: float = 0.05) -> Image:
    """One of them, (3,), off by some; exact colours share a material."""
    own = np.array(_INK[int(rng.integers(len(_INK)))])
    return np.clip(own + rng.normal(0, off, 3), 0.02, 0.97).astype(np.float32)


def _grain(rng: RNG, n: int, amount: float = 0.05) -> Image:
    return (1 + amount * tx.noise(rng, n, n, n / 3, 5) + 0.5 * amount * rng.standard_normal((n, n))).astype(np.float32)


def _blocks(rng: RNG, n: int, rows: int, cols: int, shift: float, spread: float, joint: float, mortar: float) -> Image:
    y, x = np.mgrid[0:n, 0:n].astype(np.float32) / n
    row = np.floor(y * rows).astype(int)
    xs = x * cols + shift * (row % 2)
    col = np.floor(xs).astype(int) % cols
    tone = rng.normal(1.0, spread, (rows, cols, 1)) * (1 + spread * 0.5 * rng.standard_normal((rows, cols, 3)))
    img = tone[row % rows, col]
    fx, fy = np.mod(xs, 1) / cols, np.mod(y * rows, 1) / rows
    gap = np.minimum(np.minimum(fx, 1 / cols - fx), np.minimum(fy, 1 / rows - fy)) < joint
    return np.where(gap[..., None], mortar, img * _grain(rng, n)[..., None])


def _brick(rng: RNG) -> Image:
    base = np.array([0.58, 0.33, 0.26])
    return _blocks(rng, 256, 16, 5, 0.5, 0.12, 0.006, 1.1) * base


def _ashlar(rng: RNG) -> Image:
    return _blocks(rng, 256, 5, 3, 0.5, 0.07, 0.004, 0.75) * np.array([0.72, 0.67, 0.57])


def _rubble(rng: RNG) -> Image:
    n = 256
    pts = rng.random((70, 2)) * n
    y, x = np.mgrid[0:n, 0:n]
    d = np.stack([np.hypot((x - p[0] + n / 2) % n - n / 2, (y - p[1] + n / 2) % n - n / 2) for p in pts])
    d.sort(0)
    own = np.argmin(
        np.stack([np.hypot((x - p[0] + n / 2) % n - n / 2, (y - p[1] + n / 2) % n - n / 2) for p in pts]), 0
    )
    tone = rng.normal(0.6, 0.1, (70, 1)) * (1 + 0.06 * rng.standard_normal((70, 3)))
    edge = np.clip((d[1] - d[0] - 1) / 4, 0.35, 1)
    return tone[own] * (edge * _grain(rng, n, 0.08))[..., None]


def _plaster(rng: RNG) -> Image:
    n = 256
    streak = np.repeat(tx.noise(rng, 4, n, 12, 3).mean(0)[None], n, 0)
    img = np.full((n, n), 0.86) * _grain(rng, n, 0.05) * (1 - 0.05 * np.clip(streak, 0, 2))
    lost = tx.noise(rng, n, n, 60, 4) > 2.1
    return np.where(lost[..., None], np.array([0.62, 0.57, 0.52]), img[..., None] * np.ones(3))


def _tiles(rng: RNG) -> Image:
    return _blocks(rng, 256, 10, 10, 0.0, 0.03, 0.006, 0.8) * np.array([0.84, 0.83, 0.8])


def _wood(rng: RNG) -> Image:
    n = 256
    y, x = np.mgrid[0:n, 0:n].astype(np.float32)
    board = (y // 32).astype(int)
    tone = rng.normal(1, 0.12, 8)[board]
    grain = tx.noise(rng, n, n, 6, 2) * 0.05 + 0.09 * np.sin(y * 0.9 + 2 * tx.noise(rng, n, n, 120, 3))
    gap = np.where(np.mod(y, 32) < 1.5, 0.45, 1.0)
    return ((tone * (1 + grain) * gap)[..., None] * np.array([0.58, 0.43, 0.28])) + 0 * x[..., None]


def _metal(rng: RNG) -> Image:
    n = 256
    x = np.arange(n)
    rib = 0.8 + 0.2 * np.cos(2 * np.pi * x / 21.33)
    rust = np.clip(tx.noise(rng, n, n, 70, 5) - 1.0, 0, 1)[..., None]
    img = np.tile(rib[None, :, None], (n, 1, 3)) * _grain(rng, n)[..., None] * 0.8
    return img * (1 - rust) + rust * np.array([0.42, 0.25, 0.16])


def _stripes(rng: RNG) -> Image:
    n, k = 128, int(rng.integers(2, 6))
    cols = np.array([ink(rng) for _ in range(k)])
    return np.tile(cols[(np.arange(n) * int(rng.choice([4, 8])) * k // n) % k][None], (n, 1, 1))


def _checks(rng: RNG) -> Image:
    a = _stripes(rng)
    return 0.5 * a + 0.5 * a.transpose(1, 0, 2)


def _floral(rng: RNG) -> Image:
    n = 128
    img = np.ones((n, n, 3), np.float32) * ink(rng)
    for _ in range(40):
        c = tuple(float(v) for v in ink(rng))
        cv2.circle(img, (int(rng.integers(n)), int(rng.integers(n))), int(rng.integers(2, 11)), c, -1, cv2.LINE_AA)
    return img


def _wicker(rng: RNG) -> Image:
    n = 128
    y, x = np.mgrid[0:n, 0:n] / n * 2 * np.pi * 8
    w = 0.75 + 0.25 * np.sin(y * 2) * np.sign(np.sin(x))
    return (w * _grain(rng, n, 0.08))[..., None] * np.array([0.66, 0.5, 0.3])


def _tarp(rng: RNG) -> Image:
    n = 256
    fold = tx.noise(rng, n, n, 90, 3) * 0.10 + 0.05 * np.sin(np.arange(n) / 9)[None]
    return np.clip((0.85 + fold), 0.3, 1.2)[..., None] * np.ones(3)


def _packets(rng: RNG) -> Image:
    """Rows of packets, tins and bottles, shoulder to shoulder, as on a shelf; 1 m wide, four boards high."""
    n = 320
    img = np.full((n, n, 3), 0.12, np.float32)
    rows = int(rng.integers(3, 6))
    for r in range(rows):
        y1, x = int(n * (r + 1) / rows) - 5, 0
        while x < n:
            w, h = int(rng.uniform(9, 38)), int(rng.uniform(0.45, 0.85) * n / rows)
            col, mark = ink(rng), ink(rng)
            for _ in range(int(rng.integers(1, 6))):
                a, b = img[y1 - h : y1, x : x + w], int(h * rng.uniform(0.2, 0.6))
                a[:] = col
                a[b : b + max(2, h // 5), 1:-1] = mark
                if rng.random() < 0.5 and w > 12:
                    cv2.circle(a, (a.shape[1] // 2, h // 4), w // 4, tuple(map(float, mark)), -1)
                a[:, :1] *= 0.5
                x += w + 1
                if x >= n:
                    break
        img[y1 : y1 + 5] = float(rng.uniform(0.3, 0.8))
    return img * (1 + 0.04 * rng.standard_normal((n, n, 1)))


def _print(rng: RNG) -> Image:
    """The face of a packet or poster: blocks, bars and a picture-like blotch."""
    n = 128
    img = np.ones((n, n, 3), np.float32) * ink(rng)
    blotch = tx.noise(rng, n, n, 40, 4)
    top = int(rng.integers(10, 60))
    part = img[top : top + 60]
    col = np.stack([ink(rng), ink(rng)])
    part[:] = np.where((blotch[top : top + 60] > 0)[..., None], col[0], col[1])
    for _ in range(int(rng.integers(2, 7))):
        y, x, w = int(rng.integers(0, n - 12)), int(rng.integers(4, 50)), int(rng.integers(20, 70))
        img[y : y + int(rng.integers(2, 11)), x : x + w] = ink(rng)
    return img


def _card(rng: RNG) -> Image:
    n = 128
    img = _grain(rng, n, 0.05)[..., None] * np.array([0.68, 0.51, 0.34])
    img[:, 58:70] *= 1.15
    for _ in range(int(rng.integers(1, 4))):
        y, x = int(rng.integers(10, 100)), int(rng.integers(5, 70))
        img[y : y + int(rng.integers(3, 14)), x : x + int(rng.integers(10, 50))] *= 0.35
    return img


_MAKERS: dict[str, tuple[Callable[[RNG], Image], float, float]] = {
    "brick": (_brick, 1.2, 0.85),
    "ashlar": (_ashlar, 1.8, 0.85),
    "rubble": (_rubble, 1.6, 0.9),
    "plaster": (_plaster, 3.0, 0.9),
    "tiles": (_tiles, 1.0, 0.35),
    "wood": (_wood, 1.0, 0.7),
    "metal": (_metal, 1.6, 0.5),
    "stripes": (_stripes, 0.6, 0.85),
    "checks": (_checks, 0.3, 0.85),
    "floral": (_floral, 0.5, 0.85),
    "wicker": (_wicker, 0.25, 0.8),
    "tarp": (_tarp, 2.0, 0.5),
    "packets": (_packets, 1.0, 0.5),
    "print": (_print, 0.4, 0.4),
    "card": (_card, 0.45, 0.85),
}
"""Name -> (picture, its width in metres, roughness)."""
PATTERNS = tuple(_MAKERS)


@lru_cache(maxsize=128)
def pixels(name: str, variant: int) -> Image:
    """The picture of a pattern, (H, W, 3) in 0..1, the same for every scene."""
    return np.clip(_MAKERS[name][0](np.random.default_rng([variant, PATTERNS.index(name)])), 0, 1).astype(np.float32)


def surface(rng: RNG, name: str, tint: Any = (1.0, 1.0, 1.0), metres: float | None = None, variants: int = 3) -> Any:
    """A material of a pattern; `tint` multiplies its colours."""
    v = int(rng.integers(variants))
    _, size, rough = _MAKERS[name]
    return mt.tiled((name, v), lambda: pixels(name, v), metres or size, rough, tint)


CLOTH: tuple[tuple[float, float, float], ...] = (
    (0.9, 0.9, 0.9),
    (0.1, 0.1, 0.1),
    (0.3, 0.3, 0.3),
    (0.1, 0.2, 0.4),
    (0.3, 0.5, 0.7),
    (0.7, 0.1, 0.1),
    (0.9, 0.5, 0.6),
    (0.8, 0.7, 0.5),
    (0.5, 0.4, 0.2),
    (0.2, 0.4, 0.2),
    (0.6, 0.7, 0.4),
    (0.9, 0.8, 0.2),
    (0.9, 0.5, 0.1),
    (0.5, 0.2, 0.5),
    (0.2, 0.6, 0.6),
    (0.6, 0.6, 0.6),
)


def cloth(rng: RNG) -> Any:
    """Some cloth: plain mostly, else striped, checked, printed."""
    kind = str(rng.choice(["plain", "plain", "plain", "stripes", "checks", "floral"]))
    if kind == "plain":
        return surface(rng, "tarp", CLOTH[int(rng.integers(len(CLOTH)))], 0.7, variants=1)
    return surface(rng, kind, variants=5)
