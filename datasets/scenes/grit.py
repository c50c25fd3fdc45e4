"""What soil and stone look like from near: tiles of grit, clods, gravel and rubble that repeat without a seam.

A tile multiplies the broad colour of the ground: (N, N, 3), 0.5 leaves the colour as it is, and comes with its relief.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
RNG = np.random.Generator
SIDE = 512
METRES: dict[str, float] = {
    "dust": 3.0,
    "sand": 2.2,
    "loam": 2.8,
    "clods": 3.4,
    "stony": 3.0,
    "gravel": 1.8,
    "rubble": 4.6,
    "cracked": 3.0,
    "straw": 2.4,
    "grass": 2.4,
    "leaves": 2.6,
}
"""Width of each tile on the ground."""


def fractal(rng: RNG, n: int, slope: float, low: float = 1.0, high: float | None = None) -> Image:
    """Noise that repeats, (n, n), 0 mean and 1 deviation, amplitude falling with frequency to the power of -slope.

    `low` and `high` bound the frequency in cycles per tile.
    """
    f = np.fft.fftfreq(n) * n
    r = np.hypot(f[:, None], f[None])
    gain = np.where((r >= low) & (r <= (high or n)), np.maximum(r, 1.0) ** -slope, 0.0)
    spec = np.fft.fft2(rng.standard_normal((n, n))) * gain
    out = np.fft.ifft2(spec).real
    return (out / (out.std() + 1e-9)).astype(np.float32)


def stones(
    rng: RNG, img: Image, relief: Image, count: int, least: float, most: float, tones: list[tuple[float, float, float]]
) -> None:
    """Draw stones of `least` to `most` metres' worth of pixels over a tile, largest first, wrapped at its rim."""
    n = img.shape[0]
    sizes = np.sort(least * (most / least) ** (rng.random(count) ** 2.2))[::-1]
    for r in sizes:
        c = rng.uniform(0, n, 2)
        k = int(rng.integers(5, 9))
        a = np.sort(rng.uniform(0, 2 * np.pi, k))
        rad = r * rng.uniform(0.65, 1.1, k)
        pts = np.stack([np.cos(a) * rad, np.sin(a) * rad * rng.uniform(0.6, 1.0)], 1)
        tone = np.asarray(tones[int(rng.integers(len(tones)))]) * rng.uniform(0.7, 1.25)
        for dx in (-n, 0, n):
            for dy in (-n, 0, n):
                m = c + np.array([dx, dy])
                if (m < -r).any() or (m > n + r).any():
                    continue
                shape = np.rint((pts + m) * 8).astype(np.int32)
                under = np.rint((pts * 1.12 + m + (0.12 * r, 0.22 * r)) * 8).astype(np.int32)
                cv2.fillPoly(img, [under], tuple(float(x) for x in tone * 0.42), cv2.LINE_AA, 3)
                cv2.fillPoly(img, [shape], tuple(float(x) for x in tone), cv2.LINE_AA, 3)
                top = np.rint((pts * 0.55 + m - 0.12 * r) * 8).astype(np.int32)
                cv2.fillPoly(img, [top], tuple(float(x) for x in tone * 1.15), cv2.LINE_AA, 3)
                cv2.fillPoly(relief, [shape], float(min(1.0, 0.5 + 0.035 * r)), cv2.LINE_AA, 3)


def blades(rng: RNG, img: Image, count: int, length: float, tones: list[tuple[float, float, float]], wide: int) -> None:
    """Draw stalks or blades over a tile."""
    n = img.shape[0]
    for _ in range(count):
        p, a = rng.uniform(0, n, 2), rng.uniform(0, 2 * np.pi)
        d = np.array([np.cos(a), np.sin(a)]) * length * rng.uniform(0.5, 1.3)
        tone = np.asarray(tones[int(rng.integers(len(tones)))]) * rng.uniform(0.6, 1.3)
        for o in ((0, 0), (n, 0), (0, n), (-n, 0), (0, -n)):
            q = p + o
            cv2.line(img, tuple(map(int, q)), tuple(map(int, q + d)), tuple(map(float, tone)), wide, cv2.LINE_AA)


GREYS = [(0.55, 0.54, 0.53), (0.45, 0.44, 0.43), (0.64, 0.62, 0.6), (0.38, 0.37, 0.37), (0.56, 0.5, 0.44)]
EARTHY = [(0.62, 0.6, 0.58), (0.5, 0.49, 0.47), (0.42, 0.42, 0.42), (0.7, 0.69, 0.68)]
WASTE = [
    (0.62, 0.36, 0.28),
    (0.68, 0.67, 0.65),
    (0.5, 0.5, 0.5),
    (0.78, 0.77, 0.74),
    (0.55, 0.32, 0.25),
    (0.4, 0.39, 0.38),
]
STRAW = [(0.7, 0.6, 0.38), (0.6, 0.5, 0.3), (0.5, 0.42, 0.26), (0.78, 0.7, 0.5)]
GRASS = [(0.3, 0.36, 0.16), (0.42, 0.42, 0.2), (0.55, 0.5, 0.28), (0.24, 0.3, 0.12)]
LITTER = [(0.5, 0.32, 0.14), (0.6, 0.42, 0.16), (0.38, 0.25, 0.14), (0.66, 0.5, 0.2), (0.3, 0.2, 0.12)]


def _plain(rng: RNG, slope: float, strength: float, fine: float) -> tuple[Image, Image]:
    h = fractal(rng, SIDE, slope, 2)
    shade = 1 + strength * h + fine * fractal(rng, SIDE, 0.3, 60)
    hue = 0.012 * fractal(rng, SIDE, 1.2, 2)[..., None] * np.float32([1, 0.2, -0.9])
    img = (0.5 * np.clip(shade, 0.25, 1.9))[..., None] * (1 + hue)
    return np.ascontiguousarray(img, np.float32), np.ascontiguousarray(np.clip(0.5 + 0.14 * h, 0, 1), np.float32)


@lru_cache(maxsize=64)
def tile(name: str, variant: int) -> tuple[Image, Image]:
    """Colour factor (SIDE, SIDE, 3) around 0.5 and relief (SIDE, SIDE) of a tile, the same for every scene.

    Raises KeyError for a name that METRES does not have.
    """
    px = SIDE / METRES[name]
    rng = np.random.default_rng([variant, list(METRES).index(name), 77])
    if name == "dust":
        img, z = _plain(rng, 1.2, 0.05, 0.035)
    elif name == "sand":
        img, z = _plain(rng, 0.9, 0.09, 0.07)
        stones(rng, img, z, 50, 0.004 * px, 0.012 * px, EARTHY)
    elif name == "cracked":
        img, z = _plain(rng, 1.2, 0.08, 0.04)
        line = np.abs(fractal(rng, SIDE, 1.6, 3, 40)) < 0.045
        img[line] *= 0.55
        z[line] = 0.2
    elif name == "loam":
        img, z = _plain(rng, 0.95, 0.2, 0.09)
        stones(rng, img, z, 130, 0.005 * px, 0.03 * px, EARTHY)
    elif name == "clods":
        img, z = _plain(rng, 1.0, 0.17, 0.08)
        stones(rng, img, z, 900, 0.012 * px, 0.11 * px, [(0.52, 0.5, 0.48), (0.46, 0.45, 0.44), (0.58, 0.56, 0.54)])
        img *= (1 + 0.1 * fractal(rng, SIDE, 0.6, 8))[..., None]
    elif name == "stony":
        img, z = _plain(rng, 0.95, 0.16, 0.09)
        stones(rng, img, z, 750, 0.008 * px, 0.08 * px, EARTHY + GREYS)
    elif name == "gravel":
        img, z = _plain(rng, 0.8, 0.2, 0.1)
        img *= 0.7
        stones(rng, img, z, 3600, 0.012 * px, 0.03 * px, GREYS)
    elif name == "rubble":
        img, z = _plain(rng, 0.9, 0.2, 0.1)
        stones(rng, img, z, 900, 0.012 * px, 0.16 * px, WASTE)
        img *= (1 + 0.08 * fractal(rng, SIDE, 0.5, 20))[..., None]
    elif name == "leaves":
        img, z = _plain(rng, 0.9, 0.12, 0.06)
        stones(rng, img, z, 900, 0.015 * px, 0.05 * px, LITTER)
    else:
        img, z = _plain(rng, 0.9, 0.12, 0.08)
        tones = STRAW if name == "straw" else GRASS
        blades(rng, img, 5200, 0.09 * px if name == "straw" else 0.045 * px, tones, 1)
        z = np.clip(0.5 + 0.15 * cv2.GaussianBlur(img.mean(2) - img.mean(), (0, 0), 1) * 8, 0, 1)
    return np.clip(img, 0, 1).astype(np.float32), z.astype(np.float32)
