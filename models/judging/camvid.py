"""Real paved streets with masks (development only): the pavement and the road of each picture as zones of nothing.

A zone is the outline of one connected piece of the mask, as a person would draw it: what the outline goes around
(a bollard, somebody walking) lies inside, as in any camera's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from edge.contracts.geometry import Point, Polygon
from models.judging.looking import Picture, Row, Undecided, Zone
from models.judging.roadside import DISPLAY, MUCK, below
from models.judging.roc import OPERATING_POINT
from models.judging.wilson import rate

PAVED = {3: "road", 4: "pavement"}
"""Numbers in the 11-class masks."""
LEAST_SHARE = 0.01
"""Of the picture: smaller pieces are no zone that anybody would draw."""
SOIL_NOTED = 0.02

_polygon: TypeAdapter[list[Point]] = TypeAdapter(Polygon)


def zones_of(folder: Path) -> list[Picture]:
    """Every picture that has a mask. Raises Undecided when there is none."""
    pictures: list[Picture] = []
    for file in sorted((folder / "images").glob("*")):
        mask = cv2.imread(str(folder / "masks" / f"{file.stem}.png"), cv2.IMREAD_GRAYSCALE)
        if mask is not None:
            pictures.append(Picture(file, paved_zones(mask.astype(np.uint8))))
    if not pictures:
        raise Undecided(f"{folder}: no images/NAME.jpg with masks/NAME.png")
    return pictures


def paved_zones(mask: NDArray[np.uint8]) -> list[Zone]:
    """The larger connected pieces of road and pavement in an (h, w) mask as zones."""
    zones: list[Zone] = []
    for number, role in PAVED.items():
        paved = cv2.morphologyEx((mask == number).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        outlines, _ = cv2.findContours(paved, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        large = [line for line in outlines if cv2.contourArea(line) >= LEAST_SHARE * mask.size]
        for place, outline in enumerate(sorted(large, key=cv2.contourArea, reverse=True)):
            corners = simple_outline(np.asarray(outline[:, 0, :]), mask.shape[0], mask.shape[1])
            if corners is not None:
                zones.append(Zone(f"{role}-{place}", role, corners))
    return zones


def simple_outline(pixels: NDArray[Any], height: int, width: int) -> list[Point] | None:
    """A contour (n, 2) in pixels as a polygon that the edge takes, as fine as that allows; None when none is simple."""
    size = np.array([width, height])
    for tolerance in (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 9.0, 14.0):
        corners = cv2.approxPolyDP(pixels.astype(np.int32)[:, None], tolerance, True)[:, 0]
        points = np.clip((corners + 0.5) / size, 0, 1).round(5)
        try:
            return _polygon.validate_python([tuple(map(float, point)) for point in points])
        except ValidationError:
            continue
    return None


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """Share of zones below the operating point for outdoor display, false ones for exposed muck, soil that was seen."""
    display = [row for row in rows if row["violation"] == DISPLAY]
    muck = [row for row in rows if row["violation"] == MUCK]
    soil = [row["soil"] for row in muck]

    def said(here: Sequence[Row]) -> dict[str, Any]:
        return rate(sum(row["score"] >= OPERATING_POINT for row in here), len(here)).told()

    return {
        "pictures": len({row["file"] for row in rows}),
        DISPLAY: {
            "below_operating_point": below(display),
            "by_role": {r: below([x for x in display if x["role"] == r]) for r in PAVED.values()},
        },
        MUCK: {
            "false": said(muck),
            "by_role": {r: said([x for x in muck if x["role"] == r]) for r in PAVED.values()},
            "soil_share_mean": round(float(np.mean(soil)), 5) if soil else None,
            "soil_share_p99": round(float(np.percentile(soil, 99)), 5) if soil else None,
            "zones_over_2_percent": rate(sum(s > SOIL_NOTED for s in soil), len(soil)).told(),
        },
    }
