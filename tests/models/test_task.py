from pathlib import Path

import numpy as np
import pytest

from datasets.scenes.classes import MaskClass
from edge.vision.classes import SemanticClass
from models.data import IGNORE
from models.task import MASK_NAMES, read_task, shipped

ALL = np.arange(len(MASK_NAMES), dtype=np.uint8)[None]


def test_the_masks_are_those_that_the_generator_writes() -> None:
    assert [(m.name.lower(), m.value) for m in MaskClass] == [(name, i) for i, name in enumerate(MASK_NAMES)]


def test_the_ground_segmenter_learns_the_edges_classes() -> None:
    task = shipped("ground")
    assert task.names == tuple(each.name.lower() for each in SemanticClass)
    assert task.learn(ALL)[0].tolist() == [
        *range(10),
        SemanticClass.OTHER,
        SemanticClass.VEHICLE,
        SemanticClass.VEHICLE,
    ]


def test_rubbish_is_one_of_two_classes() -> None:
    task = shipped("garbage")
    assert task.names == ("other", "garbage")
    assert task.learn(ALL)[0].tolist() == [1 if name == "garbage" else 0 for name in MASK_NAMES]


def test_what_is_named_nowhere_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("classes: {rest: {masks: [other]}, wet: {masks: [water], weight: 2}}")
    task = read_task(tmp_path / "t.yaml")
    assert task.weights == (1.0, 2.0)
    assert task.learn(ALL)[0].tolist() == [0, *[IGNORE] * 8, 1, *[IGNORE] * 3]
    assert (task.learn(np.full((1, 3), 200, np.uint8)) == IGNORE).all()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("classes: {a: {masks: [soil]}, b: {masks: [soil, net]}}", "two meanings: soil"),
        ("classes: {a: {masks: [mud]}, b: {masks: [net]}}", "classes.a.masks.0"),
        ("classes: {a: {masks: [soil]}}", "at least 2"),
    ],
)
def test_a_task_that_makes_no_sense_says_why(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "t.yaml").write_text(text)
    with pytest.raises(ValueError, match=told):
        read_task(tmp_path / "t.yaml")
