"""Which models look at a frame."""

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.contracts.violations import SCENE_MODEL
from edge.vision.objects import FoundObject
from edge.vision.perceive import Perceiver, Seen, models_of
from tests.fakes.rules import muck, rule
from tests.fakes.segmenter import FakeSegmenter, class_map

PICTURE = np.zeros((8, 8, 3), np.uint8)
CHAIR = FoundObject("chair", 0.8, (0.1, 0.1, 0.5, 0.5))


class OneChair:
    def detect(self, image: NDArray[np.uint8]) -> list[FoundObject]:
        return [CHAIR]


def test_each_model_looks_once_and_only_when_it_is_asked_for():
    scene, rubbish, other = (FakeSegmenter(class_map("..")) for _ in range(3))
    Perceiver(scene, {"rubbish": rubbish, "other": other}).see(PICTURE, ["rubbish", "rubbish", SCENE_MODEL])
    assert (scene.calls, rubbish.calls, other.calls) == (1, 1, 0)


def test_maps_are_told_by_the_name_that_rules_use():
    scene, rubbish = class_map(".."), class_map("gg")
    seen = Perceiver(FakeSegmenter(scene), {"rubbish": FakeSegmenter(rubbish)}).see(PICTURE, ["rubbish"])
    assert seen.map_of("rubbish") is rubbish
    assert seen.map_of(SCENE_MODEL) is seen.scene is scene


def test_a_model_that_did_not_look_has_no_map():
    with pytest.raises(KeyError):
        Seen(class_map("..")).map_of("rubbish")


def test_a_detector_looks_when_there_is_one():
    scene = FakeSegmenter(class_map(".."))
    assert Perceiver(scene).see(PICTURE).found == []
    assert Perceiver(scene, detector=OneChair()).see(PICTURE).found == [CHAIR]


def test_rules_of_the_scene_need_no_further_model():
    garbage = rule(id="exposed_garbage", measure={"model": "rubbish", "classes": ["garbage"]})
    assert models_of([rule(), muck(), garbage]) == {"rubbish"}
