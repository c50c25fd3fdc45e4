"""Pictures computed from a seed: noise, stains, pavers, asphalt, soil. Arrays are (H, W, 3) in 0..1, sRGB."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .families import Families

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


PAVING = Families(
    train=(
        "brick", "brick_red", "square", "granite", "sand", "concrete", "checker",
        "setts", "slabs", "asphalt", "dusty", "patched", "cracked", "gravel_edge",
    ),
    held_out=("herring", "hex", "cobble_fan", "terrazzo"),
)  # fmt: skip
PAVERS = PAVING.train
_SIZE = {
    "brick": (0.2, 0.1),
    "brick_red": (0.23, 0.115),
    "square": (0.3, 0.3),
    "granite": (0.6, 0.3),
    "sand": (0.4, 0.2),
    "concrete": (3.0, 2.0),
    "checker": (0.25, 0.25),
    "setts": (0.12, 0.11),
    "slabs": (0.75, 0.6),
}
_BASE = {
    "brick": (0.52, 0.51, 0.50),
    "brick_red": (0.55, 0.36, 0.31),
    "square": (0.60, 0.58, 0.55),
    "granite": (0.58, 0.58, 0.60),
    "sand": (0.68, 0.60, 0.46),
    "concrete": (0.58, 0.57, 0.55),
    "checker": (0.57, 0.52, 0.48),
    "setts": (0.45, 0.44, 0.43),
    "slabs": (0.62, 0.61, 0.58),
    "herring": (0.56, 0.42, 0.37),
    "hex": (0.56, 0.54, 0.51),
    "cobble_fan": (0.47, 0.46, 0.45),
    "terrazzo": (0.66, 0.63, 0.60),
}


def rows(rng: RNG, kind: str, h: int, w: int, ppm: float, base: Any) -> tuple[Image, Image]:
    """Stones in rows: colour (h, w, 3) and joint depth (h, w) 0..1."""
    size = _SIZE[kind]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / ppm
    if kind == "setts":
        x = x + 0.012 * noise(rng, h, w, 0.5 * ppm, 2)
        y = y + 0.008 * noise(rng, h, w, 0.5 * ppm, 2)
    row = np.floor(y / size[1]).astype(np.int32)
    shift = 0.0 if kind in ("square", "checker", "concrete") else 0.5
    xs = x + shift * size[0] * (row % 2)
    col = np.floor(xs / size[0]).astype(np.int32)
    table = rng.normal(1.0, 0.13 if kind == "setts" else 0.055, (257, 263)).astype(np.float32)
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
    img = img * (1 - (0.6 if kind == "setts" else 0.38) * joint[..., None])
    lost = (table[(row + 91) % 257, (col + 37) % 263] > 1.135) & (kind not in ("concrete", "setts", "slabs"))
    return np.where(lost[..., None], img * 0.72, img), joint


def patterned(rng: RNG, kind: str, h: int, w: int, ppm: float, base: Any) -> tuple[Image, Image]:
    """Herringbone, hexagons, fans of cobbles or poured terrazzo: colour (h, w, 3) and joint depth (h, w) 0..1."""
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / ppm
    table = rng.normal(1.0, 0.1, (257, 263)).astype(np.float32)
    if kind == "herring":
        u, v = (x + y) / 0.14, (x - y) / 0.14
        i, j = np.floor(u).astype(np.int32), np.floor(v).astype(np.int32)
        along = (i - j) % 4 < 2
        brick_u, brick_v = np.where(along, (i + (j % 2)) // 2 * 7, i), np.where(along, j, (j + (i % 2)) // 2 * 5)
        fu, fv = np.mod(u, 1), np.mod(v, 1)
        gap = np.where(along, np.minimum(fv, 1 - fv), np.minimum(fu, 1 - fu)) * 0.1 * ppm
        shade = table[brick_u % 257, brick_v % 263]
    elif kind == "hex":
        s = 0.22
        q, r = x / s, y / (s * 0.866)
        row = np.floor(r).astype(np.int32)
        c = np.floor(q + 0.5 * (row % 2)).astype(np.int32)
        fq, fr = np.mod(q + 0.5 * (row % 2), 1), np.mod(r, 1)
        gap = np.minimum(np.minimum(fq, 1 - fq) * s, np.abs(fr - 0.5 * np.abs(fq - 0.5)) * s) * ppm
        shade = table[row % 257, c % 263]
    elif kind == "cobble_fan":
        cx = np.mod(x, 1.6) - 0.8
        ring = np.hypot(cx, np.mod(y, 1.2) + 0.5) / 0.1
        i = np.floor(ring).astype(np.int32)
        a = np.arctan2(cx, np.mod(y, 1.2) + 0.5) * ring
        j = np.floor(a).astype(np.int32)
        fi, fj = np.mod(ring, 1), np.mod(a, 1)
        gap = np.minimum(np.minimum(fi, 1 - fi), np.minimum(fj, 1 - fj)) * 0.1 * ppm
        shade = table[i % 257, j % 263]
    else:
        gap = np.minimum(np.mod(x, 1.5), np.mod(y, 1.5)) * ppm + 0.3
        shade = 1 + 0.16 * np.sign(noise(rng, h, w, max(2.0, 0.03 * ppm), 1) - 0.8)
    joint = np.clip(1.3 - gap, 0, 1).astype(np.float32)
    return tint(base, shade.astype(np.float32)) * (1 - 0.45 * joint[..., None]), joint


def loose(rng: RNG, kind: str, length: float, depth: float, ppm: float) -> Image:
    """Pavements without stones: asphalt, patched or cracked, under dust and sand, with a strip of gravel."""
    h, w = int(depth * ppm), int(length * ppm)
    img = asphalt(rng, length, depth, ppm)[:h, :w]
    if rng.random() < 0.4:
        img = np.clip(img * rng.uniform(1.2, 1.6) * np.array([1.02, 1.0, 0.97]), 0, 0.85)
    if kind == "patched":
        for _ in range(int(length * depth / 14)):
            x0, y0 = int(rng.integers(0, w)), int(rng.integers(0, h))
            dx, dy = int(rng.uniform(0.4, 4) * ppm), int(rng.uniform(0.3, 1.5) * ppm)
            img[y0 : y0 + dy, x0 : x0 + dx] *= float(rng.choice([0.55, 0.7, 0.8, 1.2]))
    if kind in ("cracked", "patched"):
        a = noise(rng, h, w, 1.1 * ppm, 4, 0.6)
        img = np.where((np.abs(a) < 0.018)[..., None], img * 0.5, img)
    if kind in ("dusty", "gravel_edge"):
        sand = rng.uniform(0.42, 0.62) * np.array([rng.uniform(1.06, 1.24), 1.0, rng.uniform(0.68, 0.86)])
        y = np.linspace(0, 1, h)[:, None]
        side = np.abs(y - float(rng.choice([0.0, 1.0, 0.5])))
        share = np.clip(0.75 - 1.1 * side + 0.28 * noise(rng, h, w, 1.8 * ppm, 5), 0, 0.93)
        dust = sand * (1 + 0.05 * noise(rng, h, w, 0.2 * ppm, 3))[..., None]
        img = img * (1 - share[..., None]) + dust * share[..., None]
    if kind == "gravel_edge":
        n = int(h * rng.uniform(0.15, 0.35))
        stones = 0.55 + 0.14 * noise(rng, n, w, max(2.0, 0.04 * ppm), 2)
        img[:n] = np.clip(stones[..., None] * np.array([1.0, 0.97, 0.92]), 0.1, 0.95)
    return img.astype(np.float32)


def pavers(rng: RNG, kind: str, length: float, depth: float, ppm: float, wear: float = 0.7) -> tuple[Image, Image]:
    """Paving of length x depth metres at ppm pixels per metre; returns colour and (h, w) joint depth 0..1."""
    h, w = int(depth * ppm), int(length * ppm)
    if kind not in _BASE:
        return stains(rng, loose(rng, kind, length, depth, ppm), ppm, wear), np.zeros((h, w), np.float32)
    base = np.clip(np.asarray(_BASE[kind]) * rng.uniform(0.78, 1.15) + rng.normal(0, 0.02, 3), 0.05, 0.95)
    img, joint = (rows if kind in _SIZE else patterned)(rng, kind, h, w, ppm, base)
    img = img * (1 + 0.04 * rng.standard_normal((h, w, 1)).astype(np.float32))
    return stains(rng, img.astype(np.float32), ppm, wear), joint


def litter(rng: RNG, img: Image, ppm: float, amount: float) -> Image:
    """Fallen leaves, scraps, butts: small blotches, thick along one edge."""
    h, w = img.shape[:2]
    hue = np.array(
        ((0.5, 0.36, 0.14), (0.42, 0.24, 0.12), (0.35, 0.34, 0.12), (0.75, 0.72, 0.66))[int(rng.integers(4))]
    )
    for _ in range(int(w * h / ppm**2 * 2.5 * amount)):
        y = int(h * (rng.beta(1, 3) if rng.random() < 0.6 else rng.random()))
        c, col = (int(rng.integers(0, w)), y), tuple(float(v) for v in np.clip(hue * rng.uniform(0.6, 1.4, 3), 0, 1))
        ax = (max(1, int(rng.uniform(0.02, 0.06) * ppm)), max(1, int(rng.uniform(0.012, 0.03) * ppm)))
        cv2.ellipse(img, c, ax, float(rng.uniform(0, 180)), 0, 360, col, -1, cv2.LINE_AA)
    return img


def snow(rng: RNG, img: Image, ppm: float, amount: float) -> Image:
    """Patches of trodden snow over a surface; amount 0..1."""
    h, w = img.shape[:2]
    n = noise(rng, h, w, 2.2 * ppm, 6, 0.55)
    cover = np.clip((n + 2.4 * amount - 1.2) * 2.5, 0, 1)[..., None]
    white = np.clip(0.86 + 0.05 * noise(rng, h, w, 0.15 * ppm, 3), 0, 1)[..., None] * np.array([0.97, 0.98, 1.0])
    slush = img * 0.65 + 0.1
    return np.clip(img * (1 - cover) + np.where(cover > 0.7, white, slush) * cover, 0, 1).astype(np.float32)


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
