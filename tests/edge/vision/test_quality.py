"""Features of a picture's own quality."""

import numpy as np
import pytest

from edge.vision.quality import HEIGHT, WIDTH, changed_share, describe, edge_directions
from tests.fakes.street import blurred, lit, noisy, panorama, view

STREETS = [view(panorama(seed)) for seed in range(4)]


@pytest.mark.parametrize("size", [(360, 640), (720, 1280), (1080, 1920), (576, 704), (90, 160)])
def test_a_signature_has_one_size_for_every_camera(size: tuple[int, int]) -> None:
    signature = describe(np.zeros((*size, 3), np.uint8))
    assert signature.grey.shape == (HEIGHT, WIDTH)
    assert signature.edges.shape == (HEIGHT, WIDTH, 2)
    assert (signature.bright, signature.contrast) == (0, 0)
    assert np.isfinite(signature.sharpness)


@pytest.mark.parametrize("street", range(4))
def test_blur_lowers_sharpness_step_by_step(street: int) -> None:
    image = STREETS[street]
    values = [describe(noisy(blurred(image, sigma), 1)).sharpness for sigma in (0.3, 1.0, 2.0, 4.0)]
    assert values == sorted(values, reverse=True)
    assert values[2] < 0.65 * values[0]


@pytest.mark.parametrize(("gain", "gamma"), [(0.4, 1.0), (1.3, 0.9), (0.6, 1.4)])
def test_light_hardly_changes_sharpness(gain: float, gamma: float) -> None:
    for image in STREETS:
        before, after = describe(noisy(image, 1)), describe(noisy(lit(image, gain, gamma), 2))
        assert after.sharpness == pytest.approx(before.sharpness, rel=0.25)


def test_noise_is_change_and_equality_is_none() -> None:
    image = STREETS[0]
    assert changed_share(describe(noisy(image, 1, 1.0)), describe(noisy(image, 2, 1.0))) > 0.05
    assert changed_share(describe(image), describe(image)) == 0


def test_an_edge_has_the_same_direction_whichever_side_is_lighter() -> None:
    grey = np.zeros((HEIGHT, WIDTH), np.uint8)
    grey[:, WIDTH // 2 :] = 200
    upright, turned = edge_directions(grey), edge_directions(np.ascontiguousarray(np.rot90(grey[:, 70:250])))
    assert np.allclose(upright, edge_directions(200 - grey), atol=1e-5)
    assert upright[90, WIDTH // 2, 0] > 0.5
    assert turned[90, 90, 0] < -0.5
    assert np.abs(np.linalg.norm(upright, axis=2)).max() <= 1
