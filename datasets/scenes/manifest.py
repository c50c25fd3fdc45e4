"""The record of a rendered training set: seeds, layouts and counts, without the pictures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any


def summarise(facts: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts over the pictures' json facts."""
    labels = Counter(b["label"] for f in facts for b in f["boxes"])
    return {
        "pictures": len(facts),
        "by_kind": dict(sorted(Counter(f["kind"] for f in facts).items())),
        "by_light": dict(sorted(Counter(f["conditions"]["name"] for f in facts).items())),
        "wet": sum(f["layout"]["plan"]["wet"] > 0 for f in facts),
        "boxes": dict(sorted(labels.items())),
    }


def write_manifest(train: Path, out: Path) -> None:
    """Write the manifest of the set in `train` to the file `out`."""
    facts, scenes = [], []
    for path in sorted(train.glob("[0-9]*.json")):
        facts.append(json.loads(path.read_text(encoding="utf-8")))
    for path in sorted(train.glob("scene_*.done")):
        scene = json.loads(path.read_text(encoding="utf-8"))
        scenes.append(scene)
    by_seed = {f["seed"]: f["layout"] for f in facts}
    for scene in scenes:
        scene["layout"] = by_seed.get(scene["seed"])
    seconds = sum(s["seconds"] for s in scenes)
    doc = {
        "version": 1,
        **summarise(facts),
        "scenes": len(scenes),
        "seconds_per_picture": round(seconds / max(1, sum(len(s["pictures"]) for s in scenes)), 2),
        "layouts": scenes,
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(doc, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
