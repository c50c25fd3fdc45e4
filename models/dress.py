"""Ground, soil and plants of a rendered picture in the surfaces of a real one, the light of the rendered one kept.

What a network learns of surfaces is then not only what the renderer can make of them. Paved ground may become a real
lawn, mask and all, so that the surface decides and not the street around it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from models.data import Mask, Picture

Rng = np.random.Generator

BECOMES = {
    SemanticClass.GROUND: (SemanticClass.GROUND, SemanticClass.GROUND, SemanticClass.VEGETATION),
    SemanticClass.SOIL: (SemanticClass.SOIL, SemanticClass.SOIL, SemanticClass.VEGETATION),
    SemanticClass.VEGETATION: (SemanticClass.VEGETATION,),
}
"""What a class of the rendered picture may be dressed as. There are no heaps of asphalt or paved trees; and a network
that learned from flat roads dressed as soil called four times as much of real roads soil."""
LEAST = 0.01
"""Share of a picture that a class has at least."""
LEAST_SIDE = 24
"""Pixels of the smallest piece of a real surface that is used."""
PURE = 0.97
"""Share of such a piece that is of its class."""
TRIES = 12
FAR = 0.25
"""How small the surface's pattern is at the top of the picture, against 1 at its bottom."""
CLEAR = 40.0
"""Spread of lightness (0..255) of a picture in clear air; in fog and by night surfaces are paler."""
LIGHT_KEPT = 9.0
"""Blur (pixels) above which differences of light are the scene's and stay."""


def dress(picture: Picture, mask: Mask, real: Picture, real_mask: Mask, rng: Rng) -> tuple[Picture, Mask]:
    """`picture` (RGB [H,W,3]) and `mask` with all of one class in a surface that `real` shows; unchanged where it shows
    none that fits. The inputs are unchanged."""
    there = [cls for cls in BECOMES if (mask == cls).mean() > LEAST]
    if not there:
        return picture, mask
    cls = there[int(rng.integers(len(there)))]
    shown = [one for one in BECOMES[cls] if (real_mask == one).mean() > LEAST]
    becomes = shown[int(rng.integers(len(shown)))] if shown else cls
    piece = _piece(real, real_mask == becomes, rng) if shown else None
    if piece is None:
        return picture, mask
    here = mask == cls
    laid = _lit(_laid(piece, mask.shape, rng), picture, here, float(rng.uniform(0.5, 1.0)))
    return np.where(here[..., None], laid, picture), np.where(here, np.uint8(becomes), mask)


def _piece(real: Picture, here: NDArray[np.bool_], rng: Rng) -> Picture | None:
    """A square of `real` that is nearly all of the class, or None when none was found."""
    rows, columns = here.shape
    total = cv2.integral(here.astype(np.uint8))
    places = np.argwhere(here)
    for _ in range(TRIES):
        side = int(rng.uniform(LEAST_SIDE, max(LEAST_SIDE + 1, min(rows, columns) * 0.4)))
        y, x = places[int(rng.integers(len(places)))] - side // 2
        if y < 0 or x < 0 or y + side > rows or x + side > columns:
            continue
        pure = total[y + side, x + side] - total[y, x + side] - total[y + side, x] + total[y, x]
        if pure >= PURE * side * side:
            return real[y : y + side, x : x + side]
    return None


def _laid(piece: Picture, shape: tuple[int, ...], rng: Rng) -> Picture:
    """The piece as a pattern over the whole picture, mirrored at its edges, smaller further up as it lies flat."""
    height, width = shape
    side, scale = piece.shape[0], float(np.exp(rng.uniform(-0.7, 0.7)))
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    size = FAR + (1 - FAR) * rows / height
    x = (columns - width / 2) / (size * scale)
    y = -np.log(size) * height / scale
    turned = piece if rng.random() < 0.5 else piece[:, ::-1]
    u, v = (np.abs((axis + float(rng.uniform(0, side))) % (2 * side) - side) for axis in (x, y))
    edge = np.float32(side - 1)
    return cv2.remap(
        np.ascontiguousarray(turned), np.minimum(u, edge).astype(np.float32), np.minimum(v, edge).astype(np.float32),
        cv2.INTER_LINEAR,
    ).astype(np.uint8)  # fmt: skip


def _lit(laid: Picture, picture: Picture, here: NDArray[np.bool_], part: float) -> Picture:
    """`laid` in the light of `picture`: its lightness follows the scene's shadows, and takes `part` of its level."""
    lab = cv2.cvtColor(laid, cv2.COLOR_RGB2LAB).astype(np.float32)
    scene = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)[..., 0].astype(np.float32)
    weight = here.astype(np.float32)
    smooth = cv2.GaussianBlur(scene * weight, (0, 0), LIGHT_KEPT) / (
        cv2.GaussianBlur(weight, (0, 0), LIGHT_KEPT) + 1e-3
    )
    level, own = float(scene[here].mean()), float(lab[..., 0][here].mean())
    aim = own + (level - own) * part
    clear = float(np.clip(scene.std() / CLEAR, 0.12, 1))
    mean = lab[here].mean(axis=0)
    lab = (lab - mean) * clear + np.where([True, False, False], mean, 128 + (mean - 128) * clear)
    lab[..., 0] = np.clip(lab[..., 0] * (smooth / max(level, 1.0)) * (aim / max(own, 1.0)), 0, 255)
    return cv2.cvtColor(np.clip(lab, 0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB).astype(np.uint8)
