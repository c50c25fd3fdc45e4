"""Dispatch over HTTP: registers kept, candidates ranked, unfit officers only for a reason, patrols drawn."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from server.auth.person import SYSTEM
from server.auth.roles import Role
from server.cases import service as cases
from server.config import CONFIGS
from server.dispatch import service
from server.dispatch.powers import PowerList
from server.dispatch.tables import AssignmentAgainst
from server.errors import Conflict
from server.places import service as places
from server.places.schemas import AreaWanted, ZoneGroundWanted
from server.policy import publication
from tests.server.cases.conftest import Town
from tests.server.places.test_geometry import box


def team(town: Town, code: str = "t1", **more: Any) -> Any:
    body = {"code": code, "name": "一中队（合成）", "body": "district-cg", "grids": ["G-1"]} | more
    return town.people[Role.SUPERV].post("/api/teams", json=body)


def certify(town: Town, person: UUID, number: str, until: str = "2027-12-31", code: str = "t1") -> Any:
    body = {"team": code, "certificate": number, "certificate_to": until}
    return town.people[Role.SUPERV].put(f"/api/officers/{person}", json=body)


def on_duty(town: Town, *people: UUID, hours: float = 8) -> Any:
    now = town.clock.now()
    body = {
        "person_ids": [str(one) for one in people], "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(hours=hours)).isoformat(),
    }  # fmt: skip
    return town.people[Role.DISPATCH].post("/api/shifts", json=body)


def second(town: Town) -> UUID:
    return UUID(town.people._doors.open(Role.OFFICER, name="second").get("/api/me").json()["id"])


def filed(town: Town) -> UUID:
    with town.database.session_scope() as session:
        now = town.clock.now()
        cell = AreaWanted(kind="grid", code="G-1", name="x", body="district-cg", polygon=box(-50, -50, 100, 100))
        places.put_area(session, cell, SYSTEM, now)
        ground = ZoneGroundWanted(polygon=box(0, 0, 10, 4))
        places.put_zone(session, "edge-1", "cam-1", "z1", ground, SYSTEM, now)
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1", "立案")
    return case_id


def ranked(town: Town, case_id: UUID) -> dict[str, Any]:
    return town.people[Role.DISPATCH].get(f"/api/cases/{case_id}/candidates").raise_for_status().json()


def test_without_registers_everybody_may_go_and_it_is_said(town: Town) -> None:
    person, case_id = town.ids[Role.OFFICER], filed(town)
    answer = ranked(town, case_id)
    assert answer["unchecked"] == ["powers", "certificates", "roster"]
    assert [(one["person_id"], one["fit"]) for one in answer["candidates"]] == [(str(person), True)]
    assert town.people[Role.SEAT].get("/api/powers").status_code == 404


def test_two_certified_officers_on_duty_are_fit_and_in_charge(staffed: Town) -> None:
    one, other, case_id = staffed.ids[Role.OFFICER], second(staffed), filed(staffed)
    assert team(staffed).status_code == 201
    assert certify(staffed, one, "JS-1").status_code == 200
    certify(staffed, other, "JS-2").raise_for_status()
    on_duty(staffed, one, other).raise_for_status()
    answer = ranked(staffed, case_id)
    assert (answer["grid"], answer["bodies"], answer["unchecked"]) == ("G-1", ["district-cg"], [])
    assert all(item["fit"] and item["in_charge"] and item["on_duty"] for item in answer["candidates"])
    staffed.after(hours=9)
    off = ranked(staffed, case_id)["candidates"]
    assert {reason["code"] for item in off for reason in item["against"]} == {"off_duty", "no_second_officer"}
    assert {reason["zh"] for item in off for reason in item["against"]} >= {"当前不在班"}


def test_an_unfit_officer_goes_only_for_a_reason_and_it_is_counted(staffed: Town) -> None:
    one, case_id = staffed.ids[Role.OFFICER], filed(staffed)
    team(staffed)
    certify(staffed, one, "JS-1", until="2026-11-19").raise_for_status()
    with staffed.database.session_scope() as session:
        case = cases.get(session, case_id)
        with pytest.raises(Conflict, match="uncertified") as refused:
            service.check_assignment(session, case, one, " ", SYSTEM, staffed.clock.now())
        assert refused.value.facts["against"] == ["uncertified", "no_second_officer"]
        against = service.check_assignment(session, case, one, "唯一在岗人员", SYSTEM, staffed.clock.now())
        assert [str(item) for item in against] == ["uncertified", "no_second_officer"]
    with staffed.database.session_scope(write=False) as session:
        (row,) = session.exec(select(AssignmentAgainst)).all()
        assert (row.reason, row.powers) == ("唯一在岗人员", "tianning-powers@2026.1")
    listed = staffed.people[Role.LEADER].get("/api/assignments-against-advice").json()
    assert [item["case_id"] for item in listed] == [str(case_id)]


def test_the_move_refuses_an_unfit_officer_until_a_reason_is_given(staffed: Town) -> None:
    one, other, case_id = staffed.ids[Role.OFFICER], second(staffed), filed(staffed)
    team(staffed)
    certify(staffed, one, "JS-1", until="2026-11-19").raise_for_status()
    certify(staffed, other, "JS-2").raise_for_status()
    refused = staffed.try_act(case_id, Role.DISPATCH, "W2", assignee_id=str(one))
    assert (refused.status_code, refused.json()["code"]) == (409, "dispatch.officer_unfit")
    assert staffed.get(case_id)["state"] == "W1"
    staffed.act(case_id, Role.DISPATCH, "W2", "唯一在岗人员", assignee_id=str(one))
    (listed,) = staffed.people[Role.LEADER].get("/api/assignments-against-advice").json()
    assert (listed["assignee_id"], listed["reason"]) == (str(one), "唯一在岗人员")


def test_who_has_work_in_hand_comes_later(town: Town) -> None:
    busy, case_id = town.ids[Role.OFFICER], filed(town)
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(busy))
    idle = second(town)
    other = town.raised(zone_id="z2")
    order = [(item["person_id"], item["load"]) for item in ranked(town, other)["candidates"]]
    assert order == [(str(idle), 0), (str(busy), 1)]


def test_cancelled_shifts_count_for_nothing(staffed: Town) -> None:
    one, case_id = staffed.ids[Role.OFFICER], filed(staffed)
    team(staffed)
    certify(staffed, one, "JS-1")
    (shift,) = on_duty(staffed, one).json()
    staffed.people[Role.DISPATCH].post(f"/api/shifts/{shift['id']}/cancel").raise_for_status()
    (item,) = ranked(staffed, case_id)["candidates"]
    assert "off_duty" in [reason["code"] for reason in item["against"]]
    window = {"since": "2026-11-20T00:00:00Z", "until": "2026-11-21T00:00:00Z"}
    (listed,) = staffed.people[Role.SEAT].get("/api/shifts", params=window).json()
    assert listed["cancelled_at"] is not None


def test_what_the_registers_refuse(staffed: Town) -> None:
    one, other = staffed.ids[Role.OFFICER], second(staffed)
    assert team(staffed, body="nobody").status_code == 422
    assert certify(staffed, one, "JS-1").status_code == 404, "no such team"
    team(staffed)
    certify(staffed, one, "JS-1").raise_for_status()
    assert certify(staffed, other, "JS-1").json()["code"] == "dispatch.certificate_held"
    assert certify(staffed, staffed.ids[Role.SEAT], "JS-9").json()["code"] == "dispatch.no_officer"
    body = {"team": "t1", "certificate": "JS-3"}
    assert staffed.people[Role.SUPERV].put(f"/api/officers/{other}", json=body).status_code == 422, "no last day"
    assert on_duty(staffed, other).status_code == 404, "no officer's record"
    assert on_duty(staffed, one, hours=37).status_code == 422
    assert on_duty(staffed, one, hours=-1).status_code == 422


def test_an_order_is_served_by_officers_whose_certificates_hold(town: Town) -> None:
    one, other = town.ids[Role.OFFICER], second(town)
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    with town.database.session_scope() as session:
        service.publish_powers(session, CONFIGS / "powers", town.clock.now())
    team(town)
    certify(town, one, "JS-001").raise_for_status()
    certify(town, other, "JS-002", until="2026-11-19").raise_for_status()
    fields = {
        "officers": ["JS-001", "JS-002"], "harm": "NONE", "sev": "SLIGHT", "order_number": "责改-1",
        "inspection_record": "检查-1", "photos": [town.photo()],
    }  # fmt: skip
    refused = town.try_act(case_id, Role.OFFICER, "W6", **fields).json()
    assert refused["code"] == "case.officer_uncertified"
    assert [problem["field"] for problem in refused["problems"]] == ["fields.officers.1"]
    certify(town, other, "JS-002", until="2026-11-20").raise_for_status()
    town.act(case_id, Role.OFFICER, "W6", **fields)


def test_certificate_numbers_can_be_checked(staffed: Town) -> None:
    now = staffed.clock.now()
    with staffed.database.session_scope(write=False) as session:
        assert service.certificates_of(session, ["JS-1"], "local", now) == {"JS-1": None}
    team(staffed)
    certify(staffed, staffed.ids[Role.OFFICER], "JS-1").raise_for_status()
    with staffed.database.session_scope(write=False) as session:
        assert service.certificates_of(session, ["JS-1", "JS-2"], "local", now) == {"JS-1": True, "JS-2": False}
        later = now + timedelta(days=500)
        assert service.certificates_of(session, ["JS-1"], "local", later) == {"JS-1": False}


def test_a_patrol_is_drawn_kept_and_drawn_again(staffed: Town) -> None:
    one, other = staffed.ids[Role.OFFICER], second(staffed)
    wanted = {"day": "2026-11-23", "count": 1}
    dispatcher = staffed.people[Role.DISPATCH]
    assert dispatcher.post("/api/patrol-plans", json=wanted).json()["code"] == "patrol.nothing_to_draw"
    shop = staffed.shop()
    team(staffed)
    certify(staffed, one, "JS-1")
    certify(staffed, other, "JS-2")
    made = dispatcher.post("/api/patrol-plans", json=wanted)
    assert made.status_code == 201, made.text
    plan = made.json()
    assert plan["holds"] is True
    assert [item["subject_id"] for item in plan["drawn"]] == [str(shop)]
    assert sorted(plan["drawn"][0]["officers"]) == sorted([str(one), str(other)])
    assert plan["trace"]["weights"] == {str(shop): 1.0}
    assert len(plan["seed"]) == 32
    again = dispatcher.get(f"/api/patrol-plans/{plan['id']}").json()
    assert again == plan
    assert [item["id"] for item in dispatcher.get("/api/patrol-plans").json()] == [plan["id"]]


def test_a_power_list_says_whether_a_matter_is_ours(staffed: Town) -> None:
    case_id = filed(staffed)
    with staffed.database.session_scope(write=False) as session:
        assert service.is_ours(session, cases.get(session, case_id), staffed.clock.now()) is True
    answer = staffed.people[Role.SEAT].get("/api/powers").json()
    assert (answer["key"], answer["status"]) == ("tianning-powers@2026.1", "draft")


def test_what_no_body_may_act_on_is_recommended_for_transfer_unless_officers_find_it_ours(town: Town) -> None:
    listing = publication.read_yaml(CONFIGS / "powers" / "tianning-draft.yaml", PowerList)
    street = listing.bodies[0].powers[0].model_copy(update={"items": ["CG-03"]})
    narrow = listing.model_copy(update={"bodies": [listing.bodies[0].model_copy(update={"powers": [street]})]})
    with town.database.session_scope() as session:
        publication.publish(session, service.POWERS, narrow.id, "narrow", narrow, town.clock.now())
    town.shop()
    case_id = town.raised()

    def answer() -> dict[str, Any]:
        return town.people[Role.OFFICER].get(f"/api/cases/{case_id}/recommendation").json()

    with town.database.session_scope() as session:
        case = cases.get(session, case_id)
        case.findings = {"officers": ["JS-001", "JS-002"]}
        session.add(case)
    assert (answer()["rule"], answer()["facts"]["juris"]) == ("R04", "OTHER")
    assert any("power list" in note for note in answer()["notes"])
    with town.database.session_scope() as session:
        case = cases.get(session, case_id)
        case.findings = {"officers": ["JS-001", "JS-002"], "ours": True}
        session.add(case)
    assert answer()["facts"]["juris"] == "OURS"
