"""Judged clips added up: found, missed and false, delay and area error, by violation and by condition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.judging.edge_run import run
from models.judging.episode_truth import Clip, Truth
from models.judging.in_hand import InHand
from models.judging.kept import Kept
from models.judging.matching import FoundAlert, Matched, TrueAct, area_error, delay_s, match, middle
from models.judging.wilson import per_hour, rate

HEALTH_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class JudgedClip:
    """One clip's truth, what became of it, and whether the camera's health came out as it was."""

    clip: Clip
    matched: Matched
    health_right: bool
    seconds: float


def judge_clip(
    clip: Clip, hand: InHand, kept: Kept, interval_s: float, rules: Path, tell: Callable[[str], None]
) -> JudgedClip:
    """Run one clip through the edge, or take the kept result. Raises ConfigInvalid, EdgeError, OSError."""
    truth = clip.truth
    asked = [truth.model_dump(mode="json", include={"zones", "permits", "ground", "dwell_s", "duration_s"})]

    def make() -> dict[str, Any]:
        return run(clip, hand, interval_s, rules, lambda at_s: tell(f"{truth.clip} {at_s:.0f} s"))

    said = kept.get("episode", clip.video, [*asked, truth.leave, interval_s], make)
    tell(truth.clip)
    alerts = [FoundAlert(**{k: v for k, v in a.items() if k not in ("permit", "areas_m2")},
                         areas_m2=tuple(a["areas_m2"])) for a in said["alerts"]]  # fmt: skip
    return JudgedClip(clip, match(true_acts(truth), alerts, truth.dwell_s), health_right(truth, said["health"]),
                      float(said["seconds"]))  # fmt: skip


def true_acts(truth: Truth) -> list[TrueAct]:
    """The acts of a truth file with the ends filled in."""
    out: list[TrueAct] = []
    for act in truth.acts:
        begin = act.from_s if act.begin_s is None else act.begin_s
        ends = [end for end in (act.end_s, act.to_s) if end is not None]
        end = max(ends) if ends and not (act.end_s is None and act.begin_s is not None) else truth.duration_s
        out.append(TrueAct(act.zone, act.violation, begin, act.from_s, end, act.area_m2))
    return out


def health_right(truth: Truth, said: Sequence[dict[str, Any]]) -> bool:
    """Whether every change that the truth tells was told, within 10 s, and no other that is not "ok"."""
    left = [s for s in said if s["state"] != "ok" and s["at_s"] < truth.duration_s - 1]
    for wanted in truth.health:
        near = [s for s in left if s["state"] == wanted.state and -1 <= s["at_s"] - wanted.from_s <= HEALTH_WITHIN_S]
        if not near:
            return False
        left.remove(near[0])
    return not left


def figures(judged: Sequence[JudgedClip]) -> dict[str, Any]:
    """All clips: by violation, and within each by condition and by kind of story."""
    violations = sorted({name for j in judged for zone in j.clip.truth.zones for name in zone.violations})
    said: dict[str, Any] = {
        "clips": len(judged),
        "hours": round(sum(j.seconds for j in judged) / 3600, 4),
        "health_right": rate(sum(j.health_right for j in judged), len(judged)).told(),
        "by_violation": {},
        "by_clip": [_told(j) for j in judged],
    }
    for name in violations:
        here = [j for j in judged if any(name in zone.violations for zone in j.clip.truth.zones)]
        conditions = sorted({condition for j in here for condition in j.clip.truth.conditions})
        kinds = sorted({j.clip.truth.kind for j in here})
        said["by_violation"][name] = summed(here, name) | {
            "by_condition": {c: summed([j for j in here if c in j.clip.truth.conditions], name) for c in conditions},
            "by_kind": {k: summed([j for j in here if j.clip.truth.kind == k], name) for k in kinds},
        }
    return said


def _told(judged: JudgedClip) -> dict[str, Any]:
    found, truth = judged.matched.found, judged.clip.truth
    return {
        "clip": truth.clip,
        "conditions": truth.conditions,
        "acts": len(found) + len(judged.matched.missed),
        "found": len(found),
        "missed": len(judged.matched.missed),
        "false": len(judged.matched.false),
        "delays_s": [round(delay_s(act, alert, truth.dwell_s), 2) for act, alert in found],
        "areas_m2": [
            {"told": round(middle(alert.areas_m2), 2), "true": act.area_m2}
            for act, alert in found
            if act.area_m2 and alert.areas_m2
        ],
        "health_right": judged.health_right,
    }


def summed(judged: Sequence[JudgedClip], violation: str) -> dict[str, Any]:
    """The figures of one violation over some clips."""
    pairs = [(j, a, f) for j in judged for a, f in j.matched.found if a.violation == violation]
    missed = sum(act.violation == violation for j in judged for act in j.matched.missed)
    false = sum(alert.violation == violation for j in judged for alert in j.matched.false)
    delays = [delay_s(act, alert, j.clip.truth.dwell_s) for j, act, alert in pairs]
    errors = [error for _, act, alert in pairs if (error := area_error(act, alert)) is not None]
    seconds = sum(j.seconds for j in judged)
    return {
        "clips": len(judged),
        "hours": round(seconds / 3600, 4),
        "found": len(pairs),
        "missed": missed,
        "false": false,
        "precision": rate(len(pairs), len(pairs) + false).told(),
        "recall": rate(len(pairs), len(pairs) + missed).told(),
        "false_per_hour": per_hour(false, seconds),
        "delay_s": spread(delays),
        "area_error": spread(errors),
    }


def spread(values: Sequence[float]) -> dict[str, float | int | None]:
    """Median and 90th percentile; None of nothing."""
    if not values:
        return {"count": 0, "median": None, "p90": None}
    return {
        "count": len(values),
        "median": round(float(np.median(values)), 3),
        "p90": round(float(np.percentile(values, 90)), 3),
    }
