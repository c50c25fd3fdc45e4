"""Real roadside photos with loose boxes (development only): heaps to be found, everything else to be left alone.

Zones are the labelled boxes and, of the same sizes, ground elsewhere (`elsewhere.clear_place`). The whole picture is
looked at, the box is only the zone. Labels as the set's notes say: SAND_ON_ROAD is uncovered soil or rubble,
CLUTTER_SIDEWALK are bare verges (neither yes nor no here), all the rest is no soil. GARBAGE often lies on bare soil,
so figures are given with and without it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.judging.elsewhere import Box, clear_place
from models.judging.looking import Picture, Row, Undecided, Zone, rectangle
from models.judging.roc import OPERATING_POINT, classified
from models.judging.wilson import rate

HEAP, VERGE, GARBAGE = "SAND_ON_ROAD", "CLUTTER_SIDEWALK", "GARBAGE"
SOIL_LABELS = (HEAP, VERGE)
ELSEWHERE, BESIDE = "elsewhere", "beside"
"""Ground in pictures without soil labels; ground in the pictures that have heaps."""
PLAIN_EACH = 2
"""How many zones of plain ground each picture without soil labels gives."""
DISPLAY, MUCK = "outdoor_display", "exposed_muck"


def zones_of(folder: Path) -> list[Picture]:
    """Every labelled picture with its zones. Raises Undecided when the labels cannot be read."""
    try:
        lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
        entries = [json.loads(line) for line in lines if line.strip()]
        sizes = [size(box["xyxy"]) for entry in entries for box in entry["boxes"] if box["label"] == HEAP]
        return [_picture(folder, entry, sizes) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Undecided(f"{folder / 'labels.jsonl'}: {error!r}; a set has labels.jsonl with file and boxes") from error


def size(xyxy: Sequence[float]) -> tuple[float, float]:
    """(width, height) of a box."""
    return xyxy[2] - xyxy[0], xyxy[3] - xyxy[1]


def _picture(folder: Path, entry: dict[str, Any], sizes: Sequence[tuple[float, float]]) -> Picture:
    boxes: list[tuple[str, Box]] = [(box["label"], tuple(box["xyxy"])) for box in entry["boxes"]]
    zones = [Zone(f"{label.lower()}-{n}", label, rectangle(box)) for n, (label, box) in enumerate(boxes)]
    taken = [box for _, box in boxes]
    heaps = [size(box) for label, box in boxes if label == HEAP]
    if heaps:
        wanted, role = heaps, BESIDE
    elif any(label in SOIL_LABELS for label, _ in boxes) or not sizes:
        wanted, role = [], ELSEWHERE
    else:
        start = sum(entry["file"].encode())
        wanted, role = [sizes[(start + 7 * n) % len(sizes)] for n in range(PLAIN_EACH)], ELSEWHERE
    for number, one in enumerate(wanted):
        place = clear_place(f"{entry['file']}#{number}", one, taken)
        if place is not None:
            zones.append(Zone(f"{role}-{number}", role, rectangle(place)))
            taken.append(place)
    return Picture(folder / entry["file"], zones)


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """Outdoor display: the share of zones below the operating point. Exposed muck: the classifier's figures."""
    display = [row for row in rows if row["violation"] == DISPLAY]
    muck = [row for row in rows if row["violation"] == MUCK]
    roles = sorted({row["role"] for row in rows})
    heaps = [row for row in muck if row["role"] == HEAP]

    def against(*wanted: str) -> dict[str, Any]:
        others = [row for row in muck if row["role"] in wanted]
        return classified([True] * len(heaps) + [False] * len(others), [row["score"] for row in heaps + others])

    not_soil = [r for r in roles if r not in (*SOIL_LABELS, GARBAGE, ELSEWHERE, BESIDE)]
    return {
        DISPLAY: {
            "below_operating_point": below(display),
            "by_role": {role: below([r for r in display if r["role"] == role]) for role in roles},
            "occluded": sum(row["occluded"] for row in display),
        },
        MUCK: {
            "main": against(*not_soil, ELSEWHERE),
            "labels_only": against(*not_soil),
            "elsewhere_only": against(ELSEWHERE),
            "beside_heaps": against(BESIDE),
            "with_garbage": against(*not_soil, GARBAGE, ELSEWHERE),
            "at_or_above_by_role": {
                role: rate(sum(r["score"] >= OPERATING_POINT for r in here), len(here)).told()
                for role in roles
                if (here := [r for r in muck if r["role"] == role])
            },
            "negatives": [*not_soil, ELSEWHERE],
        },
    }


def below(rows: Sequence[Row]) -> dict[str, Any]:
    """The share of zones that score below the operating point."""
    return rate(sum(row["score"] < OPERATING_POINT for row in rows), len(rows)).told()
