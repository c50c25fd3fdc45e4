"""The document that the console's types come from."""

import json
from pathlib import Path

import pytest

from server import openapi


def test_operations_have_names_of_their_own() -> None:
    names = [op["operationId"] for path in openapi.document()["paths"].values() for op in path.values()]
    assert len(names) > 150
    assert len(names) == len(set(names))


def test_it_is_written_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "openapi.json"
    monkeypatch.setattr("sys.argv", ["openapi", str(file)])
    openapi.main()
    assert json.loads(file.read_text(encoding="utf-8"))["openapi"].startswith("3.1")
