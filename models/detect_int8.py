"""A published detector in 8 bits, as a folder beside it."""
# pyright: reportMissingImports=false

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import onnx
import yaml

from edge.vision.model_file import load_model
from models.detect_data import rendered_scenes, split
from models.quantize import quantize

SPARED = ("/classes/", "/box/", "/object/")
"""Last layers of each branch, by what their names hold: a step of their outputs would be seen in every box."""


def write_int8(folder: Path, out: Path, pictures: Sequence[Path], count: int) -> Path:
    """Writes `out` (model.onnx and model.yaml); ranges come from `count` pictures of layouts that were learned from."""
    card = load_model(folder).card
    learned, _ = split(rendered_scenes(pictures))
    chosen = [scene.item for scene in learned[:: max(1, len(learned) // count)]][:count]
    names = [node.name for node in onnx.load(folder / card.file).graph.node if node.op_type == "Conv"]
    spared = [name for name in names if any(part in name for part in SPARED)]
    file = quantize(folder / card.file, out / "model.onnx", chosen, card, spared)
    told = yaml.safe_load((folder / "model.yaml").read_text(encoding="utf-8"))
    told |= {"name": f"{card.name}-int8", "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "metrics": {}}
    (out / "model.yaml").write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return out
