import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judging.wilson import per_hour, rate


def test_a_known_interval() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263 gives 0.2553 to 0.3662.
    said = rate(81, 263)
    assert (said.low, said.high) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


def test_none_of_some_and_some_of_none() -> None:
    assert rate(0, 20).low == 0.0
    assert rate(0, 20).high == pytest.approx(0.1611, abs=5e-5)
    assert rate(20, 20).high == 1.0
    assert rate(0, 0).value is None
    assert rate(0, 0).told() == {"hits": 0, "of": 0, "value": None, "low": None, "high": None}


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_rate_lies_inside_its_interval(hits: int, others: int) -> None:
    said = rate(hits, hits + others)
    if hits + others:
        assert said.value is not None
        assert 0 <= (said.low or 0) <= said.value <= (said.high or 1) <= 1


@given(st.integers(1, 50), st.integers(2, 20))
def test_more_cases_are_surer(hits: int, times: int) -> None:
    few, many = rate(hits, 2 * hits), rate(times * hits, 2 * times * hits)
    assert (many.high or 0) - (many.low or 0) < (few.high or 0) - (few.low or 0)


@pytest.mark.parametrize(("hits", "of"), [(-1, 3), (4, 3)])
def test_no_rate(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="no rate"):
        rate(hits, of)


def test_events_an_hour() -> None:
    assert per_hour(3, 7200)["value"] == 1.5
    none = per_hour(0, 3600)
    assert (none["value"], none["low"]) == (0.0, 0.0)
    assert 3 < (none["high"] or 0) < 4, "no event in an hour still leaves three to four an hour possible"
    assert per_hour(2, 0)["value"] is None
