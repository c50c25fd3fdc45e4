"""Paint, stains and flecks of sun: only on paved ground, of many kinds, dim by night."""

import numpy as np

from edge.vision.classes import SemanticClass
from models.pavement import lie_flat


def square(light: int = 120) -> tuple[np.ndarray, np.ndarray]:
    """Paved ground below a wall, a crate standing on it."""
    mask = np.full((120, 200), SemanticClass.GROUND, np.uint8)
    mask[:40] = SemanticClass.BUILDING
    mask[70:90, 80:110] = SemanticClass.GOODS
    return np.full((120, 200, 3), light, np.uint8), mask


def test_nothing_but_ground_is_drawn_on() -> None:
    picture, mask = square()
    for seed in range(60):
        out = lie_flat(picture, mask, np.random.default_rng(seed))
        assert (out[mask != SemanticClass.GROUND] == 120).all()
    assert (picture == 120).all()


def test_some_marks_are_brighter_and_some_darker_and_most_are_seen() -> None:
    picture, mask = square()
    made = [lie_flat(picture, mask, np.random.default_rng(seed)).astype(int) - 120 for seed in range(60)]
    changed = [float((np.abs(each).max(axis=2) > 8).mean()) for each in made]
    assert sum(share > 0.003 for share in changed) >= 45
    assert sum(each.max() > 40 for each in made) >= 15
    assert sum(each.min() < -25 for each in made) >= 15
    assert any(np.ptp(each, axis=2).max() > 40 for each in made)  # coloured paint too


def test_paint_is_dim_by_night() -> None:
    picture, mask = square(20)
    assert max(int(lie_flat(picture, mask, np.random.default_rng(seed)).max()) for seed in range(60)) < 110


def test_little_ground_is_left_alone() -> None:
    picture, mask = square()
    mask[:] = SemanticClass.BUILDING
    mask[-2:] = SemanticClass.GROUND
    assert (lie_flat(picture, mask, np.random.default_rng(0)) == picture).all()
