"""What staging hands on: the zone, the view, and what each group truly takes of the ground. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..camera import View, polygon_area
from ..clips.measure import footprint
from .scenario import Still


@dataclass
class Staged:
    """One scene ready to be shot.

    `zone`: four corners in world metres, along the far edge first; `hulls`: outlines of what each group puts on the
    ground; `moved`: the same where it stands at its other places; `open_m2`: ground under soil that each cover leaves
    open ("": without cover); `soil`: group that the soil belongs to ("": always there).
    """

    view: View
    zone: list[list[float]]
    zone_name: str
    sun: list[float]
    height: float = 0.0
    hulls: dict[str, list[Any]] = field(default_factory=dict)
    moved: dict[str, list[Any]] = field(default_factory=dict)
    open_m2: dict[str, float] = field(default_factory=dict)
    soil: str | None = None
    layout: dict[str, Any] = field(default_factory=dict)

    def zone_m2(self) -> float:
        """Area of the zone."""
        return round(polygon_area(np.array(self.zone)), 2)

    def true_m2(self, place: str, still: Still) -> float:
        """Goods: union of the outlines inside the zone. Soil: ground under what lies open inside the zone."""
        if place == "street":
            book = self.moved if still.moved else self.hulls
            shown = [h for g in still.show for h in book.get(g, self.hulls.get(g, []))]
            return footprint(shown, self.zone) if shown else 0.0
        if self.soil is None or (self.soil and self.soil not in still.show):
            return 0.0
        covers = [self.open_m2[g] for g in still.show if g in self.open_m2 and g]
        return round(min(covers, default=self.open_m2[""]), 2)

    def spots(self) -> list[tuple[float, float]]:
        """Ground points to tell image and world coordinates of."""
        z = np.asarray(self.zone)
        mid, (w, d) = z.mean(0), np.ptp(z, axis=0)
        grid = [(mid[0] + u * w, mid[1] + v * d) for u in (-0.9, -0.45, 0, 0.45, 0.9) for v in (-0.8, -0.4, 0, 0.4)]
        return [(float(x), float(y)) for x, y in [*z.tolist(), *grid]]


def split(areas: list[float], first_share: float = 0.4) -> list[int]:
    """Which of two steps each thing belongs to: 0 until `first_share` of the whole area is out, then 1."""
    whole, sofar, out = sum(areas), 0.0, []
    for a in areas:
        out.append(0 if sofar < first_share * whole and len(areas) > 1 else 1)
        sofar += a
    if out and 1 not in out:
        out[-1] = 1
    return out


def few(areas: list[float], least: float = 1.1, most: float = 3.9) -> list[int]:
    """Indexes of things, in order, whose areas add up to between `least` and `most` m2; empty when none do."""
    got, total = [], 0.0
    for i, a in enumerate(areas):
        if total + a <= most:
            got.append(i)
            total += a
        if total >= (least + most) / 2:
            break
    return got if total >= least else []
