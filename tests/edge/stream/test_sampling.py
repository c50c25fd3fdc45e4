"""Which pictures are decoded."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.stream.sampling import Plan, Sampler, Sampling


def run(interval_s: float, gop_s: float, seconds: float, fps: float = 25) -> tuple[list[float], Sampler]:
    """Times of the looked-at pictures of a steady stream, as the intake does it."""
    sampler, taken = Sampler(Sampling(interval_s)), list[float]()
    gop = max(1, round(gop_s * fps))
    for index in range(round(seconds * fps)):
        at_s, is_key = index / fps, index % gop == 0
        plan = sampler.see(at_s, is_key)
        if (is_key or plan is Plan.RUN) and sampler.is_due(at_s):
            taken.append(at_s)
    return taken, sampler


def test_key_frames_suffice_when_they_come_often_enough() -> None:
    taken, sampler = run(5, 2, 60)
    assert sampler.plan is Plan.KEYS
    assert taken == [0, 4, 10, 14, 20, 24, 30, 34, 40, 44, 50, 54]


def test_all_are_decoded_when_key_frames_are_too_rare() -> None:
    taken, sampler = run(1, 10, 30)
    assert sampler.plan is Plan.RUN
    assert [round(b - a, 2) for a, b in pairwise(taken[2:])] == [1.0] * (len(taken) - 3)


def test_a_stream_of_key_frames_only_is_never_run() -> None:
    taken, sampler = run(0.5, 0.04, 10)
    assert sampler.plan is Plan.KEYS
    assert len(taken) == pytest.approx(20, abs=1)


@given(
    interval_s=st.floats(0.2, 10),
    gop_s=st.sampled_from([0.04, 0.5, 1.0, 2.0, 4.0, 12.0]),
    fps=st.sampled_from([5, 12.5, 25, 30]),
)
def test_the_average_is_what_was_asked_for(interval_s: float, gop_s: float, fps: float) -> None:
    taken, sampler = run(interval_s, gop_s, 120, fps)
    keys_s = max(1, round(gop_s * fps)) / fps
    finest = max(interval_s, 1 / fps, keys_s if sampler.plan is Plan.KEYS else 0)
    # Within a fifth, or as near as whole pictures or key frames allow.
    assert len(taken) == pytest.approx(120 / finest, rel=0.2, abs=2)


def test_a_gap_in_the_stream_is_not_made_up_for() -> None:
    sampler = Sampler(Sampling(1.0))
    assert [sampler.is_due(at) for at in (0.0, 1.0, 100.0, 100.1, 100.9, 101.0)] == [
        True, True, True, False, False, True,
    ]  # fmt: skip


def test_looking_closer_takes_every_key_frame_for_a_while() -> None:
    sampler, taken = Sampler(Sampling(10, closer_s=1)), list[float]()
    for at_s in range(0, 60, 2):
        sampler.see(at_s, True)
        if at_s == 20:
            sampler.look_closer(8)
        if sampler.is_due(at_s):
            taken.append(at_s)
    assert [at for at in taken if 20 <= at <= 28] == [20, 22, 24, 26, 28]
    assert sampler.plan is Plan.KEYS
    assert [at for at in taken if at > 28] == [36, 46, 56]


@pytest.mark.parametrize("bad", [0, -1])
def test_an_interval_is_positive(bad: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        Sampling(bad)
