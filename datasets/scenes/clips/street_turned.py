"""street_turned: the street of street_clean; half-way the camera is turned to quite another view and stays so."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ..camera import View
from . import street_clean
from .actors import passer_by
from .scenario import LightNow, Story, Take
from .street_clean import FPS, PLAN, SAMPLES, SEED, SUN

__all__ = ["CRF", "FPS", "NAME", "PLAN", "SAMPLES", "SEED", "SUN", "VIEW", "build", "story", "takes"]
NAME, DURATION = "street_turned", 60.0
VIEW, CRF = street_clean.VIEW, street_clean.CRF
TURN_AT, TURN_S = 30.0, 1.1
_ANGLE = np.radians(-52.0)
_d = np.array(VIEW.to) - np.array(VIEW.at)
_to = np.array(VIEW.at) + [
    _d[0] * np.cos(_ANGLE) - _d[1] * np.sin(_ANGLE),
    _d[0] * np.sin(_ANGLE) + _d[1] * np.cos(_ANGLE),
    _d[2] * 0.75,
]
OTHER: View = replace(VIEW, to=(float(_to[0]), float(_to[1]), float(_to[2])))
build = street_clean.build


def takes() -> list[Take]:
    """The usual view and the other one."""
    return [Take("dry"), Take("other", view=OTHER)]


def light(t: float) -> LightNow:
    """Sun and cloud shadows."""
    return LightNow(sky=0.95, sun=0.95, clouds=0.6)


def story(facts: dict[str, Any]) -> Story:
    """A few walkers before, the turn at 30 s."""
    rng = np.random.default_rng(SEED + 77)
    actors = []
    for t in (1.0, 6.0, 13.0, 21.0, 33.0, 41.0, 49.0):
        right = rng.random() < 0.5
        actors.append(passer_by(rng, t, float(rng.uniform(-3.5, -2.2)), -12 if right else 16, 16 if right else -12))
    truth = {
        "zones": [{"id": "z-front", "name": "店前人行道", "world_m": facts["zone"], "violations": ["outdoor_display"]}],
        "permits": [],
        "acts": [],
        "health": [{"state": "moved", "from_s": TURN_AT + TURN_S}],
        "timeline": [
            {"at_s": TURN_AT, "what": "the camera is turned away"},
            {"at_s": TURN_AT + TURN_S, "what": "it stays on another view"},
        ],
    }
    return Story(
        [(0.0, ("dry",))],
        actors,
        light,
        truth,
        turn=(TURN_AT, TURN_S, "other", OTHER),
        mask_times=(10.0,),
        clock=("2026-05-28 15:40:02", "中山路6号 枪机07"),
    )
