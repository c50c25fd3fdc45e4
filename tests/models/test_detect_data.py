"""Boxes of rendered and real pictures as the detector learns them, and its names for them."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from datasets.scenes.classes import BOX_LABELS
from models.data import HELD_OUT, JUDGING_SEEDS
from models.detect_data import real_scenes, rendered_scenes, split, wanted_often
from models.detect_labels import ALSO, COCO, LABELS, SAME, START, label_index


def render(folder: Path, name: str, seed: int, *labels: str) -> None:
    told = {"kind": "street", "seed": seed, "boxes": [{"label": label, "xyxy": [0, 0.1, 0.5, 0.6]} for label in labels]}
    (folder / f"{name}.json").write_text(json.dumps(told))
    cv2.imwrite(str(folder / f"{name}.jpg"), np.zeros((36, 64, 3), np.uint8))
    cv2.imwrite(str(folder / f"{name}.mask.png"), np.zeros((36, 64), np.uint8))


def test_names_are_those_of_the_scenes_or_of_coco() -> None:
    assert len(set(LABELS)) == len(LABELS) <= 24
    assert set(LABELS) <= set(BOX_LABELS)
    assert set(ALSO) <= set(BOX_LABELS)
    assert set(ALSO.values()) <= set(LABELS)
    assert not set(ALSO) & set(LABELS)
    assert set(SAME.values()) <= set(LABELS)
    assert set(START) <= set(LABELS)
    assert all(name in COCO for names in START.values() for name in names)
    assert len(COCO) == 80


@pytest.mark.parametrize(
    ("name", "ours"), [("stool", "chair"), ("scooter", "motorcycle"), ("person", "person"), ("dog", None)]
)
def test_a_rendered_label_by_our_name(name: str, ours: str | None) -> None:
    place = label_index(name)
    assert (None if place is None else LABELS[place]) == ours


def test_rendered_boxes_without_what_has_no_name(tmp_path: Path) -> None:
    render(tmp_path, "00000", 5, "stool", "dog", "person")
    render(tmp_path, "00001", 6)
    one, empty = rendered_scenes([tmp_path])
    assert [LABELS[label] for label in one.labels] == ["chair", "person"]
    assert one.boxes.shape == (2, 4)
    assert empty.boxes.shape == empty.ignored.shape == (0, 4)
    assert one.picture().shape == (36, 64, 3)


def test_layouts_are_on_one_side_and_those_kept_for_judging_are_never_learned(tmp_path: Path) -> None:
    for number in range(60):
        render(tmp_path, f"{number:05}", number // 2, "person")
    render(tmp_path, "90000", JUDGING_SEEDS + 1, "person")
    learn, judge = split(rendered_scenes([tmp_path]))
    assert not {s.item.group for s in learn} & {s.item.group for s in judge}
    assert f"street-{JUDGING_SEEDS + 1}" in {s.item.group for s in judge}
    assert 0 < len(judge) < 4 * HELD_OUT * 61


def test_real_pictures_of_the_wanted_splits(tmp_path: Path) -> None:
    box = {"label": "excavator", "xyxy": [0.1, 0.1, 0.9, 0.9], "own": True}
    seen = {"label": "person", "xyxy": [0.2, 0.1, 0.3, 0.5], "own": False}
    told = [
        {"file": "train/images/a.jpg", "split": "train", "boxes": [box, seen], "ignored": [[0, 0, 0.1, 0.1]]},
        {"file": "test/images/b.jpg", "split": "test", "boxes": [], "ignored": []},
    ]
    (tmp_path / "real.json").write_text(json.dumps(told))
    (one,) = real_scenes(tmp_path / "real.json", tmp_path, ["train"])
    assert one.real
    assert [LABELS[label] for label in one.labels] == ["excavator", "person"]
    assert one.ignored.shape == (1, 4)
    (judged,) = real_scenes(tmp_path / "real.json", tmp_path, ["train"], own=True)
    assert [LABELS[label] for label in judged.labels] == ["excavator"]
    assert judged.ignored.shape == (2, 4)
    with pytest.raises(ValueError, match=r"a.jpg: cannot be read"):
        one.picture()


def test_scenes_with_rare_things_are_drawn_more_often(tmp_path: Path) -> None:
    for number in range(100):
        render(tmp_path, f"{number:05}", number, "person", *(["bus"] if number == 7 else []))
    chance = wanted_often(rendered_scenes([tmp_path]))
    assert chance.sum() == pytest.approx(1)
    assert chance.argmax() == 7
    assert chance[7] > 2 * chance[0]
