"""What covers the ground, cell by cell."""

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.vision.classes import SemanticClass
from edge.vision.covering import UNNAMED_WEIGHT, covering, unhidden, unnamed
from edge.vision.segmenter import ClassMap
from tests.fakes.segmenter import class_map

NOTHING = np.zeros((1, 4), np.float32)
ALL = np.ones((1, 4), np.float32)


def soft(**shares: float) -> ClassMap:
    """One cell of these probabilities; the rest is ground."""
    p = np.zeros((10, 1, 1), np.float32)
    for name, share in shares.items():
        p[SemanticClass[name.upper()]] = share
    p[SemanticClass.GROUND] += 1 - p.sum()
    return ClassMap(p.argmax(axis=0).astype(np.uint8), p.max(axis=0), p)


def one(scene: ClassMap, reference: ClassMap | None = None, standing: float = 0.0) -> float:
    return float(covering(scene, np.ones((1, 1), np.float32), np.full((1, 1), standing, np.float32), reference)[0, 0])


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
    assert one(soft(other=0.5), soft(other=0.2)) == pytest.approx(0.15)  # a third less may be rain as well
    assert one(soft(other=0.4), soft(other=0.2)) == pytest.approx(0)


def test_what_stood_there_before_does_not_count_what_was_put_on_it_does():
    assert one(soft(goods=0.9), soft(goods=1.0)) == 0
    assert one(soft(goods=0.9), soft(building=1.0)) == pytest.approx(0.9)
    assert one(soft(goods=1.0), soft(goods=1.0), standing=0.9) == 0


def test_people_soil_nets_and_puddles_hide_no_ground():
    assert listed(covering(class_map("psnw"), ALL, NOTHING, class_map("...."))) == [0, 0, 0, 0]


def test_a_reference_of_another_shape_is_left_aside():
    assert listed(covering(class_map("?b.g"), NOTHING, NOTHING, class_map(".."))) == [0, 0, 0, 1]


class TestUnnamed:
    def share(self, *rows: str, zone: NDArray[np.float32] | None = None) -> float:
        scene = class_map(*rows)
        cells = np.ones(scene.labels.shape, np.float32) if zone is None else zone
        return float(unnamed(scene, cells).sum())

    @pytest.mark.parametrize("thing", ["?", "b"])
    def test_what_stands_free_on_the_ground_counts_for_less_than_goods(self, thing: str):
        assert self.share(".....", f".{thing}{thing}..", ".....") == pytest.approx(2 * UNNAMED_WEIGHT)

    @pytest.mark.parametrize("thing", ["t", "w", "s", "p", "v"])
    def test_trees_water_soil_and_passers_are_no_such_things(self, thing: str):
        assert self.share(".....", f".{thing}{thing}..", ".....") == 0

    def test_a_facade_whose_foot_reaches_into_the_zone_does_not_count(self):
        zone = np.ones((5, 6), np.float32)
        zone[:2] = 0
        assert self.share("bbbbbb", "bbbbbb", "bbb...", "......", "......", zone=zone) == 0

    def test_nor_does_one_that_the_zone_takes_in_whole(self):
        assert self.share("bbbbbb", "bbbbbb", "......", "......") == 0

    def test_nor_a_pole_that_rises_out_of_the_zone(self):
        zone = np.ones((6, 5), np.float32)
        zone[:3] = 0
        assert self.share("..?..", "..?..", "..?..", "..?..", "..?..", ".....", zone=zone) == 0

    def test_with_a_reference_it_counts_whole(self):
        scene, clean = class_map("....", ".??.", "...."), class_map("....", "....", "....")
        none = np.zeros((3, 4), np.float32)
        assert float(covering(scene, none + 1, none, clean).sum()) == pytest.approx(2)
