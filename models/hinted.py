"""Masks of real pictures that a person looked at: what a network says, less what the person says is not there.

Drawing outlines takes a quarter of an hour a picture, saying «no soil in it, that is a lawn» five seconds. A hint names
what a class that the network found there really is; `unknown` leaves it out of the mask.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import yaml
from numpy.typing import NDArray

from models.data import GROUNDS, IGNORE, Mask
from models.iou import GROUND_NAMES

UNKNOWN = "unknown"
SURE = 0.5
"""Least chance of a cell's main class, after the hints, for the cell to count."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One picture: `file` as the folder calls it, and what the classes found in it really are."""

    file: str
    really: dict[str, str] = field(default_factory=dict[str, str])


def read_hints(path: Path) -> list[Hint]:
    """The hints of a YAML file. Raises ValueError naming the picture whose hint names no class."""
    told: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["pictures"]
    hints = [Hint(str(one["file"]), dict(one.get("really", {}))) for one in told]
    for hint in hints:
        if wrong := {*hint.really, *hint.really.values()} - {*GROUND_NAMES, UNKNOWN}:
            raise ValueError(f"{path}: {hint.file}: no such class: {', '.join(sorted(wrong))}")
    return hints


def hinted(chances: NDArray[np.float32], hint: Hint) -> Mask:
    """Chances [classes,h,w] as a mask [h,w]; cells that are unsure, or of an unknown thing, are IGNORE."""
    moved = np.zeros_like(chances)
    unknown = np.zeros(chances.shape[1:], np.float32)
    for number, name in enumerate(GROUND_NAMES):
        really = hint.really.get(name, name)
        if really == UNKNOWN:
            unknown += chances[number]
        else:
            moved[GROUND_NAMES.index(really)] += chances[number]
    best = moved.argmax(axis=0)
    sure = (moved.max(axis=0) >= SURE) & (unknown < SURE)
    return np.where(sure, best, IGNORE).astype(np.uint8)


def write_hinted(checkpoint: Path, hints: Path, pictures: Path, out: Path) -> int:
    """Writes `grounds-<stem>.png` for each picture `<pictures>/grounds/images/<stem>.jpg` that has a hint; returns
    their number. Raises ValueError when a hint names no picture."""
    import torch

    from models.batches import to_tensor
    from models.deeplab import DeepLab

    net = DeepLab(len(GROUND_NAMES)).eval()
    net.load_state_dict(torch.load(checkpoint, weights_only=True)["mean"])
    out.mkdir(parents=True, exist_ok=True)
    told = read_hints(hints)
    for hint in told:
        file = pictures / GROUNDS / "images" / f"{Path(hint.file).stem}.jpg"
        picture = cv2.imread(str(file))
        if picture is None:
            raise ValueError(f"{file}: cannot be read")
        rows, columns = (max(64, round(side * 512 / max(picture.shape[:2]) / 32) * 32) for side in picture.shape[:2])
        small = cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA)
        tensor = to_tensor(cv2.cvtColor(small, cv2.COLOR_BGR2RGB).astype(np.uint8))[None]
        with torch.no_grad():
            chances = (net(tensor).softmax(1) + net(tensor.flip(3)).softmax(1).flip(3)) / 2
            chances = torch.nn.functional.interpolate(chances, picture.shape[:2], mode="bilinear")
        cv2.imwrite(str(out / f"{GROUNDS}-{file.stem}.png"), hinted(chances[0].numpy(), hint))
    return len(told)
