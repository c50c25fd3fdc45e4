"""Every route that reads is asked for the other district's things, by its lists and by their ids: nothing comes.

Somebody of every district is asked the same, so that a route which has nothing to show cannot pass for one that holds.
"""

from collections.abc import Iterator
from itertools import product

import httpx
from fastapi import FastAPI

from server.auth.matrix import Served
from server.auth.reach import ALL
from server.auth.roles import INTERNAL, Role
from tests.api.conftest import City
from tests.api.seeding import EAST, District
from tests.server.client import TestClient
from tests.server.routes import api_routes

PEOPLE = sorted(set(Role) - INTERNAL - {Role.EDGE})
NOTHING_OF_A_PLACE = {
    "/healthz", "/readyz", "/", "/static/live.js", "/static/live.css", "/static/icon.svg",
    "/api/me", "/api/districts", "/api/violations", "/api/cases/workflow",
    "/api/exemption-lists", "/api/exemption-lists/{version_id}",
    "/api/evidence/{sha256}/offset", "/api/subjects/code-counts",
}  # fmt: skip
"""Rules, accounts, sums, and what says nothing. Everything else must show something to somebody of every district."""
ALWAYS = {"follow": "false", "reason": "抽查一件"}
QUERY: dict[str, str] = {"lon": "119.97", "lat": "31.78"}
"""What a route needs to answer at all."""
ALIASES = {"person_id": "person", "letter_id": "dead_letter", "report_id": "alert_report", "binding_id": "zone_binding"}


def asked(route: Served, of: District) -> Iterator[str]:
    """The paths that name things of a district: each parameter filled with what it is named after."""
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    choices = [_candidates(name, of) for name in names]
    fields = {field.alias: field.field_info.is_required() for field in route.dependant.query_params}
    query = {name: _candidates(name, of)[0] for name in fields if name.endswith("_id")}
    always = ALWAYS | {name: QUERY[name] for name, needed in fields.items() if needed and name in QUERY}
    always |= {"after": "0"} if route.path == "/api/events" else {}
    always = {name: value for name, value in always.items() if name in fields}
    for chosen in product(*choices):
        path = route.path
        for name, value in zip(names, chosen, strict=True):
            path = path.replace("{" + name + "}", str(value))
        for given in ({}, query) if query else ({},):
            yield str(httpx.URL(path, params=always | given))


def _candidates(name: str, of: District) -> list[str]:
    table = ALIASES.get(name, name.removesuffix("_id"))
    if table in of.ids:
        return [str(of.ids[table])]
    if name == "sha256":
        return [of.ids["sha256"]]
    return sorted({str(key) for key in of.ids.values()})


def reading(app: FastAPI) -> list[Served]:
    return [route for method, route in api_routes(app) if method == "GET" and route.path not in NOTHING_OF_A_PLACE]


def seen(client: TestClient, path: str, of: District) -> set[str]:
    """The marks of a district in the answer, but for what was asked by."""
    answer = client.get(path)
    if answer.status_code >= 500:
        return {f"{answer.status_code}"}
    told = answer.content + str(dict(answer.headers)).encode()
    return {mark for mark in of.marks if mark.encode() in told and (answer.is_success or mark not in path)}


def _shows(client: TestClient, route: Served, path: str, of: District) -> bool:
    return "{" in route.path or bool(seen(client, path, of))


def test_nothing_of_another_district_is_read(city: City) -> None:
    near, far = city.doors.open(*PEOPLE, districts=[EAST]), city.doors.open(*PEOPLE, districts=[ALL])
    leaking: list[str] = []
    unproven: list[str] = []
    for route in reading(city.app):
        shown = False
        for path in asked(route, city.west):
            names_it = "{" in route.path
            if names_it and near.get(path).is_success:
                leaking.append(f"{path}: is there")
            if found := seen(near, path, city.west):
                leaking.append(f"{path}: {sorted(found)[:3]}")
            shown = shown or bool(seen(far, path, city.west)) or (names_it and far.get(path).is_success)
        if not shown:
            unproven.append(route.path)
    assert not leaking, "\n".join(leaking)
    why = "nothing was seeded that these could show: seed it, or say that they say nothing of a place"
    assert not unproven, "\n".join([why, *unproven])


def test_one_sees_what_is_of_ones_own_district(city: City) -> None:
    near = city.doors.open(*PEOPLE, districts=[EAST])
    missing = [
        route.path
        for route in reading(city.app)
        if not any(
            near.get(path).is_success and _shows(near, route, path, city.east) for path in asked(route, city.east)
        )
    ]
    assert not missing, "\n".join(missing)
