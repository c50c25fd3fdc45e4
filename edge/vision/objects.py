"""Connected pieces of a class map as objects with boxes, for people to look at and for naming; all of them."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from edge.vision.segmenter import ClassMap
from edge.vision.zones import grown

SHOWN = (
    SemanticClass.GOODS,
    SemanticClass.PERSON,
    SemanticClass.VEHICLE,
    SemanticClass.SOIL,
    SemanticClass.NET,
)


@dataclass(frozen=True, slots=True)
class FoundObject:
    """`label` as in SemanticClass, lower case; `score` the cells' mean confidence; `xyxy` in 0..1 of the frame."""

    label: str
    score: float
    xyxy: tuple[float, float, float, float]


def objects_near(classes: ClassMap, zone: NDArray[np.float32]) -> list[FoundObject]:
    """Every piece that touches the zone (h, w weights) or the cells beside it, whole, largest first."""
    near = grown(zone) > 0
    height, width = classes.labels.shape
    found: list[tuple[int, FoundObject]] = []
    for kind in SHOWN:
        mask = (classes.labels == kind).astype(np.uint8)
        count, pieces, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        touching = np.unique(pieces[near & (mask > 0)]) if count > 1 else ()
        for piece in touching:
            left, top, wide, high, cells = (int(value) for value in stats[piece])
            box = (left / width, top / height, (left + wide) / width, (top + high) / height)
            score = float(classes.confidence[pieces == piece].mean())
            found.append((cells, FoundObject(kind.name.lower(), score, box)))
    return [found_object for _, found_object in sorted(found, key=lambda pair: -pair[0])]
