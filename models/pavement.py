"""What lies flat on paved ground and is no goods: fresh paint, stains and puddles, flecks of sun, coarse grain.

Drawn on rendered pictures where the mask says ground, in the perspective of a plane that runs away from the camera;
the mask stays as it is.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from models.data import Mask, Picture

Rng = np.random.Generator
F32 = NDArray[np.float32]

PAINTS = ((245, 245, 240), (240, 240, 235), (240, 200, 60), (200, 60, 50), (60, 110, 190), (70, 150, 90))
"""RGB of road paint and of the coloured lanes and bays of pavements."""
GRAINY = 0.25
"""How often all of the ground is coarse: worn asphalt seen from nearby has the grain of gravel."""
LEAST = 0.03
"""Share of the picture that is paved, below which nothing is drawn."""
BY_DAY = 110.0
"""Mean of a picture, 0..255, from which on paint is as bright as listed: at night it is as much darker."""
SHEET = 96
"""Pixels along each side of the flat pattern before it is laid on the ground."""


def lie_flat(picture: Picture, mask: Mask, rng: Rng) -> Picture:
    """`picture` (RGB [H,W,3]) with up to three patterns on its paved ground, maybe coarse; the input is unchanged."""
    ground = mask == SemanticClass.GROUND
    if ground.mean() < LEAST:
        return picture
    out = picture.astype(np.float32)
    light = np.float32(np.clip(out.mean() / BY_DAY, 0.2, 1.0))
    if rng.random() < GRAINY:
        out += (_grain(mask.shape, rng) * light * ground)[..., None]
    for _ in range(int(rng.integers(1, 4))):
        cover, colour, multiplies = _pattern(rng)
        laid = _laid(cover, ground, rng) * ground
        target = out * colour if multiplies else np.broadcast_to(colour * light, out.shape)
        out += (target - out) * laid[..., None]
    return np.clip(out, 0, 255).astype(np.uint8)


def _pattern(rng: Rng) -> tuple[F32, F32, bool]:
    """(cover [SHEET,SHEET] in 0..1, colour or factor [3], whether it multiplies what lies beneath)."""
    drawn = rng.random()
    if drawn < 0.45:
        paint = np.array(PAINTS[int(rng.integers(len(PAINTS)))], np.float32)
        return _painted(rng) * np.float32(rng.uniform(0.5, 0.97)), paint * np.float32(rng.uniform(0.45, 1.0)), False
    if drawn < 0.75:
        return _blots(rng) * np.float32(rng.uniform(0.4, 1)), np.full(3, rng.uniform(0.35, 0.8), np.float32), True
    return _blots(rng) * np.float32(rng.uniform(0.4, 1)), np.full(3, rng.uniform(1.3, 2.6), np.float32), True


def _painted(rng: Rng) -> F32:
    """Stripes of a crossing, a hatched field, a lone line, a frame or letters."""
    sheet = np.zeros((SHEET, SHEET), np.uint8)
    kind = rng.choice(["stripes", "hatched", "line", "frame", "letters"])
    if kind in ("stripes", "hatched"):
        rows, columns = np.mgrid[0:SHEET, 0:SHEET]
        along = columns + (rows if kind == "hatched" else 0)
        period = float(rng.uniform(8, 32))
        sheet[(along % period) < period * rng.uniform(0.3, 0.65)] = 1
    elif kind == "letters":
        text = "".join(rng.choice(list("ABCEHKMNOPRSTXYZ0123456789"), int(rng.integers(1, 5))))
        size, thick = float(rng.uniform(1, 2)), int(rng.integers(3, 9))
        cv2.putText(sheet, text, (4, 64), cv2.FONT_HERSHEY_SIMPLEX, size, 1, thick)
    elif kind == "frame":
        cv2.rectangle(sheet, (4, 4), (SHEET - 5, SHEET - 5), 1, int(rng.integers(2, 8)))
    else:
        cv2.line(sheet, (0, int(rng.integers(SHEET))), (SHEET, int(rng.integers(SHEET))), 1, int(rng.integers(2, 10)))
    worn = rng.random((12, 12)).astype(np.float32) ** float(rng.uniform(0.05, 0.6))
    return sheet.astype(np.float32) * cv2.resize(worn, (SHEET, SHEET), interpolation=cv2.INTER_CUBIC).clip(0, 1)


def _grain(shape: tuple[int, ...], rng: Rng) -> F32:
    """Light and dark grains of one or two sizes, [H,W] in steps of 0..255."""
    height, width = shape[:2]
    out = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(1, 3))):
        size = float(rng.uniform(0.8, 2.5))
        small = rng.normal(0, float(rng.uniform(3, 12)), (int(height / size) + 1, int(width / size) + 1))
        out += cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    return out


def _blots(rng: Rng) -> F32:
    """Soft or sharp blotches, many small ones or a few large ones."""
    fine = int(rng.integers(3, 16))
    rough = cv2.resize(rng.random((fine, fine)).astype(np.float32), (SHEET, SHEET), interpolation=cv2.INTER_CUBIC)
    rows, columns = np.mgrid[-1 : 1 : SHEET * 1j, -1 : 1 : SHEET * 1j]
    rough -= np.float32(0.6) * (rows**2 + columns**2).astype(np.float32)
    sharp = float(rng.uniform(3, 40))
    return np.asarray(1 / (1 + np.exp(-sharp * (rough - rng.uniform(0.1, 0.5)))), np.float32)


def _laid(cover: F32, ground: NDArray[np.bool_], rng: Rng) -> F32:
    """The pattern on the ground somewhere in the picture [H,W]: a quadrangle, narrower where it is farther away."""
    height, width = ground.shape
    places = np.argwhere(ground)
    row, column = places[int(rng.integers(len(places)))]
    wide = width * float(rng.uniform(0.12, 0.9)) * (0.3 + 0.9 * row / height)
    deep, far = wide * float(rng.uniform(0.2, 0.7)), float(rng.uniform(0.45, 0.95))
    corners = np.array([(-far, -deep / wide), (far, -deep / wide), (1, deep / wide), (-1, deep / wide)]) * wide / 2
    angle = float(rng.normal(0, 0.35))
    turn = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle) * 0.5, np.cos(angle))])
    target = (corners @ turn.T + (column, row)).astype(np.float32)
    source = np.array([(0, 0), (SHEET, 0), (SHEET, SHEET), (0, SHEET)], np.float32)
    if rng.random() < 0.5:
        source = np.roll(source, 1, axis=0)
    return cv2.warpPerspective(cover, cv2.getPerspectiveTransform(source, target), (width, height)).astype(np.float32)
