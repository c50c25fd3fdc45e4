"""Nobody's face and no plate can be read in what is shown, and the rest of the picture stays as it was."""

import numpy as np
import pytest

from edge.blur import blurred, private_parts
from edge.vision.classes import SemanticClass
from edge.vision.segmenter import ClassMap
from tests.fakes.detector import found

RNG = np.random.default_rng(1)
NOISE = RNG.integers(0, 255, (240, 320, 3), dtype=np.uint8)


def classes(kind: SemanticClass, rows: slice, columns: slice) -> ClassMap:
    labels = np.full((30, 40), SemanticClass.GROUND, np.uint8)
    labels[rows, columns] = kind
    return ClassMap(labels, np.ones((30, 40), np.float32))


def detail(image: np.ndarray) -> float:
    """How much neighbouring pixels differ: high for noise, near nothing for blocks."""
    return float(np.abs(np.diff(image.astype(np.int16), axis=1)).mean())


def test_a_picture_without_people_and_vehicles_is_unchanged() -> None:
    nobody = classes(SemanticClass.GOODS, slice(5, 20), slice(5, 20))
    assert np.array_equal(blurred(NOISE, nobody), NOISE)


def test_a_persons_head_is_hidden_with_a_margin() -> None:
    person = classes(SemanticClass.PERSON, slice(10, 22), slice(15, 19))
    hidden = private_parts(person)
    assert hidden[10:16, 15:19].all()
    assert hidden[9, 14:20].all()
    shown = blurred(NOISE, person)
    head = (slice(80, 128), slice(120, 152))
    assert detail(shown[head]) < detail(NOISE[head]) / 5


def test_a_vehicles_plates_are_hidden_and_its_roof_is_not() -> None:
    car = classes(SemanticClass.VEHICLE, slice(10, 20), slice(5, 25))
    hidden = private_parts(car)
    assert hidden[14:20, 5:25].all()
    assert not hidden[10:12].any()


def test_what_is_far_away_is_not_touched() -> None:
    person = classes(SemanticClass.PERSON, slice(2, 6), slice(2, 4))
    shown = blurred(NOISE, person)
    assert np.array_equal(shown[120:], NOISE[120:])
    assert not np.array_equal(shown, NOISE)


@pytest.mark.parametrize("rows", [slice(0, 3), slice(27, 30), slice(0, 30)])
def test_people_at_the_border_and_filling_the_picture(rows: slice) -> None:
    shown = blurred(NOISE, classes(SemanticClass.PERSON, rows, slice(0, 40)))
    assert shown.shape == NOISE.shape


def test_the_original_is_left_alone() -> None:
    before = NOISE.copy()
    blurred(NOISE, classes(SemanticClass.PERSON, slice(0, 30), slice(0, 40)))
    assert np.array_equal(before, NOISE)


def test_whom_only_the_detector_sees_is_hidden_too() -> None:
    nobody = classes(SemanticClass.GOODS, slice(5, 20), slice(5, 20))
    person, van = found("person", 0.7, 0.3, 0.8, 0.9, score=0.3), found("van", 0.1, 0.1, 0.4, 0.7)
    hidden = private_parts(nobody, [person, van])
    assert hidden[8:18, 28:32].all()
    assert not hidden[22:, 28:32].any()
    assert hidden[11:21, 4:16].all()
    assert not hidden[:6, 4:16].any()
    shown = blurred(NOISE, nobody, [person])
    head = (slice(72, 144), slice(224, 256))
    assert detail(shown[head]) < detail(NOISE[head]) / 5


def test_things_are_shown_clearly() -> None:
    nobody = classes(SemanticClass.GOODS, slice(5, 20), slice(5, 20))
    assert np.array_equal(blurred(NOISE, nobody, [found("chair", 0.1, 0.1, 0.9, 0.9)]), NOISE)
