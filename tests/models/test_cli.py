import json
from pathlib import Path

from typer.testing import CliRunner

from models.cli import models_app

REGISTRY = str(Path(__file__).parents[2] / "models" / "registry")


def test_verify_prints_what_it_checked() -> None:
    result = CliRunner().invoke(models_app, ["verify", "--registry", REGISTRY, "--json"])
    assert result.exit_code == 0
    assert all(one["problems"] == [] for one in json.loads(result.stdout))


def test_verify_of_nothing_fails(tmp_path: Path) -> None:
    assert CliRunner().invoke(models_app, ["verify", "--registry", str(tmp_path)]).exit_code == 1


def test_no_command_needs_torch_to_show_its_help() -> None:
    for command in ("train", "export", "evaluate", "verify", "pseudo", "quantize"):
        assert CliRunner().invoke(models_app, [command, "--help"]).exit_code == 0
