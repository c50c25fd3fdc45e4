"""What a zone looks like when it is clean: learned slowly, cell by cell, from looks that others have found clean.

A running mean and how far single looks stray from it: ground counts as hidden only where less of it is seen than a
usual clean look shows, and what always looks like goods (a bench, a pillar, a planter) as itself.
"""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import BARE, SemanticClass, names_of
from edge.vision.segmenter import ClassMap

Planes = NDArray[np.float32]

EVERY = timedelta(seconds=60)
"""So often a clean look is learned from."""
READY_LOOKS = 30
"""From so many looks on a reference is used: half an hour of clean ground at least."""
MEMORY_LOOKS = 120
"""A new look weighs at least one in so many: seasons and repaved ground are followed in some hours."""
DARK, COLOURLESS = 60.0, 10.0
"""Below this mean brightness, or mean saturation (infrared), of 255 it is night."""


class Light(StrEnum):
    """The same ground looks different to a camera by day and by night."""

    DAY = "day"
    NIGHT = "night"


def light_of(image: NDArray[np.uint8]) -> Light:
    """Of a (H, W, 3) BGR picture."""
    height, width = image.shape[:2]
    few = image[:: max(1, height // 36), :: max(1, width // 64)]
    strongest, weakest = few.max(axis=2).astype(np.float32), few.min(axis=2).astype(np.float32)
    saturation = float((255 * (strongest - weakest) / np.maximum(strongest, 1)).mean())
    return Light.NIGHT if float(strongest.mean()) < DARK or saturation < COLOURLESS else Light.DAY


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceView:
    """`planes` (4, h, w) in 0..1: mean of bare ground and of goods, and the mean deviation of each. `looks` is from how
    many looks, the last of them at `at`; `by_hand` when somebody gave it."""

    planes: Planes
    looks: int
    at: datetime
    by_hand: bool = False

    @classmethod
    def first(cls, at: datetime, scene: ClassMap, *, by_hand: bool = False) -> Self:
        """From one look, which says nothing yet of how looks differ."""
        planes = _planes(scene)
        return cls(np.concatenate([planes, np.zeros_like(planes)]), 1, at, by_hand)

    @property
    def is_ready(self) -> bool:
        """Whether enough was seen to hold the zone against it."""
        return self.by_hand or self.looks >= READY_LOOKS

    def is_due(self, at: datetime) -> bool:
        """Whether it is time to learn again. What was given by hand stays as it is."""
        return not self.by_hand and not timedelta() <= at - self.at < EVERY

    def learned(self, at: datetime, scene: ClassMap) -> "ReferenceView":
        """With one more clean look; anew when the grid is another."""
        now = _planes(scene)
        if now.shape[1:] != self.planes.shape[1:]:
            return ReferenceView.first(at, scene)
        share = np.float32(1 / min(self.looks + 1, MEMORY_LOOKS))
        mean, strayed = self.planes[:2], self.planes[2:]
        off = np.abs(now - mean)
        planes = np.concatenate([mean + share * (now - mean), strayed + share * (off - strayed)])
        return ReferenceView(planes.astype(np.float32, copy=False), self.looks + 1, at)

    def class_map(self) -> ClassMap:
        """As `measure` takes it: all bare ground as ground, goods as goods, and other for the rest."""
        bare = np.clip(self.planes[0] - self.planes[2], 0, 1)
        goods = np.clip(self.planes[1] + self.planes[3], 0, 1 - bare)
        probabilities = np.zeros((len(SemanticClass), *bare.shape), np.float32)
        probabilities[SemanticClass.GROUND], probabilities[SemanticClass.GOODS] = bare, goods
        probabilities[SemanticClass.OTHER] = 1 - bare - goods
        labels = probabilities.argmax(axis=0).astype(np.uint8)
        return ClassMap(labels, probabilities.max(axis=0), probabilities)

    def to_text(self) -> str:
        """A line of JSON, some kilobytes; planes are kept in steps of 1/255."""
        packed = zlib.compress(np.rint(self.planes * 255).astype(np.uint8).tobytes(), 6)
        facts = {"looks": self.looks, "at": self.at.isoformat(), "by_hand": self.by_hand, "shape": self.planes.shape}
        return json.dumps(facts | {"planes": base64.b85encode(packed).decode()})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The inverse of `to_text`. Raises ValueError."""
        try:
            raw: Any = json.loads(text)
            planes = np.frombuffer(zlib.decompress(base64.b85decode(raw["planes"])), np.uint8).reshape(raw["shape"])
            at = datetime.fromisoformat(raw["at"])
            return cls(planes.astype(np.float32) / np.float32(255), int(raw["looks"]), at, bool(raw["by_hand"]))
        except (KeyError, TypeError, zlib.error, binascii.Error) as error:
            raise ValueError(f"no reference view: {error}") from error


def _planes(scene: ClassMap) -> Planes:
    return np.stack([scene.weight(names_of(*BARE)), scene.weight(names_of(SemanticClass.GOODS))])
