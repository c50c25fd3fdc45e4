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


def lay(
    stage: Stage, rng: RNG, depth: float, road: float, wet: float, kind: str, length: float = 60.0, ppm: float = 64.0
) -> None:
    """Pavement from y = 0 to -depth at z = 0, road below it at -0.13, far pavement beyond."""
    x0, x1 = -length / 2, length / 2
    img, joint = tx.pavers(rng, kind, length, depth, ppm, float(rng.uniform(0.4, 1.1)))
    if rng.random() < 0.65 and depth > 3.2:
        t = tx.tactile(rng, length, 0.4, ppm)
        at = int(float(rng.uniform(0.35, 0.75)) * depth * ppm)
        img[at : at + t.shape[0]] = t[: max(0, img.shape[0] - at)]
    for _ in range(int(rng.integers(0, 4))):
        c = (int(rng.uniform(0.2, 0.8) * img.shape[1]), int(rng.uniform(0.3, 0.9) * img.shape[0]))
        cv2.circle(img, c, int(0.33 * ppm), (0.25, 0.25, 0.26), -1, cv2.LINE_AA)
        cv2.circle(img, c, int(0.35 * ppm), (0.45, 0.45, 0.44), 2, cv2.LINE_AA)
    strip(stage, img, x0, x1, -depth, 0.4, 0.0, wet, rng, joint)
    s = Solid()
    kerb = mt.paint((0.52, 0.52, 0.51), 0.8 - 0.5 * wet, wear=0.5)
    for k in range(int(length)):
        s.box((0.985, 0.16, 0.2), (x0 + k + 0.5, -depth - 0.08, -0.195), kerb)
    stage.put(s, MaskClass.GROUND)
    tarmac = tx.asphalt(rng, length, road, ppm * 0.75)
    zebra = float(rng.uniform(20, 40)) if rng.random() < 0.25 else None
    tarmac = markings(rng, tarmac, ppm * 0.75, road, zebra)
    strip(stage, tarmac, x0, x1, -depth - 0.16 - road, -depth - 0.16, -0.13, wet, rng)
    far = -depth - 0.16 - road
    img2, _ = tx.pavers(rng, kind, length, 6.0, ppm * 0.5)
    strip(stage, img2, x0, x1, far - 6.0, far, 0.0, wet, rng)
    stage.facts.update(depth=depth, road=road, paving=kind, wet=round(wet, 2))
