"""Collector, handler, verifier and approver differ; voiding takes two; delegation is in writing."""

from uuid import UUID

import pytest

from server.auth.roles import Role
from tests.server.cases.conftest import Town
from tests.server.client import TestClient
from tests.server.doors import Doors

MIGHTY = (Role.SEAT, Role.OFFICER, Role.VERIFY, Role.LEADER, Role.HEAD)


def code(response) -> str:
    return response.json()["code"]


def me(client: TestClient) -> str:
    return client.get("/api/me").json()["id"]


@pytest.fixture
def mighty(doors: Doors) -> TestClient:
    """Somebody who holds all four parts."""
    return doors.open(*MIGHTY, name="全能")


def as_(town: Town, role: Role, who: TestClient, case_id: UUID, to: str, reason: str = "", **fields):
    """The same move, made by another person of that role."""
    usual, town.people[role] = town.people[role], who
    try:
        return town.try_act(case_id, role, to, reason, **fields)
    finally:
        town.people[role] = usual


def test_the_collector_does_not_handle_verify_or_approve(town: Town, mighty: TestClient) -> None:
    town.shop()
    case_id = town.raised()
    assert as_(town, Role.SEAT, mighty, case_id, "W1", "属实").status_code == 200
    refused = town.try_act(case_id, Role.DISPATCH, "W2", assignee_id=me(mighty))
    assert (code(refused), refused.json()["had"]) == ("case.same_person", ["collector"])
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    town.act(case_id, Role.OFFICER, "W3")
    town.act(case_id, Role.OFFICER, "W4", lon=119.97, lat=31.78)
    assert code(as_(town, Role.LEADER, mighty, case_id, "C4", "不违法")) == "case.same_person"
    town.ordered(case_id)
    town.act(case_id, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[town.photo()])
    assert code(as_(town, Role.VERIFY, mighty, case_id, "W8")) == "case.same_person"
    town.act(case_id, Role.VERIFY, "W8")
    town.act(case_id, Role.VERIFY, "L1", photos=[town.photo()])
    assert code(as_(town, Role.OFFICER, mighty, case_id, "L4")) == "case.same_person", "handling later counts as well"
    town.act(case_id, Role.OFFICER, "L4")
    assert code(as_(town, Role.HEAD, mighty, case_id, "L5", outcome="exempt_t1")) == "case.same_person"


def test_verifier_does_not_handle_or_approve_afterwards(town: Town, mighty: TestClient) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.act(case_id, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[town.photo()])
    assert as_(town, Role.VERIFY, mighty, case_id, "W8").status_code == 200
    assert as_(town, Role.VERIFY, mighty, case_id, "W4", "没有改").status_code == 200
    again = {"officers": ["1", "2"], "harm": "NONE", "sev": "SLIGHT", "order_number": "n", "inspection_record": "r"}
    assert code(as_(town, Role.OFFICER, mighty, case_id, "W6", photos=[town.photo()], **again)) == "case.same_person"
    assert code(as_(town, Role.LEADER, mighty, case_id, "C4", "不违法")) == "case.same_person"


def test_approver_does_not_take_another_part_when_the_case_comes_back(town: Town, mighty: TestClient) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.act(case_id, Role.OFFICER, "L4")
    assert as_(town, Role.HEAD, mighty, case_id, "L1", "理由不足").status_code == 200
    assert code(as_(town, Role.OFFICER, mighty, case_id, "L2", "当事人要陈述")) == "case.same_person"


def test_voiding_takes_two_and_the_second_confirms_himself(town: Town, doors: Doors) -> None:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    assert code(town.try_act(case_id, Role.SUPERV, "V", "错立")) == "case.void_not_asked"
    url = f"/api/cases/{case_id}/void-request"
    etag = town.people[Role.SUPERV].get(f"/api/cases/{case_id}").headers["ETag"]
    asked = town.people[Role.SUPERV].post(url, json={"reason": "错立"}, headers={"If-Match": etag})
    assert asked.status_code == 200, asked.text
    assert asked.json()["void_asked_by"] == str(town.ids[Role.SUPERV])
    assert code(town.try_act(case_id, Role.SUPERV, "V", "错立")) == "case.same_person"
    before = town.get(case_id)
    town.people[Role.SUPERV] = doors.open(Role.SUPERV)
    case = town.act(case_id, Role.SUPERV, "V", "确为错立")
    assert (case["state"], case["due_at"]) == ("V", None)
    assert case["alert_ids"] == before["alert_ids"], "all data is kept"
    assert [step["kind"] for step in case["steps"]] == [
        "opened",
        "transition",
        "transition",
        "void_asked",
        "transition",
    ]
    assert case["history_faults"] == []


def test_another_move_takes_back_the_wish_to_void(town: Town, doors: Doors) -> None:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    etag = town.people[Role.SUPERV].get(f"/api/cases/{case_id}").headers["ETag"]
    body = {"json": {"reason": "错立"}, "headers": {"If-Match": etag}}
    assert town.people[Role.SUPERV].post(f"/api/cases/{case_id}/void-request", **body).status_code == 200
    assert town.people[Role.SUPERV].post(f"/api/cases/{case_id}/void-request", **body).status_code == 412
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    town.act(case_id, Role.OFFICER, "W1", "不在岗")
    town.people[Role.SUPERV] = doors.open(Role.SUPERV)
    assert code(town.try_act(case_id, Role.SUPERV, "V", "错立")) == "case.void_not_asked"


def test_void_is_not_asked_for_where_the_table_has_no_way_to_it(town: Town) -> None:
    case_id = town.raised()
    seat = town.people[Role.SEAT]
    etag = seat.get(f"/api/cases/{case_id}").headers["ETag"]
    refused = seat.post(f"/api/cases/{case_id}/void-request", json={"reason": "x"}, headers={"If-Match": etag})
    assert (refused.status_code, code(refused)) == (409, "case.cannot_be_void")


def on_the_spot(town: Town) -> UUID:
    """Corrected while the officers were there, and waiting for approval."""
    case_id = town.raised()
    town.on_site(case_id)
    found = {"officers": ["1", "2"], "harm": "NONE", "sev": "SLIGHT", "order_number": "n", "inspection_record": "r"}
    town.act(case_id, Role.OFFICER, "W7", photos=[town.photo()], **found)
    town.act(case_id, Role.VERIFY, "W8")
    town.act(case_id, Role.VERIFY, "L1", photos=[town.photo()])
    town.act(case_id, Role.OFFICER, "L4")
    return case_id


def delegate(town: Town, **changes) -> dict:
    body = {
        "document": "授权书〔2026〕1号", "leader_id": str(town.ids[Role.LEADER]), "items": ["CG-01"],
        "valid_from": "2026-11-01", "valid_to": "2026-12-31",
    } | changes  # fmt: skip
    made = town.people[Role.HEAD].post("/api/delegations", json=body)
    assert made.status_code == 201, made.text
    return made.json()


def test_a_leader_approves_spot_cases_only_with_a_written_delegation(town: Town) -> None:
    town.shop()
    case_id = on_the_spot(town)
    assert town.get(case_id)["path"] == "spot"
    assert code(town.try_act(case_id, Role.LEADER, "L5", outcome="exempt_t1")) == "case.not_your_transition"
    given = delegate(town)
    case = town.act(case_id, Role.LEADER, "L5", outcome="exempt_t1")
    step = case["steps"][-1]
    assert (step["actor_role"], step["fields"]["delegation_id"]) == ("head", given["id"])
    assert step["actor_id"] == str(town.ids[Role.LEADER])


@pytest.mark.parametrize(
    "changes", [{"items": ["CG-02"]}, {"valid_to": "2026-11-19"}, {"valid_from": "2026-11-21"}, {"district": "other"}]
)
def test_a_delegation_covers_only_what_it_says(town: Town, changes: dict) -> None:
    town.shop()
    case_id = on_the_spot(town)
    delegate(town, **changes)
    assert code(town.try_act(case_id, Role.LEADER, "L5", outcome="exempt_t1")) == "case.not_your_transition"


def test_a_delegation_ends_when_the_head_says_so(town: Town) -> None:
    town.shop()
    case_id = on_the_spot(town)
    given = delegate(town)
    head = town.people[Role.HEAD]
    assert head.post(f"/api/delegations/{given['id']}/end").status_code == 200
    assert head.post(f"/api/delegations/{given['id']}/end").status_code == 409
    assert code(town.try_act(case_id, Role.LEADER, "L5", outcome="exempt_t1")) == "case.not_your_transition"
    assert [row["ended_at"] is None for row in head.get("/api/delegations").json()] == [False]


def test_a_delegated_approver_is_an_approver(town: Town, mighty: TestClient) -> None:
    town.shop()
    delegate(town, leader_id=me(mighty))
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=me(mighty))
    assert as_(town, Role.OFFICER, mighty, case_id, "W3").status_code == 200
    assert as_(town, Role.OFFICER, mighty, case_id, "W4", lon=120, lat=31).status_code == 200
    found = {"officers": ["1", "2"], "harm": "NONE", "sev": "SLIGHT", "inspection_record": "r"}
    assert as_(town, Role.OFFICER, mighty, case_id, "W7", photos=[town.photo()], **found).status_code == 200
    town.act(case_id, Role.VERIFY, "W8")
    town.act(case_id, Role.VERIFY, "L1", photos=[town.photo()])
    town.act(case_id, Role.OFFICER, "L4")
    assert code(as_(town, Role.LEADER, mighty, case_id, "L5", outcome="exempt_t1")) == "case.same_person"


def test_the_filed_path_is_the_heads_whatever_was_delegated(town: Town) -> None:
    town.shop()
    delegate(town)
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.act(case_id, Role.OFFICER, "L4")
    assert town.get(case_id)["path"] == "filed"
    assert code(town.try_act(case_id, Role.LEADER, "L5", outcome="exempt_t1")) == "case.not_your_transition"


def test_who_reported_on_patrol_does_not_handle(town: Town, doors: Doors) -> None:
    patrol = doors.open(Role.OFFICER, name="巡查员")
    told = {"source": "patrol", "item_code": "CG-01", "text": "店外摆货", "point": [119.97, 31.78]}
    made = patrol.post("/api/reports", json=told)
    assert made.status_code == 201, made.text
    case_id = UUID(made.json()["case_id"])
    town.act(case_id, Role.SEAT, "W1")
    refused = town.try_act(case_id, Role.DISPATCH, "W2", assignee_id=me(patrol))
    assert (code(refused), refused.json()["had"]) == ("case.same_person", ["collector"])
