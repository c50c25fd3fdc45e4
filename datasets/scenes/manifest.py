"""The record of a rendered training set: seeds, layouts and counts, without the pictures."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from .families import is_held_out


def side_of(facts: dict[str, Any]) -> str:
    """Whether a picture shows families that are learned (train) or kept back (held_out)."""
    return str(facts.get("side") or ("held_out" if is_held_out(facts["seed"]) else "train"))


def layout_of(facts: dict[str, Any]) -> str:
    """The kind of scene, and for sites which of their layouts."""
    layout = facts["layout"]["plan"].get("layout")
    return f"{facts['kind']}/{layout}" if layout else str(facts["kind"])


def commit_of(root: Path) -> str:
    """The generator's commit: what `root`/COMMIT says (in a snapshot), else what git's HEAD points to, else unknown."""
    told = root / "COMMIT"
    if told.is_file():
        return told.read_text(encoding="utf-8").strip()
    head = root / ".git" / "HEAD"
    if not head.is_file():
        return "unknown"
    text = head.read_text(encoding="utf-8").strip()
    if not text.startswith("ref: "):
        return text
    ref = root / ".git" / text[5:]
    return ref.read_text(encoding="utf-8").strip() if ref.is_file() else "unknown"


def summarise(facts: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts over the pictures' json facts."""
    labels = Counter(b["label"] for f in facts for b in f["boxes"])
    return {
        "pictures": len(facts),
        "by_kind": dict(sorted(Counter(f["kind"] for f in facts).items())),
        "by_condition": dict(sorted(Counter(f["conditions"]["name"] for f in facts).items())),
        "by_side": dict(sorted(Counter(side_of(f) for f in facts).items())),
        "by_layout": dict(sorted(Counter(layout_of(f) for f in facts).items())),
        "wet": sum(f["layout"]["plan"]["wet"] > 0 for f in facts),
        "boxes": dict(sorted(labels.items())),
    }


def write_manifest(train: Path, out: Path, commit: str = "unknown") -> None:
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
        "version": 2,
        "generator": commit,
        "seeds": [min(by_seed), max(by_seed)] if by_seed else [],
        **summarise(facts),
        "scenes": len(scenes),
        "seconds_per_picture": round(seconds / max(1, sum(len(s["pictures"]) for s in scenes)), 2),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    head = json.dumps(doc, ensure_ascii=False, indent=1)[:-2]
    rows = ",\n  ".join(json.dumps(scene, ensure_ascii=False) for scene in scenes)
    out.write_text(f'{head},\n "layouts": [\n  {rows}\n ]\n}}\n', encoding="utf-8")
