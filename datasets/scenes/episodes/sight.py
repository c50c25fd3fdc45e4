"""Choosing a camera that sees a zone well: its share of the picture, what stands before it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..camera import View, apply, polygon_area, site_view, street_view
from ..clips.measure import polygon_mask

RNG = np.random.Generator
F64 = NDArray[np.float64]
LEAST_SHARE, MOST_SHARE = 0.06, 0.55
LEAST_SEEN = 0.8
LOWEST_M = 2.8
"""A fixed camera hangs above heads."""


def share_of_picture(view: View, zone: Any) -> tuple[float, float]:
    """(share of the picture that the zone fills, share of the zone's outline that is inside the picture)."""
    corners = np.asarray(zone, dtype=float)
    _, depth = view.project(np.column_stack([corners, np.zeros(len(corners))]))
    if depth.min() < 0.5:
        return 0.0, 0.0
    polygon = apply(view.ground_to_image(), corners)
    inside = float(polygon_mask(polygon, 160, 90).mean())
    return inside, inside / max(polygon_area(polygon), 1e-9)


def ground_spots(zone: Any, across: int = 7, deep: int = 5) -> F64:
    """(N, 3) points spread over a four-cornered zone, 3 cm above the ground."""
    a, b, c, d = np.asarray(zone, dtype=float)
    u, v = np.meshgrid(np.linspace(0.06, 0.94, across), np.linspace(0.06, 0.94, deep))
    u, v = u.reshape(-1, 1), v.reshape(-1, 1)
    flat = (a * (1 - u) + b * u) * (1 - v) + (d * (1 - u) + c * u) * v
    return np.column_stack([flat, np.full(len(flat), 0.03)])


def good_view(view: View, zone: Any) -> bool:
    """Whether the zone is big and whole enough in the picture, and the camera high enough."""
    share, whole = share_of_picture(view, zone)
    return view.at[2] >= LOWEST_M and LEAST_SHARE <= share <= MOST_SHARE and whole > 0.93


def aimed(rng: RNG, place: str, zone: Any, depth: float, road: float, width: int, height: int) -> View:
    """A camera of the generator's own habits, turned to the zone."""
    mid = np.asarray(zone, dtype=float).mean(0)
    if place == "site":
        return site_view(rng, (float(mid[0]), float(mid[1])), width, height)
    view = street_view(rng, depth, road, width, height)
    dx = float(mid[0]) - view.to[0] + float(rng.normal(0, 0.5))
    return replace(view, at=(view.at[0] + dx, *view.at[1:]), to=(view.to[0] + dx, *view.to[1:]))


def silhouette(view: View, hull: Any, height: float) -> F64:
    """(K, 2) image outline of an upright thing: its ground outline and the same at its top."""
    import cv2

    flat = np.asarray(hull, dtype=float)
    both = np.concatenate([np.column_stack([flat, np.full(len(flat), z)]) for z in (0.0, height)])
    uv, depth = view.project(both)
    if depth.min() < 0.3:
        return np.zeros((0, 2))
    return cv2.convexHull(uv.astype(np.float32))[:, 0].astype(np.float64)


def hides(view: View, hull: Any, height: float, zone: Any) -> bool:
    """Whether an upright thing covers any of the zone in the picture."""
    outline = silhouette(view, hull, height)
    if len(outline) < 3:
        return False
    zone_uv = apply(view.ground_to_image(), np.asarray(zone, dtype=float))
    return bool((polygon_mask(outline, 320, 180) & polygon_mask(zone_uv, 320, 180)).sum() > 4)
