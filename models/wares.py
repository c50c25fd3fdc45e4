"""Things that no list names, stood on the ground of a picture: plain shapes that wear pieces of real photographs.

Rendered goods have the renderer's surfaces. What is put out on a real pavement may look like anything, so that a
network that knows no name for it calls it a vehicle or a wall; what it has in common is that it stands there.
"""

from __future__ import annotations

import cv2
import numpy as np

from edge.vision.classes import SemanticClass
from models.data import Mask, Picture
from models.paste import Lit, stand

Rng = np.random.Generator

MOST = 5
"""Shapes of one heap of wares at most."""
WIDE = (0.03, 0.2)
"""Width of one shape as a share of the picture's, at the bottom of the picture; less further up."""
LEAST_SIDE = 6
"""Pixels below which a shape is not drawn."""
STANDS_ON = SemanticClass.GROUND


def put_out(picture: Picture, mask: Mask, other: Picture, rng: Rng) -> tuple[Picture, Mask]:
    """`picture` (RGB [H,W,3]) and `mask` with a few things beside each other on paved ground, in textures of `other`;
    the inputs are unchanged."""
    feet = np.argwhere(mask == STANDS_ON)
    if not len(feet):
        return picture, mask
    picture, mask = picture.copy(), mask.copy()
    foot = feet[int(rng.integers(len(feet)))]
    height, width = mask.shape
    near = 0.25 + 0.75 * float(foot[0]) / height
    wide = float(rng.uniform(*WIDE)) * near * width
    light = float(np.clip(picture.mean() / max(float(other.mean()), 1.0), 0.35, 1.6))
    for _ in range(int(rng.integers(1, MOST + 1))):
        w = max(LEAST_SIDE, int(wide * rng.uniform(0.6, 1.5)))
        h = max(LEAST_SIDE, int(w * np.exp(rng.uniform(-1.0, 0.8))))
        worn = _texture(other, w, h, rng) * (light * float(rng.uniform(0.8, 1.2)))
        at = (int(foot[0] + rng.normal(0, 0.15) * wide), int(foot[1] + rng.normal(0, 1.0) * wide))
        worn *= _shade(w, h, rng)[..., None]
        _shadow(picture, w, h, at)
        stand(picture, mask, worn, _outline(w, h, rng), int(SemanticClass.GOODS), at)
    return picture, mask


def _texture(other: Picture, w: int, h: int, rng: Rng) -> Lit:
    """A piece of `other` of any scale as (h, w, 3), one in three in another hue."""
    rows, columns = other.shape[:2]
    side = float(np.exp(rng.uniform(np.log(0.06), np.log(0.5))))
    high, wide = max(4, int(side * rows)), max(4, int(side * columns))
    y, x = int(rng.integers(rows - high + 1)), int(rng.integers(columns - wide + 1))
    piece = cv2.resize(other[y : y + high, x : x + wide], (w, h), interpolation=cv2.INTER_AREA)
    if rng.random() < 1 / 3:
        hsv = cv2.cvtColor(piece, cv2.COLOR_RGB2HSV)
        hsv[..., 0] = (hsv[..., 0].astype(np.int32) + int(rng.integers(180))) % 180
        hsv[..., 1] = np.clip(hsv[..., 1] * float(rng.uniform(0.8, 2.0)), 0, 255).astype(np.uint8)
        piece = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    return np.asarray(piece, np.float32)


def _shade(w: int, h: int, rng: Rng) -> Lit:
    """(h, w): a top in the light, a front, maybe a side in the shade."""
    shade = np.ones((h, w), np.float32)
    shade[: int(h * rng.uniform(0, 0.45))] *= float(rng.uniform(1.0, 1.35))
    edge = int(w * rng.uniform(0.55, 1.0))
    shade[:, edge:] *= float(rng.uniform(0.5, 1.0))
    return shade[:, ::-1].copy() if rng.random() < 0.5 else shade


def _outline(w: int, h: int, rng: Rng) -> Lit:
    """(h, w) in 0..1: a box, a heap, a barrel, something ragged, or something that stands on legs."""
    kind = rng.choice(["box", "heap", "barrel", "ragged", "legs"])
    rows, columns = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y = np.abs(columns / max(w - 1, 1) * 2 - 1), rows / max(h - 1, 1)
    if kind == "heap":
        shape = y > 1 - np.sqrt(np.clip(1 - x**2, 0, 1)) ** float(rng.uniform(0.5, 2))
    elif kind == "barrel":
        shape = x**4 + (y * 2 - 1) ** float(rng.choice([4, 8])) < 1
    elif kind == "ragged":
        rough = cv2.resize(rng.normal(0, 0.3, (4, 6)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
        shape = np.maximum(x, np.abs(y * 2 - 1)) + rough < 1
    else:
        shape = x < 1 - float(rng.uniform(0, 0.3)) * (1 - y)
        if kind == "legs":
            shape &= (y < float(rng.uniform(0.2, 0.6))) | (np.abs(x - 0.85) < float(rng.uniform(0.05, 0.15)))
    return cv2.GaussianBlur(shape.astype(np.float32), (0, 0), 0.6).astype(np.float32)


def _shadow(picture: Picture, w: int, h: int, foot: tuple[int, int]) -> None:
    """The dark line beneath a thing that stands at `foot` (row, column)."""
    left, bottom = foot[1] - w // 2, max(0, foot[0])
    below = picture[bottom : bottom + 1 + max(1, h // 12), max(0, left) : max(0, left + w)]
    below[...] = (below * 0.6).astype(np.uint8)
