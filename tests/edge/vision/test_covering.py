"""What covers the ground, cell by cell."""

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from edge.vision.covering import covering, unhidden
from edge.vision.segmenter import ClassMap
from tests.fakes.segmenter import class_map

NOTHING = np.zeros((1, 4), np.float32)


def soft(**shares: float) -> ClassMap:
    """One cell of these probabilities; the rest is ground."""
    p = np.zeros((10, 1, 1), np.float32)
    for name, share in shares.items():
        p[SemanticClass[name.upper()]] = share
    p[SemanticClass.GROUND] += 1 - p.sum()
    return ClassMap(p.argmax(axis=0).astype(np.uint8), p.max(axis=0), p)


def one(scene: ClassMap, reference: ClassMap | None = None, standing: float = 0.0) -> float:
    return float(covering(scene, np.full((1, 1), standing, np.float32), reference)[0, 0])


def listed(cells: NDArray[np.float32]) -> list[float]:
    return [float(cell) for cell in cells.ravel()]


def test_goods_count_by_how_sure_the_model_is():
    assert one(soft(goods=0.3)) == pytest.approx(0.3)


def test_behind_a_person_what_can_be_seen_counts_whole():
    assert one(soft(goods=0.2, person=0.5)) == pytest.approx(0.4)
    assert float(unhidden(soft(person=1.0), np.ones((1, 1), np.float32))[0, 0]) == 1


def test_a_found_object_counts_where_the_map_is_blind():
    assert one(soft(), standing=0.6) == pytest.approx(0.6)
    assert one(soft(goods=0.9), standing=0.6) == pytest.approx(0.9)


def test_with_a_reference_hidden_ground_counts_by_how_much_less_of_it_is_seen():
    assert one(soft(building=0.7), soft()) == pytest.approx(0.7)
    assert one(soft(other=0.3), soft(other=0.3)) == pytest.approx(0)
    assert one(soft(other=0.5), soft(other=0.2)) == pytest.approx(0.3)


def test_what_stood_there_before_does_not_count_what_was_put_on_it_does():
    assert one(soft(goods=0.9), soft(goods=1.0)) == 0
    assert one(soft(goods=0.9), soft(building=1.0)) == pytest.approx(0.9)
    assert one(soft(goods=1.0), soft(goods=1.0), standing=0.9) == 0


def test_people_soil_nets_and_puddles_hide_no_ground():
    assert listed(covering(class_map("psnw"), NOTHING, class_map("...."))) == [0, 0, 0, 0]


def test_a_reference_of_another_shape_is_left_aside():
    assert listed(covering(class_map("?b.g"), NOTHING, class_map(".."))) == [0, 0, 0, 1]
