"""An episode's truth.json: the document of a clip, and what only an episode has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .acts import acts
from .scenario import Scenario

STATE_KEYS = ("covered_share", "soil_share", "net_share", "occluded_share", "covered_m2", "soil_m2", "true_m2")


def states(scenario: Scenario, measured: Mapping[str, Mapping[str, float]]) -> list[dict[str, Any]]:
    """What is true while each still shows: shares of the zone and areas, as measured on the still."""
    out = []
    for k, s in enumerate(scenario.spans):
        end = scenario.spans[k + 1].from_s if k + 1 < len(scenario.spans) else scenario.duration_s
        seen = {key: measured[s.still].get(key, 0.0) for key in STATE_KEYS}
        out.append({"from_s": s.from_s, "to_s": end, "zone": f"z-{scenario.place}", "still": s.still, **seen})
    return out


def document(
    name: str,
    scenario: Scenario,
    ground: Mapping[str, Any],
    zone: Mapping[str, Any],
    measured: Mapping[str, Mapping[str, float]],
    scene: Mapping[str, Any],
    video: Mapping[str, Any],
) -> dict[str, Any]:
    """The whole truth of an episode.

    `ground`: points and homography; `zone`: name, polygon, area_m2; `measured`: by still, `true_m2` among it;
    `scene`: seed, layout, view; `video`: sha256, fps, width, height. Raises ValueError when the acts that follow from
    the stills are not as many as the scenario says.
    """
    found = acts(scenario, {k: v["true_m2"] for k, v in measured.items()})
    if len(found) != scenario.acts:
        raise ValueError(f"{name}: the stills tell of {len(found)} acts, the scenario of {scenario.acts}")
    return {
        "clip": name,
        "version": 1,
        "file": f"{name}.mp4",
        "sha256": video["sha256"],
        "duration_s": scenario.duration_s,
        "fps": video["fps"],
        "width": video["width"],
        "height": video["height"],
        "episode": {
            "place": scenario.place,
            "kind": scenario.kind,
            "violation": scenario.violation,
            "violating": bool(found),
            "light": scenario.light,
            "effects": [e.kind for e in scenario.effects],
        },
        "scene": dict(scene),
        "ground": dict(ground),
        "zones": [{"id": f"z-{scenario.place}", "violations": [scenario.violation], **zone}],
        "permits": [],
        "acts": found,
        "states": states(scenario, measured),
        "nuisances": [asdict(n) for n in scenario.nuisances],
        "health": [],
        "timeline": [{"at_s": at, "what": what} for at, what in scenario.timeline],
    }


def write(folder: Path, truth: Mapping[str, Any]) -> None:
    """Write truth.json into the episode's folder, whole or not at all."""
    part = folder / "truth.json.part"
    part.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.rename(folder / "truth.json")


def sha256(path: Path) -> str:
    """The file's SHA-256 in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
