"""Writes a clip's truth.json: geometry, zones, acts and what the masks measure over time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from ..camera import polygon_area
from . import measure


def _states(comp: Any, zones: list[dict[str, Any]], homography: Any) -> list[dict[str, Any]]:
    story = comp.story
    end = comp.scenario.DURATION
    out = []
    for k, (a, names) in enumerate(story.plates):
        b = story.plates[k + 1][0] if k + 1 < len(story.plates) else end
        if story.turn:
            b = min(b, story.turn[0])
        classes = comp.plate(names).classes()
        for z in zones:
            got = measure.zone_state(classes, z["polygon"], homography)
            out.append({"from_s": a, "to_s": b, "zone": z["id"], **got})
    return out


def write_truth(out: Path, comp: Any) -> None:
    """Write truth.json beside the clip."""
    sc, story, view = comp.scenario, comp.story, comp.view
    homography = view.image_to_ground()
    truth = story.truth
    zones = [
        {
            "id": z["id"],
            "name": z["name"],
            "polygon": measure.to_image(view, z["world_m"]),
            "area_m2": round(polygon_area(np.array(z["world_m"])), 2),
            "violations": z["violations"],
        }
        for z in truth["zones"]
    ]
    permits = [
        {"id": p["id"], "zone": p["zone"], "polygon": measure.to_image(view, p["world_m"])} for p in truth["permits"]
    ]
    zone_m = np.array(truth["zones"][0]["world_m"])
    mid = zone_m.mean(0)
    spots = [tuple(p) for p in zone_m] + [
        (float(mid[0] + dx), float(mid[1] + dy)) for dx in (-6, -3, 0, 3, 6) for dy in (-2.5, 0, 2)
    ]
    states = _states(comp, zones, homography)
    acts = []
    for a in truth["acts"]:
        area = a["area_m2"]
        if isinstance(area, list):
            area = next(s["soil_m2"] for s in states if s["zone"] == a["zone"] and s["from_s"] == a["from_s"])
        acts.append({**a, "area_m2": area})
    target = out / f"{sc.NAME}.mp4"
    layout = {k: v for k, v in comp.facts.items() if k in ("layout", "shops")}
    doc = {
        "clip": sc.NAME,
        "version": 1,
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "duration_s": sc.DURATION,
        "fps": sc.FPS,
        "width": view.width,
        "height": view.height,
        "scene": {"seed": sc.SEED, "sun": list(sc.SUN), "view": asdict(view), **layout},
        "ground": {"points": measure.ground_points(view, spots), "homography": homography.round(8).tolist()},
        "zones": zones,
        "permits": permits,
        "acts": acts,
        "states": states,
        "health": truth["health"],
        "timeline": truth["timeline"],
    }
    (out / "truth.json").write_text(json.dumps(doc, ensure_ascii=False, indent=1) + "\n")
