"""Things cut out of one picture and stood on the ground of another: goods are learned apart from their street."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from models.data import Mask, Picture
from models.task import MASK_NAMES

Lit = NDArray[np.float32]

GARBAGE = MASK_NAMES.index("garbage")
PASTED = (SemanticClass.GOODS, SemanticClass.PERSON, SemanticClass.NET, SemanticClass.VEHICLE, GARBAGE)
STANDS_ON = (SemanticClass.GROUND, SemanticClass.SOIL)
SHARE = (0.0012, 0.08)
"""Least and most of the donor picture that a thing may fill: not a crumb, not a lorry in front of the lens."""


def things(mask: Mask) -> list[tuple[int, NDArray[np.bool_]]]:
    """(class, cut-out [H,W]) of every connected patch of a pasted class of a fitting size."""
    found: list[tuple[int, NDArray[np.bool_]]] = []
    for cls in PASTED:
        count, labels, stats, _ = cv2.connectedComponentsWithStats((mask == cls).astype(np.uint8), connectivity=8)
        shares = [stats[i, cv2.CC_STAT_AREA] / mask.size for i in range(count)]
        found += [(int(cls), labels == i) for i in range(1, count) if SHARE[0] < shares[i] < SHARE[1]]
    return found


def heap(mask: Mask, rng: np.random.Generator) -> list[tuple[int, NDArray[np.bool_]]]:
    """One round, ragged cut-out of the soil of `mask`, or nothing where there is little soil."""
    soil = mask == SemanticClass.SOIL
    if soil.mean() < 0.05:
        return []
    places = np.argwhere(soil)
    row, column = places[int(rng.integers(len(places)))]
    radius = float(rng.uniform(0.05, 0.2)) * mask.shape[1]
    rows, columns = np.mgrid[0 : mask.shape[0], 0 : mask.shape[1]].astype(np.float32)
    rough = cv2.resize(rng.normal(0, 0.5, (12, 20)).astype(np.float32), mask.shape[::-1], interpolation=cv2.INTER_CUBIC)
    distance = ((columns - column) / radius) ** 2 + ((rows - row) / (radius * float(rng.uniform(0.3, 0.7)))) ** 2
    cut = np.asarray(soil & (distance + rough < 1), np.bool_)
    return [(int(SemanticClass.SOIL), cut)] if cut.mean() > SHARE[0] else []


def paste(
    picture: Picture, mask: Mask, donor: Picture, donor_mask: Mask, rng: np.random.Generator, most: int = 3
) -> tuple[Picture, Mask]:
    """`picture` and `mask` with up to `most` things of the donor standing on paved ground or soil; inputs unchanged."""
    picture, mask = picture.copy(), mask.copy()
    available = things(donor_mask) + (heap(donor_mask, rng) if rng.random() < 0.4 else [])
    feet = np.argwhere(np.isin(mask, STANDS_ON))
    if not available or not len(feet):
        return picture, mask
    for index in rng.permutation(len(available))[: int(rng.integers(1, most + 1))]:
        cls, cut = available[int(index)]
        rows, columns = np.flatnonzero(cut.any(1)), np.flatnonzero(cut.any(0))
        window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        foot = feet[int(rng.integers(len(feet)))]
        thing, alpha = _varied(donor[window], cut[window], rng)
        stand(picture, mask, thing, alpha, cls, (int(foot[0]), int(foot[1])))
    return picture, mask


def _varied(thing: Picture, cut: NDArray[np.bool_], rng: np.random.Generator) -> tuple[Lit, Lit]:
    """A thing and how opaque it is in other size and light, maybe mirrored."""
    scale = float(np.exp(rng.uniform(-0.5, 0.5)))
    size = (max(2, int(cut.shape[1] * scale)), max(2, int(cut.shape[0] * scale)))
    thing = cv2.resize(thing, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    alpha = np.asarray(cv2.resize(cut.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)
    if rng.random() < 0.5:
        thing, alpha = thing[:, ::-1], alpha[:, ::-1]
    return thing.astype(np.float32) * float(rng.uniform(0.75, 1.25)), alpha


def stand(picture: Picture, mask: Mask, thing: Lit, alpha: Lit, cls: int, foot: tuple[int, int]) -> None:
    """Blends `thing` (h, w, 3) by `alpha` (h, w) into both in place, its lowest middle at `foot` (row, column)."""
    h, w = alpha.shape
    top, left = foot[0] - h + 1, foot[1] - w // 2
    y0, x0, y1, x1 = max(0, top), max(0, left), min(mask.shape[0], top + h), min(mask.shape[1], left + w)
    if y1 <= y0 or x1 <= x0:
        return
    inside = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
    seen, place = alpha[inside], picture[y0:y1, x0:x1]
    lit = np.clip(thing[inside], 0, 255)
    place[...] = (place * (1 - seen[..., None]) + lit * seen[..., None]).astype(np.uint8)
    mask[y0:y1, x0:x1][seen > 0.5] = cls
