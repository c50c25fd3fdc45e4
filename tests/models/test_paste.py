import numpy as np

from edge.vision.classes import SemanticClass
from models.paste import heap, paste, things


def street(value: int = 1, size: tuple[int, int] = (90, 160)) -> tuple[np.ndarray, np.ndarray]:
    return np.full((*size, 3), 100, np.uint8), np.full(size, value, np.uint8)


def donor() -> tuple[np.ndarray, np.ndarray]:
    picture, mask = street()
    picture[30:55, 40:80], mask[30:55, 40:80] = 240, SemanticClass.GOODS
    mask[0:2, 0:2] = SemanticClass.PERSON  # a crumb
    mask[60:] = SemanticClass.VEHICLE  # a third of the picture
    return picture, mask


def test_only_patches_of_a_fitting_size_are_things() -> None:
    assert [(cls, int(cut.sum())) for cls, cut in things(donor()[1])] == [(SemanticClass.GOODS, 1000)]


def test_a_thing_arrives_in_picture_and_mask_alike() -> None:
    for seed in range(10):
        picture, mask = paste(*street(), *donor(), np.random.default_rng(seed))
        pasted = mask == SemanticClass.GOODS
        assert pasted.any()
        assert (picture[pasted].mean(axis=1) > 150).mean() > 0.9
        assert (picture[~pasted] == 100).all(axis=1).mean() > 0.95


def test_nothing_stands_where_there_is_no_ground() -> None:
    picture, mask = paste(*street(SemanticClass.BUILDING), *donor(), np.random.default_rng(0))
    assert (mask == SemanticClass.BUILDING).all()
    assert (picture == 100).all()


def test_the_inputs_stay_as_they_are() -> None:
    target, given = street(), donor()
    before = [array.copy() for array in (*target, *given)]
    paste(*target, *given, np.random.default_rng(1))
    assert all(np.array_equal(a, b) for a, b in zip(before, (*target, *given), strict=True))


def test_a_heap_is_cut_out_of_soil_alone() -> None:
    _, mask = street(SemanticClass.SOIL)
    mask[:, 80:] = SemanticClass.GROUND
    for seed in range(10):
        for cls, cut in heap(mask, np.random.default_rng(seed)):
            assert cls == SemanticClass.SOIL
            assert not cut[:, 80:].any()
            assert cut.any()


def test_where_there_is_no_soil_there_is_no_heap() -> None:
    assert heap(street()[1], np.random.default_rng(0)) == []
