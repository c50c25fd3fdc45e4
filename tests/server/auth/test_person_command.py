"""People and accounts from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.auth.cli import person_app
from server.config import ServerSettings
from server.process import ServerProcess

RUN = CliRunner()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    settings = ServerSettings(data_dir=tmp_path / "data")
    process = ServerProcess(settings)
    process.prepare()
    assert process.first_code is not None
    process.database.close()
    file = tmp_path / "server.yaml"
    file.write_text(f"data_dir: {tmp_path / 'data'}\n")
    return file


def told(config: Path, *arguments: str) -> tuple[int, str]:
    result = RUN.invoke(person_app, [*arguments, "--config", str(config)])
    return result.exit_code, result.output


def test_somebody_is_added_listed_and_reset(config: Path) -> None:
    code, text = told(config, "add", "张三", "--role", "seat", "--role", "officer", "--login", "Zhang.San")
    assert code == 0
    assert "districts: local" in text
    assert "Login zhang.san" in text
    first = text.strip().splitlines()[-1]
    assert first.startswith("swa_")
    assert "张三 zhang.san officer,seat local" in told(config, "list")[1]
    assert "管理员 admin admin *" in told(config, "list")[1]
    code, text = told(config, "reset", "ZHANG.san")
    assert code == 0
    assert text.strip().splitlines()[-1] not in {first, ""}


def test_mistakes_are_named_and_change_nothing(config: Path) -> None:
    assert told(config, "add", "x", "--role", "seat", "--district", "north") == (
        2, "districts: ['north']; allowed: ['local', '*']\n",
    )  # fmt: skip
    assert told(config, "add", "x", "--role", "sys")[0] == 2
    assert told(config, "add", "x", "--role", "seat", "--login", "admin")[0] == 1
    assert told(config, "reset", "nobody")[0] == 1
    assert len(told(config, "list")[1].splitlines()) == 1


def test_without_a_database_nothing_is_made(tmp_path: Path) -> None:
    file = tmp_path / "server.yaml"
    file.write_text(f"data_dir: {tmp_path / 'none'}\n")
    assert told(file, "list")[0] == 1
    assert not (tmp_path / "none").exists()
