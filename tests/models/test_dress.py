"""Real surfaces on rendered ground: in place, in the scene's light, mask and all."""

import numpy as np

from edge.vision.classes import SemanticClass as C
from models.dress import BECOMES, dress


def street(light: int = 120) -> tuple[np.ndarray, np.ndarray]:
    """Paved ground below a wall, a crate on it; a shadow over the left half."""
    mask = np.full((144, 256), C.GROUND, np.uint8)
    mask[:50] = C.BUILDING
    mask[90:110, 100:130] = C.GOODS
    picture = np.full((144, 256, 3), light, np.uint8)
    picture[:, :128] = light // 2
    picture[:50] = light // 3 * 4
    return picture, mask


def meadow(cls: int = C.VEGETATION) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2)
    picture = np.clip(rng.normal((70, 140, 40), 25, (120, 160, 3)), 0, 255).astype(np.uint8)
    return picture, np.full((120, 160), cls, np.uint8)


def made(real: tuple[np.ndarray, np.ndarray], count: int = 20) -> list[tuple[np.ndarray, np.ndarray]]:
    return [dress(*street(), *real, np.random.default_rng(seed)) for seed in range(count)]


def test_ground_becomes_the_meadow_and_everything_else_stays() -> None:
    picture, mask = street()
    for out, told in made(meadow()):
        assert (told[mask == C.GROUND] == C.VEGETATION).all()
        assert (told[mask != C.GROUND] == mask[mask != C.GROUND]).all()
        assert (out[mask != C.GROUND] == picture[mask != C.GROUND]).all()
        red, green, blue = out[mask == C.GROUND].mean(axis=0)
        assert green > red
        assert green > blue


def test_shadows_stay_where_they_were() -> None:
    for out, _ in made(meadow()):
        grey = out.mean(axis=2)
        rows = np.s_[115:140]
        assert grey[rows, 10:110].mean() < 0.8 * grey[rows, 150:250].mean()


def test_of_a_picture_without_a_fitting_surface_nothing_is_taken() -> None:
    picture, mask = street()
    for out, told in made(meadow(C.BUILDING)):
        assert (out == picture).all()
        assert (told == mask).all()


def test_in_fog_a_surface_is_as_pale_as_the_scene() -> None:
    _, mask = street()
    fog = np.full((*mask.shape, 3), 150, np.uint8)
    for seed in range(10):
        out, _ = dress(fog, mask, *meadow(C.GROUND), np.random.default_rng(seed))
        assert out[mask == C.GROUND].std() < 12


def test_no_soil_heap_becomes_asphalt_and_no_tree_a_road() -> None:
    assert C.GROUND not in BECOMES[C.SOIL]
    assert C.SOIL not in BECOMES[C.GROUND]
    assert set(BECOMES[C.VEGETATION]) == {C.VEGETATION}
    assert not {C.GOODS, C.PERSON, C.VEHICLE, C.NET} & set(BECOMES)
