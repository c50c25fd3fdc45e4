"""`edge analyze` as a person types it."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import typer
from typer.testing import CliRunner, Result

from edge.analyze_cli import register
from edge.vision.classes import SemanticClass
from tests.edge.vision.test_model_file import write_model
from tests.fakes import onnx_bytes
from tests.fakes.clips import write_clip

RED_IS_GOODS = np.zeros((10, 3), np.float32)
RED_IS_GOODS[SemanticClass.GOODS, 0] = 20
RED_IS_GOODS[SemanticClass.GROUND, 1] = 20


def street(goods: float) -> np.ndarray:
    image = np.zeros((288, 512, 3), np.uint8)
    image[:, :, 1] = 255
    image[:, : round(512 * goods)] = (0, 0, 255)
    return image


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_model(tmp_path / "registry" / "tiny" / "1", onnx_bytes.segmenter(RED_IS_GOODS))
    cv2.imwrite(str(tmp_path / "a.png"), street(0.25))
    zones = {"*": [{"id": "front", "polygon": [[0, 0], [1, 0], [1, 1], [0, 1]]}]}
    (tmp_path / "zones.json").write_text(json.dumps(zones))
    return tmp_path


def analyze(folder: Path, *arguments: str, **options: str | None) -> Result:
    app = typer.Typer()
    register(app)
    wanted: dict[str, str | None] = {
        "violations": "outdoor_display", "zones": str(folder / "zones.json"), "registry": str(folder / "registry"),
        "model": "tiny",
    }  # fmt: skip
    typed = [part for name, value in (wanted | options).items() if value is not None for part in (f"--{name}", value)]
    return CliRunner().invoke(app, [*typed, *arguments])


def parsed(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_lines_go_to_standard_output(folder: Path):
    result = analyze(folder, str(folder / "a.png"))
    assert result.exit_code == 0, result.stderr
    (line,) = parsed(result.stdout)
    assert line["covered_share"] == pytest.approx(0.25, abs=0.01)


def test_lines_go_to_a_file_when_asked(folder: Path):
    result = analyze(folder, "--json", str(folder / "out.jsonl"), str(folder / "a.png"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(parsed((folder / "out.jsonl").read_text())) == 1


def test_two_violations_and_a_clip_with_its_alert(folder: Path):
    clip = write_clip(folder / "clip.mp4", [street(0.5)] * 75)
    result = analyze(folder, "--dwell", "1", str(clip), violations="outdoor_display, exposed_muck")
    lines = parsed(result.stdout)
    assert {line["violation"] for line in lines} == {"outdoor_display", "exposed_muck"}
    assert [line["phase"] for line in lines if line.get("type") == "alert"] == ["raised"]


def test_overlays_have_names_of_their_own(folder: Path):
    (folder / "b").mkdir()
    cv2.imwrite(str(folder / "b" / "a.png"), street(0.5))
    clip = write_clip(folder / "clip.mp4", [street(0.5)] * 30)
    out = folder / "new" / "overlays"
    result = analyze(folder, "--overlay", str(out), str(folder / "a.png"), str(folder / "b" / "a.png"), str(clip))
    assert result.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "a-2.jpg", "a.jpg", "clip_00000.00.jpg", "clip_00001.00.jpg",
    ]  # fmt: skip
    first = cv2.imread(str(out / "a.jpg"))
    assert first is not None
    assert first.shape == (540, 960, 3)


def test_a_file_that_fails_is_named_the_others_are_done_and_the_exit_code_is_1(folder: Path):
    (folder / "bad.jpg").write_bytes(b"hello")
    result = analyze(folder, str(folder / "bad.jpg"), str(folder / "gone.mp4"), str(folder / "a.png"))
    assert result.exit_code == 1
    assert len(parsed(result.stdout)) == 1
    assert f"{folder / 'bad.jpg'}: is not a picture" in result.stderr
    assert f"{folder / 'gone.mp4'}: there is no such file" in result.stderr
    assert "2 of 3 files" in result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"zones": None}, "no default zone"),
        ({"zones": "/nowhere.json"}, "No such file"),
        ({"violations": "litter"}, "one or more of exposed_garbage, exposed_muck, outdoor_display"),
        ({"violations": " , "}, "one or more of"),
        ({"model": "huge"}, "no such model"),
        ({"model": "tiny/9"}, "the registry has tiny/1"),
        ({"json": "/nowhere/out.jsonl"}, "No such file"),
        ({"interval": "0"}, "interval"),
    ],
)
def test_a_command_that_is_wrong_says_why_and_exits_with_2(folder: Path, options: dict[str, str], words: str):
    result = analyze(folder, str(folder / "a.png"), **options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_without_files_it_says_so(folder: Path):
    assert analyze(folder).exit_code == 2


def test_a_reference_and_a_detector(folder: Path):
    cv2.imwrite(str(folder / "clean.png"), street(0.0))
    boxes = onnx_bytes.detector(np.array([[0, 100, 128, 280, 2.5]], np.float32))
    write_model(
        folder / "registry" / "finder" / "1", boxes, name="finder", task="object_detection", classes=["chair"],
        output={"name": "found", "kind": "boxes"},
    )  # fmt: skip
    out = folder / "overlays"
    result = analyze(
        folder, "--overlay", str(out), str(folder / "a.png"), reference=str(folder / "clean.png"), detector="finder"
    )
    assert result.exit_code == 0, result.stderr
    (line,) = parsed(result.stdout)
    assert (line["reference"], [found["label"] for found in line["detections"]]) == (True, ["chair"])
    assert line["share"] == pytest.approx(0.25, abs=0.01)
    assert (out / "a.jpg").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [({"reference": "/nowhere.png"}, "No such file"), ({"detector": "finder"}, "there is no such model")],
)
def test_a_reference_or_detector_that_is_not_there_is_named(folder: Path, options: dict[str, str], words: str):
    result = analyze(folder, str(folder / "a.png"), **options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
