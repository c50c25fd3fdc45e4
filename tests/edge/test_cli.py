"""`shouwei edge run` and `check` as a person types them: honest exit codes, every mistake named, no secret shown."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner, Result

from edge.cli import edge_app
from edge.config import load
from edge.evidence_files import EvidenceFiles
from edge.store import EdgeStore
from tests.edge.vision.test_model_file import write_model
from tests.fakes import onnx_bytes
from tests.fakes.clips import clip
from tests.fakes.messages import alert

SECRET = "hunter2-secret"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_model(tmp_path / "registry" / "tiny" / "1", onnx_bytes.segmenter(np.zeros((10, 3), np.float32)))
    clip(tmp_path / "street.mp4", seconds=1.0)
    (tmp_path / "password").write_text(SECRET)
    (tmp_path / "password").chmod(0o600)
    return tmp_path


def written(folder: Path, **changes: Any) -> Path:
    settings: dict[str, Any] = {
        "edge_id": "edge-1",
        "data_dir": "data",
        "models": {"registry": "registry", "segmenter": "tiny"},
        "broker": {"username": "edge-1", "password_file": "password"},
        "cameras": [
            {
                "id": "cam-1",
                "source": {"kind": "file", "paths": ["street.mp4"], "realtime": False},
                "zones": [{"id": "front", "polygon": [[0, 0], [1, 0], [1, 1]], "violations": ["outdoor_display"]}],
            }
        ],
    }
    path = folder / "edge.yaml"
    path.write_text(yaml.safe_dump(settings | changes))
    return path


def check(path: Path, *options: str) -> Result:
    return CliRunner().invoke(edge_app, ["check", "--config", str(path), *options])


def test_a_sound_edge_is_called_sound(folder: Path) -> None:
    result = check(written(folder))
    assert result.exit_code == 0, result.output
    assert "all is well" in result.stdout


def test_every_mistake_is_named_at_once_with_exit_code_2(folder: Path) -> None:
    result = check(written(folder, edge_id="Not A Name", retention=3))
    assert result.exit_code == 2
    assert "edge_id" in result.stderr
    assert "retention" in result.stderr


def test_mistakes_as_json(folder: Path) -> None:
    result = check(written(folder, edge_id="Not A Name"), "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 2
    assert not found["ok"]
    assert found["problems"][0]["kind"] == "config"


def test_what_is_not_fit_for_use_is_named_each(folder: Path) -> None:
    path = written(folder, models={"registry": "registry", "segmenter": "other"}, server={"token_file": "token"})
    (folder / "token").write_text("t")
    (folder / "token").chmod(0o606)
    result = check(path, "--json")
    assert result.exit_code == 1
    assert sorted(problem["kind"] for problem in json.loads(result.stdout)["problems"]) == ["model", "secret"]


def test_a_password_that_everybody_may_read_is_named_and_never_shown(folder: Path) -> None:
    (folder / "password").chmod(0o644)
    result = check(written(folder))
    assert result.exit_code == 1
    assert "644" in result.stderr
    assert SECRET not in result.output


def test_damaged_and_missing_evidence_is_found(folder: Path) -> None:
    path = written(folder)
    data = load(path).data_dir
    files = EvidenceFiles(data / "evidence")
    damaged, missing = files.put(b"one"), files.put(b"two")
    with EdgeStore(data / "store.db") as store:
        store.commit([alert(0, damaged, missing)])
    assert check(path).exit_code == 0
    files.path(damaged).write_bytes(b"changed")
    files.delete(missing)
    result = check(path, "--json")
    assert result.exit_code == 1
    assert sorted(p["kind"] for p in json.loads(result.stdout)["problems"]) == ["damaged", "missing"]


def test_run_says_what_is_wrong_with_the_configuration(folder: Path) -> None:
    result = CliRunner().invoke(edge_app, ["run", "--config", str(written(folder, cameras=7))])
    assert result.exit_code == 2
    assert "cameras" in result.stderr


def test_run_says_which_model_is_refused(folder: Path) -> None:
    path = written(folder)
    (folder / "registry" / "tiny" / "1" / "model.onnx").write_bytes(b"altered")
    result = CliRunner().invoke(edge_app, ["run", "--config", str(path)])
    assert result.exit_code == 1
    assert "edge.model_refused" in result.stderr


def test_the_example_configuration_is_valid() -> None:
    assert len(load(Path(__file__).parents[2] / "configs" / "edge.example.yaml").cameras) == 2


@pytest.mark.parametrize("command", ["run", "check", "analyze", "bench"])
def test_every_command_helps(command: str) -> None:
    result = CliRunner().invoke(edge_app, [command, "--help"])
    assert result.exit_code == 0
    assert len(result.stdout) > 100
