"""The parts of a judgment on real sets: figures for the JSON, a section for the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from edge.analyze import Shot as EdgeShot
from edge.analyze import shots
from models.judging import camvid, roadside, video
from models.judging.calibration import expected_error, reliability
from models.judging.in_hand import InHand
from models.judging.kept import Kept
from models.judging.looking import Row, Tell, drawn_zone, picture_of, rows
from models.judging.plan import Plan
from models.judging.review import Review, read_review
from models.judging.roc import classified
from models.report import real_sets as told_as
from models.report.blocks import Block, Section, Shot, Shots, Text
from models.report.pictures import data_uri

Part = tuple[dict[str, Any] | None, Section]
HIDDEN = "Pictures of this set are left out of the report; --show-real puts them in."


def roadside_part(plan: Plan, hand: InHand, kept: Kept, tell: Tell) -> Part:
    """Real roadside photos."""
    title = "Real roadside photos"
    if plan.roadside is None:
        return None, absent("roadside", title, "--roadside DIR")
    found = list(rows(roadside.zones_of(plan.roadside), hand, kept, tell))
    review = read_review(plan.review) if plan.review else Review({})
    told = roadside.figures(found)
    muck, main = told[roadside.MUCK], [r for r in found if r["violation"] == roadside.MUCK]
    counted = [r for r in main if r["role"] in (roadside.HEAP, *muck["negatives"])]
    truth, scores = [r["role"] == roadside.HEAP for r in counted], [r["score"] for r in counted]
    if review.known:
        muck["reviewed"] = _reviewed(counted, review)
    error = expected_error(truth, scores)
    muck["calibration_error"] = None if error is None else round(error, 4)
    blocks: list[Block] = [
        told_as.roadside_keys(told),
        told_as.classifier_drawings(truth, scores, reliability(truth, scores), muck["main"]),
        *told_as.roadside_tables(told),
    ]
    negatives = [r for r in counted if r["role"] != roadside.HEAP]
    heaps = [r for r in counted if r["role"] == roadside.HEAP]
    shown = [r for r in found if r["violation"] == roadside.DISPLAY]
    blocks += worst_shots(plan, hand, "Heaps with the lowest scores", sorted(heaps, key=_score))
    blocks += worst_shots(plan, hand, "No soil, with the highest scores", sorted(negatives, key=_score, reverse=True))
    blocks += worst_shots(plan, hand, "Outdoor display, highest scores", sorted(shown, key=_score, reverse=True))
    return told, Section("roadside", title, blocks)


def _reviewed(counted: Sequence[Row], review: Review) -> dict[str, Any]:
    kept = [r for r in counted if not review.is_wrong(Path(r["file"]).name, r["zone"])]
    return classified([r["role"] == roadside.HEAP for r in kept], [r["score"] for r in kept])


def camvid_part(plan: Plan, hand: InHand, kept: Kept, tell: Tell) -> Part:
    """Real paved streets."""
    title = "Real paved streets"
    if plan.camvid is None:
        return None, absent("camvid", title, "--camvid DIR")
    found = list(rows(camvid.zones_of(plan.camvid), hand, kept, tell))
    told = camvid.figures(found)
    blocks = told_as.camvid_blocks(told)
    for name in (camvid.DISPLAY, camvid.MUCK):
        here = sorted((r for r in found if r["violation"] == name), key=_score, reverse=True)
        blocks += worst_shots(plan, hand, f"{name}: highest scores", here)
    return told, Section("camvid", title, blocks)


def video_part(plan: Plan, hand: InHand, kept: Kept, tell: Tell) -> Part:
    """Real footage in which nothing is wrong."""
    title = "Real fixed-camera footage, nothing wrong"
    if not plan.video:
        return None, absent("video", title, "--video FILE")
    watched = [video.watch(file, plan.video_zones, hand, kept, tell) for file in plan.video]
    told = video.figures(watched, list(hand.rules))
    blocks = told_as.video_blocks(told)
    alerts = [row | {"file": one["file"]} for one in watched for row in one["alerts"]]
    highest = [row | {"file": one["file"]} for one in watched for row in one["highest"]]
    if plan.show_real:
        best = sorted(highest, key=_score, reverse=True)[: max(0, plan.worst - len(alerts))]
        found = [Shot(data_uri(drawn_zone(frame_at(Path(r["file"]), r["at_s"]), r, hand)), _line(r))
                 for r in (*alerts, *best)]  # fmt: skip
        blocks.append(Shots("Alerts, then the highest scores", found))
    else:
        blocks.append(Text(HIDDEN, "note"))
    return told, Section("video", title, blocks)


def worst_shots(plan: Plan, hand: InHand, title: str, ordered: Sequence[Row]) -> list[Block]:
    """The first of the rows as pictures, or why they are not there."""
    if not plan.show_real:
        return []
    found = [Shot(data_uri(picture_of(row, hand)), _line(row)) for row in ordered[: plan.worst]]
    return [Shots(title, found)]


def frame_at(file: Path, at_s: float) -> EdgeShot:
    """The sampled frame of a clip nearest before or at `at_s`. Raises LookupError when the clip has none."""
    last: EdgeShot | None = None
    for shot in shots(file, video.INTERVAL_S):
        if shot.at_s > at_s + 0.02 and last is not None:
            break
        last = shot
    if last is None:
        raise LookupError(f"{file} has no frame")
    return last


def absent(name: str, title: str, option: str) -> Section:
    """A section that says why it is empty."""
    return Section(name, title, [Text(f"Not judged: {option} was not given.", "absent")])


def _score(row: Row) -> float:
    return float(row["score"])


def _line(row: Row) -> str:
    at = f" {row['at_s']:.0f} s" if "at_s" in row else ""
    share = f", soil {row['soil']:.0%}, covered {row['covered']:.0%}" if "soil" in row else ""
    return f"{Path(row['file']).name[:24]}{at} · {row['role']} · {row['violation']} {row['score']:.2f}{share}"
