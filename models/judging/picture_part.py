"""The part of a judgment on rendered pictures: pixels, scores of zones, and boxes when there is a detector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from edge.overlay import draw
from edge.stream.frame import Image
from edge.vision.pictures import read_picture
from edge.vision.segmenter import ClassMap
from models.data import Item
from models.judging.calibration import expected_error, reliability
from models.judging.in_hand import InHand
from models.judging.kept import Kept
from models.judging.looking import Row, Tell, picture_of
from models.judging.pictures import confusion_of, held_out, judge_pictures, picture_iou, true_map, zones
from models.judging.plan import Plan
from models.judging.real_sets import Part, absent
from models.judging.roc import classified
from models.report import still as told_as
from models.report.blocks import Block, Section, Shot, Shots
from models.report.pictures import data_uri
from models.report.real_sets import classifier_drawings

Judged = dict[str, Any]


def pictures_part(plan: Plan, hand: InHand, kept: Kept, tell: Tell) -> Part:
    """Held-out rendered pictures."""
    title = "Rendered pictures"
    if not plan.pictures:
        return None, absent("pictures", title, "--pictures DIR")
    items = held_out(plan.pictures)
    judged = judge_pictures(items, hand, kept, tell)
    said: dict[str, Any] = {
        "pictures": len(items),
        "layouts": len({item.group for item in items}),
        "iou": _iou(judged),
        "iou_by_condition": {name: _iou(here) for name, here in _groups(judged).items()},
        "zones": {},
    }
    blocks: list[Block] = told_as.pixel_blocks(said)
    for violation in hand.rules:
        rows = [row | {"file": one["file"]} for one in judged for row in one["rows"] if row["violation"] == violation]
        if rows:
            blocks += _zones(said["zones"], violation, rows, plan, hand)
    said["boxes"], box_blocks = _boxes(plan, hand, tell)
    return said, Section("pictures", title, [*blocks, *box_blocks, *_worst(judged, items, plan, hand)])


def _groups(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    names = sorted({one["kind"] for one in judged}) + sorted({one["light"] for one in judged})
    return {name: [one for one in judged if name in (one["kind"], one["light"])] for name in names}


def _iou(judged: Sequence[Judged]) -> dict[str, float | int | None]:
    confusion = confusion_of(judged)
    mean = confusion.mean_iou()
    each = {name: None if v is None else round(v, 4) for name, v in confusion.iou().items()}
    return {"pictures": len(judged), "mean": None if mean is None else round(mean, 4)} | each


def _zones(said: dict[str, Any], name: str, rows: Sequence[Row], plan: Plan, hand: InHand) -> list[Block]:
    truth, scores = [bool(row["true"]) for row in rows], [float(row["score"]) for row in rows]
    told = classified(truth, scores)
    error = expected_error(truth, scores)
    bins = reliability(truth, scores)
    told["calibration_error"] = None if error is None else round(error, 4)
    told["reliability"] = [
        {"from": b.low, "to": b.high, "mean_score": b.mean_score, "true": b.true.told()} for b in bins
    ]
    said[name] = told
    places = {zone.id: zone.polygon for zone in zones()}
    wrong = sorted(rows, key=lambda row: row["score"] if row["true"] else 1 - row["score"])
    few = [row | {"polygon": places[row["zone"]], "role": ""} for row in wrong[: plan.worst // 2]]
    few = [row for row in few if (row["score"] >= 0.5) != row["true"]]
    shots = [Shot(data_uri(picture_of(row, hand)), _line(row)) for row in few]
    return [
        *told_as.zone_blocks(name, told),
        classifier_drawings(truth, scores, bins, told),
        Shots(f"{name}: zones furthest off", shots),
    ]


def _line(row: Row) -> str:
    true = "truly there" if row["true"] else "truly not there"
    return f"{Path(row['file']).name} {row['zone']} · {row['score']:.2f} · {true}"


def _boxes(plan: Plan, hand: InHand, tell: Tell) -> tuple[dict[str, Any], list[Block]]:
    if hand.faint is None:
        return {"left_out": "no detector was named"}, [told_as.no_boxes()]
    from models.detect_data import rendered_scenes, split
    from models.detect_scores import means, scores_of

    _, scenes = split(rendered_scenes(plan.pictures))
    tell(f"boxes of {len(scenes)} pictures")
    by_label = scores_of(hand.faint, scenes)
    ap50, ap = means(by_label)
    each: Mapping[str, Any] = {
        label: {"boxes": p.boxes, "ap50": round(p.ap50, 4), "ap": round(p.ap, 4), "recall": round(p.recall, 4),
                "precision": round(p.precision, 4)}
        for label, p in by_label.items() if p.boxes
    }  # fmt: skip
    said = {"pictures": len(scenes), "ap50": round(ap50, 4), "ap": round(ap, 4), "by_label": each}
    return said, told_as.box_blocks(said)


def _worst(judged: Sequence[Judged], items: Sequence[Item], plan: Plan, hand: InHand) -> list[Block]:
    by_file = {str(item.picture): item for item in items}
    known = [(value, one) for one in judged if (value := picture_iou(one)) is not None]
    worst = sorted(known, key=lambda pair: pair[0])[: plan.worst // 2]
    shots = [
        Shot(data_uri(_beside(by_file[one["file"]], hand), 1000), f"{Path(one['file']).name} · IoU {value:.2f} · "
             f"{one['kind']}, {one['light']} · seen left, true right")
        for value, one in worst
    ]  # fmt: skip
    return [Shots("Pictures with the lowest IoU", shots)]


def _beside(item: Item, hand: InHand) -> Image:
    """What was seen (left) and what is true (right)."""
    image = read_picture(item.picture)
    seen = hand.segmenter.segment(image)
    labels = true_map(item.read()[1], (seen.labels.shape[0], seen.labels.shape[1]))
    truth = ClassMap(labels, np.ones(labels.shape, np.float32))
    frame = [("", [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])]
    left, right = (draw(image, one, frame, [], word) for one, word in ((seen, "seen"), (truth, "true")))
    return np.asarray(cv2.hconcat([left, right]), np.uint8)
