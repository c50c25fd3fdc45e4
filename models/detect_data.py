"""Pictures with boxes to learn from: rendered scenes, and real pictures whose boxes were written down beforehand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.data import HELD_OUT, Item, rendered, split_layouts
from models.detect_labels import LABELS, label_index

Boxes = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture with `boxes` (N, 4) as xyxy in 0..1 and their `labels` (N,) in LABELS.

    In `ignored` (M, 4) there may be something that nobody labelled: neither finding nor missing it is a fault.
    """

    item: Item
    boxes: Boxes
    labels: Numbers
    ignored: Boxes

    @property
    def real(self) -> bool:
        return self.item.kind == "real"

    def picture(self) -> NDArray[np.uint8]:
        """BGR (H, W, 3); raises ValueError when it cannot be read."""
        read = cv2.imread(str(self.item.picture))
        if read is None:
            raise ValueError(f"{self.item.picture}: cannot be read")
        return read.astype(np.uint8)


def rendered_scenes(folders: Iterable[Path]) -> list[Scene]:
    """Every finished picture of these render folders; things that the detector has no name for are background."""
    scenes = []
    for item in (item for folder in folders for item in rendered(folder)):
        told = json.loads(item.picture.with_suffix(".json").read_text(encoding="utf-8"))["boxes"]
        known = [(label_index(box["label"]), box["xyxy"]) for box in told]
        kept = [(label, xyxy) for label, xyxy in known if label is not None]
        scenes.append(Scene(item, rows([xyxy for _, xyxy in kept]), numbers([label for label, _ in kept]), rows([])))
    return scenes


def real_scenes(written: Path, pictures: Path, splits: Iterable[str], *, own: bool = False) -> list[Scene]:
    """Real pictures of these splits with the boxes of `pseudo-boxes` (one JSON document).

    With `own` only the data set's own boxes are true, as judging needs it; what the base added is ignored.
    """
    wanted = set(splits)
    return [
        _real(one, pictures, own) for one in json.loads(written.read_text(encoding="utf-8")) if one["split"] in wanted
    ]


def _real(told: dict[str, Any], pictures: Path, own: bool) -> Scene:
    true = [box for box in told["boxes"] if box["own"] or not own]
    doubted = [box["xyxy"] for box in told["boxes"] if own and not box["own"]]
    return Scene(
        Item(pictures / told["file"], pictures / told["file"], told["split"], "real"),
        rows([box["xyxy"] for box in true]),
        numbers([LABELS.index(box["label"]) for box in true]),
        rows(told["ignored"] + doubted),
    )


def split(scenes: Sequence[Scene], held_out: float = HELD_OUT) -> tuple[list[Scene], list[Scene]]:
    """(to learn from, to judge by): whole layouts on one side, as for the segmenter."""
    held = {item.group for item in split_layouts([scene.item for scene in scenes], held_out)[1]}
    return [s for s in scenes if s.item.group not in held], [s for s in scenes if s.item.group in held]


def evenly(scenes: Sequence[Scene], at_most: int) -> list[Scene]:
    """At most so many of them, spread over the whole list."""
    places = np.unique(np.linspace(0, len(scenes) - 1, min(at_most, len(scenes))).round().astype(int))
    return [scenes[int(place)] for place in places]


def wanted_often(scenes: Sequence[Scene]) -> NDArray[np.float64]:
    """Chance of each scene to be drawn: more where labels are that few boxes have (a half power of their number)."""
    counts = np.bincount(np.concatenate([s.labels for s in scenes] or [numbers([])]), minlength=len(LABELS))
    worth = 1 / np.sqrt(np.maximum(counts, 20.0))
    chance = np.array([worth[np.unique(s.labels)].sum() for s in scenes]) + worth.min()
    return chance / chance.sum()


def rows(boxes: Sequence[Sequence[float]]) -> Boxes:
    """(N, 4) also when there is none."""
    return np.asarray(boxes, np.float32).reshape(-1, 4)


def numbers(labels: Sequence[int]) -> Numbers:
    return np.asarray(labels, np.int64).reshape(-1)
