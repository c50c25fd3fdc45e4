"""Every route that an officer's phone sends to: the same key makes nothing new, for another body it is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import func, select

from server.auth.roles import Role
from server.cases.tables import CaseStep
from server.documents.tables import EducationRecord, IssuedDocument, Pledge
from server.feedback.tables import Verdict
from server.once.tables import RequestMade
from server.reports_by_people.tables import PersonReport
from tests.server.documents.conftest import OFFICERS, PLACE, Desk


@dataclass(frozen=True)
class Route:
    """A route, a body, another body, and the table whose rows are counted."""

    path: Callable[[UUID], str]
    body: Callable[[Desk, UUID], dict[str, Any]]
    other: dict[str, Any]
    table: Any
    good: int = 201


def alert_of(desk: Desk, case_id: UUID) -> str:
    return desk.town.get(case_id)["alert_ids"][0]


ROUTES = {
    "report": Route(
        lambda _: "/api/reports",
        lambda desk, _: {"source": "patrol", "item_code": "CG-01", "text": "出店经营", "address": "和平路",
                         "photos": [desk.town.photo()]},
        {"text": "另一件事"}, PersonReport,
    ),
    "pledge": Route(
        lambda case_id: f"/api/cases/{case_id}/pledges",
        lambda desk, _: {"text": "不再店外经营", "signed_by": "张三（合成）", "photos": [desk.town.photo()]},
        {"text": "别的承诺"}, Pledge,
    ),
    "education": Route(
        lambda case_id: f"/api/cases/{case_id}/education",
        lambda *_: {"kind": "ED1", "content": "讲解", "receipt": "签字"}, {"kind": "ED3"}, EducationRecord,
    ),
    "document": Route(
        lambda case_id: f"/api/cases/{case_id}/documents",
        lambda *_: {"kind": "order", "fields": {"officers": OFFICERS, "place": PLACE}},
        {"fields": {"officers": OFFICERS, "place": PLACE, "demands": "别的"}}, IssuedDocument,
    ),
    "verdict": Route(
        lambda _: "/api/verdicts",
        lambda desk, case_id: {"alert_id": alert_of(desk, case_id), "verdict": "confirmed", "reason": "现场属实"},
        {"verdict": "false"}, Verdict,
    ),
    "move": Route(
        lambda case_id: f"/api/cases/{case_id}/actions",
        lambda *_: {"to": "W5", "reason": "现场无人", "done_at": "2026-11-20T10:01:00+08:00"},
        {"reason": "另有原因"}, CaseStep, 200,
    ),
}  # fmt: skip


@pytest.fixture(params=sorted(ROUTES))
def route(request: pytest.FixtureRequest) -> Route:
    return ROUTES[request.param]


def count(desk: Desk, table: Any) -> int:
    with desk.town.database.session_scope(write=False) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def send(desk: Desk, route: Route, case_id: UUID, body: dict[str, Any], key: str, version: int) -> Any:
    headers = {"Idempotency-Key": key, "If-Match": f'"{version}"'}
    return desk.town.people[Role.OFFICER].post(route.path(case_id), json=body, headers=headers)


def test_the_same_key_makes_one_and_answers_alike(desk: Desk, route: Route) -> None:
    case_id = desk.on_site()
    body, version = route.body(desk, case_id), desk.town.get(case_id)["version"]
    before = count(desk, route.table)
    first = send(desk, route, case_id, body, "k1", version)
    assert first.status_code == route.good, first.text
    desk.town.after(minutes=3)
    again = send(desk, route, case_id, body, "k1", version)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert count(desk, route.table) == before + 1


def test_the_same_key_for_another_body_is_refused_and_makes_nothing(desk: Desk, route: Route) -> None:
    case_id = desk.on_site()
    body, version = route.body(desk, case_id), desk.town.get(case_id)["version"]
    assert send(desk, route, case_id, body, "k1", version).status_code == route.good
    made = count(desk, route.table)
    refused = send(desk, route, case_id, body | route.other, "k1", version)
    assert refused.status_code == 409, refused.text
    assert refused.json()["code"].endswith("idempotency_key_reused")
    assert count(desk, route.table) == made


def test_what_was_refused_leaves_the_key_free(desk: Desk, route: Route) -> None:
    case_id = desk.on_site()
    body, version = route.body(desk, case_id), desk.town.get(case_id)["version"]
    assert send(desk, route, case_id, body | {"hat": 1}, "k1", version).status_code == 422
    assert send(desk, route, case_id, body, "k1", version).status_code == route.good


def test_two_tries_at_the_same_moment_make_one(desk: Desk, route: Route) -> None:
    case_id = desk.on_site()
    body, version = route.body(desk, case_id), desk.town.get(case_id)["version"]
    before, together, answers = count(desk, route.table), Barrier(4), list[int]()

    def one() -> None:
        together.wait()
        answers.append(send(desk, route, case_id, body, "k1", version).status_code)

    threads = [Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {route.good}
    assert count(desk, route.table) == before + 1


def test_a_key_is_ones_own(desk: Desk) -> None:
    body = {"source": "patrol", "item_code": "CG-01", "text": "出店经营", "address": "和平路"}
    made = {
        desk.town.people[role].post("/api/reports", json=body, headers={"Idempotency-Key": "k1"}).json()["id"]
        for role in (Role.OFFICER, Role.GRID)
    }
    assert len(made) == 2
    assert count(desk, RequestMade) == 2
