"""Pictures and zones through the edge's own `analyze`, and what it said of each zone as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge.analyze import Measured, Shot, ShotResult, Unreadable, analyze
from edge.analyze_cli import drawn
from edge.analyze_zones import FileZone, ZonesFile
from edge.contracts.geometry import Point
from edge.stream.frame import Image
from edge.vision.measure import measure
from edge.vision.perceive import models_of
from models.judging.in_hand import InHand
from models.judging.kept import Kept

Row = dict[str, Any]
"""file, zone, role, violation, score, share, soil, net, covered, occluded, polygon."""
Tell = Callable[[str], None]


class Undecided(Exception):
    """A file of a set could not be looked at; the text names it and says why."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone of a picture and what it stands for in the truth (`role`)."""

    id: str
    role: str
    polygon: list[Point]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and its zones."""

    file: Path
    zones: list[Zone]


def rectangle(xyxy: tuple[float, float, float, float]) -> list[Point]:
    """A box in 0..1 as a polygon, cut off at the picture's edges."""
    left, top, right, bottom = (min(1.0, max(0.0, side)) for side in xyxy)
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def look(picture: Picture, hand: InHand) -> ShotResult:
    """What the edge says of a picture: every zone for every violation. Raises Undecided."""
    zones = ZonesFile.model_validate({"*": [{"id": zone.id, "polygon": zone.polygon} for zone in picture.zones]})
    result = next(iter(analyze([picture.file], hand.rules, zones, hand.perceiver)))
    if isinstance(result, Unreadable):
        raise Undecided(f"{picture.file}: {result.reason}")
    return result


def rows(pictures: Iterable[Picture], hand: InHand, kept: Kept, tell: Tell) -> Iterator[Row]:
    """A row for each zone and violation of every picture, in order. Raises Undecided."""
    for picture in pictures:
        if not picture.zones:
            continue
        asked = [(zone.id, zone.polygon) for zone in picture.zones]
        roles = {zone.id: zone for zone in picture.zones}
        said: list[Row] = kept.get("zones", picture.file, asked, lambda now=picture: told(look(now, hand)))
        for row in said:
            zone = roles[row["zone"]]
            yield {"file": str(picture.file), "role": zone.role, "polygon": zone.polygon} | row
        tell(picture.file.name)


def told(result: ShotResult) -> list[Row]:
    """The rows of one shot."""
    return [
        {
            "zone": each.zone.id,
            "violation": each.rule.id,
            "score": round(each.measurement.score, 5),
            "share": round(each.measurement.share, 5),
            "soil": round(each.measurement.soil_share, 5),
            "net": round(each.measurement.net_share, 5),
            "covered": round(each.measurement.covered_share, 5),
            "occluded": each.measurement.occluded,
        }
        for each in result.measured
    ]


def picture_of(row: Row, hand: InHand) -> Image:
    """The overlay of a row's picture, with only that row's zone and violation. Raises Undecided."""
    return _only(look(_alone(row), hand), row)


def drawn_zone(shot: Shot, row: Row, hand: InHand) -> Image:
    """The same for a frame of a clip."""
    zone = _alone(row).zones[0]
    rule = hand.rules[row["violation"]]
    seen = hand.perceiver.see(shot.image, models_of([rule]))
    measured = Measured(FileZone(id=zone.id, polygon=zone.polygon), rule, measure(seen, zone.polygon, rule), [])
    return drawn(ShotResult(shot, seen.scene, [measured]))


def _alone(row: Row) -> Picture:
    return Picture(Path(row["file"]), [Zone(row["zone"], row.get("role", ""), [(x, y) for x, y in row["polygon"]])])


def _only(result: ShotResult, row: Row) -> Image:
    only = [each for each in result.measured if each.rule.id == row["violation"]]
    return drawn(ShotResult(result.shot, result.class_map, only))
