"""Settings: every mistake at once, with file, field, value and what is allowed."""

from pathlib import Path

import pytest

from server.config import ConfigError, ServerSettings, load


def problems(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "server.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert str(file) in str(caught.value)
    return caught.value.problems


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "server.yaml"
    file.write_text("")
    assert load(file) == ServerSettings()


def test_the_example_is_accepted() -> None:
    load(Path("configs/server.example.yaml"))


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, "http: {port: 99999}\nlanguage: fr\nbrokr: {}\nbroker: {keepalive_s: soon}\n")
    assert len(found) == 4
    assert any("http.port" in line and "99999" in line and "65535" in line for line in found)
    assert any("language" in line and "'fr'" in line for line in found)
    assert any("brokr" in line and "no such field" in line for line in found)
    assert any("broker.keepalive_s" in line and "'soon'" in line for line in found)


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words", "http: [1"])
def test_what_is_not_a_mapping_is_refused(tmp_path: Path, text: str) -> None:
    assert len(problems(tmp_path, text)) == 1


def test_a_missing_file_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "none.yaml")


@pytest.mark.parametrize("url", ["mysql://a@b/c", "nonsense", "postgresql://u:Zx9!canary@h/d"])
def test_only_known_databases_and_no_password_in_the_message(tmp_path: Path, url: str) -> None:
    (line,) = problems(tmp_path, f"database_url: '{url}'\n")
    assert "postgresql+psycopg" in line or "not a database URL" in line
    assert "canary" not in line


def test_tls_files_without_tls_are_a_mistake(tmp_path: Path) -> None:
    (line,) = problems(tmp_path, "broker: {ca_file: ca.pem}\n")
    assert "tls: true" in line
