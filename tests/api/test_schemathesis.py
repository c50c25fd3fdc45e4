"""Every operation of the API, for each role: no 5xx, answers as the schema says, and nothing of another district.

Requests are made from the schema with a fixed seed; half of them are aimed at real things, of one's own district and of
the other. A role that no policy names must get 403.
"""

import re
import time
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from fastapi import FastAPI
from schemathesis.core.failures import Failure, FailureGroup

from server.auth.matrix import allowed
from server.auth.roles import INTERNAL, Role
from tests.api.conftest import City
from tests.api.requests_made import Made, made
from tests.api.seeding import EAST, District
from tests.server.client import TestClient
from tests.server.routes import api_routes

pytestmark = pytest.mark.integration
EACH = 3
ROLES = sorted(set(Role) - INTERNAL)
NOT_SENT = {
    "GET /api/events": "does not end by itself",
    "GET /api/stills/{edge_id}/{camera_id}/live": "does not end by itself",
}
SECONDS_A_ROLE = 25.0
_MADE: dict[str, list[Made]] = {}


def requests_of(app: FastAPI) -> dict[str, list[Made]]:
    """Made once for all roles."""
    if not _MADE:
        _MADE.update(made(app, EACH))
    return _MADE


def who_may(app: FastAPI) -> dict[str, frozenset[Role] | None]:
    """By the names that the OpenAPI file gives, which leaves converters out: `{id:uuid}` is `{id}` there."""
    return {f"{method} {re.sub(r':[a-z]+}', '}', route.path)}": allowed(route) for method, route in api_routes(app)}


def variants(requests: list[Made], city: City) -> Iterator[Made]:
    """As made, at the other district's things, at one's own."""
    for number, request in enumerate(requests):
        yield (request, request.aimed_at(city.west), request.aimed_at(city.east))[number % 3]


def send(client: TestClient, request: Made) -> Any:
    body = {} if request.body is None else {"json": request.body}
    query = {name: value for name, value in request.query.items() if value is not None}
    return client.request(request.operation.method.upper(), request.path, params=query, headers=request.headers, **body)


def faults(request: Made, answer: Any, west: District) -> Iterator[str]:
    """What is wrong with one answer."""
    if answer.status_code >= 500:
        yield f"{answer.status_code} {answer.text[:200]}"
        return
    try:
        request.operation.validate_response(answer)
    except (Failure, FailureGroup) as failure:
        each = failure.exceptions if isinstance(failure, FailureGroup) else [failure]
        for one in each:
            yield f"{answer.status_code} not as the schema says: {' '.join(str(one).split())[:400]}"
    is_api = request.operation.path.startswith("/api/")
    if answer.status_code >= 400 and is_api and "problem+json" not in answer.headers.get("content-type", ""):
        yield f"{answer.status_code} is no problem: {answer.text[:100]}"
    asked = f"{request.path} {request.query} {request.body}"
    leaked = [mark for mark in west.marks if mark.encode() in answer.content and mark not in asked]
    if leaked:
        yield f"{answer.status_code} tells of the other district: {sorted(leaked)[:3]}: {answer.text[:300]}"


@pytest.mark.parametrize("role", ROLES)
def test_every_operation(city: City, role: Role) -> None:
    def let_in() -> TestClient:
        if role is Role.EDGE:
            return city.doors.edge(city.east.ids["edge"])
        return city.doors.open(role, districts=[EAST])

    client, may = let_in(), who_may(city.app)
    found: list[str] = []
    sent = unsent = 0
    operations = list(requests_of(city.app).items())
    Random(role.value).shuffle(operations)
    began = time.monotonic()
    for name, requests in operations:
        roles = may.get(name, frozenset())
        is_named = roles is None or role in roles
        if name in NOT_SENT:
            continue
        for request in list(variants(requests, city))[: None if is_named else 1]:
            if time.monotonic() - began > SECONDS_A_ROLE:
                unsent += 1
                continue
            answer = send(client, request)
            sent += 1
            if answer.status_code == 401 and roles is not None:
                client = let_in()
                answer = send(client, request)
            if not is_named and answer.status_code != 403:
                found.append(f"{name}: {answer.status_code} instead of 403")
            found += [f"{name}: {fault}" for fault in faults(request, answer, city.west)]
    print(f"{role}: {sent} sent, {unsent} left out of time, {time.monotonic() - began:.1f} s")
    assert not found, "\n".join(found)
