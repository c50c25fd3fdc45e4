"""What is true in a clip, measured from its masks: shares and areas of a zone, footprints of goods."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ..camera import apply
from ..classes import MaskClass

GRID_M = 0.02


def polygon_mask(polygon: Any, width: int, height: int) -> NDArray[np.bool_]:
    """(H, W) inside a polygon given in 0..1."""
    m = np.zeros((height, width), np.uint8)
    pts = np.round(np.asarray(polygon, dtype=float) * [width, height] * 16).astype(np.int32)
    cv2.fillPoly(m, [pts], 1, cv2.LINE_8, 4)
    return m.astype(bool)


def pixel_areas(image_to_ground: Any, width: int, height: int) -> NDArray[np.float64]:
    """(H, W) ground area in m2 that each pixel spans (the homography's Jacobian at the pixel's middle)."""
    h = np.asarray(image_to_ground, dtype=float)
    u, v = np.meshgrid((np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height)
    w = h[2, 0] * u + h[2, 1] * v + h[2, 2]
    return np.abs(np.linalg.det(h) / w**3) / (width * height)


def zone_state(classes: Any, polygon: Any, image_to_ground: Any) -> dict[str, float]:
    """Shares (of the zone's pixels that are no person and no vehicle) and the ground area hidden by goods."""
    height, width = classes.shape
    inside = polygon_mask(polygon, width, height)
    moving = np.isin(classes, (MaskClass.PERSON, MaskClass.VEHICLE))
    n = max(1, int((inside & ~moving).sum()))
    area = pixel_areas(image_to_ground, width, height)
    share = lambda c: round(float((inside & (classes == c)).sum() / n), 4)  # noqa: E731
    return {
        "covered_share": share(MaskClass.GOODS),
        "soil_share": share(MaskClass.SOIL),
        "net_share": share(MaskClass.NET),
        "covered_m2": round(float(area[inside & (classes == MaskClass.GOODS)].sum()), 2),
        "soil_m2": round(float(area[inside & (classes == MaskClass.SOIL)].sum()), 2),
    }


def footprint(hulls: Any, within: Any, beyond: Any = None) -> float:
    """Union area in m2 of world outlines inside a world polygon and, with `beyond`, outside that one."""
    zone = np.asarray(within, dtype=float)
    lo = zone.min(0) - 1
    size = np.ceil((zone.max(0) + 1 - lo) / GRID_M).astype(int)

    def fill(polys: Any) -> Any:
        m = np.zeros((size[1], size[0]), np.uint8)
        for p in polys:
            cv2.fillPoly(m, [np.round((np.asarray(p) - lo) / GRID_M).astype(np.int32)], 1)
        return m.astype(bool)

    got = fill(hulls) & fill([zone])
    if beyond is not None:
        got &= ~fill([beyond])
    return round(float(got.sum() * GRID_M**2), 2)


def ground_points(view: Any, spots: Any) -> list[dict[str, list[float]]]:
    """Image and world coordinates of points on the ground that are in the picture."""
    uv, depth = view.project(np.column_stack([np.asarray(spots, dtype=float), np.zeros(len(spots))]))
    return [
        {"image": [round(float(a), 5), round(float(b), 5)], "world_m": [round(float(x), 3), round(float(y), 3)]}
        for (a, b), d, (x, y) in zip(uv, depth, spots, strict=True)
        if d > 0 and 0.01 < a < 0.99 and 0.01 < b < 0.99
    ]


def to_image(view: Any, polygon_m: Any) -> list[list[float]]:
    """A world polygon on the ground as image coordinates."""
    return apply(view.ground_to_image(), np.asarray(polygon_m, dtype=float)).round(5).tolist()
