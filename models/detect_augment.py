"""Random windows of pictures with their boxes, four together at times, and the light of another camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.augment import photometric
from models.detect_data import Boxes, Numbers, Scene

GREY = 114
LEAST_SIDE = 7.0
"""Pixels of the training picture; a thing that is smaller is neither wanted nor wrong."""
LEAST_SEEN = 0.4
"""Share of a box inside the window below which the thing is neither wanted nor wrong."""

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Sample:
    """A BGR picture (H, W, 3) with boxes (N, 4) in its pixels, their labels (N,) and the boxes to ignore (M, 4)."""

    picture: NDArray[np.uint8]
    boxes: Boxes
    labels: Numbers
    ignored: Boxes
    real: bool


def window(scene: Scene, size: tuple[int, int], rng: Rng, zoom: tuple[float, float]) -> Sample:
    """A part of the scene's picture scaled, tilted a little and maybe mirrored into `size` (height, width).

    `zoom` bounds the scale against the whole picture fitted into `size`.
    """
    picture = scene.picture()
    rows, columns = picture.shape[:2]
    height, width = size
    scale = min(height / rows, width / columns) * float(np.exp(rng.uniform(*np.log(zoom))))
    stretch = float(np.exp(rng.uniform(-0.12, 0.12)))
    tilt = float(np.clip(rng.normal(0, 1.2), -3, 3))
    matrix = np.asarray(cv2.getRotationMatrix2D((columns / 2, rows / 2), tilt, scale), np.float64)
    matrix[0] *= stretch
    if rng.random() < 0.5:
        matrix[0] = np.array([0.0, 0.0, columns * scale * stretch]) - matrix[0]
    matrix[:, 2] -= matrix @ np.array([columns / 2, rows / 2, 1.0]) - np.array([width / 2, height / 2])
    slack = np.abs(np.array([columns * scale * stretch - width, rows * scale - height])) / 2
    matrix[:, 2] += _shift(
        np.asarray(scene.boxes * (columns, rows, columns, rows), np.float64), matrix, slack, size, rng
    )
    source = cv2.GaussianBlur(picture, (0, 0), 0.45 / scale) if scale < 0.8 else picture
    out = cv2.warpAffine(source, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(GREY, GREY, GREY))
    boxes, seen = _moved(scene.boxes, matrix, (rows, columns), size)
    ignored, _ = _moved(scene.ignored, matrix, (rows, columns), size)
    return Sample(
        out.astype(np.uint8),
        boxes[seen],
        scene.labels[seen],
        np.concatenate([ignored, boxes[~seen]])[:, :4],
        scene.real,
    )


TOWARDS_A_THING = 0.8


def _shift(
    boxes: NDArray[np.float64], matrix: NDArray[np.float64], slack: NDArray[np.float64], size: tuple[int, int], rng: Rng
) -> NDArray[np.float64]:
    """How far the window moves, within what the picture allows: often so that one thing lies somewhere in it."""
    if not len(boxes) or rng.random() > TOWARDS_A_THING:
        return rng.uniform(-1, 1, 2) * slack
    box = boxes[int(rng.integers(len(boxes)))]
    centre = (box[:2] + box[2:]) / 2
    there = matrix[:, :2] @ centre + matrix[:, 2]
    return np.clip(rng.uniform(0.15, 0.85, 2) * size[::-1] - there, -slack, slack)


def _moved(
    boxes: Boxes, matrix: NDArray[np.float64], shape: tuple[int, int], size: tuple[int, int]
) -> tuple[Boxes, NDArray[np.bool_]]:
    """Boxes in 0..1 of a picture of that shape, in pixels of the window and cut at its edge; which are seen enough."""
    rows, columns = shape
    pixels = boxes * np.array([columns, rows, columns, rows], np.float32)
    corners = pixels[:, [[0, 1], [2, 1], [2, 3], [0, 3]]].astype(np.float64)
    there = corners @ matrix[:, :2].T + matrix[:, 2]
    whole = np.concatenate([there.min(1), there.max(1)], 1)
    # A tilted box's bounding box is wider than the thing in it: the sides are taken back to what the scale alone gives.
    centre, sides = (whole[:, :2] + whole[:, 2:]) / 2, (pixels[:, 2:] - pixels[:, :2]) * np.abs(np.diag(matrix))
    whole = np.concatenate([centre - sides / 2, centre + sides / 2], 1)
    cut = np.clip(whole, 0, np.array([size[1], size[0], size[1], size[0]]))
    inside = (cut[:, 2:] - cut[:, :2]).clip(0)
    share = inside.prod(1) / np.maximum(sides.prod(1), 1e-6)
    seen = (share >= LEAST_SEEN) & (inside.min(1, initial=np.inf) >= LEAST_SIDE)
    return cut.astype(np.float32), seen


def mosaic(scenes: Sequence[Scene], size: tuple[int, int], rng: Rng) -> Sample:
    """Four scenes in the quarters of one picture: more and smaller things, and surroundings that say nothing."""
    height, width = size
    parts = [window(scene, (height // 2, width // 2), rng, (1.3, 4.0)) for scene in scenes]
    picture = np.vstack([np.hstack([p.picture for p in parts[:2]]), np.hstack([p.picture for p in parts[2:]])])
    shifts = [
        np.array([x, y, x, y], np.float32)
        for x, y in ((0, 0), (width // 2, 0), (0, height // 2), (width // 2, height // 2))
    ]
    return Sample(
        picture,
        np.concatenate([part.boxes + shift for part, shift in zip(parts, shifts, strict=True)]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.ignored + shift for part, shift in zip(parts, shifts, strict=True)]),
        any(part.real for part in parts),
    )


THOROUGH = 0.6
"""Share of pictures relit by `photometric`; the others get a curve for each colour, which costs a tenth."""


def relit(sample: Sample, rng: Rng) -> Sample:
    """The same with other light and colours, and most often with noise, blur and compression."""
    if rng.random() < THOROUGH:
        rgb = photometric(sample.picture[:, :, ::-1].astype(np.uint8), rng)
        picture = np.ascontiguousarray(rgb[:, :, ::-1])
    else:
        picture = cv2.LUT(sample.picture, _curves(rng)).astype(np.uint8)
    return Sample(picture, sample.boxes, sample.labels, sample.ignored, sample.real)


def _curves(rng: Rng) -> NDArray[np.uint8]:
    """(1, 256, 3): grey levels of another exposure, contrast and white balance."""
    level = np.linspace(0, 1, 256)[:, None] ** float(np.exp(rng.uniform(-0.5, 0.5)))
    level = (level - 0.5) * float(rng.uniform(0.7, 1.3)) + 0.5 + float(rng.uniform(-0.12, 0.12))
    return (np.clip(level * rng.uniform(0.88, 1.12, 3), 0, 1) * 255).astype(np.uint8)[None]
