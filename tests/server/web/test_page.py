"""The page: nothing from outside, nothing inline, and headers on every answer."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.server.auth.test_routes_have_policies import PUBLIC
from tests.server.doors import Doors
from tests.server.routes import api_routes

STATIC = Path("server/web/static")


@pytest.mark.parametrize("file", sorted(STATIC.iterdir()), ids=lambda file: file.name)
def test_nothing_comes_from_outside(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//[a-z0-9-]+\.[a-z]", text)


def test_nothing_is_inline_and_nothing_is_put_in_as_html() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"\son[a-z]+=|style=|<script(?![^>]*src=)|<style", page)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", (STATIC / "live.js").read_text()
    )


def test_every_answer_carries_the_headers(app: FastAPI, doors: Doors) -> None:
    for method, route in api_routes(app):
        answer = doors.anonymous.request(method, route.path.replace("{", "").replace("}", ""))
        headers = answer.headers
        assert "default-src 'self'" in headers["content-security-policy"], route.path
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
        assert headers["referrer-policy"] == "no-referrer"
        if route.path.startswith("/api/"):
            assert headers["cache-control"] == "no-store"


def test_the_page_and_its_files_are_served(doors: Doors) -> None:
    for method, path in PUBLIC:
        if method == "GET" and not path.endswith("z") and "{" not in path:
            assert doors.anonymous.get(path).status_code == 200, path


def test_alive_and_ready(doors: Doors, app: FastAPI) -> None:
    assert doors.anonymous.get("/healthz").json() == {"status": "ok"}
    assert doors.anonymous.get("/readyz").json() == {"ready": True, "parts": {"database": "ok", "disk": "ok"}}
    app.state.broker_is_up = lambda: False
    down = doors.anonymous.get("/readyz")
    assert (down.status_code, down.json()["parts"]["broker"]) == (503, "not connected")
