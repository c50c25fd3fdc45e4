"""Footage of a fixed camera in which nothing is wrong: every alert is false. The edge's `analyze`, frame by frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from edge.analyze import Unreadable, analyze
from edge.analyze_cli import CLIP_DWELL_S, CLIP_LEAVE_S
from edge.analyze_zones import ZonesFile, read_zones
from edge.contracts.violations import ViolationRule
from edge.errors import ConfigInvalid
from edge.rules_file import overridden
from models.judging.in_hand import InHand
from models.judging.kept import Kept
from models.judging.looking import Row, Tell, Undecided, rectangle
from models.judging.wilson import per_hour

WHOLE = "whole-ground"
GROUND_FROM = 0.2
"""A fixed camera's ground begins about here, from the top; above it are walls and sky."""
INTERVAL_S = 1.0


def whole_ground() -> ZonesFile:
    """One zone over all the ground and the same ground as six smaller zones, for any file."""
    zones = [{"id": WHOLE, "polygon": rectangle((0.0, GROUND_FROM, 1.0, 1.0))}]
    high, wide = (1 - GROUND_FROM) / 2, 1 / 3
    for row in range(2):
        for column in range(3):
            left, top = column * wide, GROUND_FROM + row * high
            box = (left, top, left + wide, top + high)
            zones.append({"id": f"part-{row + 1}{column + 1}", "polygon": rectangle(box)})
    return ZonesFile.model_validate({"*": zones})


def clip_rules(
    rules: Mapping[str, ViolationRule], dwell_s: float = CLIP_DWELL_S, leave_s: float = CLIP_LEAVE_S
) -> dict[str, ViolationRule]:
    """The rules with times for clips of a minute or two. Raises ConfigInvalid."""
    changes = {name: {"dwell_s": dwell_s, "leave_s": leave_s, "update_s": 3600.0} for name in rules}
    changed, problems = overridden(dict(rules), changes, Path("clip times"))
    if problems:
        raise ConfigInvalid(problems)
    return changed


def watch(file: Path, zones_file: Path | None, hand: InHand, kept: Kept, tell: Tell) -> dict[str, Any]:
    """Alerts, seconds seen and the highest scores of one file. Raises Undecided, ConfigInvalid."""
    zones = whole_ground() if zones_file is None else read_zones(zones_file)
    hand = replace(hand, rules=clip_rules(hand.rules))

    def make() -> dict[str, Any]:
        return _watched(file, zones, hand, tell)

    return {"file": str(file)} | kept.get("video", file, [zones.model_dump(mode="json"), hand.digest()], make)


def _watched(file: Path, zones: ZonesFile, hand: InHand, tell: Tell) -> dict[str, Any]:
    alerts: list[Row] = []
    highest: dict[str, Row] = {}
    seen_s, looks = 0.0, 0
    for result in analyze([file], hand.rules, zones, hand.perceiver, INTERVAL_S):
        if isinstance(result, Unreadable):
            raise Undecided(f"{file}: {result.reason}")
        seen_s, looks = result.shot.at_s, looks + 1
        for each in result.measured:
            row: Row = {
                "zone": each.zone.id,
                "role": "clean",
                "violation": each.rule.id,
                "at_s": round(result.shot.at_s, 2),
                "score": round(each.measurement.score, 4),
                "polygon": each.zone.polygon,
            }
            key = f"{each.zone.id}/{each.rule.id}"
            if key not in highest or row["score"] > highest[key]["score"]:
                highest[key] = row
            alerts += [row for change in each.transitions if change.phase.value == "raised"]
        tell(f"{file.name} {seen_s:.0f} s")
    return {"seconds": seen_s, "looks": looks, "alerts": alerts, "highest": list(highest.values())}


def figures(watched: Sequence[Mapping[str, Any]], violations: Sequence[str]) -> dict[str, Any]:
    """Alerts an hour, by violation; over the zone of the whole ground (or a file's own) and over its parts."""
    seconds = sum(one["seconds"] for one in watched)
    alerts = [alert for one in watched for alert in one["alerts"]]
    parts = [a for a in alerts if a["zone"].startswith("part-")]
    whole = [a for a in alerts if a not in parts]
    highest = [row for one in watched for row in one["highest"]]
    return {
        "files": [Path(one["file"]).name for one in watched],
        "seconds": round(seconds, 1),
        "by_violation": {
            name: {
                "alerts": per_hour(sum(a["violation"] == name for a in whole), seconds),
                "alerts_in_parts": sum(a["violation"] == name for a in parts),
                "highest_score": max((r["score"] for r in highest if r["violation"] == name), default=None),
            }
            for name in violations
        },
    }
