import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.iou import Confusion

MASKS = arrays(np.uint8, (6, 7), elements=st.sampled_from([0, 1, 2, 8, 9, 255]))


def test_half_right_is_a_third() -> None:
    truth, seen = np.full((2, 2), 1, np.uint8), np.array([[1, 1], [2, 2]], np.uint8)
    assert Confusion.empty().plus(truth, seen).iou()["ground"] == 0.5
    assert Confusion.empty().plus(seen, truth).iou()["soil"] == 0.0


def test_unknown_truth_counts_nowhere() -> None:
    truth = np.full((2, 2), 255, np.uint8)
    assert Confusion.empty().plus(truth, np.zeros((2, 2), np.uint8)).mean_iou() is None


def test_different_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in shape"):
        Confusion.empty().plus(np.zeros((2, 2), np.uint8), np.zeros((2, 3), np.uint8))


@given(MASKS)
def test_the_truth_itself_scores_one(mask: np.ndarray) -> None:
    scores = Confusion.empty().plus(mask, np.where(mask < 10, mask, 0).astype(np.uint8)).iou()
    assert all(value in (None, 1.0) for value in scores.values())


@given(MASKS, MASKS)
def test_pictures_add_up(one: np.ndarray, other: np.ndarray) -> None:
    seen = np.full_like(one, 1)
    apart = Confusion.empty().plus(one, seen).plus(other, seen)
    together = Confusion.empty().plus(np.vstack([one, other]), np.vstack([seen, seen]))
    assert np.array_equal(apart.counts, together.counts)
