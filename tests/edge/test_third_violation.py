"""Another violation without code: a rule file and a model folder are all there is of it."""

import json
import shutil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import yaml

from edge.app import Environment
from edge.check import faults_of
from edge.clock import ManualClock
from edge.config import DEFAULT_VIOLATIONS, load
from edge.contracts.codec import decode
from edge.contracts.messages import Alert
from edge.errors import ConfigInvalid
from edge.stepping import Stepper
from edge.vision.classes import SemanticClass
from tests.edge.test_analyze_cli import analyze, parsed
from tests.edge.vision.test_model_file import write_model
from tests.fakes import onnx_bytes
from tests.fakes.clips import write_clip
from tests.fakes.edges import EdgeWorker
from tests.fakes.link import FakeBroker
from tests.fakes.messages import START

BLUE_IS_GARBAGE = np.array([[0, 20, 0], [0, 0, 20]], np.float32)
GREEN_IS_GROUND = np.zeros((10, 3), np.float32)
GREEN_IS_GROUND[SemanticClass.GROUND, 1], GREEN_IS_GROUND[SemanticClass.GOODS, 2] = 20, 20
SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1]]


def street(rubbish: float) -> np.ndarray:
    image = np.zeros((288, 512, 3), np.uint8)
    image[:, :, 1] = 255
    image[:, : round(512 * rubbish)] = (255, 0, 0)
    return image


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that is watched for rubbish, with the shipped rules and a tiny model of two classes."""
    shutil.copytree(DEFAULT_VIOLATIONS, tmp_path / "violations")
    registry = tmp_path / "registry"
    write_model(registry / "ground-segmenter" / "1", onnx_bytes.segmenter(GREEN_IS_GROUND), name="ground-segmenter")
    write_model(
        registry / "garbage-segmenter" / "1", onnx_bytes.segmenter(BLUE_IS_GARBAGE), name="garbage-segmenter",
        classes=["other", "garbage"],
    )  # fmt: skip
    write_clip(tmp_path / "clip.mp4", [street(0.3)] * 75)
    return tmp_path


def config(site: Path, violations: list[str]) -> Path:
    tree: dict[str, Any] = {
        "edge_id": "edge-1", "data_dir": "data", "violations": "violations", "models": {"registry": "registry"},
        "overrides": {name: {"dwell_s": 1, "leave_s": 1} for name in violations},
        "cameras": [{
            "id": "cam-1", "interval_s": 0.5, "source": {"kind": "file", "paths": ["clip.mp4"], "realtime": False},
            "zones": [{"id": "front", "polygon": SQUARE, "violations": violations}],
        }],
    }  # fmt: skip
    (site / "edge.yaml").write_text(yaml.safe_dump(tree))
    return site / "edge.yaml"


def change_rule(site: Path, **changes: Any) -> None:
    file = site / "violations" / "exposed_garbage.yaml"
    file.write_text(yaml.safe_dump(yaml.safe_load(file.read_text()) | changes))


def run(site: Path, violations: list[str]) -> list[Alert]:
    """What an edge with this site's files tells the server."""
    clock = ManualClock(START)
    real = Environment.real(clock)
    environment = Environment(clock, real.open_source, real.load_models, FakeBroker().connect, real.judge)
    with EdgeWorker(load(config(site, violations)), environment, start_at=START) as worker:
        Stepper(worker, clock).step_until(START.replace(second=START.second + 3))
        rows = worker.store._db.execute("SELECT payload FROM outbox ORDER BY seq").fetchall()
        told = [decode(row[0]).message for row in rows]
        return [message for message in told if isinstance(message, Alert)]


def test_the_edge_raises_it_and_says_which_model_saw_it(site: Path):
    raised = run(site, ["exposed_garbage"])[0]
    assert (raised.violation, raised.versions.model) == ("exposed_garbage", "garbage-segmenter/1")
    assert raised.measurement.share == pytest.approx(0.3, abs=0.02)
    assert [name.partition("@")[0] for name in raised.versions.models_beside] == ["ground-segmenter/1"]


def test_without_its_model_the_other_rules_run_on(site: Path, caplog: pytest.LogCaptureFixture):
    shutil.rmtree(site / "registry" / "garbage-segmenter")
    told = run(site, ["exposed_garbage", "outdoor_display"])
    assert {message.violation for message in told} == {"outdoor_display"}
    assert "exposed_garbage is not measured" in caplog.text


def test_the_check_names_the_rule_whose_model_is_not_installed(site: Path):
    shutil.rmtree(site / "registry" / "garbage-segmenter")
    (fault,) = faults_of(load(config(site, ["exposed_garbage", "exposed_muck"])))
    assert (fault.kind, fault.where) == ("model", "garbage-segmenter")
    assert "exposed_garbage is not measured" in fault.what
    assert "no such model" in fault.what


def test_the_check_names_objects_that_the_detector_does_not_know(site: Path):
    write_model(
        site / "registry" / "finder" / "1", onnx_bytes.detector(np.array([[0, 0, 9, 9, 1]], np.float32)), name="finder",
        task="object_detection", classes=["bin_bag"], output={"name": "found", "kind": "boxes"},
    )  # fmt: skip
    rubbish = {"model": "garbage-segmenter", "classes": ["garbage"], "objects": ["bin_bag", "binbag"]}
    change_rule(site, measure=rubbish)
    file = config(site, ["exposed_garbage"])
    tree = yaml.safe_load(file.read_text())
    tree["models"]["detector"] = "finder"
    file.write_text(yaml.safe_dump(tree))
    (fault,) = faults_of(load(file))
    assert fault.where == "violation exposed_garbage: measure.objects[1]"
    assert fault.what == "'binbag' is never found: finder/1 finds bin_bag"


def test_a_rule_that_nobody_asks_for_may_lack_its_model(site: Path):
    shutil.rmtree(site / "registry" / "garbage-segmenter")
    assert faults_of(load(config(site, ["exposed_muck"]))) == []


def test_a_class_that_the_model_does_not_have_is_named_with_file_field_value_and_what_is_allowed(site: Path):
    change_rule(site, measure={"model": "garbage-segmenter", "classes": ["garbage", "rubish"]})
    with pytest.raises(ConfigInvalid) as caught:
        load(config(site, ["exposed_garbage"]))
    (problem,) = caught.value.problems
    assert problem.file.endswith("violations/exposed_garbage.yaml")
    assert (problem.field, problem.value) == ("measure.classes[1]", "'rubish'")
    assert problem.allowed == "one of other, garbage, the classes of garbage-segmenter/1"


def test_a_class_of_another_model_does_not_count(site: Path):
    change_rule(site, measure={"model": "garbage-segmenter", "classes": ["goods"]})
    with pytest.raises(ConfigInvalid, match=r"measure\.classes\[0\]: 'goods': one of other, garbage"):
        load(config(site, ["exposed_garbage"]))


def test_files_are_analysed_for_it(site: Path):
    cv2.imwrite(str(site / "a.png"), street(0.3))
    (site / "zones.json").write_text(json.dumps({"*": [{"id": "front", "polygon": SQUARE}]}))
    result = analyze(site, str(site / "a.png"), violations="exposed_garbage", model="ground-segmenter")
    (line,) = parsed(result.stdout)
    assert line["violation"] == "exposed_garbage"
    assert line["score"] > 0.5


def test_analysing_for_it_without_its_model_says_so_and_does_the_rest(site: Path):
    shutil.rmtree(site / "registry" / "garbage-segmenter")
    cv2.imwrite(str(site / "a.png"), street(0.3))
    (site / "zones.json").write_text(json.dumps({"*": [{"id": "front", "polygon": SQUARE}]}))
    wanted = "exposed_garbage,outdoor_display"
    result = analyze(site, str(site / "a.png"), violations=wanted, model="ground-segmenter")
    assert [line["violation"] for line in parsed(result.stdout)] == ["outdoor_display"]
    assert "exposed_garbage is not measured" in result.stderr
    assert result.exit_code == 1
    alone = analyze(site, str(site / "a.png"), violations="exposed_garbage", model="ground-segmenter")
    assert alone.exit_code == 2
    assert "no such model" in alone.stderr
