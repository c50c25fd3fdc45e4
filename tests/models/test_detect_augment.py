"""Windows move boxes with their pictures; what is cut off or tiny is left open."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.data import Item
from models.detect_augment import LEAST_SIDE, mosaic, relit, window
from models.detect_data import Scene, numbers, rows

SIZE = (96, 160)


def scene(folder: Path, *boxes: tuple[float, float, float, float]) -> Scene:
    """Black, with every box filled white."""
    picture = np.zeros((180, 320, 3), np.uint8)
    for left, top, right, bottom in boxes:
        picture[round(top * 180) : round(bottom * 180), round(left * 320) : round(right * 320)] = 255
    cv2.imwrite(str(folder / "picture.png"), picture)
    item = Item(folder / "picture.png", folder / "picture.png", "street-1")
    return Scene(item, rows(boxes), numbers([3] * len(boxes)), rows([]))


@pytest.mark.parametrize("seed", range(8))
def test_a_box_stays_on_its_thing(tmp_path: Path, seed: int) -> None:
    sample = window(scene(tmp_path, (0.4, 0.35, 0.6, 0.7)), SIZE, np.random.default_rng(seed), (0.9, 1.2))
    assert sample.picture.shape == (*SIZE, 3)
    assert sample.labels.tolist() == [3]
    white = np.argwhere(sample.picture[:, :, 0] > 160)
    seen = [white[:, 1].min(), white[:, 0].min(), white[:, 1].max() + 1, white[:, 0].max() + 1]
    assert sample.boxes[0] == pytest.approx(seen, abs=4)


def test_what_is_tiny_or_cut_off_is_ignored_and_not_wanted(tmp_path: Path) -> None:
    one = scene(tmp_path, (0.5, 0.5, 0.51, 0.52), (0.2, 0.2, 0.8, 0.8))
    rng = np.random.default_rng(2)
    for _ in range(30):
        sample = window(one, SIZE, rng, (0.9, 6.0))
        assert len(sample.boxes) + len(sample.ignored) == 2
        for left, top, right, bottom in sample.boxes:
            assert 0 <= left < right <= SIZE[1]
            assert 0 <= top < bottom <= SIZE[0]
            assert min(right - left, bottom - top) >= LEAST_SIDE


def test_four_together(tmp_path: Path) -> None:
    one, empty = (
        scene(tmp_path, (0.3, 0.3, 0.7, 0.7)),
        Scene(scene(tmp_path, (0.3, 0.3, 0.7, 0.7)).item, rows([]), numbers([]), rows([])),
    )
    sample = mosaic([empty, empty, empty, one], SIZE, np.random.default_rng(4))
    assert sample.picture.shape == (*SIZE, 3)
    corners = np.concatenate([sample.boxes, sample.ignored])
    assert (corners[:, 0] >= SIZE[1] / 2).all()
    assert (corners[:, 1] >= SIZE[0] / 2).all()


def test_light_changes_the_picture_alone(tmp_path: Path) -> None:
    sample = window(scene(tmp_path, (0.4, 0.4, 0.6, 0.6)), SIZE, np.random.default_rng(0), (1.0, 1.1))
    other = relit(sample, np.random.default_rng(1))
    assert other.picture.shape == sample.picture.shape
    assert not np.array_equal(other.picture, sample.picture)
    assert np.array_equal(other.boxes, sample.boxes)
