"""What a clip consists of: takes to render, a story of states, actors and light, and the facts that are true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..camera import View
from ..people import Look, Pose

Place = tuple[float, float, float, float]
"""x, y, z in metres and the turn about the vertical in degrees."""


@dataclass(frozen=True)
class Take:
    """One render. With `changed`, only the window those groups touch, to be pasted over another state."""

    name: str
    show: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moves: tuple[tuple[str, Place], ...] = ()
    view: View | None = None
    variant: str = "dry"
    samples: int | None = None


@dataclass(frozen=True)
class Stop:
    """A person is at (x, y) at time t; until the next stop with the same place they hold `pose`."""

    t: float
    x: float
    y: float
    pose: str = "stand_easy"
    face: float | None = None


@dataclass(frozen=True)
class Actor:
    """A person and their way through the clip; `loads` are (from_s, to_s, thing carried)."""

    who: Look
    stops: tuple[Stop, ...]
    loads: tuple[tuple[float, float, str], ...] = ()
    z: float = 0.0


@dataclass(frozen=True)
class LightNow:
    """The light of one moment: strength of each part, cloud cover that drifts over the ground (0..1), rain 0..1."""

    sky: float = 1.0
    sun: float = 1.0
    lamp: float = 0.4
    clouds: float = 0.0
    wet: float = 0.0
    rain: float = 0.0


@dataclass
class Story:
    """The clip over time. `plates`: (from_s, [take, window, window, ...]); later windows are pasted over the first."""

    plates: list[tuple[float, tuple[str, ...]]]
    actors: list[Actor]
    light: Callable[[float], LightNow]
    truth: dict[str, Any]
    patches: Callable[[float], str | None] = lambda t: None
    vehicles: Callable[[float, View, Any], list[Any]] = lambda t, view, sun: []
    wet_plates: list[tuple[float, tuple[str, ...]]] | None = None
    turn: tuple[float, float, str, View] | None = None
    mask_times: tuple[float, ...] = ()
    clock: tuple[str, str] = ("2026-05-18 09:12:00", "CAM")
    extra: dict[str, Any] = field(default_factory=dict)


def smooth(t: float, a: float, b: float) -> float:
    """0 before a, 1 after b, smooth between."""
    x = float(np.clip((t - a) / max(b - a, 1e-6), 0, 1))
    return x * x * (3 - 2 * x)


def idle(pose: Pose, t: float, seed: int) -> Pose:
    """A standing pose with a little life in it."""
    from dataclasses import replace

    s = np.sin(t * 1.1 + seed) + 0.5 * np.sin(t * 2.3 + seed * 1.7)
    return replace(
        pose,
        shoulders=(pose.shoulders[0] + 5 * s, pose.shoulders[1] - 3 * s),
        elbows=(pose.elbows[0] + 8 * max(0.0, float(np.sin(t * 1.7 + seed))), pose.elbows[1]),
        lean=pose.lean + 1.2 * float(s),
    )
