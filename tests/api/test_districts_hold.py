"""Every route that reads is asked for the other district's things, by its lists and by their ids: nothing comes.

Somebody of every district is asked the same, so that a route which has nothing to show cannot pass for one that holds.
"""

from collections.abc import Iterator
from itertools import product

import httpx
from fastapi import FastAPI

from server.auth.matrix import Served, allowed
from server.auth.reach import ALL
from server.auth.roles import INTERNAL, Role
from tests.api.conftest import City
from tests.api.seeding import EAST, District
from tests.server.client import TestClient
from tests.server.routes import api_routes

PEOPLE = sorted(set(Role) - INTERNAL - {Role.EDGE})
NOTHING_OF_A_PLACE = {
    "/api/me": "is about oneself",
    "/api/districts": "names the districts",
    "/api/violations": "is a rule",
    "/api/cases/workflow": "is a rule",
    "/api/cases/count": "counts only",
    "/api/calendars": "is a rule",
    "/api/calendars/current": "is a rule",
    "/api/calendars/drafts": "is a rule",
    "/api/powers": "is a rule",
    "/api/retention": "is a rule",
    "/api/documents/kinds": "is a rule",
    "/api/cases/{case_id}/service": "needs a proof of service; in the tests of documents",
    "/api/documents/{document_id}/pages/{number}": "needs a document that can be set; in the tests of documents",
    "/api/documents/{document_id}/pages": "needs a document that can be set; in the tests of documents",
    "/api/desk/queues/{queue}": "needs a case of that state; in the tests of the desk",
    "/api/desk/sample": "needs closed cases; in the tests of the desk",
    "/api/desk/leaders": "names the leaders of one's own districts; in the tests of the desk",
    "/api/desk": "counts only",
    "/api/exemption-lists": "is a rule",
    "/api/exemption-lists/{version_id}": "is a rule",
    "/api/exemption-lists/compare": "is a rule",
    "/api/exemption-lists/drafts": "is a rule",
    "/api/exemption-lists/drafts/{draft_id}": "is a rule",
    "/api/subjects/imports/template": "is an empty sheet",
    "/api/subjects/imports/progress/{sha256}": "is of whoever sends the file",
    "/api/ledgers": "names the sheets there are",
    "/api/kpis": "counts only",
    "/api/review/count": "counts only",
    "/api/officer/tasks": "is what lies with oneself; in the tests of the officer",
    "/api/kpis/trend": "counts only",
    "/api/wall/today": "counts only",
    "/api/wall/alerts": "is of today only; in the tests of the wall",
    "/api/map": "says where to begin; in the tests of the map",
    "/api/stills": "needs files that edges brought; in the tests of stills",
    "/api/stills/{edge_id}/{camera_id}": "needs files that edges brought; in the tests of stills",
    "/api/stills/{edge_id}/{camera_id}/live": "needs files that edges brought; in the tests of stills",
    "/api/kpis/{kpi}/behind": "needs cases that ended; in the tests of reports",
    "/api/offences/flags": "counts only",
    "/api/offences/totals": "counts only",
    "/api/subjects/code-counts": "counts only",
    "/api/reports/missed": "counts only",
    "/api/notices/preference": "is about oneself",
    "/api/evidence/{sha256}/offset": "counts bytes",
    "/api/edges/{edge_id}/plan/{version:int}": "is for its own edge alone; in the tests of plans",
    "/api/edges/{edge_id}/probes/{probe_id}/address": "is for its own edge alone; in the tests of probes",
    "/api/party/case": "is the one case of a party's link",
    "/api/party/pictures/{sha256}": "is the one case of a party's link",
    "/api/party/files/{sha256}": "is what the party of the one case sent itself",
    "/api/party/contact": "is printed on every paper",
    "/api/party/documents": "is the one case of a party's link",
    "/api/party/documents/{document_id}/pdf": "is the one case of a party's link",
    "/api/permits/overlaps": "needs two permits of one district; in the tests of permits",
}
"""Everything else that asks who one is must show something to somebody of every district."""
NAMED = {
    "person_id": "person",
    "letter_id": "dead_letter",
    "alarm_id": "security_alarm",
    "report_id": "alert_report person_report",
    "binding_id": "zone_binding",
    "document_id": "issued_document",
    "task_id": "correction_task",
    "plan_id": "patrol_plan",
    "probe_id": "edge_probe",
    "import_id": "subject_import",
    "digest": "sha256",
    "head_office_id": "subject",
}
"""What a parameter names, where its own name does not say."""
FIXED: dict[str, list[str]] = {"name": ["cases"], "queue": ["check", "dispatch"], "number": ["1"], "version": ["1"]}
ALWAYS = {"follow": "false", "reason": "抽查一件"}
QUERY: dict[str, str] = {
    "lon": "119.97",
    "lat": "31.78",
    "since": "2026-11-01T00:00:00Z",
    "until": "2026-11-30T00:00:00Z",
    "began_at": "2026-11-20T02:00:00Z",
}
"""What a route needs to answer at all."""
ALIASES = {
    "person_id": "person",
    "letter_id": "dead_letter",
    "report_id": "alert_report person_report",
    "binding_id": "zone_binding",
}


def asked(route: Served, of: District) -> Iterator[str]:
    """The paths that name things of a district: each parameter filled with what it is named after."""
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    choices = [_candidates(name.partition(":")[0], of) for name in names]
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
    if name in FIXED:
        return FIXED[name]
    tables = NAMED.get(name, name.removesuffix("_id")).split()
    assert of.ids.keys() >= set(tables), f"say in NAMED what {{{name}}} names"
    return [str(of.ids[table]) for table in tables]


def reading(app: FastAPI) -> list[Served]:
    return [
        route
        for method, route in api_routes(app)
        if method == "GET" and route.path not in NOTHING_OF_A_PLACE and allowed(route) is not None
    ]


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
            names_it = any(mark in path.partition("?")[0] for mark in city.west.marks)
            if names_it and near.get(path).is_success:
                leaking.append(f"{path}: is there")
            if found := seen(near, path, city.west):
                leaking.append(f"{path}: {sorted(found)[:3]}")
            shown = shown or bool(seen(far, path, city.west)) or (names_it and far.get(path).is_success)
        if not shown:
            unproven.append(f"{route.path}: {[far.get(path).text[:300] for path in asked(route, city.west)][:2]}")
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
