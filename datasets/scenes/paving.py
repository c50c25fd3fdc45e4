"""The street's floor: pavement, guiding strip, kerb, road, markings, manholes, wet film. Class ground throughout."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from . import materials as mt
from . import textures as tx
from .classes import MaskClass
from .solid import Solid
from .stage import Stage

RNG = np.random.Generator


def wet_rough(h: int, w: int, wet: float, dry: float = 0.75) -> Any:
    """Roughness of a surface with a broken film of water; wet 0..1. (h, w) array or plain number when dry."""
    if wet <= 0:
        return dry
    n = tx.noise(np.random.default_rng(h * 7919 + w), h, w, 90, 5)
    film = np.clip((n + 2.2 * wet - 0.9) * 1.6, 0, 1)
    return np.clip(dry - film * (dry - 0.07), 0.05, 1).astype(np.float32)


def strip(
    stage: Stage,
    img: Any,
    x0: float,
    x1: float,
    y0: float,
    y1: float,
    z: float,
    wet: float,
    rng: RNG,
    height: Any = None,
) -> Any:
    """A flat textured rectangle; the picture's top row lies at y1. Wet paving is darker."""
    rough = wet_rough(img.shape[0] // 2, img.shape[1] // 2, wet)
    if wet > 0:
        img = np.clip(img, 0, 1) ** (1 + 0.5 * wet) * (1 - 0.15 * wet)
    s = Solid()
    s.plate([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], mt.picture(img, rough, height=height, bump=0.25))
    return stage.put(s, MaskClass.GROUND)


def markings(rng: RNG, img: Any, ppm: float, depth: float, zebra_at: float | None) -> Any:
    """Paint parking bays, lane lines or a zebra crossing on the road picture (top row next to the kerb)."""
    h, w = img.shape[:2]
    paint = np.array([0.78, 0.78, 0.76], np.float32)
    mask = np.zeros((h, w), np.float32)
    px = lambda m: int(m * ppm)  # noqa: E731
    if rng.random() < 0.6:
        bay = px(5.6)
        for x in range(px(rng.uniform(0, 5)), w, bay):
            mask[px(0.25) : px(2.45), x : x + px(0.1)] = 1
        mask[px(2.35) : px(2.45)] = 1
    if rng.random() < 0.8:
        y = px(min(depth * 0.55, depth - 0.4))
        for x in range(0, w, px(6)):
            mask[y : y + px(0.14), x : x + px(2.5)] = 1
    if zebra_at is not None:
        x0 = px(zebra_at)
        mask[:, x0 : x0 + px(4)] = 0
        for y in range(px(0.3), h, px(0.9)):
            mask[y : y + px(0.45), x0 : x0 + px(4)] = 1
    worn = np.clip(1.2 + 0.5 * tx.noise(rng, h, w, 0.4 * ppm, 4), 0, 1)
    mask = (cv2.GaussianBlur(mask, (0, 0), 0.8) * worn * 0.85)[..., None]
    return img * (1 - mask) + paint * mask


def inset(rng: RNG, img: Any, ppm: float, depth: float) -> None:
    """Things let into the pavement: guiding strip, manhole covers, drain gratings, patches of other stone."""
    h, w = img.shape[:2]
    if rng.random() < 0.45 and depth > 3.2:
        t = tx.tactile(rng, w / ppm, 0.4, ppm)
        at = int(float(rng.uniform(0.35, 0.75)) * h)
        part = img[at : at + t.shape[0]]
        part[:] = t[: part.shape[0], : part.shape[1]]
    for _ in range(int(rng.integers(0, 7))):
        c = (int(rng.uniform(0.05, 0.95) * w), int(rng.uniform(0.2, 0.95) * h))
        r, shade = int(rng.uniform(0.18, 0.38) * ppm), float(rng.uniform(0.18, 0.4))
        if rng.random() < 0.5:
            cv2.circle(img, c, r, (shade, shade, shade), -1, cv2.LINE_AA)
            cv2.circle(img, c, r + 1, (0.45, 0.45, 0.44), 2, cv2.LINE_AA)
        else:
            img[max(0, c[1] - r) : c[1] + r, max(0, c[0] - r) : c[0] + r] *= 0.6
            for k in range(-r, r, 3):
                img[max(0, c[1] - r) : c[1] + r, max(0, c[0] + k) : max(0, c[0] + k) + 1] *= 0.5
    for _ in range(int(rng.integers(0, 3))):
        x, y = int(rng.integers(0, w)), int(rng.integers(0, h))
        img[y : y + int(rng.uniform(0.4, 1.5) * ppm), x : x + int(rng.uniform(0.5, 4) * ppm)] *= float(
            rng.uniform(0.75, 1.15)
        )


def painted(rng: RNG, img: Any, ppm: float) -> None:
    """Paint on the pavement itself: bays, cycle lanes, fresh zebra bars, stall numbers."""
    h, w = img.shape[:2]
    col = np.array(((0.82, 0.82, 0.8), (0.8, 0.65, 0.12), (0.6, 0.2, 0.16))[int(rng.integers(3))])
    kind = int(rng.integers(4))
    x0, n = int(rng.uniform(0.1, 0.6) * w), int(rng.integers(2, 8))
    for k in range(n):
        a = x0 + int(k * (0.8 if kind == 0 else 2.2) * ppm)
        if kind == 0:
            img[int(h * 0.5) :, a : a + int(0.4 * ppm)] = col
        elif kind == 1:
            img[int(h * 0.55) : int(h * 0.97), a : a + max(2, int(0.08 * ppm))] = col
    if kind >= 1:
        y = int(h * rng.uniform(0.4, 0.6))
        img[y : y + max(2, int(0.09 * ppm)), x0 : x0 + int(n * 2.2 * ppm)] = col


def lay(
    stage: Stage,
    rng: RNG,
    depth: float,
    road: float,
    wet: float,
    kind: str,
    length: float = 60.0,
    ppm: float = 64.0,
    leaves: float = 0.0,
    snow: float = 0.0,
    level: bool = False,
) -> None:
    """Pavement from y = 0 to -depth at z = 0, road below it at -0.13, far pavement beyond.

    `leaves` and `snow` (0..1) lie on it; `level` makes a shared street: the road at the pavement's height, no kerb.
    """
    x0, x1 = -length / 2, length / 2
    img, joint = tx.pavers(rng, kind, length, depth, ppm, float(rng.uniform(0.4, 1.3)))
    inset(rng, img, ppm, depth)
    if rng.random() < 0.2:
        painted(rng, img, ppm)
    low = 0.0 if level else -0.13
    tarmac = tx.asphalt(rng, length, road, ppm * 0.75)
    if kind in ("dusty", "gravel_edge"):
        tarmac = tx.loose(rng, "dusty", length, road, ppm * 0.75)
    elif level and rng.random() < 0.7:
        tarmac, _ = tx.pavers(rng, kind, length, road, ppm * 0.75, 0.8)
    zebra = float(rng.uniform(20, 40)) if rng.random() < 0.3 else None
    if not level:
        tarmac = markings(rng, tarmac, ppm * 0.75, road, zebra)
    if leaves > 0:
        img, tarmac = tx.litter(rng, img, ppm, leaves), tx.litter(rng, tarmac, ppm * 0.75, 0.5 * leaves)
    if snow > 0:
        img, tarmac = tx.snow(rng, img, ppm, snow), tx.snow(rng, tarmac, ppm * 0.75, 0.8 * snow)
    strip(stage, img, x0, x1, -depth, 0.4, 0.0, wet, rng, joint if joint.any() else None)
    if not level:
        s = Solid()
        kerb = mt.paint((0.52, 0.52, 0.51), 0.8 - 0.5 * wet, wear=0.5)
        for k in range(int(length)):
            s.box((0.985, 0.16, 0.2), (x0 + k + 0.5, -depth - 0.08, -0.195), kerb)
        stage.put(s, MaskClass.GROUND)
    edge = -depth - (0.0 if level else 0.16)
    strip(stage, tarmac, x0, x1, edge - road, edge, low, wet, rng)
    img2, _ = tx.pavers(rng, kind, length, 6.0, ppm * 0.4)
    strip(stage, img2, x0, x1, edge - road - 6.0, edge - road, 0.0, wet, rng)
    stage.facts.update(depth=depth, road=road, paving=kind, wet=round(wet, 2), low=low)
