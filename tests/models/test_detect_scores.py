"""Average precision and chances, on cases that can be worked out by hand."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.data import Item
from models.detect_calibrate import logistic
from models.detect_data import Scene, numbers, rows
from models.detect_labels import LABELS
from models.detect_scores import OVERLAPS, average_precision, judged, means, scores_of
from tests.fakes.detector import FakeDetector, found

NONE = rows([])


def hits(*told: tuple[float, int]) -> list:
    from models.detect_scores import Found

    return [Found(score, (hit,) * len(OVERLAPS)) for score, hit in told]


@pytest.mark.parametrize(
    ("told", "boxes", "ap50"),
    [
        ([(0.9, 1), (0.8, 1)], 2, 1.0),
        ([(0.9, 1)], 2, 51 / 101),  # half of the recall at full precision: recalls 0.00 to 0.50
        ([(0.9, 0), (0.8, 1)], 1, 0.5),
        ([(0.9, -1), (0.8, 1)], 1, 1.0),  # where nobody knows counts neither way
        ([], 3, 0.0),
        ([(0.9, 0)], 0, 0.0),
    ],
)
def test_area_under_precision_over_recall(told: list, boxes: int, ap50: float) -> None:
    assert average_precision(hits(*told), boxes).ap50 == pytest.approx(ap50)


def test_one_true_box_is_found_once() -> None:
    truth = rows([[0, 0, 0.5, 0.5]])
    twice = [found("car", 0, 0, 0.5, 0.5, score=0.9), found("car", 0, 0, 0.5, 0.45, score=0.8)]
    assert [one.hits[0] for one in judged(twice, truth, NONE)] == [1, 0]
    ninth = judged([found("car", 0, 0, 0.5, 0.46)], truth, NONE)[0].hits
    assert sum(ninth) == 9


def test_what_lies_in_an_ignored_place_counts_neither_way() -> None:
    (one,) = judged([found("car", 0, 0, 0.2, 0.2)], NONE, rows([[0, 0, 0.3, 0.3]]))
    assert set(one.hits) == {-1}


def test_a_detector_over_pictures(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((10, 10, 3), np.uint8))
    item = Item(tmp_path / "a.png", tmp_path / "a.png", "g")
    truth = Scene(
        item, rows([[0, 0, 0.5, 0.5], [0.5, 0.5, 1, 1]]), numbers([LABELS.index("car"), LABELS.index("truck")]), NONE
    )
    seer = FakeDetector([found("car", 0, 0, 0.5, 0.5), found("car", 0.5, 0.5, 1, 1, score=0.3)])
    apart = scores_of(seer, [truth])
    assert (apart["car"].ap50, apart["truck"].ap50) == (1.0, 0.0)
    assert means(apart)[0] == 0.5
    together = scores_of(seer, [truth], ("truck",), {"car": "truck"})["truck"]
    assert (together.boxes, together.ap50, together.recall, together.precision) == (2, 1.0, 0.5, 1.0)


def test_chances_are_what_happened() -> None:
    rng = np.random.default_rng(0)
    odds = rng.normal(0, 2, 4000)
    right = (rng.random(4000) < 1 / (1 + np.exp(-(0.7 * odds - 1)))).astype(float)
    scale, shift = logistic(odds, right, (1.0, 0.0))
    assert scale == pytest.approx(0.7, abs=0.1)
    assert shift == pytest.approx(-1, abs=0.15)


def test_little_evidence_stays_with_what_holds_for_all() -> None:
    scale, shift = logistic(np.array([2.0]), np.array([0.0]), (1.0, -0.5), pull=100.0)
    assert (scale, shift) == pytest.approx((1.0, -0.5), abs=0.05)
