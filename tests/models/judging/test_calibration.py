import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judging.calibration import expected_error, histogram, reliability

CASES = st.lists(st.tuples(st.booleans(), st.floats(0, 1)), max_size=60)


def test_by_hand() -> None:
    # Bin 0.2..0.3: mean 0.25, none true. Bin 0.7..0.8: mean 0.75, half true. (2 x 0.25 + 2 x 0.25) / 4.
    assert expected_error([False, False, True, False], [0.2, 0.29999, 0.7, 0.79999]) == pytest.approx(0.25, abs=1e-4)


def test_scores_that_mean_what_they_say() -> None:
    assert expected_error([True, False, False, False] * 5, [0.25] * 20) == 0.0
    assert expected_error([True], [1.0]) == 0.0
    assert expected_error([], []) is None


def test_one_belongs_to_the_last_bin() -> None:
    assert [b.true.of for b in reliability([True, False], [1.0, 0.0], bins=4)] == [1, 0, 0, 1]
    assert histogram([1.0, 0.0, 0.04], bins=20)[0] == 2
    assert histogram([1.0], bins=20)[-1] == 1


@given(CASES)
def test_bins_lose_nothing_and_the_error_is_a_share(cases: list[tuple[bool, float]]) -> None:
    truth, scores = [t for t, _ in cases], [s for _, s in cases]
    assert sum(b.true.of for b in reliability(truth, scores)) == len(cases)
    assert sum(histogram(scores)) == len(cases)
    error = expected_error(truth, scores)
    assert (error is None) == (not cases)
    assert 0 <= (error or 0) <= 1


def test_a_score_outside_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.\.1"):
        reliability([True], [1.2])
