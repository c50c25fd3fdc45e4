"""The screens as files: nothing from outside, nothing inline, a nonce for each page, headers on every answer."""

import json
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from server.app import create_app
from server.config import ServerSettings
from server.errors import NotFound
from server.web.built import BuiltFiles
from tests.server.doors import Doors
from tests.server.routes import api_routes

SOURCES = Path("server/console")
PAGES = sorted(SOURCES.glob("*.html"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "officer.html", "party.html"):
        (tmp_path / name).write_text('<meta name="csp-nonce" content="__CSP_NONCE__">', encoding="utf-8")
    (tmp_path / "assets" / "a-1.js").write_text("1", encoding="utf-8")
    chunks = {
        "officer.html": {
            "file": "assets/o.js", "css": ["assets/o.css"], "imports": ["_s"], "dynamicImports": ["p.tsx"],
        },
        "_s": {"file": "assets/s.js", "imports": ["officer.html"]},
        "p.tsx": {"file": "assets/p.js"},
        "index.html": {"file": "assets/i.js"},
    }  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps(chunks), encoding="utf-8")
    return tmp_path


@pytest.fixture
def built(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> TestClient:
    data = tmp_path_factory.mktemp("server")
    return TestClient(create_app(ServerSettings(data_dir=data, console_dir=folder)))


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_nothing_comes_from_outside_and_nothing_is_inline(file: Path) -> None:
    page = file.read_text(encoding="utf-8")
    assert not re.search(r"https?://|//[a-z0-9-]+\.[a-z]", page)
    assert not re.search(r"\son[a-z]+=|style=|<script(?![^>]*src=)|<style", page)


def test_no_source_puts_text_in_as_html() -> None:
    dangerous = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function")
    sources = [*SOURCES.glob("src/**/*.ts"), *SOURCES.glob("src/**/*.tsx")]
    assert len(sources) > 20
    assert [str(file) for file in sources if dangerous.search(file.read_text(encoding="utf-8"))] == []


def test_every_answer_carries_the_headers(app: FastAPI, doors: Doors) -> None:
    for method, route in api_routes(app):
        answer = doors.anonymous.request(method, route.path.replace("{", "").replace("}", ""), follow_redirects=False)
        headers = answer.headers
        assert "default-src 'self'" in headers["content-security-policy"], route.path
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
        assert headers["referrer-policy"] == "no-referrer"
        if route.path.startswith("/api/"):
            assert headers["cache-control"] == "no-store"


def test_each_page_has_a_nonce_of_its_own_time(built: TestClient) -> None:
    seen: set[str] = set()
    for path in ("/console/", "/console/cases/1", "/console/", "/officer/", "/party"):
        answer = built.get(path)
        nonce = re.search(r'content="([^"]+)"', answer.text)
        assert nonce is not None
        assert nonce[1] != "__CSP_NONCE__"
        assert f"'nonce-{nonce[1]}'" in answer.headers["content-security-policy"]
        seen.add(nonce[1])
    assert len(seen) == 5


def test_only_the_officers_page_may_ask_for_camera_and_place(built: TestClient) -> None:
    assert "camera=(self)" in built.get("/officer/tasks").headers["permissions-policy"]
    assert "camera=()" in built.get("/console/").headers["permissions-policy"]
    assert "camera=()" in built.get("/party").headers["permissions-policy"]


def test_assets_are_kept_for_ever_and_nothing_else_is_reached(built: TestClient) -> None:
    assert "immutable" in built.get("/console/assets/a-1.js").headers["cache-control"]
    for name in ("b.js", "index.html", "a" * 5000):
        assert built.get(f"/console/assets/{name}").status_code == 404


def test_what_the_officers_page_needs_offline(folder: Path) -> None:
    names = ["o.css", "o.js", "p.js", "s.js"]
    assert BuiltFiles(folder).needed("officer.html") == [f"/console/assets/{name}" for name in names]
    assert BuiltFiles(folder / "none").needed("officer.html") == []


def test_a_path_out_of_the_folder_is_no_file(folder: Path) -> None:
    with pytest.raises(NotFound):
        BuiltFiles(folder / "assets").plain("../index.html", "text/html")


def test_what_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    bare = TestClient(create_app(ServerSettings(data_dir=tmp_path / "data", console_dir=tmp_path / "none")))
    answer = bare.get("/console/")
    assert answer.status_code == 404
    assert (answer.json()["code"], "make console" in answer.json()["title"]) == ("console.not_built", True)


def test_the_start_leads_to_the_console(doors: Doors) -> None:
    answer = doors.anonymous.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/console/")
    assert doors.anonymous.get("/static/icon.svg").status_code == 200


def test_alive_and_ready(doors: Doors, app: FastAPI) -> None:
    assert doors.anonymous.get("/healthz").json() == {"status": "ok"}
    assert doors.anonymous.get("/readyz").json() == {"ready": True, "parts": {"database": "ok", "disk": "ok"}}
    app.state.broker_is_up = lambda: False
    down = doors.anonymous.get("/readyz")
    assert (down.status_code, down.json()["parts"]["broker"]) == (503, "not connected")
