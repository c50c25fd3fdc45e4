"""What a segmenter learns to tell apart, as data (`models/tasks/*.yaml`): a new kind of thing needs no code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.data import IGNORE

MASK_NAMES = (
    "other", "ground", "soil", "net", "vegetation", "building", "vehicle", "person", "goods", "water",
    "garbage", "load_open", "load_covered",
)  # fmt: skip
"""The values of the masks that the scene generator writes, by name; the first ten are those of SemanticClass."""

MaskName = Annotated[str, Field(pattern="^(" + "|".join(MASK_NAMES) + ")$")]


class TaskClass(BaseModel):
    """One class: the mask classes that mean it, and its weight in the loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    masks: tuple[MaskName, ...] = Field(min_length=1)
    weight: float = Field(default=1.0, gt=0, le=20)


class Task(BaseModel):
    """Classes in the order of the network's outputs. No mask class may mean two of them; one that is named nowhere is
    left out of loss and scores."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: dict[str, TaskClass] = Field(min_length=2)

    @model_validator(mode="after")
    def _each_once(self) -> Task:
        named = [mask for told in self.classes.values() for mask in told.masks]
        if twice := sorted({mask for mask in named if named.count(mask) > 1}):
            raise ValueError(f"mask classes with two meanings: {', '.join(twice)}")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The classes' names, in order."""
        return tuple(self.classes)

    @property
    def weights(self) -> tuple[float, ...]:
        """Their weights in the loss, in order."""
        return tuple(told.weight for told in self.classes.values())

    def learn(self, mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A mask [H,W] of the generator's values as numbers of this task's classes, IGNORE where it has none."""
        table = np.full(256, IGNORE, np.uint8)
        for number, told in enumerate(self.classes.values()):
            for name in told.masks:
                table[MASK_NAMES.index(name)] = number
        return table[mask]


def read_task(path: Path) -> Task:
    """The task of a YAML file. Raises ValueError (pydantic's names field and allowed values)."""
    return Task.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def shipped(name: str) -> Task:
    """A task of `models/tasks` by name. Raises FileNotFoundError."""
    return read_task(Path(__file__).parent / "tasks" / f"{name}.yaml")
