"""`server check` finds what is not whole, and says so with its exit code."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text
from typer.testing import CliRunner

from server import migrate
from server.cli import server_app
from server.clock import ManualClock
from server.db import Database
from server.ingest.intake import Delivery, Intake
from tests.server.doors import Doors
from tests.server.wire import delivery, picture, raised, sealed

JPEG = b"\xff\xd8\xff\xe0a picture"
NAME = sha256(JPEG).hexdigest()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "server.yaml"
    file.write_text(yaml.safe_dump({"data_dir": str(tmp_path / "data")}))
    return file


@pytest.fixture
def filled(config: Path, database: Database, clock: ManualClock, doors: Doors) -> Database:
    """A database with one alert and its picture."""
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": migrate.head()})
    assert doors.edge().put(f"/api/evidence/{NAME}", content=JPEG).status_code == 201
    Intake(database, clock).take([delivery(sealed(raised(evidence=[picture(NAME)])))])
    return database


def check(config: Path) -> tuple[int, dict[str, list[str]]]:
    result = CliRunner().invoke(server_app, ["check", "--config", str(config), "--json"])
    lines = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    # The command goes by the machine's clock, which is ahead of the test's: notices wait longer than they do.
    wrong = {line["name"]: line["problems"] for line in lines if not line["ok"] and line["name"] != "notices"}
    return int(bool(wrong)) if result.exit_code in (0, 1) else result.exit_code, wrong


def test_all_well(config: Path, filled: Database) -> None:
    assert check(config) == (0, {})


def test_a_changed_and_a_missing_file(config: Path, filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "data" / "evidence" / NAME[:2] / NAME
    file.write_bytes(JPEG + b"!")
    code, found = check(config)
    assert (code, list(found)) == (1, ["evidence_files"])
    assert NAME in found["evidence_files"][0]
    file.unlink()
    assert set(check(config)[1]) == {"evidence_files", "evidence_links"}


def test_an_edited_history(config: Path, filled: Database) -> None:
    with filled.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER case_step_no_update"))
        connection.execute(text("UPDATE case_step SET reason = 'edited' WHERE ordinal = 1"))
    assert set(check(config)[1]) == {"triggers", "case_chains"}


def test_an_edited_audit_log(config: Path, filled: Database, doors: Doors) -> None:
    doors.edge("edge-2")
    with filled.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_delete"))
        connection.execute(text("DELETE FROM audit_entry WHERE seq = 1"))
    assert set(check(config)[1]) == {"triggers", "audit_chain"}


def test_dead_letters_are_told(config: Path, filled: Database, clock: ManualClock) -> None:
    Intake(filled, clock).take([Delivery("shouwei/v1/edge-1/alert", b"poison")])
    assert list(check(config)[1]) == ["dead_letters"]


def test_an_old_schema_is_all_that_is_said(config: Path, filled: Database) -> None:
    with filled.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    code, found = check(config)
    assert (code, list(found)) == (1, ["schema"])


def test_nothing_there_is_wrong_and_makes_nothing(config: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(server_app, ["check", "--config", str(config)])
    assert result.exit_code == 1
    assert not (tmp_path / "data").exists()


def test_migrate_and_a_mistake_in_the_settings(tmp_path: Path, config: Path) -> None:
    first = CliRunner().invoke(server_app, ["migrate", "--config", str(config)])
    assert (first.exit_code, first.stdout.strip()) == (0, f"empty -> {migrate.head()}")
    again = CliRunner().invoke(server_app, ["migrate", "--config", str(config)])
    assert again.stdout.strip() == f"already at {migrate.head()}"
    config.write_text("http: {port: many}\nbad: 1\n")
    wrong = CliRunner().invoke(server_app, ["migrate", "--config", str(config)])
    assert wrong.exit_code == 2
    assert "http.port" in wrong.output
    assert "bad" in wrong.output
