"""How well a model of the registry sees: pixels on held-out layouts, and two development sets of real pictures.

Everything goes through `edge.vision`, exactly as on the edge. Numpy, OpenCV and ONNX Runtime only.
"""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from edge.vision.segmenter import Segmenter
from models.data import Item
from models.iou import Confusion
from models.task import shipped

CAMVID_PAVED = (3, 4)
"""Road and pavement in the 11-class CamVid masks."""
CAMVID_CLASS = {0: 0, 1: 5, 3: 1, 4: 1, 5: 4, 8: 6, 9: 7}
"""CamVid sky, building, road, pavement, tree, car, pedestrian as ours; its other classes have no match."""


def labels_at(segmenter: Segmenter, image: NDArray[np.uint8], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """The class map of a BGR picture, enlarged without blending to `shape` (height, width)."""
    labels = segmenter.segment(image).labels
    return cv2.resize(labels, shape[::-1], interpolation=cv2.INTER_NEAREST).astype(np.uint8)


def pixel_scores(segmenter: Segmenter, items: list[Item]) -> Confusion:
    """Confusion over every pixel of every item, at the mask's own size."""
    confusion, task = Confusion.empty(), shipped("ground")
    for item in items:
        picture, raw = item.read()
        mask = task.learn(raw)
        confusion = confusion.plus(mask, labels_at(segmenter, picture[:, :, ::-1], (mask.shape[0], mask.shape[1])))
    return confusion


def zone_share(labels: NDArray[np.uint8], zone: NDArray[np.bool_], cls: SemanticClass) -> float:
    """Share of `cls` in the visible ground of a zone (people and vehicles taken out); 0 where nothing is visible."""
    visible = zone & ~np.isin(labels, (SemanticClass.PERSON, SemanticClass.VEHICLE))
    seen = int(visible.sum())
    return float((visible & (labels == cls)).sum() / seen) if seen else 0.0


def roadside(segmenter: Segmenter, folder: Path) -> dict[str, dict[str, float]]:
    """Real roadside photos (development only): by box label, the share of boxes that are more than 10 % soil.

    SAND_ON_ROAD should be high (heaps), CONSTRUCTION_ROAD (barriers) and POTHOLES low.
    """
    found: dict[str, list[bool]] = {}
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        picture = cv2.imread(str(folder / told["file"]))
        if picture is None:
            continue
        labels = segmenter.segment(picture.astype(np.uint8)).labels
        height, width = labels.shape
        for box in told["boxes"]:
            left, top, right, bottom = np.array(box["xyxy"]) * (width, height, width, height)
            rows = slice(int(top), max(int(np.ceil(bottom)), int(top) + 1))
            columns = slice(int(left), max(int(np.ceil(right)), int(left) + 1))
            soil = float((labels[rows, columns] == SemanticClass.SOIL).mean())
            found.setdefault(box["label"], []).append(soil > 0.10)
    return {k: {"boxes": len(v), "soil_over_10": round(float(np.mean(v)), 3)} for k, v in sorted(found.items())}


def camvid(segmenter: Segmenter, folder: Path) -> dict[str, float]:
    """Real paved streets (development only): frames with soil on more than 5 % of the paving, and ground recall."""
    confusion, over, goods, frames = Confusion.empty(), 0, 0, 0
    table = np.full(256, 255, np.uint8)
    for theirs, ours in CAMVID_CLASS.items():
        table[theirs] = ours
    for file in sorted((folder / "images").iterdir()):
        picture = cv2.imread(str(file))
        mask = cv2.imread(str(folder / "masks" / f"{file.stem}.png"), cv2.IMREAD_GRAYSCALE)
        if picture is None or mask is None:
            continue
        labels = labels_at(segmenter, picture.astype(np.uint8), (mask.shape[0], mask.shape[1]))
        paved = np.isin(mask, CAMVID_PAVED)
        over += float((labels[paved] == SemanticClass.SOIL).mean()) > 0.05
        goods += float((labels[paved] == SemanticClass.GOODS).mean()) > 0.05
        frames += 1
        confusion = confusion.plus(table[mask.astype(np.uint8)], labels)
    scores = {f"iou_{c.name.lower()}": round(v, 3) for c, v in confusion.iou().items() if v is not None}
    return {"frames": frames, "soil_over_5": over, "goods_over_5": goods} | scores
