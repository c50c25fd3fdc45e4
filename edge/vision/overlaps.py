"""How far boxes overlap, and one box for each object of many that mean the same one."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def overlap(one: Floats, others: Floats) -> Floats:
    """Intersection over union of each box of `one` (N, 4) with each of `others` (M, 4), as xyxy: (N, M) in 0..1."""
    corner = np.maximum(one[:, None, :2], others[None, :, :2])
    opposite = np.minimum(one[:, None, 2:], others[None, :, 2:])
    shared = np.clip(opposite - corner, 0, None).prod(axis=2)
    union = _area(one)[:, None] + _area(others)[None] - shared
    return (shared / np.maximum(union, 1e-12)).astype(np.float32)


def suppressed(boxes: Floats, scores: Floats, labels: NDArray[np.intp], most: float) -> NDArray[np.intp]:
    """Greedy non-maximum suppression within each label: the places of the boxes that stay, surest first.

    A box goes when it overlaps a surer one of its label by more than `most`.
    """
    order = np.argsort(-scores, kind="stable")
    alike = labels[order][:, None] == labels[order][None]
    hides = (overlap(boxes[order], boxes[order]) > most) & alike
    stays = np.ones(len(order), np.bool_)
    for place in range(len(order)):
        if stays[place]:
            stays[place + 1 :] &= ~hides[place, place + 1 :]
    return order[stays]


def _area(boxes: Floats) -> Floats:
    return np.clip(boxes[:, 2:] - boxes[:, :2], 0, None).prod(axis=1)
