"""Plans of an edge: drafted with If-Match, checked, compared, put in force, answered, rolled back; no password."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from edge.contracts.plan import EdgePlan
from server.auth.roles import Role
from server.db import Database
from server.fleetplan import service
from server.ingest.intake import Intake
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.wire import birth, delivery, sealed

EDGE = "edge-1"
SECRET = "rtsp://watch:p%40ss-w0rd@10.1.2.3:554/stream1"
SQUARE = [[0.2, 0.5], [0.6, 0.5], [0.6, 0.9], [0.2, 0.9]]


@pytest.fixture
def superv(doors: Doors, database: Database, clock: Any, published_rules: list[dict[str, Any]]) -> TestClient:
    from server.policy.tables import PublishedVersion

    with database.session_scope() as session:
        session.add_all([PublishedVersion(**row) for row in published_rules])
    Intake(database, clock).take([delivery(sealed(birth(1)))])
    return doors.open(Role.SUPERV, name="班长 李宁")


def zone(**changes: Any) -> dict[str, Any]:
    return {"id": "front", "name": "门前", "polygon": SQUARE, "violations": ["outdoor_display"]} | changes


def camera(**changes: Any) -> dict[str, Any]:
    return {"id": "cam-new", "name": "新街口", "address": SECRET, "zones": [zone()]} | changes


def put(client: TestClient, *cameras: dict[str, Any], revision: int) -> dict[str, Any]:
    headers = {"If-Match": f'"{revision}"'}
    answer = client.put(f"/api/edges/{EDGE}/plan/draft", json={"cameras": cameras}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def stage(client: TestClient, revision: int, **headers: str) -> Any:
    headers = {"If-Match": f'"{revision}"'} | headers
    return client.post(f"/api/edges/{EDGE}/plan/draft/stage", json={"note": "新装"}, headers=headers)


def state(client: TestClient) -> dict[str, Any]:
    return client.get(f"/api/edges/{EDGE}/plan").json()


def test_a_plan_goes_from_draft_to_the_edge_and_back(superv: TestClient, doors: Doors, database: Database) -> None:
    assert state(superv)["revision"] == 0
    draft = put(superv, camera(), revision=0)
    assert [change["kind"] for change in draft["changes"]] == ["camera_added"]
    assert draft["faults"] == []
    first = stage(superv, draft["revision"])
    assert (first.status_code, first.json()["version"], first.json()["answer"]) == (201, 1, "waiting")
    plan = doors.edge(EDGE).get(f"/api/edges/{EDGE}/plan/1")
    assert sha256(plan.content).hexdigest() == first.json()["sha256"]
    assert EdgePlan.model_validate_json(plan.content).cameras[0].address == SECRET

    unchanged = camera(address=None, zones=[zone(polygon=[[0.3, 0.5], *SQUARE[1:]])])
    second = put(superv, unchanged, revision=state(superv)["revision"])
    assert [change["kind"] for change in second["changes"]] == ["zone_moved"]
    assert second["changes"][0]["facts"]["moved"] == pytest.approx(0.1, abs=0.03)
    assert stage(superv, second["revision"]).json()["version"] == 2
    plan = EdgePlan.model_validate_json(doors.edge(EDGE).get(f"/api/edges/{EDGE}/plan/2").content)
    assert plan.cameras[0].address == SECRET  # kept, though the screen never had it

    back = superv.post(f"/api/edges/{EDGE}/plan/versions/1/roll-back", json={"note": "改错了"})
    assert (back.status_code, back.json()["version"], back.json()["made_from"]) == (201, 3, 1)
    plan = EdgePlan.model_validate_json(doors.edge(EDGE).get(f"/api/edges/{EDGE}/plan/3").content)
    assert plan.cameras[0].zones[0].polygon[0] == (0.2, 0.5)
    listed = superv.get(f"/api/edges/{EDGE}/plan/versions").json()
    assert [(row["version"], row["answer"]) for row in listed] == [(3, "waiting"), (2, "replaced"), (1, "replaced")]


def test_no_route_for_people_returns_a_password(superv: TestClient, database: Database) -> None:
    draft = put(superv, camera(), revision=0)
    staged = stage(superv, draft["revision"])
    again = superv.get(f"/api/edges/{EDGE}/plan/versions")
    kept = superv.get(f"/api/edges/{EDGE}/plan")
    with database.session_scope(write=False) as session:
        stored = str([row.model_dump() for row in service.repository.versions(session, EDGE, None, 9)])
    for text in (str(draft), staged.text, again.text, kept.text, stored):
        assert "p%40ss" not in text
        assert "watch" not in text
    assert draft["cameras"][0]["address"] == "rtsp://***@10.1.2.3:554/stream1"


def test_two_people_do_not_overwrite_each_other(superv: TestClient, doors: Doors) -> None:
    put(superv, camera(), revision=0)
    other = doors.open(Role.ADMIN)
    late = other.put(f"/api/edges/{EDGE}/plan/draft", json={"cameras": []}, headers={"If-Match": '"0"'})
    assert (late.status_code, late.json()["code"]) == (412, "plan.stale_version")
    assert other.put(f"/api/edges/{EDGE}/plan/draft", json={"cameras": []}).status_code == 428
    dropped = other.post(f"/api/edges/{EDGE}/plan/draft/drop", headers={"If-Match": '"1"'})
    assert dropped.status_code == 204
    assert state(other)["draft"] is None
    # Never the number of a draft that is gone: what was read then must not fit the next one.
    assert state(other)["revision"] == 2


def test_faults_are_named_at_their_fields_and_hold_it_back(superv: TestClient) -> None:
    crossed = [[0.2, 0.5], [0.6, 0.9], [0.6, 0.5], [0.2, 0.9]]
    draft = put(
        superv,
        camera(zones=[zone(polygon=crossed), zone(violations=["flying"], polygon=SQUARE[:2])]),
        camera(id="cam-two", address=None, zones=[]),
        camera(id="cam-three", address="http://10.1.2.3/x", zones=[zone(violations=[])]),
        revision=0,
    )
    found = {(fault["field"], fault["code"]) for fault in draft["faults"]}
    assert found == {
        ("cameras[0].zones[0].id", "zone_id_twice"), ("cameras[0].zones[1].id", "zone_id_twice"),
        ("cameras[0].zones[0].polygon", "crossing"), ("cameras[0].zones[1].polygon", "few_corners"),
        ("cameras[0].zones[1].violations[0]", "unknown_violation"), ("cameras[1].address", "no_address"),
        ("cameras[1].zones", "no_zone"), ("cameras[2].address", "bad_address"),
        ("cameras[2].zones[0].violations", "no_violation"),
    }  # fmt: skip
    refused = stage(superv, draft["revision"])
    assert (refused.status_code, refused.json()["code"]) == (422, "plan.faults")
    assert len(refused.json()["problems"]) == len(found)


def test_the_edges_answer_is_shown_at_its_field(superv: TestClient, database: Database, clock: Any) -> None:
    draft = put(superv, camera(), revision=0)
    stage(superv, draft["revision"])
    problem = "plan: cameras[0].zones[0].violations[0]: 'outdoor_display': no model here measures it"
    with database.session_scope() as session:
        service.answered(session, EDGE, 1, False, [problem], clock.now())
    newest = state(superv)["newest"]
    assert newest["answer"] == "refused"
    [fault] = newest["faults"]
    assert (fault["camera_id"], fault["zone_id"], fault["text"]) == ("cam-new", "front", problem)
    clock.advance(timedelta(seconds=5))
    with database.session_scope() as session:
        service.answered(session, EDGE, 1, True, [], clock.now())
    assert state(superv)["newest"]["answer"] == "accepted"


def test_the_same_request_again_makes_one_version(superv: TestClient) -> None:
    draft = put(superv, camera(), revision=0)
    key = {"Idempotency-Key": "k-1"}
    first, again = stage(superv, draft["revision"], **key), stage(superv, draft["revision"], **key)
    assert (first.json()["version"], again.json()["version"]) == (1, 1)
    assert stage(superv, draft["revision"]).status_code == 409


def test_who_may(superv: TestClient, doors: Doors) -> None:
    draft = put(superv, camera(), revision=0)
    stage(superv, draft["revision"])
    assert doors.edge("edge-2").get(f"/api/edges/{EDGE}/plan/1").status_code == 404
    assert superv.get(f"/api/edges/{EDGE}/plan/1").status_code == 403
    assert doors.open(Role.SEAT).get(f"/api/edges/{EDGE}/plan").status_code == 403
    elsewhere = doors.open(Role.ADMIN, districts=["other"])
    assert elsewhere.get(f"/api/edges/{EDGE}/plan").status_code == 404
    assert elsewhere.get("/api/edges/none/plan").status_code == 404
