"""Street trees, hedges, grass and weeds."""

from __future__ import annotations

import numpy as np

from . import materials as mt
from .solid import Solid

RNG = np.random.Generator


def leaves(s: Solid, rng: RNG, centres: np.ndarray, radii: np.ndarray, count: int, size: float, mats: list) -> None:
    """Scatter leaf blades through ellipsoid clumps; centres and radii are (K, 3)."""
    which = rng.integers(0, len(centres), count)
    d = rng.standard_normal((count, 3))
    d /= np.linalg.norm(d, axis=1, keepdims=True)
    at = centres[which] + d * radii[which] * (rng.random((count, 1)) ** 0.35)
    a, b = rng.standard_normal((count, 3)), rng.standard_normal((count, 3))
    a /= np.linalg.norm(a, axis=1, keepdims=True)
    b -= (a * b).sum(1, keepdims=True) * a
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    k = size * rng.uniform(0.6, 1.3, (count, 1))
    quad = np.stack([at - a * k, at - b * k * 0.5, at + a * k, at + b * k * 0.5], 1)
    per = count // len(mats)
    for i, m in enumerate(mats):
        q = quad[i * per : (i + 1) * per].reshape(-1, 3)
        s.mesh(q, np.arange(len(q)).reshape(-1, 4).tolist(), m)


def _greens(rng: RNG) -> list:
    g = np.array([rng.uniform(0.14, 0.26), rng.uniform(0.28, 0.40), rng.uniform(0.08, 0.16)])
    return [mt.leaf(np.clip(g * k, 0, 1)) for k in (0.75, 1.0, 1.3)]


def tree(rng: RNG, height: float | None = None) -> Solid:
    """A street tree with a clear trunk, 4 to 8 m, its lower metre whitewashed at times."""
    s, h = Solid(), float(height or rng.uniform(4.5, 8))
    bark = mt.paint((0.28, 0.23, 0.19), 0.9, wear=0.6, scale=10)
    fork = h * rng.uniform(0.36, 0.48)
    s.tube((0, 0, 0), (0.05, 0.03, fork), 0.13, bark, r1=0.09, n=9)
    if rng.random() < 0.6:
        s.tube((0, 0, 0), (0.01, 0, 1.15), 0.135, mt.paint((0.8, 0.8, 0.77), 0.9), r1=0.125, n=9)
    centres = []
    for k in range(int(rng.integers(5, 9))):
        a = 2 * np.pi * k / 6 + rng.uniform(-0.4, 0.4)
        end = np.array(
            [np.cos(a) * rng.uniform(0.5, 1.5), np.sin(a) * rng.uniform(0.5, 1.5), rng.uniform(fork + 0.7, h - 0.6)]
        )
        s.tube((0.05, 0.03, fork * 0.95), end, 0.06, bark, r1=0.02, n=6)
        centres.append(end)
    c = np.array(centres)
    leaves(s, rng, c, np.full((len(c), 3), 0.95) * rng.uniform(0.8, 1.2, (len(c), 1)), 7500, 0.085, _greens(rng))
    return s


def hedge(rng: RNG, length: float, depth: float = 0.6, height: float = 0.7) -> Solid:
    """A clipped hedge along X."""
    s, n = Solid(), max(2, int(length / 0.5))
    c = np.stack([np.linspace(-length / 2, length / 2, n), np.zeros(n), np.full(n, height * 0.5)], 1)
    s.box((length, depth * 0.7, height * 0.8), (0, 0, 0), mt.leaf((0.06, 0.12, 0.04)))
    leaves(s, rng, c, np.tile([0.4, depth * 0.55, height * 0.55], (n, 1)), int(900 * length), 0.05, _greens(rng))
    return s


def weeds(rng: RNG, area: np.ndarray, count: int, size: float = 0.16, z: float = 0.0) -> Solid:
    """Tufts scattered over an (x0, y0, x1, y1) rectangle."""
    s = Solid()
    x0, y0, x1, y1 = area
    pts = np.stack([rng.uniform(x0, x1, count), rng.uniform(y0, y1, count), np.full(count, z)], 1)
    lean = rng.normal(0, 0.6, (count, 6, 2))
    quads = []
    for k in range(6):
        out = np.concatenate([lean[:, k], np.full((count, 1), 1.2)], 1) * size * rng.uniform(0.5, 1.4, (count, 1))
        side = np.stack([-out[:, 1], out[:, 0], np.zeros(count)], 1) * 0.12 + [0.008, 0, 0]
        quads.append(np.stack([pts - side, pts + side, pts + out], 1))
    v = np.concatenate(quads).reshape(-1, 3)
    m = _greens(rng) if rng.random() < 0.7 else [mt.leaf((0.45, 0.4, 0.2))] * 3
    f = np.arange(len(v)).reshape(-1, 3)
    third = len(f) // 3
    for i, mat in enumerate(m):
        part = f[i * third : (i + 1) * third]
        s.mesh(v[part.ravel()], np.arange(part.size).reshape(-1, 3).tolist(), mat)
    return s
