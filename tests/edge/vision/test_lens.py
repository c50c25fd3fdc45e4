"""A bent lens, there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.vision.lens import Lens

POINTS = np.array([(0.5, 0.5), (0.1, 0.2), (0.9, 0.95), (0.5, 0.05), (0.0, 0.0)])


@given(st.floats(-0.3, 0.2), st.floats(1.0, 1.8))
def test_straightened_and_bent_again_is_the_same(k1: float, aspect: float):
    lens = Lens(k1, aspect)
    assert lens.bent(lens.straight(POINTS)) == pytest.approx(POINTS, abs=1e-9)


def test_a_barrel_is_pulled_outwards_and_the_middle_stays():
    straight = Lens(-0.2).straight(POINTS)
    assert straight[0] == pytest.approx([0.5, 0.5])
    assert np.all(np.linalg.norm(straight[1:] - 0.5, axis=1) > np.linalg.norm(POINTS[1:] - 0.5, axis=1))


def test_without_distortion_nothing_moves():
    assert Lens().straight(POINTS) is POINTS
    assert Lens().bent(POINTS) is POINTS
