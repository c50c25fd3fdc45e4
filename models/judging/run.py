"""One judgment from start to end: every part that was asked for, then the JSON of figures and the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.judging.episode_parts import clean_part, episodes_part
from models.judging.in_hand import InHand
from models.judging.kept import Kept, code_digest
from models.judging.looking import Tell
from models.judging.picture_part import pictures_part
from models.judging.plan import Plan
from models.judging.real_sets import Part, camvid_part, roadside_part, video_part
from models.judging.speed import speed_part
from models.report.blocks import Section
from models.report.glance import gathered, glance
from models.report.page import page

Runner = Callable[[Plan, InHand, Kept, Tell], Part]
PARTS: Sequence[tuple[str, Runner]] = (
    ("episodes", episodes_part),
    ("clean", clean_part),
    ("pictures", pictures_part),
    ("roadside", roadside_part),
    ("camvid", camvid_part),
    ("video", video_part),
    ("speed", speed_part),
)


@dataclass(frozen=True, slots=True)
class Judgment:
    """`figures` is the JSON document, `sections` the report's."""

    figures: dict[str, Any]
    sections: list[Section]


def judge(plan: Plan, hand: InHand, kept_in: Path, tell: Callable[[str, str], None]) -> Judgment:
    """Run every part; `tell` gets (part, what was just done). Raises Undecided, ConfigInvalid, EdgeError."""
    kept = Kept(kept_in, code_digest() + hand.digest())
    figures: dict[str, Any] = {
        "model": hand.reference,
        "weights": {name: {"reference": w.reference, "sha256": w.sha256} for name, w in hand.weights.items()},
        "not_measured": dict(hand.missing),
    }
    sections: list[Section] = []
    for name, run in PARTS:
        told, section = run(plan, hand, kept, lambda what, part=name: tell(part, what))
        if told is not None:
            figures[name] = told
        sections.append(section)
    return Judgment(figures, gathered([glance(sections), *sections]))


def write(judgment: Judgment, out: Path, at: datetime, command: str) -> tuple[Path, Path]:
    """Write `report.html` and `figures.json` into the folder; their paths. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    told = judgment.figures
    facts = [
        *((name, f"{w['reference']}  sha256 {w['sha256'][:16]}") for name, w in told["weights"].items()),
        ("judged", at.strftime("%Y-%m-%d %H:%M UTC")),
        ("command", command),
    ]
    facts += [("not measured", f"{name}: {why}") for name, why in told["not_measured"].items()]
    lead = "What the edge's own code makes of pictures and footage whose truth is known, and where it is wrong."
    page_file, figures_file = out / "report.html", out / "figures.json"
    page_file.write_text(page(f"Judgment of {told['model']}", lead, facts, judgment.sections), encoding="utf-8")
    told = {"judged_at": at.isoformat(), "command": command} | told
    figures_file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return page_file, figures_file
