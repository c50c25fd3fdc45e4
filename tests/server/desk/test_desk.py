"""What waits for whom, and why somebody may not decide it: as the moves themselves say."""

from typing import Any
from uuid import UUID

import pytest

from server.auth.roles import Role
from tests.server.cases.conftest import Town
from tests.server.client import TestClient
from tests.server.doors import Doors


def desk(client: TestClient) -> dict[str, int]:
    return {row["queue"]: row["waiting"] for row in client.get("/api/desk").raise_for_status().json()["queues"]}


def queue(client: TestClient, name: str, **params: Any) -> list[dict[str, Any]]:
    return client.get(f"/api/desk/queues/{name}", params=params).raise_for_status().json()["items"]


def ids(client: TestClient, name: str) -> list[str]:
    return [row["case"]["id"] for row in queue(client, name)]


def to_l1(town: Town, **found: Any) -> UUID:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id, **found)
    town.corrected(case_id)
    return case_id


def test_a_case_waits_on_one_desk_after_the_other(town: Town) -> None:
    town.shop()
    case_id, role = town.raised(), Role
    town.act(case_id, role.SEAT, "W1")
    assert ids(town.people[role.DISPATCH], "dispatch") == [str(case_id)]
    assert desk(town.people[role.DISPATCH]) == {"dispatch": 1}
    town.act(case_id, role.DISPATCH, "W2", assignee_id=str(town.ids[role.OFFICER]))
    assert desk(town.people[role.DISPATCH]) == {"dispatch": 0}
    town.act(case_id, role.OFFICER, "W3")
    town.act(case_id, role.OFFICER, "W4", lon=119.97, lat=31.78)
    town.ordered(case_id)
    at = town.clock.now().isoformat()
    town.act(case_id, role.OFFICER, "W7", corrected_at=at, photos=[town.photo()])
    assert desk(town.people[role.VERIFY]) == {"check": 1}
    town.act(case_id, role.VERIFY, "W8")
    assert desk(town.people[role.VERIFY]) == {"check": 1}
    town.act(case_id, role.VERIFY, "L1", photos=[town.photo()])
    row = queue(town.people[role.OFFICER], "examine")[0]
    assert (row["rule"], row["result"], row["officer_name"]) == ("R18", "EXEMPT_T1_SHALL", "officer")
    assert row["item_zh"]
    assert row["item_en"]
    town.act(case_id, role.OFFICER, "L4")
    assert desk(town.people[role.HEAD])["approve"] == 1
    town.act(case_id, role.HEAD, "L5", outcome="exempt_t1")
    assert desk(town.people[role.OFFICER])["serve"] == 1


def test_what_the_stored_recommendation_makes_a_leaders_is_not_on_the_officers_desk(town: Town) -> None:
    case_id = to_l1(town, obstruct=True)
    assert ids(town.people[Role.LEADER], "close") == [str(case_id)]
    assert ids(town.people[Role.OFFICER], "examine") == []
    assert desk(town.people[Role.LEADER]) == {"delegated": 0, "close": 1, "unknown": 0}


def test_what_a_person_may_not_decide_is_shown_with_the_reason_that_the_move_gives(town: Town, doors: Doors) -> None:
    mighty = doors.open(Role.SEAT, Role.HEAD, name="两职")
    town.shop()
    case_id = town.raised()
    town.people[Role.SEAT], usual = mighty, town.people[Role.SEAT]
    town.act(case_id, Role.SEAT, "W1", "属实")
    town.people[Role.SEAT] = usual
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    town.act(case_id, Role.OFFICER, "W3")
    town.act(case_id, Role.OFFICER, "W4", lon=119.97, lat=31.78)
    town.ordered(case_id)
    town.corrected(case_id)
    town.act(case_id, Role.OFFICER, "L4")
    assert queue(town.people[Role.HEAD], "approve")[0]["hindrance"] is None
    shown = queue(mighty, "approve")[0]["hindrance"]
    town.people[Role.HEAD] = mighty
    refused = town.try_act(case_id, Role.HEAD, "L5", outcome="exempt_t1").json()
    assert shown == {"code": refused["code"], "part": refused["part"], "had": refused["had"]}


def test_who_reported_it_on_patrol_is_a_collector(town: Town, doors: Doors) -> None:
    both = doors.open(Role.GRID, Role.VERIFY, name="网格兼核查")
    at = town.clock.now().isoformat()
    told = {"source": "patrol", "seen_at": at, "point": [119.97, 31.78], "item_code": "CG-02", "text": "占道"}
    report = both.post("/api/reports", json=told)
    if report.status_code != 201:
        pytest.fail(report.text)
    case_id = UUID(report.json()["case_id"])
    subject = town.shop()
    town.act(case_id, Role.SEAT, "W1")
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    town.act(case_id, Role.OFFICER, "W3")
    town.act(case_id, Role.OFFICER, "W4", lon=119.97, lat=31.78)
    town.act(case_id, Role.OFFICER, "W5", "无人承认")
    town.act(case_id, Role.OFFICER, "W4", "找到", subject_id=str(subject))
    town.ordered(case_id)
    town.act(case_id, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[town.photo()])
    assert queue(both, "check")[0]["hindrance"]["had"] == ["collector"]
    town.people[Role.VERIFY] = both
    assert town.try_act(case_id, Role.VERIFY, "W8").json()["code"] == "case.same_person"


def test_a_delegation_brings_spot_cases_to_the_leader(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    site = {"officers": ["1", "2"], "harm": "NONE", "sev": "SLIGHT", "inspection_record": "检查", "pledge_signed": True}
    town.act(case_id, Role.OFFICER, "W7", photos=[town.photo()], **site)
    town.act(case_id, Role.VERIFY, "W8")
    town.act(case_id, Role.VERIFY, "L1", photos=[town.photo()])
    town.act(case_id, Role.OFFICER, "L4")
    leader = town.people[Role.LEADER]
    assert ids(leader, "delegated") == []
    item = town.get(case_id)["item_code"]
    body = {"document": "授权〔2026〕1号", "leader_id": str(town.ids[Role.LEADER]), "items": [item],
            "valid_from": "2026-11-20", "valid_to": "2026-12-31"}  # fmt: skip
    assert town.people[Role.HEAD].post("/api/delegations", json=body).status_code == 201
    row = queue(leader, "delegated")[0]
    assert (row["case"]["id"], row["delegation"]) == (str(case_id), "授权〔2026〕1号")
    assert leader.get("/api/desk").json()["delegations"][0]["items"] == [item]
    town.act(case_id, Role.LEADER, "L5", outcome="exempt_t1")
    assert ids(leader, "delegated") == []


def test_the_one_due_first_stands_ahead_and_pages_go_on(town: Town) -> None:
    town.shop()
    cases = []
    for zone in ("z1", "z2", "z3"):
        case_id = town.raised(zone_id=zone)
        town.act(case_id, Role.SEAT, "W1")
        cases.append(str(case_id))
        town.after(minutes=1)
    client = town.people[Role.DISPATCH]
    first = client.get("/api/desk/queues/dispatch", params={"limit": 2}).json()
    rest = client.get("/api/desk/queues/dispatch", params={"limit": 2, "before": first["next"]}).json()
    assert [row["case"]["id"] for row in first["items"] + rest["items"]] == cases
    assert rest["next"] is None
    town.after(days=2)
    assert client.get("/api/desk").json()["queues"][0]["late"] == 3
    assert desk(town.people[Role.SUPERV])["overdue"] == 3


def test_only_ones_own_queues_and_districts(town: Town, doors: Doors) -> None:
    town.shop()
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    assert town.people[Role.SEAT].get("/api/desk/queues/dispatch").status_code == 403
    elsewhere = doors.open(Role.DISPATCH, districts=["elsewhere"])
    assert desk(elsewhere) == {"dispatch": 0}
    assert ids(elsewhere, "dispatch") == []
    head = doors.open(Role.HEAD, districts=["elsewhere"])
    assert head.get("/api/desk/leaders").json() == []
    days = {"closed_from": "2026-11-19T00:00:00Z", "closed_to": "2026-11-22T00:00:00Z", "count": 9}
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    town.act(town.raised(zone_id="z9"), Role.SEAT, "A3", "影子")
    assert head.get("/api/desk/sample", params=days).json()["total"] == 0


def test_the_shift_leader_sees_requests_and_voids_that_another_asked_for(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    superv = town.people[Role.SUPERV]
    version = {"If-Match": f'"{town.get(case_id)["version"]}"'}
    asked = town.people[Role.SEAT].post(f"/api/cases/{case_id}/void-request", json={"reason": "重复"}, headers=version)
    assert asked.status_code == 200
    row = queue(superv, "void")[0]
    assert (row["asked_by_name"], row["hindrance"]) == ("seat", None)
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    town.act(case_id, Role.OFFICER, "WX", "不在我辖区", asks="return")
    assert (desk(superv)["requests"], desk(superv)["void"]) == (1, 0)


def test_a_sample_of_closed_cases_is_drawn_again_by_its_seed(town: Town, doors: Doors) -> None:
    auditor = doors.open(Role.AUDITOR, name="督察")
    for zone in ("z1", "z2", "z3", "z4"):
        town.act(town.raised(zone_id=zone), Role.SEAT, "A3", "影子")
    days = {"closed_from": "2026-11-19T00:00:00Z", "closed_to": "2026-11-22T00:00:00Z", "count": 2}
    drawn = auditor.get("/api/desk/sample", params=days).raise_for_status().json()
    assert (drawn["total"], len(drawn["cases"])) == (4, 2)
    again = auditor.get("/api/desk/sample", params=days | {"seed": drawn["seed"]}).json()
    assert again == drawn
    seen = {
        case["id"]
        for seed in range(40)
        for case in auditor.get("/api/desk/sample", params=days | {"seed": str(seed)}).json()["cases"]
    }
    assert len(seen) == 4, "each can be drawn"
    assert auditor.get("/api/desk").json()["queues"] == []


def test_open_objections_say_who_answers_them(town: Town) -> None:
    case_id = to_l1(town)
    town.exempted(case_id)
    head, legal = town.people[Role.HEAD], town.people[Role.LEGAL]
    body = {"statement": "不服", "source": "来访"}
    lodged = town.people[Role.OFFICER].post(f"/api/cases/{case_id}/objections", json=body)
    assert lodged.status_code == 201, lodged.text
    decider = head.get("/api/desk/objections").raise_for_status().json()[0]
    assert (decider["answers"], decider["hindrance"]["had"]) == ([], ["decider"])
    assert legal.get("/api/desk/objections").json()[0]["by"] == ["head"]
    assert queue(head, "objected")[0]["hindrance"]["had"] == ["decider"]
    refused = head.post(
        f"/api/objections/{lodged.json()['id']}/answer", json={"result": "upheld", "answer": "维持原决定"}
    )
    assert refused.json()["code"] == decider["hindrance"]["code"]


def test_another_head_may_answer(town: Town, doors: Doors) -> None:
    case_id = to_l1(town)
    town.exempted(case_id)
    body = {"statement": "不服", "source": "来访"}
    town.people[Role.OFFICER].post(f"/api/cases/{case_id}/objections", json=body)
    second = doors.open(Role.HEAD, name="副局长")
    row = second.get("/api/desk/objections").json()[0]
    assert (row["answers"], row["hindrance"], row["case_state"]) == (["upheld", "set_aside"], None, "L8")
    told = {"result": "set_aside", "answer": "异议成立，重新办理"}
    assert second.post(f"/api/objections/{row['objection']['id']}/answer", json=told).status_code == 200
    assert second.get("/api/desk/objections").json() == []
    assert second.get("/api/desk").json()["others"][0] == {"kind": "objections", "waiting": 0, "late": 0}


def test_delegations_and_leaders_by_name(town: Town) -> None:
    head, leader = town.people[Role.HEAD], town.people[Role.LEADER]
    leader_id = str(town.ids[Role.LEADER])
    assert head.get("/api/desk/leaders").raise_for_status().json() == [{"person_id": leader_id, "name": "leader"}]
    body = {"document": "授权〔2026〕2号", "leader_id": leader_id, "items": ["CG-01"],
            "valid_from": "2026-11-19", "valid_to": "2026-11-19"}  # fmt: skip
    assert head.post("/api/delegations", json=body).status_code == 201
    told = leader.get("/api/desk/delegations").raise_for_status().json()[0]
    assert (told["head_name"], told["leader_name"], told["stands"]) == ("head", "leader", False), "it was yesterday's"


def test_officers_and_drawn_places_have_names(town: Town) -> None:
    leader, officer = town.people[Role.LEADER], str(town.ids[Role.OFFICER])
    leader.post("/api/teams", json={"code": "t-1", "name": "一中队", "body": "b"})
    record = {"team": "t-1", "certificate": "JS-001", "certificate_to": "2029-12-31"}
    assert leader.put(f"/api/officers/{officer}", json=record).status_code == 200
    rows = leader.get("/api/desk/officers").raise_for_status().json()
    assert [(row["name"], row["team"]) for row in rows] == [("officer", "t-1")]
    assert leader.get(f"/api/desk/patrols/{officer}").status_code == 404
