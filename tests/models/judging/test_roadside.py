import json
from pathlib import Path
from typing import Any

import pytest

from models.judging.looking import Undecided
from models.judging.roadside import BESIDE, DISPLAY, ELSEWHERE, GARBAGE, HEAP, MUCK, VERGE, figures, zones_of


def labels(folder: Path, *pictures: list[tuple[str, list[float]]]) -> Path:
    lines = [
        json.dumps({"file": f"images/{n}.jpg", "boxes": [{"label": label, "xyxy": box} for label, box in boxes]})
        for n, boxes in enumerate(pictures)
    ]
    (folder / "labels.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


HEAP_BOX = [0.1, 0.3, 0.3, 0.4]


def test_boxes_become_zones_and_ground_elsewhere_has_the_size_of_a_heap(tmp_path: Path) -> None:
    heap, plain, verge = zones_of(
        labels(tmp_path, [(HEAP, HEAP_BOX)], [("POTHOLES", [0.4, 0.6, 0.5, 0.7])], [(VERGE, [0.0, 0.4, 1.0, 0.6])])
    )
    assert [zone.role for zone in heap.zones] == [HEAP, BESIDE]
    assert [zone.role for zone in plain.zones] == ["POTHOLES", ELSEWHERE, ELSEWHERE]
    assert [zone.role for zone in verge.zones] == [VERGE], "a picture with bare verges has no plain ground"
    left, _, right, bottom = plain.zones[1].polygon
    assert right[0] - left[0] == pytest.approx(0.2)
    assert bottom[1] - left[1] == pytest.approx(0.1)
    assert left[1] >= 0.5
    assert heap.file == tmp_path / "images" / "0.jpg"


def test_every_run_asks_about_the_same_ground(tmp_path: Path) -> None:
    folder = labels(tmp_path, [(HEAP, HEAP_BOX)], [("GRAFFITI", [0.0, 0.0, 0.1, 0.1])])
    assert zones_of(folder) == zones_of(folder)


@pytest.mark.parametrize("text", ["", "not json", '{"file": "a.jpg"}', "[1]"])
def test_labels_that_cannot_be_read_are_named(tmp_path: Path, text: str) -> None:
    if text:
        (tmp_path / "labels.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(Undecided, match=r"labels\.jsonl"):
        zones_of(tmp_path)


def row(role: str, violation: str, score: float) -> dict[str, Any]:
    return {"role": role, "violation": violation, "score": score, "occluded": False, "file": "a", "zone": role}


def test_figures_tell_found_and_false_against_each_kind() -> None:
    rows = [row(HEAP, MUCK, s) for s in (0.9, 0.7, 0.3)]
    rows += [row("POTHOLES", MUCK, 0.1), row(ELSEWHERE, MUCK, 0.6), row(BESIDE, MUCK, 0.8), row(GARBAGE, MUCK, 0.95)]
    rows += [row(VERGE, MUCK, 1.0)]
    rows += [row(HEAP, DISPLAY, 0.2), row("POTHOLES", DISPLAY, 0.5)]
    said = figures(rows)
    muck = said[MUCK]
    assert muck["negatives"] == ["POTHOLES", ELSEWHERE]
    assert (muck["main"]["recall"]["hits"], muck["main"]["recall"]["of"]) == (2, 3)
    assert (muck["main"]["false"]["hits"], muck["main"]["false"]["of"]) == (1, 2)
    assert muck["main"]["auc"] == pytest.approx(5 / 6, abs=1e-4)
    assert muck["labels_only"]["auc"] == 1.0
    assert muck["with_garbage"]["false"]["of"] == 3
    assert said[DISPLAY]["below_operating_point"]["hits"] == 1, "0.5 itself is a yes"
