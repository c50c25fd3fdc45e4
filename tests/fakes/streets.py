"""Streets drawn as class maps over time, read by a model that errs: every cell now and then, and whole looks too."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.config import CameraConfig, FileSourceConfig, ZoneConfig
from edge.contracts.violations import ViolationRule
from edge.episodes.state import EpisodeState
from edge.episodes.tracker import Phase
from edge.pipeline import CameraPipeline, Finding
from edge.stream.frame import Frame
from edge.vision.classes import SemanticClass as C
from edge.vision.perceive import Perceiver
from edge.vision.segmenter import ClassMap
from tests.fakes.rules import rule

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
ROWS, COLUMNS = 36, 64
ZONE = [(0.25, 0.5), (0.75, 0.5), (0.75, 1.0), (0.25, 1.0)]
"""Rows 18 to 36, columns 16 to 48 of the labels."""
Labels = NDArray[np.uint8]
Draw = Callable[[float, Labels, np.random.Generator], None]
"""Paints what stands at that second into the labels."""


def box(labels: Labels, kind: C, top: int, left: int, high: int, wide: int) -> None:
    labels[max(top, 0) : max(top + high, 0), max(left, 0) : max(left + wide, 0)] = kind


def goods(labels: Labels, at: int = 20, wide: int = 12) -> None:
    """Goods over `wide` x 8 cells of the zone's 576: a sixth of it."""
    box(labels, C.GOODS, 22, at, 8, wide)


def street() -> Labels:
    labels = np.full((ROWS, COLUMNS), C.GROUND, np.uint8)
    labels[:14] = C.BUILDING
    return labels


@dataclass
class Street:
    """A camera on one zone. `flicker`: share of looks whose goods are not seen at all; `speckle`: of cells misread."""

    draw: Draw
    flicker: float = 0.0
    speckle: float = 0.03
    every_s: float = 5.0
    rules: dict[str, ViolationRule] = field(default_factory=dict)
    seed: int = 1
    segmented: ClassMap = field(init=False)

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)
        self.rules = self.rules or {"outdoor_display": real_rule()}
        self.open({})

    def segment(self, image: NDArray[np.uint8]) -> ClassMap:
        return self.segmented

    def open(self, states: dict[str, EpisodeState]) -> None:
        """A start of the service with these states."""
        zone = ZoneConfig(id="front", polygon=ZONE, violations=list(self.rules))
        source = FileSourceConfig(paths=[Path("a.mp4")])
        camera = CameraConfig(id="cam", source=source, zones=[zone], interval_s=self.every_s)
        self.pipe = CameraPipeline(camera, self.rules, [], Perceiver(self), states)

    def restart(self) -> None:
        self.open({key: EpisodeState.from_json(state.to_json()) for key, state in self.states.items()})

    def play(self, begin: float, end: float, every_s: float | None = None) -> list[Finding]:
        """What is found from second `begin` to before `end`."""
        found: list[Finding] = []
        every = every_s or self.every_s
        for number in range(round((end - begin) / every)):
            at = begin + number * every
            self.segmented = self._read(at)
            frame = Frame("cam", np.zeros((36, 64, 3), np.uint8), START + timedelta(seconds=at), at, number, True)
            look = self.pipe.step(frame)
            self.states: dict[str, Any] = look.states
            found += look.findings
        return found

    def _read(self, at: float) -> ClassMap:
        labels = street()
        self.draw(at, labels, self.rng)
        labels = labels[::2, ::2].copy()  # drawn finely, seen coarsely: quicker
        if self.rng.random() < self.flicker:
            labels[labels == C.GOODS] = C.GROUND
        wrong = self.rng.random(labels.shape) < self.speckle
        labels[wrong] = self.rng.choice([C.OTHER, C.GROUND, C.GOODS, C.VEHICLE], size=int(wrong.sum()))
        return ClassMap(labels, np.full(labels.shape, 0.8, np.float32))


def real_rule(**changes: Any) -> ViolationRule:
    """Outdoor display with a city's own times."""
    times = {"dwell_s": 300.0, "leave_s": 60.0, "update_s": 600.0, "margin_without_reference": 1.25}
    return rule(**times | changes)


def told(found: list[Finding]) -> list[tuple[Phase, float]]:
    """(phase, second), updates left out."""
    return [
        (f.phase, ((f.cleared_at or f.began_at) - START).total_seconds()) for f in found if f.phase is not Phase.UPDATED
    ]
