"""Which alert answers which act. Pure.

The rule: an alert answers an act when both are of the same zone and violation and the alert's episode (from when the
act was first seen until it was seen gone, or the clip's end) overlaps the act (from when the first of it is there until
the last of it is gone). Acts are taken in the order of their beginning; each gets the earliest alert that is left. One
alert answers one act; a second alert on the same act is false, and so is every alert that answers none. An act that
lasts shorter than the dwell is no act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrueAct:
    """`begin_s` to `end_s`: anything of it is there; `full_s`: from then on all of it. `area_m2` None: not known."""

    zone: str
    violation: str
    begin_s: float
    full_s: float
    end_s: float
    area_m2: float | None = None


@dataclass(frozen=True, slots=True)
class FoundAlert:
    """Seconds of the clip; `cleared_s` None: still there at the end. `areas_m2`: what its messages told, in order."""

    zone: str
    violation: str
    began_s: float
    raised_s: float
    cleared_s: float | None
    areas_m2: tuple[float, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs that belong together, acts that nothing answers, and alerts that answer nothing."""

    found: list[tuple[TrueAct, FoundAlert]]
    missed: list[TrueAct]
    false: list[FoundAlert]


def match(acts: Sequence[TrueAct], alerts: Sequence[FoundAlert], dwell_s: float = 0.0) -> Matched:
    """By the rule of this module."""
    left = sorted(alerts, key=lambda alert: (alert.began_s, alert.raised_s))
    found: list[tuple[TrueAct, FoundAlert]] = []
    missed: list[TrueAct] = []
    for act in sorted(acts, key=lambda act: (act.begin_s, act.end_s)):
        if act.end_s - act.begin_s < dwell_s:
            continue
        answer = next((alert for alert in left if answers(alert, act)), None)
        if answer is None:
            missed.append(act)
        else:
            left.remove(answer)
            found.append((act, answer))
    return Matched(found, missed, left)


def answers(alert: FoundAlert, act: TrueAct) -> bool:
    """Whether the alert's episode overlaps the act in its zone, for its violation."""
    same = (alert.zone, alert.violation) == (act.zone, act.violation)
    until = float("inf") if alert.cleared_s is None else alert.cleared_s
    return same and alert.began_s < act.end_s and until > act.begin_s


def delay_s(act: TrueAct, alert: FoundAlert, dwell_s: float) -> float:
    """Seconds from when the act had stood whole for its dwell until it was raised; less than 0 when that was sooner."""
    return alert.raised_s - (act.full_s + dwell_s)


def area_error(act: TrueAct, alert: FoundAlert) -> float | None:
    """The middle area that the alert told, off the true one as a share of it; None where either is not known."""
    if not act.area_m2 or not alert.areas_m2:
        return None
    return abs(middle(alert.areas_m2) - act.area_m2) / act.area_m2


def middle(values: Sequence[float]) -> float:
    """The median of at least one value."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
