"""Violation rules as data."""

from typing import Any

import pytest
from pydantic import ValidationError

from edge.contracts.violations import SCENE_MODEL, ViolationRule, score
from tests.fakes.rules import rule


def fault(**changes: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        rule(**changes)
    return str(caught.value)


def test_a_rule_measures_any_class_of_any_model():
    measure = rule(measure={"model": "rubbish-finder/2", "classes": ["garbage", "bin bag"], "of": "zone"}).measure
    assert (measure.model, measure.classes, measure.of, measure.covering) == (
        "rubbish-finder/2", ("garbage", "bin bag"), "zone", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "classes", "covering"), [("covered_share", ("goods",), True), ("soil_share", ("soil",), False)]
)
def test_versions_published_before_rules_named_a_model_mean_what_they_meant(word: str, classes: Any, covering: bool):
    measure = rule(measure=word).measure
    assert (measure.model, measure.classes, measure.covering) == (SCENE_MODEL, classes, covering)
    again = ViolationRule.model_validate(rule(measure=word).model_dump(mode="json"))
    assert again.measure == measure


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("smell", "valid dictionary"),
        ({"classes": []}, "at least 1"),
        ({"classes": ["goods", "goods"]}, "each class once"),
        ({"classes": ["garbage"], "model": "rubbish-finder", "covering": True}, "told by ground-segmenter only"),
        ({"classes": ["goods"], "of": "picture"}, "'visible_ground', 'seen_ground' or 'zone'"),
        ({"classes": ["goods"], "colour": "red"}, "Extra inputs"),
        ({"classes": ["goods"], "model": "../secret"}, "match pattern"),
    ],
)
def test_a_measure_that_makes_no_sense_is_refused(measure: Any, words: str):
    assert words in fault(measure=measure)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"margin_without_reference": 0.9}, "greater than or equal to 1"),
        ({"enter": 0.6, "margin_without_reference": 2}, "must be lower than 1"),
    ],
)
def test_the_margin_only_widens_and_keeps_the_operating_point_in_reach(changes: dict[str, float], words: str):
    assert words in fault(**changes)


def test_the_score_is_one_half_at_the_operating_point():
    assert score(0.08, 0.08) == 0.5
