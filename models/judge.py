"""All the scores of one registry model in one document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from edge.vision.model_file import load_model, model_folder
from edge.vision.segmenter import OnnxSegmenter
from models import evaluate
from models.clip_truth import judge_clips
from models.data import rendered, split_by_group
from models.iou import Confusion

HELD_OUT = 0.12
"""Share of the layouts that training never sees; the same number and seed as in the training plan."""


def judge(
    registry: Path,
    reference: str,
    pictures: Path | None,
    clips: Path | None,
    roadside: Path | None,
    camvid: Path | None,
) -> dict[str, Any]:
    """Scores on whatever is given; raises ModelRefused when the model does not load."""
    segmenter = OnnxSegmenter(load_model(model_folder(registry, reference)), threads=1)
    said: dict[str, Any] = {"model": segmenter.card.reference}
    if pictures is not None:
        _, held = split_by_group(rendered(pictures), HELD_OUT)
        said["held_out"] = {"pictures": len(held), "layouts": len({i.group for i in held})}
        said["held_out"] |= iou_table(evaluate.pixel_scores(segmenter, held))
    if clips is not None:
        said["clips"] = judge_clips(segmenter, clips)
    if roadside is not None:
        said["roadside"] = evaluate.roadside(segmenter, roadside)
    if camvid is not None:
        said["camvid"] = evaluate.camvid(segmenter, camvid)
    return said


def iou_table(confusion: Confusion) -> dict[str, float]:
    """Mean and per class, rounded, without the classes that the truth lacks."""
    scores = {name: round(v, 3) for name, v in confusion.iou().items() if v is not None}
    mean = confusion.mean_iou()
    return {"mean_iou": round(mean, 3)} | scores if mean is not None else scores
