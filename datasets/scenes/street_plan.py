"""What a street is to be: drawn from a seed, or written down by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .regions import draw_region

RNG = np.random.Generator


@dataclass(frozen=True)
class StreetPlan:
    """What to build; `mess` is the share of open shops that put things out, 0 for a clean street;
    `open_kerb` keeps hedges, bins and street furniture away; `paving` "" is drawn from what the region lays."""

    depth: float = 4.5
    road: float = 8.0
    paving: str = "brick"
    wet: float = 0.0
    mess: float = 0.5
    people: int = 4
    parked: int = 5
    cars: int = 2
    trees: bool = True
    soil_heap: bool = False
    open_kerb: bool = False
    kinds: tuple[str, ...] | None = None
    region: str = "china"
    fixtures: int = 0
    garbage: int = 0
    works: bool = False
    kerb_stalls: float = 0.0
    leaves: float = 0.0
    snow: float = 0.0
    level: bool = False


def draw_plan(rng: RNG) -> StreetPlan:
    """Draw a street; about a third of them are clean, a quarter have rubbish lying about."""
    clean = rng.random() < 0.3
    region = draw_region(rng)
    rough = region in ("africa", "asia", "latin")
    wet = float(rng.uniform(0.3, 1.0)) if rng.random() < 0.2 else 0.0
    return StreetPlan(
        depth=float(rng.uniform(2.2, 7.0)),
        road=float(rng.uniform(5, 11)),
        paving="",
        wet=wet,
        mess=0.0 if clean else float(rng.uniform(0.55, 1.0)),
        people=int(rng.integers(0, 10)),
        parked=int(rng.integers(0, 11)),
        cars=int(rng.integers(0, 6)),
        trees=bool(rng.random() < (0.3 if rough else 0.55)),
        soil_heap=bool(rng.random() < 0.1),
        open_kerb=bool(rng.random() < 0.2),
        region=region,
        fixtures=int(rng.integers(0, 11)),
        garbage=int(rng.integers(1, 4)) if rng.random() < 0.25 else 0,
        works=bool(rng.random() < 0.12),
        kerb_stalls=0.0 if clean or rng.random() < 0.7 else float(rng.uniform(0.3, 1.0)),
        leaves=float(rng.uniform(0.1, 1.0)) if rng.random() < 0.2 else 0.0,
        snow=float(rng.uniform(0.25, 0.8)) if wet == 0 and not rough and rng.random() < 0.06 else 0.0,
        level=bool(rng.random() < 0.15),
    )
