"""The sections on clips: figures in, blocks out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.report.blocks import Block, Key, Keys, Table, Text
from models.report.words import interval, number, of, percent, whole

Figures = Mapping[str, Any]
MATCHING = (
    "An alert answers an act when zone and violation agree and the alert's episode (first seen until seen gone) "
    "overlaps the act (the first of it there until the last of it gone). One alert answers one act; a second one on "
    "the same act is false, and so is every alert that answers none. Delay counts from when all of the act had "
    "stood for the dwell, so it can be less than 0 where things were carried out one by one. Area error: the middle "
    "area of the episode's messages off the true area. Every clip goes through a whole edge worker (sampling, "
    "health, reference, permits, episodes, store) with its ground points; the figures are read from the messages "
    "that it would have sent."
)
WANTED = {"precision": 0.97, "recall": 0.95, "delay": 10.0, "area": 0.25}


def episode_blocks(told: Figures) -> list[Block]:
    """Large figures and the table by condition, violation by violation."""
    blocks: list[Block] = []
    for name, said in told["by_violation"].items():
        blocks += [
            Text(f"{name}: clips {said['clips']}, camera-hours {said['hours']:.2f}", "head"),
            Keys(
                [
                    _rate(f"{name}: precision", said["precision"], WANTED["precision"]),
                    _rate(f"{name}: recall", said["recall"], WANTED["recall"]),
                    _hours(said, name),
                    _spread(f"{name}: delay after the dwell, median", said["delay_s"], WANTED["delay"], " s", 1),
                    _spread(f"{name}: area error, median", said["area_error"], WANTED["area"], "", 0),
                ]
            ),
        ]
        rows = [_row(condition, each) for condition, each in said["by_condition"].items()]
        kinds = [_row(kind, each) for kind, each in said["by_kind"].items()]
        head = ("Condition", "#clips", "#found", "#missed", "#false", "#precision", "#recall", "#false/h", "#delay",
                "#area")  # fmt: skip
        blocks.append(Table(head, [*rows, _row("all", said)]))
        if len(kinds) > 1:
            blocks.append(Table(("Story", *head[1:]), kinds))
    blocks.append(clip_table(told["by_clip"]))
    return [*blocks, Text(f"Health of the camera came out as it was in {whole(told['health_right'])}.", "note"),
            Text(MATCHING, "note")]  # fmt: skip


def clip_table(clips: Sequence[Figures]) -> Table:
    """Every clip in a line."""
    rows = [
        [
            one["clip"], ", ".join(one["conditions"]), str(one["acts"]), str(one["found"]), str(one["missed"]),
            str(one["false"]), ", ".join(f"{d:+.0f}" for d in one["delays_s"]) or "–",
            ", ".join(f"{a['told']:.1f} / {a['true']:.1f}" for a in one["areas_m2"]) or "–",
        ]
        for one in clips
    ]  # fmt: skip
    head = ("Clip", "Conditions", "#acts", "#found", "#missed", "#false", "#delay s", "#m² told / true")
    return Table(head, rows, "Clip by clip")


def clean_blocks(told: Figures) -> list[Block]:
    """False alerts an hour."""
    keys = [_hours(said, name) for name, said in told["by_violation"].items()]
    rows = [
        [name, condition, str(each["clips"]), f"{each['hours']:.2f}", str(each["false"]), _rate_per_hour(each)]
        for name, said in told["by_violation"].items()
        for condition, each in said["by_condition"].items()
    ]
    head = ("Violation", "Condition", "#clips", "#hours", "#false", "#false an hour")
    return [Keys(keys), Table(head, rows)]


def _rate(label: str, told: Figures, wanted: float) -> Key:
    value = told["value"]
    good = None if value is None else value >= wanted
    return Key(label, percent(value), f"{of(told)}; {interval(told)}; wanted ≥ {wanted:.0%}", good)


def _hours(said: Figures, label: str) -> Key:
    hours = said["false_per_hour"]
    return Key(
        f"{label}: false alerts",
        str(said["false"]),
        f"{_rate_per_hour(said)} an hour, {said['hours']:.2f} h",
        hours["count"] == 0,
    )


def _rate_per_hour(said: Figures) -> str:
    hours = said["false_per_hour"]
    return "–" if hours["value"] is None else f"{hours['value']:.1f} ({hours['low']:.1f} to {hours['high']:.1f})"


def _spread(label: str, told: Figures, most: float, unit: str, digits: int) -> Key:
    median, p90 = told["median"], told["p90"]

    def said(value: float | None) -> str:
        return f"{number(value, digits)}{unit}" if unit or value is None else percent(value, digits)

    good = None if median is None else median <= most
    limit = f"{most:g}{unit}" if unit else percent(most, 0)
    return Key(label, said(median), f"p90 {said(p90)}; {told['count']} acts; wanted ≤ {limit}", good)


def _row(name: str, said: Figures) -> list[str]:
    return [
        name,
        str(said["clips"]),
        str(said["found"]),
        str(said["missed"]),
        str(said["false"]),
        _short(said["precision"]),
        _short(said["recall"]),
        _rate_per_hour(said),
        number(said["delay_s"]["median"], 1),
        percent(said["area_error"]["median"], 0),
    ]


def _short(told: Figures) -> str:
    return "–" if told["value"] is None else f"{percent(told['value'], 0)} ({interval(told)})"
