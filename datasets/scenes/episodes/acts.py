"""When the violation truly stands: from the spans of a scenario and what each still shows on the ground, in m2."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from .scenario import Scenario

LEAST_S = 15.0
"""What is out for a shorter time is a visit and no act: the films are judged with a dwell of 20 s."""
PAUSE_S = 40.0
"""Gone for no longer than this and back again is the same act."""
NEAR = 0.9
"""The act stands from when this share of its greatest area is out."""

Piece = tuple[float, float, str]


def stretches(scenario: Scenario, amount_m2: Mapping[str, float], least_m2: float) -> list[list[Piece]]:
    """Unbroken runs of (from_s, to_s, still) whose stills show at least `least_m2`."""
    out: list[list[Piece]] = []
    for k, s in enumerate(scenario.spans):
        end = scenario.spans[k + 1].from_s if k + 1 < len(scenario.spans) else scenario.duration_s
        if amount_m2[s.still] < least_m2:
            continue
        if out and out[-1][-1][1] == s.from_s:
            out[-1].append((s.from_s, end, s.still))
        else:
            out.append([(s.from_s, end, s.still)])
    return out


def acts(scenario: Scenario, amount_m2: Mapping[str, float], least_m2: float = 0.4) -> list[dict[str, Any]]:
    """Acts of a scenario, `amount_m2` being the ground taken (goods) or open (soil) in each still.

    Each: `zone`, `violation`, `permit`, `begin_s` (the first of it is out), `from_s` (it stands with nearly its full
    area), `to_s` (it begins to go; None: there at the end), `end_s` (the last of it is gone; None likewise),
    `area_m2` (greatest), `pauses` (spans [from, to] in between without it).
    """
    runs: list[list[list[Piece]]] = []
    for stretch in stretches(scenario, amount_m2, least_m2):
        if stretch[-1][1] - stretch[0][0] < LEAST_S:
            continue
        if runs and stretch[0][0] - runs[-1][-1][-1][1] <= PAUSE_S:
            runs[-1].append(stretch)
        else:
            runs.append([stretch])
    return [_act(scenario, run, amount_m2) for run in runs]


def _act(scenario: Scenario, run: list[list[Piece]], amount_m2: Mapping[str, float]) -> dict[str, Any]:
    pieces = [piece for stretch in run for piece in stretch]
    peak = max(amount_m2[still] for _, _, still in pieces)
    full = [(a, b) for a, b, still in pieces if amount_m2[still] >= NEAR * peak]
    ends = [None if at >= scenario.duration_s else at for at in (full[-1][1], pieces[-1][1])]
    return {
        "zone": f"z-{scenario.place}",
        "violation": scenario.violation,
        "begin_s": pieces[0][0],
        "from_s": full[0][0],
        "to_s": ends[0],
        "end_s": ends[1],
        "permit": "none",
        "area_m2": round(peak, 2),
        "pauses": [[a[-1][1], b[0][0]] for a, b in pairwise(run)],
    }
