"""`shouwei edge reference`: seen, replaced and cleared by hand."""

import json
from pathlib import Path

import cv2
import pytest
from typer.testing import CliRunner

from edge import reference_cli, references
from edge.cli import edge_app
from edge.models_in_use import ModelsInUse
from edge.store import EdgeStore
from edge.vision.perceive import Perceiver
from edge.vision.reference import Light
from tests.edge.test_references import at, scene
from tests.fakes.segmenter import FakeSegmenter, class_map

CONFIG = """
edge_id: edge-1
data_dir: data
cameras:
  - id: cam
    source: {kind: file, paths: [view.png], realtime: false}
    zones:
      - {id: front, polygon: [[0, 0], [1, 0], [1, 1], [0, 1]], violations: [outdoor_display]}
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    cv2.imwrite(str(tmp_path / "view.png"), scene())
    models = ModelsInUse(Perceiver(FakeSegmenter(class_map("..g.", "...."))), {})
    monkeypatch.setattr(reference_cli, "load_models", lambda *parts: models)
    file = tmp_path / "edge.yaml"
    file.write_text(CONFIG)
    return file


def run(config: Path, verb: str, *parts: str) -> tuple[int, str]:
    result = CliRunner().invoke(edge_app, ["reference", verb, "--config", str(config), *parts])
    return result.exit_code, result.output


def test_set_show_and_clear(config: Path, tmp_path: Path):
    assert "no reference yet" in run(config, "show", "--camera", "cam")[1]
    picture = str(tmp_path / "view.png")
    assert run(config, "set", "--camera", "cam", "--picture", picture)[0] == 0
    code, said = run(config, "show", "--camera", "cam", "--out", str(tmp_path / "drawn"))
    told = json.loads(said.splitlines()[0])
    assert (code, told["zone"], told["light"], told["by_hand"], told["used"]) == (0, "front", "hand", True, True)
    assert (tmp_path / "drawn" / "cam-front-hand.png").exists()
    with EdgeStore(tmp_path / "data" / "store.db") as store:
        before = references.stamp(store, "cam")
        known = references.CameraReferences(references.kept(store, "cam"))
    known.verify(at(0), Light.DAY, scene())
    assert known.of("front", Light.DAY) is not None
    assert run(config, "clear", "--camera", "cam")[0] == 0
    with EdgeStore(tmp_path / "data" / "store.db") as store:
        assert references.kept(store, "cam") == {}
        assert references.stamp(store, "cam") != before


@pytest.mark.parametrize(
    ("parts", "said"),
    [(("--camera", "nobody"), "no camera 'nobody'"), (("--camera", "cam", "--zone", "back"), "no zone back")],
)
def test_an_unknown_camera_or_zone_is_named(config: Path, tmp_path: Path, parts: tuple[str, ...], said: str):
    code, output = run(config, "set", *parts, "--picture", str(tmp_path / "view.png"))
    assert (code, said in output) == (2, True)


def test_a_picture_that_is_none_is_told(config: Path, tmp_path: Path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8 nothing")
    code, output = run(config, "set", "--camera", "cam", "--picture", str(tmp_path / "broken.jpg"))
    assert (code, "edge.source_unreadable" in output) == (1, True)
