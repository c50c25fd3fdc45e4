"""The ONNX detector on a model that always gives the same boxes, brighter pictures with higher scores."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edge.errors import ModelRefused
from edge.vision.detector import Detector, OnnxDetector
from edge.vision.model_file import load_model
from tests.edge.vision.test_model_file import write_model
from tests.fakes import onnx_bytes
from tests.fakes.detector import FakeDetector, found

WHITE = np.full((288, 512, 3), 255, np.uint8)
CHAIR, TABLE = [0.9, 0.1], [0.2, 0.8]
CARD: dict[str, Any] = {
    "task": "object_detection",
    "classes": ["chair", "table"],
    "output": {"name": "found", "kind": "boxes", "least_score": 0.3},
}


def detector(folder: Path, *rows: list[float], least_score: float | None = None, **card: Any) -> OnnxDetector:
    onnx = onnx_bytes.detector(np.array(rows, np.float32))
    return OnnxDetector(load_model(write_model(folder, onnx, **(CARD | card))), least_score=least_score)


def test_a_box_is_told_as_a_share_of_the_picture(tmp_path: Path):
    seen: Detector = detector(tmp_path, [128, 72, 256, 144, *CHAIR])
    (one,) = seen.detect(WHITE)
    assert one.label == "chair"
    assert one.score == pytest.approx(0.9)
    assert one.xyxy == pytest.approx((0.25, 0.25, 0.5, 0.5))


@pytest.mark.parametrize(("height", "width", "bottom"), [(512, 512, 0.5), (256, 512, 1.0), (1440, 1440, 0.5)])
def test_padding_is_no_part_of_the_picture(tmp_path: Path, height: int, width: int, bottom: float):
    seen = detector(tmp_path, [0, 0, 256, 256, *CHAIR])
    (one,) = seen.detect(np.full((height, width, 3), 255, np.uint8))
    assert one.xyxy == pytest.approx((0, 0, 0.5, bottom))


def test_a_box_in_the_padding_is_not_there_and_one_that_sticks_out_is_cut(tmp_path: Path):
    seen = detector(tmp_path, [0, 290, 40, 310, *CHAIR], [-20, -20, 51.2, 28.8, *TABLE])
    (one,) = seen.detect(np.full((280, 512, 3), 255, np.uint8))
    assert one.label == "table"
    assert one.xyxy == pytest.approx((0, 0, 0.1, 28.8 / 280))


def test_the_surest_of_a_label_hides_the_others_and_no_other_label(tmp_path: Path):
    rows = [[0, 0, 100, 100, 0.5, 0], [2, 0, 100, 100, 0.9, 0], [0, 0, 100, 100, 0, 0.7], [200, 0, 300, 100, 0.6, 0]]
    seen = detector(tmp_path, *rows)
    assert [(one.label, round(one.score, 2)) for one in seen.detect(WHITE)] == [
        ("chair", 0.9), ("table", 0.7), ("chair", 0.6),
    ]  # fmt: skip


def test_what_is_unsure_is_left_out_unless_it_is_asked_for(tmp_path: Path):
    dim = WHITE // 4
    assert detector(tmp_path, [0, 0, 50, 50, *CHAIR]).detect(dim) == []
    (one,) = detector(tmp_path, [0, 0, 50, 50, *CHAIR], least_score=0.01).detect(dim)
    assert one.score == pytest.approx(0.9 * 63 / 255, rel=1e-3)


def test_at_most_so_many(tmp_path: Path):
    rows = [[i, 0.0, i + 9, 9.0, 0.9 - i / 1000, 0.0] for i in range(0, 500, 10)]
    seen = detector(tmp_path, *rows, output=CARD["output"] | {"most": 7})
    assert [round(one.xyxy[0] * 512) for one in seen.detect(WHITE)] == [0, 10, 20, 30, 40, 50, 60]


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ({"task": "semantic_segmentation"}, "object_detection with boxes is needed"),
        ({"output": {"name": "found"}}, "gives logits"),
        ({"output": {"name": "boxes", "kind": "boxes"}}, "names image and boxes; the file has image and found"),
    ],
)
def test_a_model_for_something_else_is_refused(tmp_path: Path, card: dict[str, Any], reason: str):
    with pytest.raises(ModelRefused, match=reason):
        detector(tmp_path, [0, 0, 50, 50, *CHAIR], **card)


def test_another_number_of_classes_than_the_card_says_is_refused(tmp_path: Path):
    seen = detector(tmp_path, [0, 0, 50, 50, *CHAIR], classes=["chair"])
    with pytest.raises(ModelRefused, match=r"gives \(1, 1, 6\); model.yaml says \(1, any, 5\)"):
        seen.detect(WHITE)


def test_the_fake_is_a_detector():
    fake: Detector = FakeDetector([found("chair", 0, 0, 1, 1)], [])
    assert [len(fake.detect(WHITE)) for _ in range(3)] == [1, 0, 0]
