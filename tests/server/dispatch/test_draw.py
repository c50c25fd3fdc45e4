"""A patrol drawn from a seed."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dispatch.draw import draw

OFFICERS = [UUID(int=n) for n in range(1, 6)]
WEIGHTS = {UUID(int=100 + n): weight for n, weight in enumerate([0.5, 1.0, 2.0])}

seeds = st.text("0123456789abcdef", min_size=1, max_size=32)
weights = st.dictionaries(st.uuids(), st.sampled_from([0.5, 1.0, 2.0]), max_size=12)


@given(seeds, weights, st.integers(1, 15))
def test_the_same_seed_draws_the_same_whatever_the_order(seed: str, wanted: dict[UUID, float], count: int) -> None:
    backwards = dict(reversed(list(wanted.items())))
    drawn = draw(seed, wanted, OFFICERS, count)
    assert drawn == draw(seed, backwards, OFFICERS[::-1], count)
    assert len({one.subject_id for one in drawn}) == len(drawn) == min(count, len(wanted))
    assert all(one.officers[0] != one.officers[1] for one in drawn)


@given(seeds, weights)
def test_drawing_fewer_is_the_beginning_of_drawing_more(seed: str, wanted: dict[UUID, float]) -> None:
    all_of_them = draw(seed, wanted, OFFICERS, 20)
    assert draw(seed, wanted, OFFICERS, 3) == all_of_them[:3]


@given(seeds, weights)
def test_officers_share_the_work(seed: str, wanted: dict[UUID, float]) -> None:
    turns = Counter(officer for one in draw(seed, wanted, OFFICERS, 20) for officer in one.officers)
    assert not turns or max(turns.values()) - min(turns[one] for one in OFFICERS) <= 1


def test_the_chance_to_be_drawn_first_is_in_proportion_to_the_weight() -> None:
    draws = 7000
    first = Counter(draw(str(seed), WEIGHTS, OFFICERS, 1)[0].weight for seed in range(draws))
    # Binomial: five standard deviations of the largest share are under 0.03 at 7000 draws.
    for weight, share in ((0.5, 1 / 7), (1.0, 2 / 7), (2.0, 4 / 7)):
        assert first[weight] / draws == pytest.approx(share, abs=0.03)


def test_an_inspection_takes_two_officers_and_weights_are_positive() -> None:
    with pytest.raises(ValueError, match="two officers"):
        draw("s", WEIGHTS, [OFFICERS[0], OFFICERS[0]], 1)
    with pytest.raises(ValueError, match="positive"):
        draw("s", {UUID(int=1): 0.0}, OFFICERS, 1)
