import numpy as np
import pytest

from edge.vision.classes import SemanticClass
from models.augment import crop, photometric, recolour
from models.data import IGNORE

SIZE = (96, 160)


def picture_of(mask: np.ndarray) -> np.ndarray:
    """A picture whose grey is twenty times the class, so that it can be compared with its mask."""
    return np.repeat((mask * 20)[..., None], 3, axis=2).astype(np.uint8)


def blocks() -> np.ndarray:
    mask = np.zeros((120, 200), np.uint8)
    mask[60:, :100], mask[60:, 100:], mask[20:50, 140:180] = 1, 2, 8
    return mask


@pytest.mark.parametrize("seed", range(12))
def test_crop_moves_mask_and_picture_alike(seed: int) -> None:
    mask = blocks()
    picture, labels = crop(picture_of(mask), mask, SIZE, np.random.default_rng(seed), (0.8, 2.0))
    assert picture.shape == (*SIZE, 3)
    assert labels.shape == SIZE
    known = labels != IGNORE
    assert known.mean() > 0.3
    off = np.abs(picture[..., 0].astype(int) - labels.astype(int) * 20) > 12
    assert (off & known).sum() / known.sum() < 0.06  # only the blended class borders


def test_crop_mirrors_sometimes() -> None:
    mask = blocks()
    left_is_ground = set()
    for seed in range(20):
        _, labels = crop(picture_of(mask), mask, SIZE, np.random.default_rng(seed), (1.0, 1.0))
        bottom = labels[-20]
        columns = np.arange(len(bottom))
        left_is_ground.add(bool(columns[bottom == 1].mean() < columns[bottom == 2].mean()))
    assert left_is_ground == {True, False}


def test_outside_the_picture_is_ignored() -> None:
    mask = np.full((120, 200), 1, np.uint8)
    _, labels = crop(picture_of(mask), mask, SIZE, np.random.default_rng(0), (0.5, 0.5))
    assert set(np.unique(labels)) == {1, IGNORE}


@pytest.mark.parametrize("seed", range(8))
def test_photometric_keeps_shape_and_place(seed: int) -> None:
    picture = np.zeros((64, 96, 3), np.uint8)
    picture[:, 48:] = 200
    out = photometric(picture, np.random.default_rng(seed))
    assert out.shape == picture.shape
    assert out.dtype == np.uint8
    assert out[:, 60:].mean() > out[:, :36].mean()


def test_recolour_touches_only_the_classes_it_names() -> None:
    mask = np.zeros((40, 40), np.uint8)
    mask[:, 20:] = SemanticClass.GOODS
    picture = np.full((40, 40, 3), (90, 120, 150), np.uint8)
    changed = [recolour(picture, mask, np.random.default_rng(seed)) for seed in range(10)]
    assert all(np.abs(c[:, :20].astype(int) - picture[:, :20]).max() <= 2 for c in changed)
    assert any(np.abs(c[:, 20:].astype(int) - picture[:, 20:]).max() > 20 for c in changed)


def test_the_same_seed_gives_the_same_picture() -> None:
    picture = np.random.default_rng(0).integers(0, 255, (32, 48, 3)).astype(np.uint8)
    one, other = (photometric(picture, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(one, other)
