"""The models of an edge: each rule's own, and what happens to the others when one is not there."""

from pathlib import Path

import numpy as np
import pytest

from edge.contracts.violations import SCENE_MODEL, ViolationRule
from edge.errors import ModelRefused
from edge.models_in_use import DETECTOR, load_models
from edge.vision.classes import SemanticClass
from tests.edge.vision.test_model_file import write_model
from tests.fakes import onnx_bytes
from tests.fakes.rules import rule

GROUND = np.zeros((10, 3), np.float32)
GROUND[SemanticClass.GROUND] = 1
BLUE_IS_GARBAGE = np.array([[0, 0, 0.5], [0, 0, 20]], np.float32)
BOX = np.array([[0, 0, 256, 256, 0.9]], np.float32)
PICTURE = np.zeros((288, 512, 3), np.uint8)


def garbage(**changes: object) -> ViolationRule:
    fields = {"model": "rubbish-finder", "classes": ["garbage"]}
    return rule(id="exposed_garbage", measure=fields, permit_matters=False, item="CG-08", **changes)


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    write_model(tmp_path / "tiny" / "1", onnx_bytes.segmenter(GROUND))
    return tmp_path


def with_finder(registry: Path, onnx: bytes | None = None) -> Path:
    return write_model(
        registry / "rubbish-finder" / "1", onnx or onnx_bytes.segmenter(BLUE_IS_GARBAGE), name="rubbish-finder",
        classes=["other", "garbage"],
    )  # fmt: skip


def test_a_model_with_class_names_of_its_own(registry: Path):
    with_finder(registry)
    models = load_models(registry, "tiny", None, [rule(), garbage()])
    picture = PICTURE.copy()
    picture[:, 256:, 0] = 255
    seen = models.perceiver.see(picture, ["rubbish-finder"])
    told = seen.map_of("rubbish-finder")
    assert told.names == ("other", "garbage")
    assert told.weight(["garbage"])[:, 40:].min() > 0.99
    assert told.weight(["garbage"])[:, :30].max() < 0.6
    assert models.weights["rubbish-finder"].reference == "rubbish-finder/1"
    assert models.weights[SCENE_MODEL].reference == "tiny/1"


def test_a_model_that_is_not_there_costs_its_own_rule_only(registry: Path):
    models = load_models(registry, "tiny", None, [rule(), garbage()])
    assert list(models.missing) == ["exposed_garbage"]
    assert "no such model" in models.missing["exposed_garbage"]
    assert list(models.measurable({"outdoor_display": rule(), "exposed_garbage": garbage()})) == ["outdoor_display"]


def test_so_does_one_that_is_damaged(registry: Path):
    (with_finder(registry) / "model.onnx").write_bytes(b"half of it")
    assert "altered" in load_models(registry, "tiny", None, [garbage()]).missing["exposed_garbage"]


def test_without_the_edges_own_segmenter_nothing_runs(registry: Path):
    with pytest.raises(ModelRefused, match="no such model"):
        load_models(registry, "huge", None, [rule()])


def test_only_models_that_rules_name_are_loaded(registry: Path):
    with_finder(registry)
    models = load_models(registry, "tiny", None, [rule()])
    with pytest.raises(KeyError):
        models.perceiver.see(PICTURE, ["rubbish-finder"])


def test_a_detector_is_loaded_when_one_is_named(registry: Path):
    write_model(
        registry / "finder" / "2", onnx_bytes.detector(BOX), name="finder", version="2", task="object_detection",
        classes=["chair"], output={"name": "found", "kind": "boxes"},
    )  # fmt: skip
    models = load_models(registry, "tiny", "finder", [rule()])
    assert [found.label for found in models.perceiver.see(PICTURE + 255).found] == ["chair"]
    assert models.weights[DETECTOR].reference == "finder/2"
