"""How high and how deep things are, for telling the ground that they stand on from the ground that they hide."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edge.vision.boxes import box_cells
from edge.vision.objects import FoundObject
from edge.vision.polar import Mask, Polar

F64 = NDArray[np.float64]

_QUANTILES = np.array([-1.64, -1.04, -0.67, -0.39, -0.13, 0.13, 0.39, 0.67, 1.04, 1.64])
"""Middles of ten equally likely parts of a normal distribution."""
THINNEST_M = 0.25
"""Depth taken for what is too thin for any height."""


@dataclass(frozen=True, slots=True)
class Upright:
    """Goods and furniture. Heights and depths are log-normal: the median in metres and the spread of the logarithm.

    What stands at a distance b from the point below the camera, z high, hides the ground behind itself as far as
    b / (1 - z / H). So in each direction, of what is covered up to the distance e, the last e z / H metres are hidden
    only. Each height leaves a depth, and how common height and depth are says how likely it is (Bayes' rule).
    """

    height_m: float
    height_spread: float
    depth_m: float
    depth_spread: float
    usual_share: float = 0.65

    @property
    def tallest_m(self) -> float:
        """The greatest height that is thought of."""
        return float(self.height_m * np.exp(self.height_spread * _QUANTILES[-1]))

    def stood_on(self, polar: Polar, piece: Mask, veil: Mask, named_m: float | None) -> tuple[F64, F64]:
        """(chances (k,), share of each place of a `piece` that is stood on (k, m, n)), one for each height thought of.

        Behind a `veil` (somebody passing, the edge of the picture) nothing shows where a thing ends. `named_m` is the
        height of such things when it is known by name.
        """
        me = self if named_m is None else replace(self, height_m=named_m, height_spread=NAMED_SPREAD)
        heights = me.height_m * np.exp(me.height_spread * _QUANTILES)
        long = np.exp(polar.logs) * polar.step
        taken = np.cumsum(piece * long[:, None], axis=0)
        end = len(long) - 1 - piece[::-1].argmax(axis=0)
        beyond = np.cumsum((veil & ~piece) * long[:, None], axis=0)
        veiled = np.maximum.accumulate(beyond, axis=0)[-1] - np.take_along_axis(beyond, end[None], axis=0)[0]
        hidden = np.exp(polar.logs)[end] * np.minimum(heights / polar.height_m, 0.9)[:, None]
        depth = np.maximum(taken[-1] - np.maximum(hidden - veiled, 0), 0)
        share = np.clip((depth[:, None] - taken + long[:, None]) / long[:, None], 0, 1) * piece
        across = polar.widths()[piece.argmax(axis=0), np.arange(piece.shape[1])] * piece.any(axis=0)
        chances = np.array([me._density(float(one @ across) / float(across.sum())) for one in depth])
        if chances.sum() > 1e-9:
            return chances / chances.sum(), share
        # Too thin for any height: something flat, or a board on edge.
        thin = np.clip((THINNEST_M - taken + long[:, None]) / long[:, None], 0, 1) * piece
        return np.array([0.5, 0.5]), np.stack([0.4 * thin, 1.6 * thin])

    def _density(self, depth: float) -> float:
        if depth <= 1e-3:
            return 0.0
        off = np.log(depth / self.depth_m) / self.depth_spread
        return float(np.exp(-0.5 * off**2) / depth)


@dataclass(frozen=True, slots=True)
class Heaped:
    """Soil and muck: a round heap whose top is `steepness` times as high as half its depth (normal, `spread`).

    Its far foot is hidden once the line of sight over the top meets the ground further on. A heap of half depth R that
    begins at a and hides the ground up to b, seen from height H, has b (H - steepness R) / H = a + R.
    """

    steepness: float
    spread: float
    highest_m: float = 4.0
    usual_share: float = 0.9

    @property
    def tallest_m(self) -> float:
        """How much beyond the act is looked at, as the height of a thing."""
        return 1.0

    def stood_on(self, polar: Polar, piece: Mask, veil: Mask, named_m: float | None) -> tuple[F64, F64]:
        """As `Upright.stood_on`."""
        away = np.exp(polar.logs)
        first = away[piece.argmax(axis=0)]
        last = away[len(away) - 1 - piece[::-1].argmax(axis=0)]
        length = np.maximum(last - first, 1e-6)
        steep = np.maximum(0.0, self.steepness + self.spread * _QUANTILES)[:, None]
        steep = np.minimum(steep, 2 * self.highest_m / length)
        depth = np.minimum(length, 2 * length / (1 + steep * last / polar.height_m))
        stood = piece & (away[:, None] <= (first + depth)[:, None])
        return np.full(len(steep), 1 / len(steep)), stood.astype(np.float64)


HEIGHTS_M = {
    "chair": 0.45, "stool": 0.35, "bench": 0.3, "table": 0.27, "umbrella": 2.3, "crate": 0.95, "carton": 0.95,
    "basket": 0.2, "sack": 0.15, "pallet": 0.5, "rack": 1.4, "mannequin": 1.6, "a_board": 1.1, "pot_plant": 0.25,
    "stall": 0.65, "cart": 0.7, "trolley": 0.85, "vending_machine": 1.9,
}  # fmt: skip
"""Up to which height in metres things that a detector calls by name are solid enough to hide what is behind them.

From 135 things in ray-cast scenes: (ground hidden - outline on the ground) / width, as a height. Tables and chairs let
much ground through. Stool, bench, cart, vending machine and umbrella are set by their build.
"""
NAMED_SPREAD = 0.35
GOODS = Upright(height_m=0.5, height_spread=0.6, depth_m=1.2, depth_spread=0.7)
SOIL = Heaped(steepness=0.4, spread=0.15)
LOW = Upright(height_m=0.3, height_spread=0.5, depth_m=0.6, depth_spread=0.7)
"""Bags and loose things on the ground."""


def stature_of(classes: Collection[str]) -> Upright | Heaped:
    """What a rule's classes are like: soil lies in heaps, rubbish lies low, everything else stands like goods."""
    if "soil" in classes:
        return SOIL
    return LOW if "garbage" in classes else GOODS


def named_heights(found: Collection[FoundObject], height: int, width: int) -> NDArray[np.float32] | None:
    """(h, w) metres where a detector found things whose height is known by their name; None when it found none."""
    known = [one for one in found if one.label in HEIGHTS_M]
    if not known:
        return None
    cells = np.zeros((height, width), np.float32)
    for one in sorted(known, key=lambda each: each.score):
        inside = box_cells(one.xyxy, height, width) > 0.5
        cells[inside] = HEIGHTS_M[one.label]
    return cells
