"""A training run as a value, and its augmented batches, made ahead by one thread."""
# pyright: reportMissingImports=false

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.augment import crop, photometric, recolour
from models.base_weights import OFFSET, SCALE
from models.data import (
    GROUNDS,
    HELD_OUT,
    Item,
    Mask,
    Picture,
    evenly_forever,
    pseudo_labelled,
    rendered,
    shuffled_forever,
    split_layouts,
)
from models.dress import dress
from models.paste import paste
from models.pavement import lie_flat
from models.repaint import in_light_of, lawn, repaint
from models.task import MASK_NAMES, Task, shipped
from models.wares import put_out

MURKY = frozenset({"night", "ir", "fog", "rain", "snow"})
"""Conditions of which the generator writes more than a city's cameras see, so that each is known."""

INFRARED = "ir"
"""The condition whose pictures have no colours to change."""
LEAST_SHOWN = 0.003
"""Share of a picture from which on it shows a thing."""
ZOOMS = {"real": (1.2, 3.0), "real ground": (0.8, 2.2)}
"""How much larger than all of it a part of a picture is shown; those of building sites are mosaics of several."""
RENDERED_ZOOM = (0.6, 2.0)
DRESSED = 0.35
"""How often a surface of a rendered picture becomes one of a real street or open ground."""
WARES = 0.3
"""How often things without a name are stood on the ground."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """One run: pictures, length and step sizes. `start` is a checkpoint whose mean weights are begun with;
    `murky_share` of the pictures in bad light and weather are looked at in each pass. With `half_show`, half
    of the rendered pictures show that class of the masks: for things that few streets have."""

    base: Path
    pictures: tuple[Path, ...]
    real_pictures: Path
    real_masks: Path
    out: Path
    steps: int = 2000
    batch: int = 8
    real_in_batch: int = 3
    size: tuple[int, int] = (288, 512)
    head_rate: float = 6e-4
    body_rate: float = 2e-4
    frozen_blocks: int = 7
    held_out: float = HELD_OUT
    seed: int = 7
    check_every: int = 50
    threads: int = 2
    murky_share: float = 0.5
    half_show: str | None = None
    start: Path | None = None
    task: Task = field(default_factory=lambda: shipped("ground"))


def to_tensor(picture: NDArray[np.uint8]) -> Tensor:
    """RGB [H,W,3] 0..255 to network input [3,H,W]."""
    return torch.from_numpy(picture.astype(np.float32) * SCALE + OFFSET).permute(2, 0, 1)


class Batches:
    """Augmented batches made ahead by one thread; looks for newly rendered pictures between passes."""

    def __init__(self, plan: TrainingPlan, first_step: int) -> None:
        self._plan = plan
        self._rng = np.random.default_rng(plan.seed + first_step)
        self._ready: queue.Queue[tuple[Tensor, Tensor]] = queue.Queue(maxsize=3)
        self._donors: Iterator[Item] = iter(())
        self._lights: Iterator[Item] = iter(())
        self._grounds: Iterator[Item] = iter(())
        threading.Thread(target=self._fill, daemon=True).start()

    def _sample(self, item: Item) -> tuple[Tensor, Tensor]:
        picture, mask = item.read()
        if self._rng.random() < 0.35:
            picture, mask = paste(picture, mask, *next(self._donors).read(), self._rng)
        picture, mask = crop(picture, mask, self._plan.size, self._rng, ZOOMS.get(item.kind, RENDERED_ZOOM))
        if item.kind not in ZOOMS and item.condition != INFRARED:
            picture, mask = lawn(picture, mask, self._rng)
            grounds = next(self._grounds, None) if self._rng.random() < DRESSED else None
            picture, mask = (picture, mask) if grounds is None else dress(picture, mask, *grounds.read(), self._rng)
            picture = self._disguised(picture, mask)
        if item.condition != INFRARED and self._rng.random() < WARES:
            worn = next(self._lights, None)
            picture, mask = (picture, mask) if worn is None else put_out(picture, mask, worn.read()[0], self._rng)
        return to_tensor(photometric(picture, self._rng)), torch.from_numpy(self._plan.task.learn(mask))

    def _disguised(self, picture: Picture, mask: Mask) -> Picture:
        """A rendered picture in other paints, with marks on its ground, sometimes in the colours of a real one."""
        if self._rng.random() < 0.5:
            picture = recolour(picture, mask, self._rng)
        if self._rng.random() < 0.6:
            picture = repaint(picture, mask, self._rng)
        if self._rng.random() < 0.35:
            picture = lie_flat(picture, mask, self._rng)
        light = next(self._lights, None) if self._rng.random() < 0.3 else None
        return picture if light is None else in_light_of(picture, light.read()[0], self._rng)

    def _showing(self, items: list[Item]) -> list[Item]:
        value = MASK_NAMES.index(self._plan.half_show or "other")
        return [item for item in items if (item.read()[1] == value).mean() > LEAST_SHOWN]

    def _half_forever(self) -> Iterator[Item]:
        """Every other picture shows what `half_show` names; which ones do is looked up once."""
        learn, _ = split_layouts(rendered(*self._plan.pictures), self._plan.held_out)
        showing = shuffled_forever(self._showing(learn), self._rng)
        for item in shuffled_forever(learn, self._rng):
            yield item
            yield next(showing, item)

    def _rendered_forever(self) -> Iterator[Item]:
        while True:
            learn, _ = split_layouts(rendered(*self._plan.pictures), self._plan.held_out)
            order = (learn[int(i)] for i in self._rng.permutation(len(learn)))
            yield from (i for i in order if i.condition not in MURKY or self._rng.random() < self._plan.murky_share)

    def _fill(self) -> None:
        plan = self._plan
        forever = self._half_forever if plan.half_show else self._rendered_forever
        scenes, self._donors = forever(), forever()
        real_items = [i for i in pseudo_labelled(plan.real_pictures, plan.real_masks) if i.group != "test"]
        real, self._lights = evenly_forever(real_items, self._rng), shuffled_forever(real_items, self._rng)
        self._grounds = shuffled_forever([i for i in real_items if i.group == GROUNDS], self._rng)
        while True:
            items = [next(real) for _ in range(plan.real_in_batch if real_items else 0)]
            items += [next(scenes) for _ in range(plan.batch - len(items))]
            samples = [self._sample(item) for item in items]
            self._ready.put((torch.stack([s[0] for s in samples]), torch.stack([s[1] for s in samples])))

    def next(self) -> tuple[Tensor, Tensor]:
        return self._ready.get()
