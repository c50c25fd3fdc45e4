"""Pictures and masks to learn from: listing, splitting by layout, and augmentation that moves both alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

IGNORE = 255
"""Mask value that no loss and no score looks at."""

HELD_OUT = 0.12
"""Share of the layouts that no model learns from: training, ranges of 8 bits and judging split by it alike."""
GROUNDS = "grounds"
"""The split of real pictures that show streets and open ground, each of one place (`models/hinted.py`)."""
JUDGING_SEEDS = 900_000
"""Layouts from this seed on are for judging only; the generator builds them of families that it keeps back."""

Picture = NDArray[np.uint8]
Mask = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Item:
    """One picture on disk; `group` is what must never be on both sides of a split (the scene's layout).

    `condition` is the light or weather that a rendered picture shows, as the generator names it."""

    picture: Path
    mask: Path
    group: str
    kind: str = ""
    condition: str = ""

    def read(self) -> tuple[Picture, Mask]:
        """RGB [H,W,3] and mask [H,W] as written; raises ValueError when one is unreadable or they differ in size."""
        picture, mask = cv2.imread(str(self.picture)), cv2.imread(str(self.mask), cv2.IMREAD_GRAYSCALE)
        if picture is None or mask is None or picture.shape[:2] != mask.shape:
            raise ValueError(f"{self.picture.name}: picture or mask unreadable, or of different sizes")
        return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB).astype(np.uint8), mask.astype(np.uint8)


def rendered(*folders: Path) -> list[Item]:
    """Every finished picture of render folders: NNNNN.jpg, NNNNN.mask.png, NNNNN.json (kind, seed of the layout)."""
    items = []
    for facts in (file for folder in folders for file in sorted(folder.glob("*.json"))):
        picture, mask = facts.with_suffix(".jpg"), facts.with_suffix(".mask.png")
        if picture.exists() and mask.exists():
            told = json.loads(facts.read_text(encoding="utf-8"))
            kind = str(told["kind"])
            condition = str(told.get("conditions", {}).get("name", ""))
            items.append(Item(picture, mask, f"{kind}-{told['seed']}", kind, condition))
    return items


def pseudo_labelled(pictures: Path, masks: Path) -> list[Item]:
    """Real pictures that have a pseudo mask (`<split>-<stem>.png`); the group is the split."""
    items = []
    for mask in sorted(masks.glob("*.png")):
        split, stem = mask.stem.split("-", 1)
        picture = pictures / split / "images" / f"{stem}.jpg"
        if picture.exists():
            items.append(Item(picture, mask, split, "real ground" if split == GROUNDS else "real"))
    return items


def split_by_group(items: list[Item], held_out: float) -> tuple[list[Item], list[Item]]:
    """(train, held out): whole groups by the hash of their name, so that none changes side as others are added."""
    held = {group for group in {item.group for item in items} if _place(group) < held_out}
    return [i for i in items if i.group not in held], [i for i in items if i.group in held]


def split_layouts(items: list[Item], held_out: float = HELD_OUT) -> tuple[list[Item], list[Item]]:
    """(to learn from, to judge by): the split by group, and every layout that was made for judging is judged by."""
    learn, held = split_by_group(items, held_out)
    return [i for i in learn if not _for_judging(i)], held + [i for i in learn if _for_judging(i)]


def _for_judging(item: Item) -> bool:
    seed = item.group.rpartition("-")[2]
    return seed.isdigit() and int(seed) >= JUDGING_SEEDS


def _place(group: str) -> float:
    """A fixed place in 0..1 for a name."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:4], "big") / 2**32


def shuffled_forever(items: list[Item], rng: np.random.Generator) -> Iterator[Item]:
    """Endless passes over the items, each in a new order."""
    while items:
        for index in rng.permutation(len(items)):
            yield items[int(index)]


def evenly_forever(items: list[Item], rng: np.random.Generator) -> Iterator[Item]:
    """Endless passes over the items of each group, the groups in turn."""
    groups = {item.group: [one for one in items if one.group == item.group] for item in items}
    turns = [shuffled_forever(group, rng) for group in groups.values()]
    while turns:
        for turn in turns:
            yield next(turn)
