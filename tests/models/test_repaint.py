"""Walls, ground and soil in the colours of the earth: what is painted, what stays, and how far towards real light."""

import cv2
import numpy as np
import pytest

from edge.vision.classes import SemanticClass
from models.repaint import EARTHS, GREENS, LAWN, between, in_light_of, lawn, repaint

SEEDS = range(30)


def street() -> tuple[np.ndarray, np.ndarray]:
    """A blue wall with dark joints above a green-grey pavement, with a red crate on it."""
    mask = np.full((120, 200), SemanticClass.GROUND, np.uint8)
    mask[:60] = SemanticClass.BUILDING
    mask[80:100, 90:120] = SemanticClass.GOODS
    picture = np.zeros((120, 200, 3), np.uint8)
    picture[mask == SemanticClass.BUILDING] = (40, 60, 200)
    picture[:60:10] = (20, 30, 120)
    picture[mask == SemanticClass.GROUND] = (110, 140, 120)
    picture[mask == SemanticClass.GOODS] = (220, 20, 20)
    return picture, mask


def painted() -> list[np.ndarray]:
    picture, mask = street()
    return [repaint(picture, mask, np.random.default_rng(seed)) for seed in SEEDS]


def test_goods_keep_their_paint_and_the_input_stays() -> None:
    picture, mask = street()
    before = picture.copy()
    for out in painted():
        assert np.abs(out[mask == SemanticClass.GOODS].astype(int) - (220, 20, 20)).max() <= 2
    assert (picture == before).all()


def test_a_wall_becomes_earth_coloured_now_and_then() -> None:
    _, mask = street()
    wall = mask == SemanticClass.BUILDING
    reds_over_blues = [float((out[wall][:, 0].astype(int) - out[wall][:, 2]).mean()) for out in painted()]
    assert 3 <= sum(d > 0 for d in reds_over_blues) <= 25


def test_joints_stay_darker_than_the_wall() -> None:
    for out in painted():
        lightness = cv2.cvtColor(out, cv2.COLOR_RGB2LAB)[..., 0].astype(int)
        assert lightness[20, 50] < lightness[25, 50]


def test_a_picture_without_any_of_it_is_left_alone() -> None:
    picture = np.full((50, 80, 3), 90, np.uint8)
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        assert (repaint(picture, np.full((50, 80), SemanticClass.GOODS, np.uint8), rng) == picture).all()


@pytest.mark.parametrize("colours", [EARTHS, GREENS])
def test_colours_lie_between_the_listed_ones(colours: np.ndarray) -> None:
    rng = np.random.default_rng(0)
    drawn = np.array([between(colours, rng) for _ in range(500)])
    assert np.abs(drawn.mean(axis=0) - colours.mean(axis=0)).max() < 3


def test_a_lawn_is_green_in_picture_and_mask_alike() -> None:
    picture, mask = street()
    made = [lawn(picture, mask, np.random.default_rng(seed)) for seed in range(200)]
    lawns = [(p, m) for p, m in made if (m != mask).any()]
    assert 0.5 * LAWN * 200 / 2 <= len(lawns) <= 2 * LAWN * 200
    for out, labels in lawns:
        turned = labels != mask
        assert set(np.unique(labels[turned])) == {SemanticClass.VEGETATION}
        assert (out[~turned].astype(int) - picture[~turned]).max() <= 2
        assert cv2.cvtColor(out, cv2.COLOR_RGB2LAB)[turned][:, 2].mean() > 128  # yellow-green, not blue
    assert set(np.unique(mask)) == {SemanticClass.GROUND, SemanticClass.BUILDING, SemanticClass.GOODS}


@pytest.mark.parametrize("seed", range(8))
def test_light_moves_towards_the_other_picture(seed: int) -> None:
    rng = np.random.default_rng(seed)
    picture = rng.integers(60, 120, (40, 60, 3)).astype(np.uint8)
    warm = np.asarray(rng.integers(100, 220, (30, 50, 3)) * (1, 0.8, 0.5), np.uint8)
    out = in_light_of(picture, warm, rng)
    assert out.shape == picture.shape
    assert picture.mean() < out.mean() < warm.mean() + 10
    assert out[..., 0].mean() > out[..., 2].mean()
