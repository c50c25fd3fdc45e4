"""Faces and number plates made unreadable, by what the class map and a detector say stands where.

They know people and vehicles, not faces and plates, so it is done generously: the upper part of every person, the
lower part of every vehicle, with a margin; whoever either of them sees is hidden. Too much blur costs nothing; too
little costs somebody's privacy.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.stream.frame import Image
from edge.vision.classes import SemanticClass
from edge.vision.objects import FoundObject
from edge.vision.segmenter import ClassMap

HEAD_PART = 0.5
"""Upper part of a person's box that is taken for the head and shoulders."""
PLATE_PART = 0.65
"""Lower part of a vehicle's box that is taken to hold its plates."""
MARGIN = 0.35
"""Of the box's width to each side; of its height above a person and below a vehicle."""
COARSE = 6
"""Blocks across the shorter side of what is blurred: no face or plate is read from so few."""


PEOPLE = frozenset({"person"})
VEHICLES = frozenset({"car", "van", "truck", "bus", "muck_truck", "motorcycle", "scooter", "excavator"})
"""Detectors' labels of what may have a plate."""


def private_parts(classes: ClassMap, found: Sequence[FoundObject] = ()) -> NDArray[np.bool_]:
    """(h, w) on the map's grid: the cells that must not be shown clearly."""
    height, width = classes.labels.shape
    hidden = np.zeros((height, width), np.bool_)
    for one in found:
        if one.label in PEOPLE | VEHICLES:
            left, top, right, bottom = one.xyxy
            first, last = int(np.floor(top * height)), int(np.ceil(bottom * height))
            start, end = int(np.floor(left * width)), int(np.ceil(right * width))
            _hide(hidden, (start, first, end - start, last - first), from_top=one.label in PEOPLE)
    for kind, from_top in ((SemanticClass.PERSON, True), (SemanticClass.VEHICLE, False)):
        mask = (classes.labels == kind).astype(np.uint8)
        count, _pieces, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        for piece in range(1, count):
            left, top, wide, high, _cells = (int(value) for value in stats[piece])
            _hide(hidden, (left, top, wide, high), from_top)
        # A crowd is one piece whose heads are all over it, so every cell of a person is hidden as well.
        if from_top:
            hidden |= cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0
    return hidden


def _hide(hidden: NDArray[np.bool_], box: tuple[int, int, int, int], from_top: bool) -> None:
    """Marks a person's (`from_top`) or a vehicle's private part; `box` is left, top, width, height in cells."""
    left, top, wide, high = box
    part = HEAD_PART if from_top else PLATE_PART
    side, beyond = 1 + round(wide * MARGIN), 1 + round(high * part * MARGIN)
    first, last = (
        (top - beyond, top + round(high * part) + 1)
        if from_top
        else (top + round(high * (1 - part)) - 1, top + high + beyond)
    )
    hidden[max(0, first) : max(0, last), max(0, left - side) : left + wide + side] = True


def blurred(image: Image, classes: ClassMap, found: Sequence[FoundObject] = ()) -> Image:
    """A copy of the (H, W, 3) picture in which those parts are a few coarse blocks."""
    hidden = private_parts(classes, found)
    if not hidden.any():
        return image.copy()
    height, width = image.shape[:2]
    mask = cv2.resize(hidden.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0
    out = image.copy()
    _count, _pieces, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    for left, top, wide, high, _cells in stats[1:]:
        box = (slice(top, top + high), slice(left, left + wide))
        out[box][mask[box]] = _coarse(image[box])[mask[box]]
    return out


def _coarse(patch: Image) -> Image:
    height, width = patch.shape[:2]
    block = max(8, min(height, width) // COARSE)
    small = cv2.resize(patch, (max(1, width // block), max(1, height // block)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)
