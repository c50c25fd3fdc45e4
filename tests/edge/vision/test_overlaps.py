"""Overlap of boxes and suppression of the less sure ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.vision.overlaps import overlap, suppressed

corner = st.floats(0, 0.5, width=32)
side = st.floats(0.0625, 0.5, width=32)
box = st.tuples(corner, corner, side, side).map(lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3]))
boxes = st.lists(st.tuples(box, st.floats(0, 1, width=32), st.integers(0, 2)), max_size=12)


def arrays(rows: list) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (
        np.array([row[0] for row in rows], np.float32).reshape(-1, 4),
        np.array([row[1] for row in rows], np.float32),
        np.array([row[2] for row in rows], np.intp),
    )


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ((0, 0, 2, 2), (0, 0, 2, 2), 1.0),
        ((0, 0, 2, 2), (1, 0, 3, 2), 1 / 3),
        ((0, 0, 2, 2), (2, 0, 4, 2), 0.0),
        ((0, 0, 4, 4), (1, 1, 3, 3), 0.25),
        ((1, 1, 1, 1), (1, 1, 1, 1), 0.0),
    ],
)
def test_intersection_over_union(one: tuple, other: tuple, wanted: float):
    assert overlap(np.array([one], np.float32), np.array([other], np.float32))[0, 0] == pytest.approx(wanted)


@given(boxes)
def test_overlap_is_symmetric_and_suppression_says_nothing_new_the_second_time(rows: list):
    xyxy, scores, labels = arrays(rows)
    assert np.allclose(overlap(xyxy, xyxy), overlap(xyxy, xyxy).T)
    kept = suppressed(xyxy, scores, labels, 0.5)
    again = suppressed(xyxy[kept], scores[kept], labels[kept], 0.5)
    assert list(again) == list(range(len(kept)))
    assert set(labels[kept]) == set(labels)


@given(boxes)
def test_no_two_that_stay_overlap_more_than_allowed_within_a_label(rows: list):
    xyxy, scores, labels = arrays(rows)
    kept = suppressed(xyxy, scores, labels, 0.5)
    much = (overlap(xyxy[kept], xyxy[kept]) > 0.5) & (labels[kept][:, None] == labels[kept][None])
    assert not np.triu(much, 1).any()
