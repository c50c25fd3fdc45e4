"""Colours of the earth on what is no earth, other earths on soil, real greens on plants, lawns where none were made.

Boundary walls, dusty asphalt and pavers have the colours of soil in dry countries; rubble is as grey as asphalt, sand
brighter than concrete; rendered plants are darker and greyer than real ones. Single things of the rendered pictures are
therefore painted in such colours, their texture and shading kept, so that none is known by the renderer's paints.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from models.data import Mask, Picture

Rng = np.random.Generator

EARTHS = np.array(
    [
        (78, 4, 27),
        (68, 7, 20),
        (60, 11, 32),
        (43, 21, 25),
        (38, 8, 16),
        (25, 5, 9),
        (62, 1, 4),
        (45, 1, 3),
        (82, 1, 8),
        (52, 3, 11),
    ],
    np.float32,
)
"""CIE Lab of yellow sand, tan, ochre, laterite, brown loam, dark humus, grey rubble, dark rubble, chalk, clay."""

GREENS = np.array(
    [
        (50, -20, 38),
        (38, -17, 33),
        (48, -10, 27),
        (30, -10, 18),
        (22, -8, 10),
        (42, -4, 27),
        (70, 1, 30),
        (57, 3, 23),
    ],
    np.float32,
)
"""CIE Lab of lawn in the sun, mown lawn, worn lawn, leaves, conifers, olive, straw, dry grass."""

CHANCES = {
    SemanticClass.BUILDING: 0.3,
    SemanticClass.GROUND: 0.25,
    SemanticClass.SOIL: 0.4,
    SemanticClass.OTHER: 0.1,
    SemanticClass.VEGETATION: 0.6,
}
"""How often one thing of a class is repainted."""
WHOLLY = {
    SemanticClass.BUILDING: 1.0,
    SemanticClass.GROUND: 0.7,
    SemanticClass.SOIL: 0.9,
    SemanticClass.OTHER: 1.0,
    SemanticClass.VEGETATION: 1.0,
}
"""How far at most: marks and joints stay on paved ground."""
BY_DAY = 45.0
"""Mean lightness (CIE L) of a picture from which on colours are as listed: at night they are as much darker."""
LAWN = 0.25
"""How often open ground or soil becomes a lawn."""
LEAST = 0.004
"""Share of the picture that a thing fills at least."""


def between(colours: NDArray[np.float32], rng: Rng) -> NDArray[np.float32]:
    """A colour (L, a, b) between two of `colours`, as they look in other light and moisture."""
    one, other = colours[rng.choice(len(colours), 2, replace=False)]
    part = np.float32(rng.uniform())
    return np.asarray(one * part + other * (1 - part) + rng.normal(0, (6, 2, 3)), np.float32)


def repaint(picture: Picture, mask: Mask, rng: Rng) -> Picture:
    """`picture` (RGB [H,W,3]) with some things of `mask` in an earth's colour; the input is unchanged."""
    chosen = [cls for cls, chance in CHANCES.items() if rng.random() < chance]
    pieces = [(cls, piece) for cls in chosen if (piece := _one_thing(mask == cls, rng)) is not None]
    if not pieces:
        return picture
    lab = _to_lab(picture)
    for cls, piece in pieces:
        colours = GREENS if cls == SemanticClass.VEGETATION else EARTHS
        _paint(lab, piece, between(colours, rng), float(rng.uniform(0.5, 1)) * WHOLLY[cls], rng)
    return _to_rgb(lab)


def lawn(picture: Picture, mask: Mask, rng: Rng) -> tuple[Picture, Mask]:
    """Now and then one piece of ground or soil as a lawn, mask and all; the inputs are unchanged."""
    if rng.random() >= LAWN:
        return picture, mask
    piece = _one_thing(mask == rng.choice([SemanticClass.GROUND, SemanticClass.SOIL]), rng)
    if piece is None:
        return picture, mask
    lab = _to_lab(picture)
    _paint(lab, piece, between(GREENS, rng), 1.0, rng)
    lab[piece, 0] += rng.normal(0, float(rng.uniform(1, 7)), int(piece.sum())).astype(np.float32)
    return _to_rgb(lab), np.where(piece, np.uint8(SemanticClass.VEGETATION), mask)


def _paint(
    lab: NDArray[np.float32], piece: NDArray[np.bool_], colour: NDArray[np.float32], part: float, rng: Rng
) -> None:
    """Moves a piece of `lab` towards a colour, keeping some of what sets its pixels apart."""
    here = lab[piece]
    mean = here.mean(axis=0)
    colour = colour * (float(np.clip(lab[..., 0].mean() / BY_DAY, 0.2, 1.1)), 1, 1)
    contrast = np.array([rng.uniform(0.7, 1.3), 0.5, 0.5], np.float32)
    lab[piece] = here * (1 - part) + (colour + (here - mean) * contrast) * part


def _to_lab(picture: Picture) -> NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)


def _to_rgb(lab: NDArray[np.float32]) -> Picture:
    lab[..., 0] = np.clip(lab[..., 0], 0, 100)
    return np.asarray(np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), 0, 1) * 255, np.uint8)


def _one_thing(here: NDArray[np.bool_], rng: Rng) -> NDArray[np.bool_] | None:
    """One connected piece, or all of them together; None where there is too little."""
    if here.mean() < LEAST:
        return None
    if rng.random() < 0.5:
        return here
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(here.astype(np.uint8), connectivity=4)
    large = [n for n in range(1, count) if stats[n, cv2.CC_STAT_AREA] > LEAST * here.size]
    return np.asarray(pieces == large[int(rng.integers(len(large)))], np.bool_) if large else None


def in_light_of(picture: Picture, other: Picture, rng: Rng) -> Picture:
    """`picture` moved part of the way to the colours of `other`, a real one: mean and spread of each Lab channel
    (Reinhard, Ashikhmin, Gooch and Shirley, Color Transfer between Images, IEEE CG&A 21(5), 2001)."""
    part = np.float32(rng.uniform(0.2, 0.8))
    lab, like = _to_lab(picture), _to_lab(other)
    mean, spread = lab.mean(axis=(0, 1)), lab.std(axis=(0, 1)) + 1e-3
    ratio = np.clip((like.std(axis=(0, 1)) + 1e-3) / spread, 0.4, 2.5)
    moved = (lab - mean) * (1 + part * (ratio - 1)) + mean + part * (like.mean(axis=(0, 1)) - mean)
    return _to_rgb(np.asarray(moved, np.float32))
