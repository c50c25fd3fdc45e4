"""Pictures computed from a seed: noise, stains, pavers, asphalt, soil. Arrays are (H, W, 3) in 0..1, sRGB."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
RNG = np.random.Generator


def noise(rng: RNG, h: int, w: int, cell: float, octaves: int = 4, gain: float = 0.5) -> Image:
    """Fractal value noise, (h, w), about 0 mean and 1 deviation; `cell` is the coarsest feature in pixels."""
    out = np.zeros((h, w), np.float32)
    amp = 1.0
    for _ in range(octaves):
        gh, gw = max(2, int(np.ceil(h / cell)) + 2), max(2, int(np.ceil(w / cell)) + 2)
        g = rng.standard_normal((gh, gw)).astype(np.float32)
        out += amp * cv2.resize(g, (w, h), interpolation=cv2.INTER_CUBIC)
        amp, cell = amp * gain, max(1.0, cell / 2.1)
    return out / (out.std() + 1e-6)


def tint(base: Any, shade: Image) -> Image:
    """A colour times a (h, w) shade."""
    return np.clip(np.asarray(base, np.float32) * shade[..., None], 0, 1)


def stains(rng: RNG, img: Image, ppm: float, amount: float) -> Image:
    """Wear: broad dirt, drips and spots, chewing gum, streaks along the length."""
    h, w = img.shape[:2]
    broad = noise(rng, h, w, 2.5 * ppm, 5)
    img = img * (1 - amount * 0.11 * np.clip(broad, -1.5, 2.5))[..., None]
    spots = noise(rng, h, w, 0.5 * ppm, 4)
    dark = np.clip((spots - 1.5) * 1.5, 0, 1) * amount
    img = img * (1 - 0.35 * dark[..., None])
    for _ in range(int(w * h / ppm**2 * 0.5 * amount)):
        c = (int(rng.integers(0, w)), int(rng.integers(0, h)))
        r = int(max(1, rng.uniform(0.01, 0.04) * ppm))
        shade = float(rng.uniform(0.45, 0.9)) if rng.random() < 0.85 else 1.25
        y0, y1, x0, x1 = max(0, c[1] - r), c[1] + r + 1, max(0, c[0] - r), c[0] + r + 1
        img[y0:y1, x0:x1] *= shade
    if rng.random() < 0.6:
        for _ in range(int(rng.integers(1, 5))):
            mask = np.zeros((h, w), np.float32)
            c = (int(rng.integers(0, w)), int(rng.integers(0, h)))
            ax = (int(rng.uniform(0.2, 1.0) * ppm), int(rng.uniform(0.1, 0.5) * ppm))
            cv2.ellipse(mask, c, ax, float(rng.uniform(0, 180)), 0, 360, 1.0, -1)
            mask = cv2.GaussianBlur(mask, (0, 0), 0.12 * ppm) * np.clip(0.7 + 0.3 * spots, 0, 1)
            img = img * (1 - float(rng.uniform(0.1, 0.4)) * amount * mask[..., None])
    return np.clip(img, 0, 1)


PAVERS = ("brick", "brick_red", "square", "granite", "sand", "concrete", "checker")


def pavers(rng: RNG, kind: str, length: float, depth: float, ppm: float, wear: float = 0.7) -> tuple[Image, Image]:
    """Paving of length x depth metres at ppm pixels per metre; returns colour and (h, w) joint depth 0..1."""
    h, w = int(depth * ppm), int(length * ppm)
    size = {
        "brick": (0.2, 0.1),
        "brick_red": (0.23, 0.115),
        "square": (0.3, 0.3),
        "granite": (0.6, 0.3),
        "sand": (0.4, 0.2),
        "concrete": (3.0, 2.0),
        "checker": (0.25, 0.25),
    }[kind]
    base = {
        "brick": (0.52, 0.51, 0.50),
        "brick_red": (0.55, 0.36, 0.31),
        "square": (0.60, 0.58, 0.55),
        "granite": (0.58, 0.58, 0.60),
        "sand": (0.68, 0.60, 0.46),
        "concrete": (0.58, 0.57, 0.55),
        "checker": (0.57, 0.52, 0.48),
    }[kind]
    base = np.clip(np.asarray(base) * rng.uniform(0.8, 1.12) + rng.normal(0, 0.015, 3), 0.05, 0.95)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / ppm
    row = np.floor(y / size[1]).astype(np.int32)
    shift = 0.0 if kind in ("square", "checker", "concrete") else 0.5
    xs = x + shift * size[0] * (row % 2)
    col = np.floor(xs / size[0]).astype(np.int32)
    table = rng.normal(1.0, 0.055, (257, 263)).astype(np.float32)
    shade = table[row % 257, col % 263]
    img = tint(base, shade)
    if kind == "checker":
        other = np.asarray(base) * [1.1, 0.75, 0.68]
        img = np.where(((row // 2 + col // 2) % 2 == 0)[..., None], tint(other, shade), img)
    elif kind in ("brick", "brick_red", "square") and rng.random() < 0.5:
        band = (row % int(rng.integers(8, 20))) < int(rng.integers(1, 4))
        other = np.clip(np.asarray(base) * rng.uniform(0.7, 1.15, 3), 0, 1)
        img = np.where(band[..., None], tint(other, shade), img)
    fx, fy = np.mod(xs, size[0]), np.mod(y, size[1])
    edge = np.minimum(np.minimum(fx, size[0] - fx), np.minimum(fy, size[1] - fy)) * ppm
    joint = np.clip(1.3 - edge, 0, 1).astype(np.float32)
    img = img * (1 - 0.38 * joint[..., None])
    lost = (table[(row + 91) % 257, (col + 37) % 263] > 1.135) & (kind != "concrete")
    img = np.where(lost[..., None], img * 0.72, img)
    img = img * (1 + 0.04 * rng.standard_normal((h, w, 1)).astype(np.float32))
    return stains(rng, img.astype(np.float32), ppm, wear), joint


def tactile(rng: RNG, length: float, depth: float, ppm: float) -> Image:
    """The yellow guiding strip for blind walkers, ribs along its length."""
    h, w = int(depth * ppm), int(length * ppm)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / ppm
    rib = 0.86 + 0.14 * np.cos(2 * np.pi * y / 0.075)
    base = np.array([0.72, 0.58, 0.24]) * rng.uniform(0.75, 1.05)
    img = tint(base, rib * (1 - 0.3 * (np.mod(x, 0.3) < 0.012)))
    return stains(rng, img, ppm, 1.0)


def asphalt(rng: RNG, length: float, depth: float, ppm: float) -> Image:
    """Road surface with grain, patches, cracks and oil."""
    h, w = int(depth * ppm), int(length * ppm)
    g = rng.uniform(0.24, 0.42)
    base = np.array([g, g, g * 1.02]) + rng.normal(0, 0.008, 3)
    img = tint(base, 1 + 0.07 * noise(rng, h, w, 3, 2) + 0.05 * noise(rng, h, w, 2.0 * ppm, 3))
    for _ in range(int(rng.integers(0, 5))):
        x0, y0 = int(rng.integers(0, w)), int(rng.integers(0, h))
        dx, dy = int(rng.uniform(0.8, 5) * ppm), int(rng.uniform(0.6, 2) * ppm)
        img[y0 : y0 + dy, x0 : x0 + dx] *= float(rng.uniform(0.7, 0.95))
    for _ in range(int(rng.integers(0, 9))):
        p = np.array([rng.uniform(0, w), rng.uniform(0, h)])
        for _ in range(40):
            q = p + rng.normal(0, 0.12 * ppm, 2) + [0.1 * ppm, 0]
            cv2.line(img, tuple(map(int, p)), tuple(map(int, q)), (g * 0.55,) * 3, 1, cv2.LINE_AA)
            p = q
    return stains(rng, img.astype(np.float32), ppm, 0.8)


def soil(rng: RNG, h: int, w: int, ppm: float, base: Any) -> Image:
    """Bare soil: clods, damp patches, pebbles."""
    a = noise(rng, h, w, 1.6 * ppm, 6, 0.6)
    b = noise(rng, h, w, 0.3 * ppm, 4, 0.7)
    img = tint(base, np.clip(1 + 0.07 * a + 0.10 * b, 0.35, 1.7))
    img *= 1 + (0.03 * noise(rng, h, w, 3 * ppm, 3))[..., None] * np.array([1.0, 0.1, -0.8], np.float32)
    stone = noise(rng, h, w, max(2.0, 0.08 * ppm), 2) > 2.35
    img = np.where(stone[..., None], img * 0.5 + 0.28, img)
    return np.clip(img, 0.02, 1).astype(np.float32)
