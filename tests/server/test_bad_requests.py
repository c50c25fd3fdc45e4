"""Whatever is sent, the answer is a problem that says what was wrong, and never a 5xx."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.auth.roles import Role
from tests.server.auth.test_every_route_refuses import FILLED
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.routes import api_routes

ODD = ["", "0", "-1", "9" * 30, "null", "\x00", "%00", "' OR 1=1 --", "../../etc/passwd", "a" * 1000, "😀", "\ud800"]
BODIES: list[Any] = [
    None,
    [],
    {},
    {"name": "\x00"},
    {"name": 10**400, "roles": [None]},
    {"roles": {"a": float("1e308")}},
    {"name": "\ud800", "\ud800": 1},
    "x",
    0,
]


@pytest.fixture
def everybody(doors: Doors) -> TestClient:
    return doors.open(*(role for role in Role if role not in {Role.AI, Role.SYS, Role.EDGE}))


def is_a_problem(answer: Any) -> bool:
    body = answer.json()
    return answer.headers["content-type"] == "application/problem+json" and {"type", "title", "status", "code"} <= set(
        body
    )


def fill(path: str, value: str) -> str:
    return "/".join(value if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_odd_bodies(app: FastAPI, everybody: TestClient, body: Any) -> None:
    raw = json.dumps(body).encode()
    for method, route in api_routes(app):
        if method in {"POST", "PUT", "PATCH"}:
            path = fill(route.path, FILLED["sha256"])
            answer = everybody.request(method, path, content=raw, headers={"Content-Type": "application/json"})
            assert answer.status_code < 500, f"{method} {path} {raw[:50]!r}: {answer.status_code} {answer.text}"
            assert answer.status_code < 400 or is_a_problem(answer)


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_odd_paths_and_queries(app: FastAPI, everybody: TestClient, value: str) -> None:
    quoted = value.encode("utf-8", "surrogatepass")
    for method, route in api_routes(app):
        if method != "GET" or route.path == "/api/events":
            continue
        names = [field.alias for field in route.dependant.query_params]
        query = "&".join(f"{name}={_percent(quoted)}" for name in names)
        path = fill(route.path, _percent(quoted) or "-")
        answer = everybody.get(f"{path}?{query}")
        assert answer.status_code < 500, f"{path}?{query[:80]}: {answer.status_code} {answer.text}"


def _percent(raw: bytes) -> str:
    return "".join(f"%{byte:02x}" for byte in raw)


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[" * 50_000, b"NaN", b'{"a":' + b"1" * 5000 + b"}"])
def test_what_is_not_json(everybody: TestClient, raw: bytes) -> None:
    answer = everybody.post("/api/persons", content=raw, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500
    assert is_a_problem(answer)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
        max_leaves=8,
    )
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_at_all(admin: TestClient, body: Any) -> None:
    raw = json.dumps(body).encode()
    for path in ("/api/persons", "/api/subjects", "/api/permits"):
        answer = admin.post(path, content=raw, headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500


def test_a_validation_problem_names_field_value_and_what_is_allowed(admin: TestClient) -> None:
    answer = admin.post("/api/persons", json={"name": "", "roles": ["king"], "rank": 1})
    problems = {one["field"]: one for one in answer.json()["problems"]}
    assert set(problems) == {"body.name", "body.roles.0", "body.rank"}
    assert problems["body.roles.0"]["value"] == "king"
    assert "officer" in problems["body.roles.0"]["allowed"]


def test_no_such_path_and_no_such_method(admin: TestClient) -> None:
    assert admin.get("/api/nothing").json()["code"] == "http.not_found"
    refused = admin.delete("/api/persons")
    assert (refused.status_code, refused.json()["code"], refused.headers["allow"]) == (
        405,
        "http.method_not_allowed",
        refused.headers["allow"],
    )


def test_a_body_that_is_too_large_is_cut_off(admin: TestClient) -> None:
    assert admin.post("/api/persons", content=b"x" * 1_000_001).status_code == 413
    chunked = admin.post("/api/persons", content=iter([b"x" * 600_000] * 2))
    assert 400 <= chunked.status_code < 500


def test_a_defect_of_ours_is_a_500_that_tells_nothing(app: FastAPI, doors: Doors) -> None:
    def broken() -> None:
        raise RuntimeError("secret-canary")

    app.add_api_route("/api/broken", broken, methods=["GET"])
    answer = doors.anonymous.get("/api/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "server.error")
    assert "canary" not in answer.text
