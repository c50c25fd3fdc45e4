"""Pictures become inputs without losing their aspect."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.vision.letterbox import STRIDE, fitted, letterbox


@pytest.mark.parametrize(
    ("shape", "fits"),
    [
        ((720, 1280), (288, 512)),  # 16:9
        ((1080, 1920), (288, 512)),  # the same at full HD
        ((480, 640), (384, 512)),  # 4:3, enlarged or reduced alike
        ((1280, 720), (512, 288)),  # upright
        ((853, 1280), (344, 512)),  # 3:2, to the nearest cell
        ((100, 100), (512, 512)),  # small ones are enlarged
        ((4, 4000), (8, 512)),  # never thinner than one cell
    ],
)
def test_fitted(shape: tuple[int, int], fits: tuple[int, int]):
    assert fitted(*shape, 512) == fits


def test_padding_is_right_and_below():
    boxed = letterbox(np.full((853, 1280, 3), 200, np.uint8))
    assert boxed.image.shape == (352, 512, 3)
    assert (boxed.height, boxed.width) == (344, 512)
    assert (boxed.image[:344] == 200).all()
    assert (boxed.image[344:] == 127).all()


@given(st.integers(8, 600), st.integers(8, 600), st.sampled_from([256, 512]))
def test_the_aspect_is_kept_to_half_a_cell(height: int, width: int, long_side: int):
    fits = fitted(height, width, long_side)
    scale = long_side / max(height, width)
    assert max(fits) == long_side
    for side, original in zip(fits, (height, width), strict=True):
        assert side % STRIDE == 0
        assert side == STRIDE or abs(side - original * scale) <= STRIDE / 2


def test_a_point_keeps_its_relative_place():
    image = np.zeros((600, 900, 3), np.uint8)
    image[300:330, 600:630] = 255
    boxed = letterbox(image)
    ys, xs = np.nonzero(boxed.image[: boxed.height, : boxed.width, 0] > 128)
    assert ys.mean() / boxed.height == pytest.approx(315 / 600, abs=0.01)
    assert xs.mean() / boxed.width == pytest.approx(615 / 900, abs=0.01)


@pytest.mark.parametrize("shape", [(10, 10), (10, 10, 4), (0, 10, 3)])
def test_what_is_no_colour_picture_is_refused(shape: tuple[int, ...]):
    with pytest.raises(ValueError, match="a picture is"):
        letterbox(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("shape", [(1080, 1920), (1440, 2560), (1081, 1921), (576, 1024)])
def test_a_big_picture_is_reduced_as_by_area(shape: tuple[int, int]):
    rng = np.random.default_rng(1)
    coarse = rng.integers(0, 255, (shape[0] // 16 + 1, shape[1] // 16 + 1, 3), dtype=np.uint8)
    image = coarse.repeat(16, 0).repeat(16, 1)[: shape[0], : shape[1]]
    boxed = letterbox(np.ascontiguousarray(image))
    exact = cv2.resize(image, (boxed.width, boxed.height), interpolation=cv2.INTER_AREA)
    difference = np.abs(boxed.image[: boxed.height, : boxed.width].astype(int) - exact)
    assert difference.mean() < 2
