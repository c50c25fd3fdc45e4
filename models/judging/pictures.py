"""Rendered pictures whose every pixel is known: what the edge saw on its own grid, and its scores of a grid of zones.

Held out are scenes for judging only (seeds from 900000 on) and the layouts that the split by name keeps from training.
The truth of a zone is what the edge's own measurement makes of the true mask, so seeing and measuring are not mixed up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.contracts.violations import ViolationRule
from edge.vision.classes import BARE, PASSING, SemanticClass
from edge.vision.measure import measure
from edge.vision.perceive import Seen
from edge.vision.segmenter import ClassMap
from models.data import IGNORE, Item, rendered, split_layouts
from models.iou import GROUND_NAMES, Confusion
from models.judging.in_hand import InHand
from models.judging.kept import Kept
from models.judging.looking import Picture, Row, Tell, Undecided, Zone, look, rectangle, told

COLUMNS, ROWS, GROUND_FROM = 4, 3, 0.34
GROUND_LEAST = 0.8
"""Share of a zone that must be ground, or stand or pass on it, for anybody to watch it."""
NEARLY, CLEARLY = 1.0, 1.5
"""A zone is a yes from `CLEARLY` times the share where the score is 0.5, a no below the rule's exit times `NEARLY`."""

Labels = NDArray[np.uint8]


def held_out(folders: Sequence[Path]) -> list[Item]:
    """The pictures that no training has seen. Raises Undecided when there are none."""
    items = rendered(*folders)
    _, held = split_layouts(items)
    if not held:
        where = ", ".join(map(str, folders))
        raise Undecided(f"{where}: no held-out picture (NNNNN.jpg, .mask.png and .json) among {len(items)}")
    return held


def true_map(mask: Labels, shape: tuple[int, int]) -> Labels:
    """(h, w) on the edge's grid: each cell the class that has most of it; IGNORE where it is mostly of no class."""
    shares = [
        cv2.resize((mask == number).astype(np.float32), shape[::-1], interpolation=cv2.INTER_AREA)
        for number in range(len(GROUND_NAMES))
    ]
    stack = np.stack(shares)
    return np.where(stack.sum(axis=0) < 0.5, IGNORE, stack.argmax(axis=0)).astype(np.uint8)


def zones() -> list[Zone]:
    """A grid of zones over the part of a picture where ground may be."""
    wide, high = 1 / COLUMNS, (1 - GROUND_FROM) / ROWS
    out: list[Zone] = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            left, top = column * wide, GROUND_FROM + row * high
            out.append(Zone(f"r{row}c{column}", "grid", rectangle((left, top, left + wide, top + high))))
    return out


def true_row(truth: Labels, zone: Zone, rule: ViolationRule) -> bool | None:
    """Whether the zone truly holds the act; None when nobody can say or nobody would watch it."""
    known = np.where(truth == IGNORE, np.uint8(SemanticClass.OTHER), truth)
    height, width = truth.shape
    columns = [round(x * width) for x, _ in zone.polygon]
    lines = [round(y * height) for _, y in zone.polygon]
    part = known[min(lines) : max(lines), min(columns) : max(columns)]
    if np.isin(part, (*BARE, *PASSING, SemanticClass.GOODS)).mean() < GROUND_LEAST:
        return None
    seen = Seen(ClassMap(known, np.ones(known.shape, np.float32)))
    said = measure(seen, zone.polygon, rule)
    if said.occluded:
        return None
    if said.judged_share >= CLEARLY * rule.enter:
        return True
    return False if said.judged_share <= NEARLY * rule.exit else None


def judge_picture(item: Item, hand: InHand) -> dict[str, Any]:
    """Pixel counts on the edge's grid and the rows of the zones that have a truth. Raises Undecided."""
    result = look(Picture(item.picture, zones()), hand)
    try:
        _, mask = item.read()
    except ValueError as error:
        raise Undecided(str(error)) from error
    seen = result.class_map.labels
    truth = true_map(mask, (seen.shape[0], seen.shape[1]))
    counts = Confusion.empty().plus(truth, seen).counts
    by_id = {zone.id: zone for zone in zones()}
    rows: list[Row] = []
    for row in told(result):
        rule = hand.rules[row["violation"]]
        true = true_row(truth, by_id[row["zone"]], rule) if rule.measure.model == "ground-segmenter" else None
        if true is not None:
            rows.append(row | {"true": true})
    return {"counts": counts.tolist(), "rows": rows}


def judge_pictures(items: Sequence[Item], hand: InHand, kept: Kept, tell: Tell) -> list[dict[str, Any]]:
    """Every picture's result with its light and kind; kept between runs. Raises Undecided."""
    out: list[dict[str, Any]] = []
    for item in items:
        facts = json.loads(item.picture.with_suffix(".json").read_text(encoding="utf-8"))
        said = kept.get("picture", item.picture, None, lambda now=item: judge_picture(now, hand))
        light = str((facts.get("conditions") or {}).get("name", "untold"))
        out.append({"file": str(item.picture), "kind": item.kind, "light": light} | said)
        tell(item.picture.name)
    return out


def confusion_of(judged: Sequence[dict[str, Any]]) -> Confusion:
    """The pixel counts of some pictures together."""
    total = Confusion.empty().counts
    for one in judged:
        total = total + np.array(one["counts"], np.int64)
    return Confusion(total)


def picture_iou(one: dict[str, Any]) -> float | None:
    """Mean over the classes that have at least 1 % of the picture's cells."""
    confusion = confusion_of([one])
    cells = confusion.counts.sum()
    there = [
        value
        for kind, value in enumerate(confusion.iou().values())
        if value is not None and confusion.counts[kind].sum() >= 0.01 * cells
    ]
    return sum(there) / len(there) if there else None
