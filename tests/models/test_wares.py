"""Things without a name: on paved ground only, in picture and mask alike, of many shapes and sizes."""

import numpy as np

from edge.vision.classes import SemanticClass
from models.wares import put_out


def square(cls: int = SemanticClass.GROUND) -> tuple[np.ndarray, np.ndarray]:
    mask = np.full((144, 256), cls, np.uint8)
    mask[:60] = SemanticClass.BUILDING
    return np.full((144, 256, 3), 100, np.uint8), mask


def photograph() -> np.ndarray:
    return np.random.default_rng(5).integers(0, 255, (90, 120, 3)).astype(np.uint8)


def made(count: int = 60) -> list[tuple[np.ndarray, np.ndarray]]:
    return [put_out(*square(), photograph(), np.random.default_rng(seed)) for seed in range(count)]


def test_what_is_changed_is_called_goods_but_for_the_line_beneath_it() -> None:
    for picture, mask in made():
        goods = mask == SemanticClass.GOODS
        changed = (picture != 100).any(axis=2)
        assert goods.any()
        assert changed[goods].mean() > 0.9
        darker = changed & ~goods
        assert darker.sum() <= goods.sum() + 400


def test_they_differ_in_size_and_shape() -> None:
    sizes = [float((mask == SemanticClass.GOODS).mean()) for _, mask in made()]
    assert min(sizes) < 0.01
    assert max(sizes) > 0.05
    assert max(sizes) < 0.6


def test_those_further_up_are_smaller() -> None:
    sizes: dict[bool, list[float]] = {True: [], False: []}
    for _, mask in made(200):
        rows = np.flatnonzero((mask == SemanticClass.GOODS).any(axis=1))
        if not len(rows):
            continue  # beyond the picture's edge
        sizes[bool(rows[-1] > 110)].append(float((mask == SemanticClass.GOODS).mean()))
    assert np.median(sizes[False]) < np.median(sizes[True])


def test_nothing_stands_where_no_ground_is() -> None:
    picture, mask = square(SemanticClass.SOIL)
    out, told = put_out(picture, mask, photograph(), np.random.default_rng(1))
    assert (out == picture).all()
    assert (told == mask).all()


def test_inputs_stay_as_they_are_and_a_seed_gives_the_same_again() -> None:
    picture, mask = square()
    one = put_out(picture, mask, photograph(), np.random.default_rng(3))
    other = put_out(picture, mask, photograph(), np.random.default_rng(3))
    assert (picture == 100).all()
    assert (mask[60:] == SemanticClass.GROUND).all()
    assert (one[0] == other[0]).all()
    assert (one[1] == other[1]).all()


def test_wares_by_night_are_as_dark_as_the_street() -> None:
    picture, mask = square()
    dark = (picture * 0.15).astype(np.uint8)
    means = []
    for seed in range(30):
        out, told = put_out(dark, mask, photograph(), np.random.default_rng(seed))
        means.append(float(out[told == SemanticClass.GOODS].mean()))
    assert np.median(means) < 70
