"""Shares, score, permits and occlusion of one look."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.contracts.taxonomy import PermitRelation
from edge.contracts.violations import ViolationRule, score
from edge.vision.classes import SemanticClass
from edge.vision.ground import GroundPlane
from edge.vision.measure import Measurement
from edge.vision.measure import measure as measure_seen
from edge.vision.objects import FoundObject
from edge.vision.perceive import Seen
from edge.vision.segmenter import ClassMap
from tests.fakes.rules import muck, rule
from tests.fakes.segmenter import LETTERS, WHOLE, class_map

LEFT = [(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)]
RIGHT = [(0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.0)]


def measure(classes: ClassMap, zone: list[tuple[float, float]], wanted: ViolationRule, **how: Any) -> Measurement:
    return measure_seen(Seen(classes), zone, wanted, **how)


PLANE = GroundPlane.fit([((0, 0), (0, 0)), ((1, 0), (10, 0)), ((1, 1), (10, 10)), ((0, 1), (0, 10))])


@pytest.mark.parametrize(
    ("rows", "covered", "soil", "net", "occluded"),
    [
        (["....", "...."], 0, 0, 0, 0),  # nothing there
        (["gg..", "...."], 0.25, 0, 0, 0),  # goods
        (["ssn.", "...."], 0, 0.25, 0.125, 0),  # covered soil is counted apart
        (["gpp.", "...."], 1 / 6, 0, 0, 0.25),  # of the visible ground only
        (["gvvv", "...."], 0.2, 0, 0, 0.375),  # vehicles hide it too
        (["bt?w", "...."], 0, 0, 0, 0),  # what is neither ground nor goods is not covered without a reference
        (["pppp", "vvvv"], 0, 0, 0, 1),  # nothing to be seen
    ],
)
def test_shares(rows: list[str], covered: float, soil: float, net: float, occluded: float):
    m = measure(class_map(*rows), WHOLE, rule())
    shares = (m.covered_share, m.soil_share, m.net_share, m.occluded_share)
    assert shares == pytest.approx((covered, soil, net, occluded), abs=0.01)
    assert m.occluded is (occluded > 0.35)


def test_the_score_is_one_half_at_the_rules_enter():
    assert measure(class_map("g" * 8 + "." * 92), WHOLE, rule(enter=0.08)).score == pytest.approx(0.5, abs=0.01)
    assert measure(class_map("s" * 12 + "." * 88), WHOLE, muck(enter=0.12)).score == pytest.approx(0.5, abs=0.01)


def test_each_rule_scores_its_own_share():
    classes = class_map("gggggs", "......")
    assert measure(classes, WHOLE, rule()).share == pytest.approx(5 / 12, abs=0.01)
    assert measure(classes, WHOLE, muck()).share == pytest.approx(1 / 12, abs=0.01)


def test_t1_goods_wider_than_the_zone_count_only_inside_it():
    zone = [(0.25, 0.0), (0.5, 0.0), (0.5, 0.5), (0.25, 0.5)]
    outside = measure(
        class_map("..gggggg", "........", "........", "........"), [(0, 0), (0.2, 0), (0.2, 1), (0, 1)], rule()
    )
    assert outside.covered_share == 0
    partly = measure(class_map("..gggggg", "........", "........", "........"), zone, rule())
    assert partly.covered_share == pytest.approx(0.5, abs=0.02)


def test_t2_three_things_in_one_frame_are_one_look():
    m = measure(class_map("g.g.g.", "......"), WHOLE, rule())
    assert len(m.objects) == 3
    assert m.share == pytest.approx(0.25, abs=0.01)


def test_t11_everything_in_view_is_kept():
    row = "g." * 30
    m = measure(class_map(row, "." * 60, row, "." * 60), WHOLE, rule())
    assert len([o for o in m.objects if o.label == "goods"]) == 60


def test_objects_have_boxes_in_frame_units_largest_first():
    m = measure(class_map("....", ".gg.", ".gg.", "p..."), WHOLE, rule())
    assert [(o.label, o.xyxy) for o in m.objects] == [
        ("goods", (0.25, 0.25, 0.75, 0.75)),
        ("person", (0.0, 0.75, 0.25, 1.0)),
    ]
    assert m.objects[0].score == pytest.approx(0.9)


def test_objects_far_from_the_zone_are_not_told():
    m = measure(class_map("g.......", "........"), [(0.5, 0), (1, 0), (1, 1), (0.5, 1)], rule())
    assert m.objects == []


def test_area_needs_a_known_ground():
    classes = class_map("gg..", "....")
    assert measure(classes, WHOLE, rule()).area_m2 is None
    assert measure(classes, WHOLE, rule(), ground=PLANE).area_m2 == pytest.approx(25, rel=0.02)


class TestPermits:
    wide = "." * 20

    def test_without_one_the_relation_is_none(self):
        assert measure(class_map("g..."), WHOLE, rule()).permit is PermitRelation.NONE
        assert measure(class_map("g..."), WHOLE, rule(), permits=[]).permit is PermitRelation.NONE

    def test_goods_inside_do_not_count(self):
        m = measure(class_map("ggggg" + "." * 15), WHOLE, rule(), permits=[LEFT])
        assert m.permit is PermitRelation.WITHIN
        assert (m.share, m.covered_share, m.score) == (0, 0, 0)
        assert m.permitted_share == pytest.approx(0.25, abs=0.01)

    def test_goods_that_reach_beyond_count_for_what_lies_beyond(self):
        m = measure(class_map("g" * 15 + "." * 5), WHOLE, rule(), permits=[LEFT], ground=PLANE)
        assert m.permit is PermitRelation.EXCEEDED
        # Half the frame is permitted, and one cell more where the polygon's edge may lie.
        assert m.share == pytest.approx(4 / 20, abs=0.02)
        assert m.permitted_share == pytest.approx(11 / 20, abs=0.02)
        # For the area the edge itself holds: five columns of five m² each.
        assert m.area_m2 == pytest.approx(25, rel=0.05)

    def test_goods_only_outside_exceed(self):
        m = measure(class_map("." * 15 + "ggggg"), WHOLE, rule(), permits=[LEFT])
        assert m.permit is PermitRelation.EXCEEDED
        assert m.permitted_share == 0

    def test_two_permits_add_up(self):
        assert measure(class_map("g" * 20), WHOLE, rule(), permits=[LEFT, RIGHT]).permit is PermitRelation.WITHIN

    def test_soil_knows_no_permits(self):
        m = measure(class_map("s" * 20), WHOLE, muck(), permits=[WHOLE])
        assert (m.permit, m.share) == (PermitRelation.NONE, 1)


class TestReference:
    clean = class_map("....", "..bb")

    def test_ground_that_is_no_longer_seen_is_covered_whatever_covers_it(self):
        m = measure(class_map("?b..", "t.bb"), WHOLE, rule(), reference=self.clean)
        assert m.covered_share == pytest.approx(3 / 8, abs=0.01)

    def test_people_vehicles_soil_and_puddles_do_not_cover(self):
        m = measure(class_map("pvws", "n.bb"), WHOLE, rule(), reference=self.clean)
        assert m.covered_share == 0

    def test_a_reference_of_another_shape_is_left_aside(self):
        m = measure(class_map("?b..", "t.bb"), WHOLE, rule(), reference=class_map("...."))
        assert m.covered_share == 0


MAPS = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from(sorted(LETTERS)), min_size=width, max_size=width).map("".join), min_size=1, max_size=6
    )
)


@settings(max_examples=50)
@given(MAPS, st.booleans())
def test_shares_always_make_sense(rows: list[str], permitted: bool):
    m = measure(class_map(*rows), WHOLE, rule(), permits=[LEFT] if permitted else None)
    for share in (m.share, m.score, m.covered_share, m.permitted_share, m.soil_share, m.net_share, m.occluded_share):
        assert 0 <= share <= 1
    assert m.covered_share + m.permitted_share + m.soil_share + m.net_share <= 1 + 1e-5
    assert m.score == pytest.approx(score(m.share, 0.08))


@settings(max_examples=50)
@given(MAPS)
def test_more_goods_never_score_less(rows: list[str]):
    classes = class_map(*rows)
    more = classes.labels.copy()
    more[more == SemanticClass.GROUND] = SemanticClass.GOODS
    assert measure(ClassMap(more, classes.confidence), WHOLE, rule()).score >= measure(classes, WHOLE, rule()).score


@settings(max_examples=50)
@given(MAPS)
def test_the_same_scene_on_a_finer_grid_measures_the_same(rows: list[str]):
    # How free a nameless thing stands is seen in steps of a cell: left out here.
    coarse = class_map(*(row.replace("?", "t").replace("b", "t") for row in rows))
    finer = ClassMap(
        np.kron(coarse.labels, np.ones((3, 3), np.uint8)), np.kron(coarse.confidence, np.ones((3, 3), np.float32))
    )
    a, b = measure(coarse, WHOLE, rule()), measure(finer, WHOLE, rule())
    assert a.covered_share == pytest.approx(b.covered_share, abs=0.02)
    assert a.occluded_share == pytest.approx(b.occluded_share, abs=0.02)


CHAIR = FoundObject("chair", 0.8, (0.25, 0.0, 0.75, 1.0))


class TestFoundObjects:
    free = class_map(*["." * 8] * 8)

    def look(self, *found: FoundObject, scene: ClassMap | None = None, wanted: ViolationRule | None = None):
        chairs = rule(measure={"classes": ["goods"], "covering": True, "objects": ["chair"]})
        return measure_seen(Seen(scene or self.free, found=list(found)), WHOLE, wanted or chairs)

    def test_a_chair_that_the_map_takes_for_ground_covers_a_part_of_its_footprint(self):
        assert self.look(CHAIR).share == pytest.approx(0.8 * 0.5 * 0.5 / 3, abs=0.01)

    def test_and_all_of_its_box_where_the_map_says_building(self):
        scene = class_map(*["." * 2 + "b" * 4 + "." * 2] * 8)
        assert self.look(CHAIR, scene=scene).share == pytest.approx(0.8 * 0.5, abs=0.01)

    def test_it_is_named_first_and_only_when_the_rule_asks_for_it(self):
        assert self.look(CHAIR).objects[0] == CHAIR
        m = self.look(CHAIR, wanted=rule())
        assert (m.share, m.objects) == (0, [])

    def test_a_person_found_makes_the_look_occluded_where_the_map_sees_goods(self):
        person = FoundObject("person", 1.0, (0.0, 0.0, 1.0, 1.0))
        goods = class_map(*["g" * 8] * 8)
        m = self.look(person, scene=goods)
        assert m.occluded
        assert person in m.objects

    def test_a_person_found_hides_no_ground_that_is_seen(self):
        assert self.look(FoundObject("person", 1.0, (0.0, 0.0, 1.0, 1.0))).occluded_share == 0

    def test_with_a_permit_around_it_it_does_not_count(self):
        m = measure_seen(Seen(self.free, found=[CHAIR]), WHOLE, rule(measure={
            "classes": ["goods"], "covering": True, "objects": ["chair"]}), permits=[WHOLE])  # fmt: skip
        assert (m.share, m.permit) == (0, PermitRelation.WITHIN)
        assert m.permitted_share > 0


class TestOtherModels:
    rubbish = rule(id="exposed_garbage", measure={"model": "rubbish", "classes": ["garbage"]}, permit_matters=False)

    def seen(self, scene: ClassMap, share: float, size: int) -> Seen:
        p = np.full((2, size, size), share, np.float32)
        p[0] = 1 - share
        told = ClassMap(p.argmax(axis=0).astype(np.uint8), p.max(axis=0), p, ("other", "garbage"))
        return Seen(scene, {"rubbish": told})

    @pytest.mark.parametrize("size", [2, 4, 16])
    def test_its_grid_need_not_be_the_scenes(self, size: int):
        m = measure_seen(self.seen(class_map(*["...."] * 4), 0.3, size), WHOLE, self.rubbish)
        assert m.share == pytest.approx(0.3)
        assert (m.covered_share, m.soil_share) == (0, 0)

    def test_what_passes_in_front_is_told_by_the_scene(self):
        m = measure_seen(self.seen(class_map("pp..", "...."), 0.3, 4), WHOLE, self.rubbish)
        assert m.occluded_share == pytest.approx(0.25)
        assert m.share == pytest.approx(0.3)

    def test_a_share_of_the_whole_zone(self):
        whole = self.rubbish.model_copy(update={"measure": self.rubbish.measure.model_copy(update={"of": "zone"})})
        m = measure_seen(self.seen(class_map("pp..", "...."), 0.4, 4), WHOLE, whole)
        assert m.share == pytest.approx(0.3)


class TestMargin:
    wide = rule(enter=0.08, margin_without_reference=1.25)

    def test_without_a_reference_more_is_needed_for_one_half(self):
        classes = class_map("g" * 10 + "." * 90)
        m = measure(classes, WHOLE, self.wide)
        assert (m.score, m.margin, m.has_reference) == (pytest.approx(0.5, abs=0.01), 1.25, False)
        assert m.judged_share == pytest.approx(0.08, abs=0.002)

    def test_with_one_it_is_the_rules_enter(self):
        m = measure(class_map("g" * 8 + "." * 92), WHOLE, self.wide, reference=class_map("." * 100))
        assert (m.score, m.margin, m.has_reference) == (pytest.approx(0.5, abs=0.01), 1.0, True)


def test_a_zone_that_is_hidden_whole_is_occluded_and_nothing_else():
    m = measure(class_map("pv", "vp"), WHOLE, rule())
    assert (m.occluded, m.occluded_share, m.share, m.score) == (True, 1, 0, 0)


def test_a_sliver_beside_a_van_says_little_about_the_zone_behind_it():
    m = measure(class_map("v" * 49 + "g", "v" * 50), WHOLE, rule())
    assert (m.occluded, m.score < 0.5) == (True, True)


def test_a_far_zone_smaller_than_a_cell_is_measured_by_what_its_cell_shows():
    tiny = [(0.51, 0.51), (0.54, 0.51), (0.54, 0.53), (0.51, 0.53)]
    assert measure(class_map("....", "....", "..g.", "...."), tiny, rule()).share == pytest.approx(1)
    assert measure(class_map("....", "....", "....", "...."), tiny, rule()).share == 0


@settings(max_examples=50)
@given(st.floats(0, 1), st.floats(0, 1))
def test_the_score_grows_with_what_is_expected(a: float, b: float):
    def seen(goods: float) -> Seen:
        p = np.zeros((10, 1, 2), np.float32)
        p[SemanticClass.GOODS], p[SemanticClass.GROUND] = goods, 1 - goods
        return Seen(ClassMap(p.argmax(axis=0).astype(np.uint8), p.max(axis=0), p))

    low, high = sorted((a, b))
    assert measure_seen(seen(low), WHOLE, rule()).score <= measure_seen(seen(high), WHOLE, rule()).score + 1e-6


class TestOfTheGroundThatIsSeen:
    def share(self, *rows: str) -> float:
        wanted = muck()
        seen_ground = wanted.model_copy(update={"measure": wanted.measure.model_copy(update={"of": "seen_ground"})})
        return measure(class_map(*rows), WHOLE, seen_ground).share

    def test_a_wall_and_the_sky_behind_a_heap_are_not_ground(self):
        assert self.share("bbbb", "????", "ss..") == pytest.approx(0.5, abs=0.01)

    def test_every_kind_of_ground_is_ground(self):
        assert self.share("st.n", "wg..") == pytest.approx(1 / 8, abs=0.01)

    def test_a_crumb_before_a_wall_says_little(self):
        assert self.share("bbbbbbbbbb", "bbbbbbbbbb", "sbbbbbbbbb") == pytest.approx((1 / 30) / (1 / 3), abs=0.02)
