from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judging.roc import area, area_interval, at_threshold, classified, curve


def test_perfect_wrong_and_blind() -> None:
    truth = [True, True, False, False]
    assert area(truth, [0.9, 0.8, 0.2, 0.1]) == 1.0
    assert area(truth, [0.1, 0.2, 0.8, 0.9]) == 0.0
    assert area(truth, [0.5] * 4) == 0.5


def test_by_hand() -> None:
    # Pairs (positive above negative): 0.9 beats both, 0.4 beats 0.3 and loses to 0.6: 3 of 4.
    assert area([True, False, True, False], [0.9, 0.6, 0.4, 0.3]) == 0.75


def test_one_kind_only_has_no_area() -> None:
    assert area([True, True], [0.1, 0.9]) is None
    assert area_interval([], []) is None
    with pytest.raises(ValueError, match="no curve"):
        curve([False], [0.2])


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.7, 1.0])), min_size=2, max_size=40))
def test_the_area_counts_pairs(cases: list[tuple[bool, float]]) -> None:
    truth, scores = [t for t, _ in cases], [s for _, s in cases]
    pairs = [(p, n) for t, p in cases if t for u, n in cases if not u]
    if not pairs:
        assert area(truth, scores) is None
        return
    wins = sum(1.0 if p > n else 0.5 if p == n else 0.0 for p, n in pairs)
    assert area(truth, scores) == pytest.approx(wins / len(pairs))


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=2, max_size=60))
def test_the_curve_rises_from_corner_to_corner(cases: list[tuple[bool, float]]) -> None:
    truth, scores = [t for t, _ in cases], [s for _, s in cases]
    if len(set(truth)) < 2:
        return
    false, found = curve(truth, scores)
    assert (false[0], found[0], false[-1], found[-1]) == (0, 0, 1, 1)
    assert all(a <= b for a, b in pairwise(false))
    assert all(a <= b for a, b in pairwise(found))


def test_the_operating_point_itself_is_a_yes() -> None:
    said = at_threshold([True, True, False, False], [0.5, 0.49, 0.5, 0.1])
    assert said["precision"]["value"] == 0.5
    assert said["recall"]["value"] == 0.5
    assert said["false"] == {"hits": 1, "of": 2, "value": 0.5, "low": 0.0945, "high": 0.9055}


def test_the_interval_holds_the_area_and_narrows() -> None:
    truth, scores = [True, False] * 10, [0.8, 0.3, 0.4, 0.5] * 5
    few, many = area_interval(truth, scores), area_interval(truth * 10, scores * 10)
    value = area(truth, scores)
    assert few is not None
    assert many is not None
    assert value is not None
    assert few[0] < many[0] < value < many[1] < few[1]


def test_nothing_at_all() -> None:
    said = classified([], [])
    assert (said["zones"], said["auc"], said["precision"]["value"]) == (0, None, None)
