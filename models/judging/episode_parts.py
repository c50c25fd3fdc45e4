"""The parts of a judgment on clips: with acts in them, and clean ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from edge.config import DEFAULT_VIOLATIONS
from models.judging.episode_truth import Clip, clips_in
from models.judging.episodes import JudgedClip, figures, judge_clip
from models.judging.in_hand import InHand
from models.judging.kept import Kept
from models.judging.looking import Row, Tell, drawn_zone
from models.judging.matching import FoundAlert, TrueAct, area_error
from models.judging.plan import Plan
from models.judging.real_sets import Part, absent, frame_at
from models.report import clips as told_as
from models.report.blocks import Block, Section, Shot, Shots
from models.report.pictures import data_uri


def episodes_part(plan: Plan, hand: InHand, kept: Kept, tell: Tell) -> Part:
    """Clips in which something happens."""
    title = "Episodes"
    if not plan.episodes:
        return None, absent("episodes", title, "--episodes DIR")
    judged = _judged(plan.episodes, plan, hand, kept, tell)
    told = figures(judged)
    return told, Section("episodes", title, [*told_as.episode_blocks(told), *_shots(judged, plan, hand)])


def clean_part(plan: Plan, hand: InHand, kept: Kept, tell: Tell) -> Part:
    """Clips in which nothing is wrong: every alert is false."""
    title = "Clean footage"
    if not plan.clean:
        return None, absent("clean", title, "--clean DIR")
    judged = _judged(plan.clean, plan, hand, kept, tell)
    told = figures(judged)
    return told, Section("clean", title, [*told_as.clean_blocks(told), *_shots(judged, plan, hand)])


def _judged(folders: Sequence[Path], plan: Plan, hand: InHand, kept: Kept, tell: Tell) -> list[JudgedClip]:
    rules = plan.rules or DEFAULT_VIOLATIONS
    return [judge_clip(clip, hand, kept, plan.clip_interval_s, rules, tell) for clip in clips_in(list(folders))]


def _shots(judged: Sequence[JudgedClip], plan: Plan, hand: InHand) -> list[Block]:
    """Missed acts in their middle, false alerts when they were raised, areas that are furthest off."""
    missed = [(j.clip, act, (act.full_s + act.end_s) / 2) for j in judged for act in j.matched.missed]
    false = [(j.clip, alert, alert.raised_s) for j in judged for alert in j.matched.false]
    off = [
        (error, j.clip, act, alert)
        for j in judged
        for act, alert in j.matched.found
        if (error := area_error(act, alert)) is not None
    ]
    off.sort(key=lambda one: -one[0])
    few = max(2, plan.worst // 2) if plan.worst else 0
    return [
        Shots("Missed", [_shot(clip, act, at_s, hand, "missed") for clip, act, at_s in missed[: plan.worst]]),
        Shots("False alerts", [_shot(clip, alert, at_s, hand, "false") for clip, alert, at_s in false[: plan.worst]]),
        Shots(
            "Areas furthest off",
            [
                _shot(clip, act, alert.raised_s, hand, f"area off by {error:.0%}, true {act.area_m2:.1f} m²")
                for error, clip, act, alert in off[:few]
            ],
        ),
    ]


def _shot(clip: Clip, what: TrueAct | FoundAlert, at_s: float, hand: InHand, why: str) -> Shot:
    polygon: list[Any] = next((zone.polygon for zone in clip.truth.zones if zone.id == what.zone), [])
    row: Row = {"file": str(clip.video), "zone": what.zone, "violation": what.violation, "polygon": polygon}
    image = drawn_zone(frame_at(clip.video, min(at_s, clip.truth.duration_s)), row, hand)
    caption = f"{clip.truth.clip} {at_s:.0f} s · {what.violation} · {why} · {', '.join(clip.truth.conditions)}"
    return Shot(data_uri(image), caption)
