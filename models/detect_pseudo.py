"""Boxes of real pictures to keep the base's knowledge on: the data set's own, and what the base finds besides.

Of the set's own, people, machinery and vehicles are used. What the base is fairly sure of and the set does not label
becomes a box; where it is in doubt, the place is ignored.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from edge.vision.objects import FoundObject
from edge.vision.overlaps import overlap
from models.detect_data import rows
from models.detect_labels import COCO, SAME

PERSON, MACHINERY, VEHICLE = 5, 8, 9
"""Numbers of the Construction Site Safety set."""
SURE, DOUBTFUL = 0.45, 0.12
SAME_PLACE = 0.45
VEHICLES = ("car", "truck", "bus")


def told_boxes(lines: str) -> list[tuple[int, tuple[float, float, float, float]]]:
    """(number, xyxy in 0..1) of a YOLO label file: number, centre x, centre y, width, height."""
    told = []
    for line in lines.splitlines():
        number, x, y, w, h = (float(value) for value in line.split()[:5])
        told.append((int(number), (x - w / 2, y - h / 2, x + w / 2, y + h / 2)))
    return told


def merged(
    told: list[tuple[int, tuple[float, float, float, float]]], seen: list[FoundObject]
) -> tuple[list[dict[str, Any]], list[list[float]]]:
    """(boxes with our labels, boxes to ignore) from the set's own boxes and what the base saw (in COCO's words)."""
    known = {PERSON: "person", MACHINERY: "excavator", VEHICLE: "truck"}
    own = [(known[number], xyxy) for number, xyxy in told if number in known]
    shared = overlap(rows([one.xyxy for one in seen]), rows([xyxy for _, xyxy in own]))
    boxes = []
    for column, (label, xyxy) in enumerate(own):
        if label == "truck":
            alike = [s for s in np.argsort(-shared[:, column]) if shared[s, column] > SAME_PLACE]
            label = next((seen[s].label for s in alike if seen[s].label in VEHICLES), label)
        boxes.append({"label": label, "xyxy": [round(v, 4) for v in xyxy], "own": True})
    ignored: list[list[float]] = []
    for place, one in enumerate(seen):
        if one.label in SAME and not (len(own) and shared[place].max() > SAME_PLACE):
            xyxy = [round(v, 4) for v in one.xyxy]
            if one.score >= SURE:
                boxes.append({"label": SAME[one.label], "xyxy": xyxy, "own": False})
            elif one.score >= DOUBTFUL:
                ignored.append(xyxy)
    return boxes, ignored


def write_boxes(base: Path, pictures: Path, out: Path) -> int:
    """Writes one JSON document over every picture of every split; returns their number."""
    from models.detect_torch import TorchDetector
    from models.yolox_base import load_base

    detector = TorchDetector(load_base(base), COCO, long_side=640, least_score=DOUBTFUL)
    written: list[dict[str, Any]] = []
    for file in sorted(pictures.glob("*/images/*.jpg")):
        picture = cv2.imread(str(file))
        if picture is None:
            continue
        labels = file.parent.parent / "labels" / f"{file.stem}.txt"
        told = told_boxes(labels.read_text(encoding="utf-8")) if labels.exists() else []
        boxes, ignored = merged(told, detector.detect(picture.astype(np.uint8)))
        name = str(file.relative_to(pictures))
        written.append({"file": name, "split": file.parent.parent.name, "boxes": boxes, "ignored": ignored})
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(written), encoding="utf-8")
    return len(written)
