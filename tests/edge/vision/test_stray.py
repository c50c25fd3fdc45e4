"""How far an act stands outside its permit."""

import numpy as np
import pytest

from edge.vision.zones import beyond_m

SQUARE = np.array([(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (0.0, 2.0)])


def reach(*places: tuple[float, float], polygons: list[np.ndarray] | None = None) -> float:
    return beyond_m(np.array(places), np.ones(len(places)), polygons or [SQUARE])


def test_inside_is_nothing_and_outside_is_the_distance_to_the_nearest_side():
    assert reach((1.0, 1.0)) == 0
    assert reach((2.0, -0.7)) == pytest.approx(0.7)
    assert reach((7.0, 6.0)) == pytest.approx(5.0)


def test_the_farthest_counts_but_not_a_stray_place():
    assert reach(*[(1.0, 1.0)] * 5, *[(2.0, 3.0)] * 5) == pytest.approx(1.0)
    assert reach(*[(1.0, 1.0)] * 99, (2.0, 30.0)) == 0


def test_the_nearest_permit_is_the_measure():
    assert reach((2.0, -0.7), polygons=[SQUARE, SQUARE - [0.0, 3.0]]) == pytest.approx(0.3)


def test_a_permit_above_the_horizon_is_left_aside():
    lost = SQUARE.copy()
    lost[0] = np.nan
    assert reach((2.0, -0.7), polygons=[lost, SQUARE]) == pytest.approx(0.7)
    assert beyond_m(np.array([(9.0, 9.0)]), np.ones(1), [lost]) == 0
    assert beyond_m(np.zeros((0, 2)), np.zeros(0), [SQUARE]) == 0
