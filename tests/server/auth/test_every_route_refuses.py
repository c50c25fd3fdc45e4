"""For each route: anonymous 401, a wrong role 403 (or what the policy says), for every role there is."""

from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from server.auth.person import Allow
from server.auth.roles import INTERNAL, Role
from tests.server.auth.test_routes_have_policies import ANYBODY_KNOWN, PUBLIC
from tests.server.doors import Doors
from tests.server.routes import api_routes

FILLED = {"sha256": "0" * 64, "edge_id": "edge-1", "camera_id": "cam-1"}


def path_of(path: str) -> str:
    """A path with its parameters filled in."""
    parts = [
        "1" if part.endswith(":int}") else FILLED.get(part[1:-1], str(UUID(int=9))) if part.startswith("{") else part
        for part in path.split("/")
    ]
    return "/".join(parts)


def allowed(dependant: Dependant) -> list[frozenset[Role]]:
    found: list[frozenset[Role]] = []
    for inner in dependant.dependencies:
        found += [inner.call.roles] if isinstance(inner.call, Allow) else []
        found += allowed(inner)
    return found


def test_anonymous_is_401_everywhere_but_in_public(app: FastAPI, doors: Doors) -> None:
    for method, route in api_routes(app):
        if (method, route.path) in PUBLIC:
            continue
        answer = doors.anonymous.request(method, path_of(route.path))
        assert answer.status_code == 401, f"{method} {route.path}: {answer.status_code}"
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["code"] == "auth.unauthorized"


@pytest.mark.parametrize("role", sorted(set(Role) - INTERNAL - {Role.EDGE}))
def test_a_role_gets_403_exactly_where_it_is_not_named(app: FastAPI, doors: Doors, role: Role) -> None:
    client = doors.open(role)
    for method, route in api_routes(app):
        if (method, route.path) in PUBLIC or (method, route.path) in ANYBODY_KNOWN or route.path == "/api/events":
            continue
        answer = client.request(method, path_of(route.path))
        is_named = all(role in roles for roles in allowed(route.dependant))
        if is_named:
            # It gets past the policy; what then is wrong with the empty request is another matter.
            assert answer.status_code < 500, f"{method} {route.path}: {answer.text}"
            assert "auth.forbidden" not in answer.text, f"{role} {method} {route.path}"
        else:
            assert answer.status_code == 403, f"{role} {method} {route.path}: {answer.status_code}"
            assert answer.json()["code"] == "auth.forbidden"


def test_a_device_tells_what_it_sees_and_fetches_its_own_orders_and_nothing_else(app: FastAPI, doors: Doors) -> None:
    client = doors.edge()
    may = [
        f"{method} {route.path}"
        for method, route in api_routes(app)
        if (method, route.path) not in PUBLIC
        and (method, route.path) not in ANYBODY_KNOWN
        and client.request(method, path_of(route.path)).status_code != 403
    ]
    assert sorted(may) == [
        "GET /api/edges/{edge_id}/plan/{version:int}",
        "GET /api/edges/{edge_id}/probes/{probe_id}/address",
        "GET /api/evidence/{sha256}/offset",
        "PUT /api/edges/{edge_id}/effective",
        "PUT /api/edges/{edge_id}/probes/{probe_id}/result",
        "PUT /api/evidence/{sha256}",
        "PUT /api/stills/{edge_id}/{camera_id}",
    ]
