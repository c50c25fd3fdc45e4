import json
from pathlib import Path

import cv2
from typer.testing import CliRunner

from models.cli import models_app
from tests.models.judging.hand import street

HEAP = {"label": "SAND_ON_ROAD", "xyxy": [0.2, 0.5, 0.5, 0.8]}


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(models_app, ["evaluate", *words])
    return result.exit_code, result.stdout, result.stderr


def roadside(folder: Path) -> Path:
    (folder / "images").mkdir(parents=True)
    cv2.imwrite(str(folder / "images" / "a.jpg"), street())
    (folder / "labels.jsonl").write_text(json.dumps({"file": "images/a.jpg", "boxes": [HEAP]}), encoding="utf-8")
    return folder


def test_nothing_to_judge_is_a_wrong_command() -> None:
    code, _, said = run()
    assert code == 2
    assert "--episodes" in said


def test_an_unknown_model_is_a_wrong_command(tmp_path: Path) -> None:
    code, _, said = run("--model", "nobody", "--roadside", str(tmp_path))
    assert code == 2
    assert "nobody" in said


def test_a_set_that_is_not_there_fails_and_is_named(tmp_path: Path) -> None:
    code, _, said = run("--roadside", str(tmp_path / "none"), "--out", str(tmp_path / "out"))
    assert code == 1
    assert "labels.jsonl" in said


def test_a_page_and_figures_are_written_and_real_pictures_stay_out(tmp_path: Path) -> None:
    folder, out = roadside(tmp_path / "set"), tmp_path / "out"
    words = ("--roadside", str(folder), "--no-timings", "--out", str(out), "--json")
    code, printed, said = run(*words)
    assert code == 0, said
    figures, page = json.loads((out / "figures.json").read_text()), (out / "report.html").read_text()
    assert json.loads(printed)["roadside"] == figures["roadside"]
    assert "data:image" not in page
    assert "--camvid DIR was not given" in page
    assert run(*words, "--show-real")[0] == 0
    assert "data:image/jpeg" in (out / "report.html").read_text()
