"""Augmentation: geometry for picture and mask together, light and noise for the picture alone."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from models.data import IGNORE, Mask, Picture

Rng = np.random.Generator
Floats = NDArray[Any]
"""A picture [H,W,3] in 0..1."""


def crop(
    picture: Picture, mask: Mask, size: tuple[int, int], rng: Rng, zoom: tuple[float, float]
) -> tuple[Picture, Mask]:
    """A random window scaled, tilted a little and maybe mirrored into `size` (height, width).

    `zoom` bounds the scale against the whole picture fitted into `size`; what lies outside is grey and IGNOREd.
    """
    height, width = size
    rows, columns = mask.shape
    fit = min(height / rows, width / columns)
    scale = fit * float(np.exp(rng.uniform(*np.log(zoom))))
    angle = float(np.clip(rng.normal(0, 2.0), -6, 6))
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, scale)
    stretch = float(rng.uniform(0.9, 1.1))
    matrix[0] *= stretch
    if rng.random() < 0.5:
        matrix[0] = np.array([0.0, 0.0, columns * scale * stretch]) - matrix[0]
    matrix[:, 2] -= matrix @ np.array([columns / 2, rows / 2, 1.0]) - np.array([width / 2, height / 2])
    slack = np.abs(np.array([columns * scale * stretch - width, rows * scale - height])) / 2
    matrix[:, 2] += rng.uniform(-1, 1, 2) * slack
    small = scale < 0.8
    source = cv2.GaussianBlur(picture, (0, 0), 0.45 / scale) if small else picture
    out = cv2.warpAffine(source, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(127, 127, 127))
    labels = cv2.warpAffine(mask, matrix, (width, height), flags=cv2.INTER_NEAREST, borderValue=(IGNORE,))
    return out.astype(np.uint8), labels.astype(np.uint8)


RECOLOURED = {
    SemanticClass.BUILDING: 1.0,
    SemanticClass.VEHICLE: 1.0,
    SemanticClass.GOODS: 1.0,
    SemanticClass.PERSON: 1.0,
    SemanticClass.GROUND: 0.35,
    SemanticClass.SOIL: 0.2,
    SemanticClass.NET: 0.3,
}
"""How far a class may change colour on its own: goods and walls come in any colour, soil does not."""


def recolour(picture: Picture, mask: Mask, rng: Rng) -> Picture:
    """Other hue, saturation and lightness for single classes, so that no class is known by the renderer's paints."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV).astype(np.int16)
    for cls, far in RECOLOURED.items():
        if rng.random() < 0.4:
            here = mask == cls
            shift = rng.normal(0, (45, 30, 35)) * (far, far, 0.4 + 0.6 * far)
            hsv[here] += shift.astype(np.int16)
    hsv[..., 0] %= 180
    return cv2.cvtColor(np.clip(hsv, 0, 255).astype(np.uint8), cv2.COLOR_HSV2RGB).astype(np.uint8)


def photometric(picture: Picture, rng: Rng) -> Picture:
    """Light, colour, lens and compression of another camera; the mask stays as it is."""
    x = picture.astype(np.float32) / 255
    if rng.random() < 0.8:
        x = _light(x, rng)
    if rng.random() < 0.7:
        x = _colour(x, rng)
    if rng.random() < 0.2:
        x = _shade(x, rng)
    if rng.random() < 0.25:
        x = cv2.GaussianBlur(x, (0, 0), float(rng.uniform(0.4, 1.6)))
    if rng.random() < 0.2:
        x = _coarse(x, rng)
    if rng.random() < 0.1:
        x = x + (1 - x) * float(rng.uniform(0.1, 0.45))
    if rng.random() < 0.08:
        x = _rain(x, rng)
    if rng.random() < 0.5:
        x = x + rng.normal(0, float(rng.uniform(0.005, 0.05)), x.shape).astype(np.float32)
    out = (np.clip(x, 0, 1) * 255).astype(np.uint8)
    return _compress(out, rng) if rng.random() < 0.6 else out


def _light(x: Floats, rng: Rng) -> Floats:
    x = np.clip(x, 0, 1) ** float(np.exp(rng.uniform(-0.6, 0.6)))
    x = x * float(np.exp(rng.uniform(-0.5, 0.35))) + float(rng.uniform(-0.08, 0.08))
    middle = float(x.mean())
    return np.clip((x - middle) * float(rng.uniform(0.65, 1.4)) + middle, 0, 1).astype(np.float32)


def _colour(x: Floats, rng: Rng) -> Floats:
    warmth = float(rng.normal(0, 0.09))
    x = x * (rng.uniform(0.88, 1.12, 3) * (1 + warmth, 1.0, 1 - warmth)).astype(np.float32)
    grey = x.mean(axis=2, keepdims=True)
    saturation = 0.0 if rng.random() < 0.06 else float(rng.uniform(0.4, 1.4))
    x = np.clip(grey + (x - grey) * saturation, 0, 1).astype(np.float32)
    hsv = cv2.cvtColor(x, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0] + float(rng.normal(0, 6))) % 360
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB).astype(np.float32)


def _shade(x: Floats, rng: Rng) -> Floats:
    """A soft-edged shadow of a random half plane."""
    height, width = x.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = float(rng.uniform(0, 2 * np.pi))
    along = np.cos(angle) * (columns - rng.uniform(0.2, 0.8) * width) + np.sin(angle) * (
        rows - rng.uniform(0.2, 0.8) * height
    )
    dark = 1 - float(rng.uniform(0.2, 0.6)) / (1 + np.exp(-np.clip(along / float(rng.uniform(1, 20)), -50, 50)))
    return (x * dark[..., None]).astype(np.float32)


def _coarse(x: Floats, rng: Rng) -> Floats:
    height, width = x.shape[:2]
    factor = float(rng.uniform(0.4, 0.8))
    small = cv2.resize(x, (int(width * factor), int(height * factor)), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _rain(x: Floats, rng: Rng) -> Floats:
    """Bright slanting streaks and a little less contrast."""
    height, width = x.shape[:2]
    streaks = np.zeros((height, width), np.float32)
    slant, length = rng.normal(0, 0.15), rng.uniform(6, 22)
    for left, top in rng.uniform(0, (width, height), (int(rng.integers(80, 500)), 2)):
        end = (int(left + slant * length), int(top + length * rng.uniform(0.6, 1.4)))
        cv2.line(streaks, (int(left), int(top)), end, float(rng.uniform(0.2, 1)), 1, cv2.LINE_AA)
    streaks = cv2.GaussianBlur(streaks, (0, 0), 0.6)[..., None] * float(rng.uniform(0.1, 0.35))
    return (x * 0.9 + 0.05) * (1 - streaks) + streaks


def _compress(picture: Picture, rng: Rng) -> Picture:
    ok, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(18, 90))])
    assert ok
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
