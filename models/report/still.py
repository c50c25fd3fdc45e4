"""The section on rendered pictures: figures in, blocks out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.report.blocks import Block, Key, Keys, Table, Text
from models.report.words import interval, number, of, percent

Figures = Mapping[str, Any]
NOT_CLASSES = ("pictures", "mean")


def pixel_blocks(told: Figures) -> list[Block]:
    """Intersection over union by class and condition."""
    names = [name for name in told["iou"] if name not in NOT_CLASSES and told["iou"][name] is not None]
    rows = [_row(name, said, names) for name, said in told["iou_by_condition"].items()]
    keys = [Key("mean IoU", number(told["iou"]["mean"]), f"{told['pictures']} pictures of {told['layouts']} layouts")]
    keys += [Key(f"IoU of {name}", number(told["iou"][name])) for name in ("ground", "goods", "soil", "net")
             if told["iou"].get(name) is not None]  # fmt: skip
    head = ("", "#pictures", "#mean", *(f"#{name}" for name in names))
    return [
        Keys(keys),
        Table(head, [*rows, _row("all", told["iou"], names)], "Intersection over union on the edge's own grid"),
        Text(
            "Held out: layouts that no training has seen. A cell's true class is the one that has most of it; "
            "classes that the edge does not know are not counted.",
            "note",
        ),
    ]


def _row(name: str, said: Figures, names: list[str]) -> list[str]:
    return [name, str(said["pictures"]), number(said["mean"], 2), *(number(said[each], 2) for each in names)]


def zone_blocks(name: str, told: Figures) -> list[Block]:
    """The score of one violation as a classifier of zones."""
    auc = told["auc"]
    return [
        Text(f"{name}: scores of {told['zones']} zones, {told['positives']} of them with the act", "head"),
        Keys(
            [
                Key("area under the curve", number(auc),
                    "" if auc is None else "{:.3f} to {:.3f}".format(*told["auc_interval"])),
                Key("precision at 0.5", percent(told["precision"]["value"]),
                    f"{of(told['precision'])}; {interval(told['precision'])}"),
                Key("recall at 0.5", percent(told["recall"]["value"]),
                    f"{of(told['recall'])}; {interval(told['recall'])}"),
                Key("calibration error", number(told["calibration_error"]), "mean distance of score and share of true"),
            ]
        ),
    ]  # fmt: skip


def no_boxes() -> Text:
    """Why there are no figures of boxes."""
    return Text("Boxes: not judged, no detector was named (--detector).", "absent")


def box_blocks(told: Figures) -> list[Block]:
    """Average precision of the detector."""
    rows = [
        [label, str(s["boxes"]), number(s["ap50"]), number(s["ap"]), percent(s["precision"]), percent(s["recall"])]
        for label, s in sorted(told["by_label"].items(), key=lambda pair: -pair[1]["boxes"])
    ]
    head = ("Label", "#boxes", "#AP50", "#AP50:95", "#precision at 0.5", "#recall at 0.5")
    return [
        Keys([Key("AP50, mean of labels", number(told["ap50"])), Key("AP50:95, mean of labels", number(told["ap"]))]),
        Table(head, rows, f"Boxes of {told['pictures']} held-out pictures, average precision as COCO computes it"),
    ]
