"""The health judge over time: what happens in front of a camera is not its fault, and what is, is said once."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.contracts.taxonomy import CameraState
from edge.health import HealthChange, HealthJudge
from edge.vision.quality import Image, Signature, describe
from tests.fakes.street import (
    blurred,
    lit,
    noisy,
    panorama,
    view,
    with_goods,
    with_rain,
    with_shadow,
    with_van,
)

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
SCENE = panorama(1)
STREET = view(SCENE)
SIGNATURES = [describe(noisy(STREET, seed)) for seed in range(4)]


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def watch(judge: HealthJudge, images: Iterable[Image], every_s: float = 1.0, from_s: float = 0.0) -> list[HealthChange]:
    """Changes while these pictures come, each with noise of its own."""
    changes = [judge.step(at(from_s + i * every_s), describe(noisy(image, i))) for i, image in enumerate(images)]
    return [change for change in changes if change is not None]


def settled() -> HealthJudge:
    judge = HealthJudge()
    assert [judge.step(at(i - 4), signature) for i, signature in enumerate(SIGNATURES)] == [None] * 4
    assert judge.fit
    return judge


def states(changes: list[HealthChange]) -> list[str]:
    return [change.state.value for change in changes]


HARMLESS: dict[str, Callable[[int], Image]] = {
    "nothing": lambda i: STREET,
    "goods put out one after the other": lambda i: with_goods(STREET, i // 2, 5),
    "a van that passes": lambda i: with_van(STREET, -0.3 + 0.1 * i),
    "a van that stops": lambda i: with_van(STREET, 0.5, 0.6),
    "rain": lambda i: with_rain(STREET, i),
    "dusk": lambda i: lit(STREET, 1 - 0.025 * i, 1 + 0.02 * i),
    "a cloud": lambda i: lit(STREET, 1.0 if i % 10 < 5 else 0.6),
    "a shadow that moves": lambda i: with_shadow(STREET, 0.03 * i, 0.03 * i + 0.3),
    "goods in the rain at dusk": lambda i: lit(with_rain(with_goods(STREET, 8, 3), i), 0.6, 1.2),
    "a pole that sways": lambda i: view(SCENE, 0.004 * (-1) ** i),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_what_happens_on_a_street_is_no_fault(what: str) -> None:
    signatures = [describe(noisy(HARMLESS[what](i), i)) for i in range(16)]
    for every_s in (1.0, 5.0):
        judge = settled()
        assert [judge.step(at(i * every_s), signature) for i, signature in enumerate(signatures)] == [None] * 16
        assert judge.fit


@pytest.mark.parametrize("turned", [0.05, 0.3, -0.7, 1.0])
def test_a_camera_that_turns_is_noticed_within_seconds(turned: float) -> None:
    judge = settled()
    pan = [view(SCENE, turned * step / 3) for step in (1, 2, 3)]
    changes = watch(judge, pan + [view(SCENE, turned)] * 10)
    assert states(changes) == ["moved"]
    assert (changes[0].at - at(0)).total_seconds() <= 8
    assert changes[0].since <= at(3)
    assert not judge.fit


def test_no_turned_picture_is_fit_to_be_measured_even_before_it_counts() -> None:
    judge = settled()
    for i in range(10):
        judge.step(at(i), describe(noisy(view(SCENE, 0.5), i)))
        assert not judge.fit
        assert judge.suspects or judge.state is CameraState.MOVED


def test_moved_stays_until_the_view_is_back() -> None:
    judge = settled()
    assert states(watch(judge, [view(SCENE, 0.6)] * 20, every_s=600)) == ["moved"]
    changes = watch(judge, [STREET] * 6, from_s=12_000)
    assert states(changes) == ["ok"]
    assert (changes[0].at - at(12_000)).total_seconds() <= 5


def test_the_view_of_a_given_reference_counts_from_the_first_picture_on() -> None:
    judge = HealthJudge(describe(STREET))
    assert states(watch(judge, [view(SCENE, 0.4)] * 10)) == ["moved"]


def test_a_van_in_the_first_picture_does_not_become_the_reference() -> None:
    judge = HealthJudge()
    changes = watch(judge, [with_van(STREET, 0.5, 1.0), *[STREET] * 30])
    assert changes == []
    assert states(watch(judge, [view(SCENE, 0.4)] * 10, from_s=40)) == ["moved"]


def test_slow_nightfall_is_followed_but_a_turn_at_night_is_still_noticed() -> None:
    judge = settled()
    fall = [lit(STREET, 1 - 0.75 * step / 30, 1.3) for step in range(30)]
    assert watch(judge, fall, every_s=240) == []
    night = lit(view(SCENE, 0.5), 0.25, 1.3)
    assert states(watch(judge, [night] * 10, from_s=30 * 240)) == ["moved"]


def test_black_blank_and_frozen() -> None:
    black = np.zeros_like(STREET)
    blank = np.full_like(STREET, 128)
    for image, state in ((black, "black"), (blank, "black")):
        judge = settled()
        changes = watch(judge, [image] * 5 + [STREET] * 6)
        assert states(changes) == [state, "ok"]


def test_a_frozen_picture_is_noticed_and_forgiven() -> None:
    judge = settled()
    still = describe(noisy(STREET, 99))
    changes = [judge.step(at(i), still) for i in range(30)]
    assert states([c for c in changes if c]) == ["frozen"]
    assert judge.detail == "the picture has not changed for 20 s"
    assert states(watch(judge, [STREET] * 6, from_s=30)) == ["ok"]


@pytest.mark.parametrize("sigma", [3.0, 5.0])
def test_a_camera_out_of_focus_is_noticed(sigma: float) -> None:
    judge = settled()
    changes = watch(judge, [blurred(STREET, sigma)] * 15 + [STREET] * 6)
    assert states(changes) == ["blurred", "ok"]


@pytest.mark.parametrize("seconds", [1, 2])
def test_a_moment_is_not_a_state(seconds: int) -> None:
    judge = settled()
    images = ([np.zeros_like(STREET)] * seconds + [STREET] * 8) * 4
    assert watch(judge, images) == []


def test_silence_is_lost_and_the_fault_before_it_is_remembered() -> None:
    judge = settled()
    assert [c for i in range(8) if (c := judge.step(at(i), None))] == []
    lost = [c for i in range(8, 30) if (c := judge.step(at(i), None))]
    assert states(lost) == ["lost"]
    assert not judge.fit
    assert states(watch(judge, [STREET] * 3, from_s=40)) == ["ok"]
    watch(judge, [view(SCENE, 0.5)] * 10, from_s=50)
    assert judge.state is CameraState.MOVED
    for i in range(60, 90):
        judge.step(at(i), None)
    assert states(watch(judge, [view(SCENE, 0.5)] * 3, from_s=90)) == ["moved"]


def test_a_clock_that_is_set_back_or_forth_is_no_fault() -> None:
    judge = settled()
    for jump_s in (-3600, 7200, 55 * 365 * 86400):
        assert watch(judge, [STREET] * 5, from_s=jump_s) == []
        assert judge.fit


@settings(max_examples=60)
@given(st.lists(st.sampled_from(range(4)), min_size=1, max_size=80), st.sampled_from([1.0, 2.0, 5.0]))
def test_it_never_flaps(order: list[int], every_s: float) -> None:
    """Whatever order good, dark, turned and missing pictures come in, two changes are at least a hold apart."""
    judge, last = HealthJudge(SIGNATURES[0]), None
    for i, kind in enumerate(order):
        change = judge.step(at(i * every_s), KINDS[kind])
        if change is not None and CameraState.LOST not in (change.state, last.state if last else None):
            assert last is None or change.state is not last.state
            assert last is None or (change.at - last.at).total_seconds() >= 1.5
        last = change or last


KINDS: list[Signature | None] = [
    SIGNATURES[1],
    describe(np.zeros_like(STREET)),
    describe(noisy(view(SCENE, 0.5), 7)),
    None,
]
