"""Terms, lists, holds and tombstones over the API."""

from server.auth.roles import Role
from tests.server.doors import Doors
from tests.server.retention.conftest import Archive


def test_terms_and_a_dry_round(archive: Archive, doors: Doors) -> None:
    _, name = archive.matter("A3", 100, "old")
    legal = doors.open(Role.LEGAL)
    assert legal.post("/api/retention/rounds").json()["listed"] == 1
    answer = legal.get("/api/retention").json()
    assert answer["mode"] == "dry_run"
    assert answer["runs"][0]["deleted"] == 0
    assert {c["name"]: c["days"] for c in answer["classes"]}["impact_assessment"] == 1096
    assert not any(c["deletes"] for c in answer["classes"])
    assert [row["sha256"] for row in legal.get("/api/retention/due").json()] == [name]
    assert doors.open(Role.LEGAL, districts=["elsewhere"]).get("/api/retention/due").json() == []
    assert archive.store.has(name)


def test_a_hold_is_placed_and_released_with_reasons_by_legal(archive: Archive, doors: Doors) -> None:
    case_id, name = archive.matter("A3", 100, "old")
    legal = doors.open(Role.LEGAL)
    wanted = {"kind": "case", "target": str(case_id), "reason": "行政复议中"}
    hold = legal.post("/api/retention/holds", json=wanted)
    assert hold.status_code == 201
    assert legal.post("/api/retention/holds", json=wanted).status_code == 409
    assert legal.post("/api/retention/rounds").json()["due"] == 0
    outside = doors.open(Role.LEGAL, districts=["elsewhere"])
    assert outside.get("/api/retention/holds").json() == []
    assert outside.post("/api/retention/holds", json=wanted | {"kind": "case"}).status_code == 404
    release = f"/api/retention/holds/{hold.json()['id']}/release"
    assert outside.post(release, json={"reason": "复议终结"}).status_code == 404
    assert legal.post(release, json={"reason": ""}).status_code == 422
    assert legal.post(release, json={"reason": "复议终结"}).json()["released_by_name"] == "测试员"
    assert legal.post(release, json={"reason": "复议终结"}).status_code == 409
    assert legal.post("/api/retention/rounds").json()["due"] == 1
    actions = [entry["action"] for entry in legal.get("/api/audit").json()]
    assert {"hold.place", "hold.release", "retention.run"} <= set(actions)
    assert legal.get(f"/api/retention/tombstones?sha256={name}").json() == []


def test_holds_are_for_the_legal_department_and_for_what_is_there(doors: Doors) -> None:
    body = {"kind": "evidence", "target": "a" * 64, "reason": "行政复议中"}
    for role in (Role.OFFICER, Role.ADMIN, Role.SUPERV, Role.AUDITOR):
        assert doors.open(role).post("/api/retention/holds", json=body).status_code == 403
    legal = doors.open(Role.LEGAL)
    for target in ("a" * 64, "0" * 8 + "-0000-0000-0000-" + "0" * 12):
        for kind in ("case", "subject", "evidence"):
            wanted = body | {"kind": kind, "target": target}
            assert legal.post("/api/retention/holds", json=wanted).status_code == 404
