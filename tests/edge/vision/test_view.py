"""Same view, shifted view, or gone."""

import numpy as np
import pytest

from edge.vision.quality import describe
from edge.vision.view import SWAY, Reference, View, kept_share
from tests.fakes.street import lit, noisy, panorama, view, with_goods, with_rain, with_van

SEEDS = range(4)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("turned", [-0.3, -0.05, 0.02, 0.1, 0.25])
def test_a_shift_is_measured(seed: int, turned: float) -> None:
    scene = panorama(seed)
    verdict, shift = Reference(describe(noisy(view(scene), 1))).compare(describe(noisy(view(scene, turned), 2)))
    assert verdict is View.SHIFTED
    assert shift is not None
    # What the camera turns to the right moves to the left.
    assert shift.dx == pytest.approx(-turned, abs=0.01)
    assert shift.dy == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sway_is_none(seed: int) -> None:
    scene = panorama(seed)
    reference = Reference(describe(view(scene)))
    assert reference.compare(describe(view(scene, SWAY / 2)))[0] is View.SAME


@pytest.mark.parametrize("seed", SEEDS)
def test_what_stands_in_front_or_shines_is_none(seed: int) -> None:
    image = view(panorama(seed))
    reference = Reference(describe(noisy(image, 1)))
    for other in (
        with_goods(image, 10, 1),
        with_van(image, 0.5, 0.5),
        with_rain(image, 1),
        lit(image, 0.3, 1.3),
        lit(with_rain(with_goods(image, 10, 2), 2), 0.5),
    ):
        assert reference.compare(describe(noisy(other, 2)))[0] is View.SAME


@pytest.mark.parametrize("seed", SEEDS)
def test_a_van_right_in_front_covers_the_view(seed: int) -> None:
    image = view(panorama(seed))
    verdict, _ = Reference(describe(noisy(image, 1))).compare(describe(noisy(with_van(image, 0.5, 0.7), 2)))
    assert verdict in (View.COVERED, View.SAME)


@pytest.mark.parametrize("seed", SEEDS)
def test_another_street_is_gone(seed: int) -> None:
    reference = Reference(describe(view(panorama(seed))))
    verdicts = [reference.compare(describe(view(panorama(other))))[0] for other in range(10, 20)]
    assert View.SAME not in verdicts
    assert View.SHIFTED not in verdicts
    assert verdicts.count(View.GONE) >= 9


def test_kept_share_is_of_what_can_be_compared() -> None:
    scene = panorama(1)
    image, signature = view(scene), describe(view(scene))
    assert kept_share(signature, signature) == pytest.approx(1)
    half = image.copy()
    half[:, :320] = 128
    assert 0.25 < kept_share(signature, describe(half)) < 0.75
    assert kept_share(describe(np.full_like(image, 90)), signature) == 0
