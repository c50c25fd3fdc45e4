"""What the loop refuses: the wrong person, the wrong time, the wrong order; and nothing is saved then."""

from uuid import uuid4

import pytest

from server.auth.roles import Role
from tests.server.cases.conftest import PHOTO, Town


def code(response) -> str:
    return response.json()["code"]


def test_an_unlisted_move_is_refused_and_leaves_no_trace(town: Town) -> None:
    case_id = town.raised()
    before = town.get(case_id)
    response = town.try_act(case_id, Role.HEAD, "C1", "weil")
    assert (response.status_code, code(response)) == (409, "case.transition_not_listed")
    assert set(response.json()["allowed"]) == {"A2", "A3", "W0", "W1", "C5"}
    assert town.get(case_id) == before


def test_another_role_is_refused(town: Town) -> None:
    case_id = town.raised()
    response = town.try_act(case_id, Role.DISPATCH, "W1")
    assert (response.status_code, code(response)) == (403, "case.not_your_transition")
    # The system's own moves are nobody's.
    town.shop()
    town.act(case_id, Role.SEAT, "A3", "误报")
    assert town.try_act(case_id, Role.SEAT, "A1", "reopen").status_code == 403
    assert town.act(case_id, Role.SUPERV, "A1", "抽查发现确有违法")["state"] == "A1"


def test_if_match_is_needed_and_must_be_current(town: Town) -> None:
    case_id = town.raised()
    seat = town.people[Role.SEAT]
    url, body = f"/api/cases/{case_id}/actions", {"to": "W1", "reason": "属实"}
    assert seat.post(url, json=body).status_code == 428
    assert seat.post(url, json=body, headers={"If-Match": "new"}).status_code == 422
    stale = seat.post(url, json=body, headers={"If-Match": '"1"'})
    assert (stale.status_code, code(stale)) == (412, "case.stale_version")
    got = seat.get(f"/api/cases/{case_id}")
    assert got.headers["ETag"] == f'"{got.json()["version"]}"'
    assert seat.post(url, json=body, headers={"If-Match": got.headers["ETag"]}).status_code == 200


def test_the_same_idempotency_key_acts_once(town: Town) -> None:
    case_id = town.raised()
    seat = town.people[Role.SEAT]
    headers = {"If-Match": f'"{town.get(case_id)["version"]}"', "Idempotency-Key": "k1"}
    url = f"/api/cases/{case_id}/actions"
    first = seat.post(url, json={"to": "W1", "reason": "属实"}, headers=headers)
    again = seat.post(url, json={"to": "W1", "reason": "属实"}, headers=headers)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    other = seat.post(url, json={"to": "A3", "reason": "x"}, headers=headers)
    assert (other.status_code, code(other)) == (409, "case.idempotency_key_reused")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "fields.officers"),
        ({"officers": ["1"]}, "fields.officers"),
        ({"officers": ["1", "1"]}, "fields"),
        ({"sev": "TINY"}, "fields.sev"),
        ({"colour": "red"}, "fields.colour"),
        ({"due_at": "2020-01-01T00:00:00Z"}, "fields.due_at"),
    ],
)
def test_an_order_names_every_wrong_field(town: Town, fields: dict, field: str) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    good = {
        "officers": ["1", "2"],
        "harm": "NONE",
        "sev": "SLIGHT",
        "order_number": "n",
        "photos": [PHOTO],
        "inspection_record": "r",
    }
    response = town.try_act(case_id, Role.OFFICER, "W6", **(good | fields if fields else {}))
    assert response.status_code == 422
    assert field in {problem["field"] for problem in response.json()["problems"]}
    assert town.get(case_id)["state"] == "W4"


def test_verifier_and_approver_must_be_others(town: Town, doors) -> None:
    town.shop()
    case_id = town.raised()
    both = doors.open(Role.OFFICER, Role.VERIFY, Role.HEAD, Role.DISPATCH)
    me = both.get("/api/me").json()["id"]
    town.act(case_id, Role.SEAT, "W1")
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=me)
    officer, town.people[Role.OFFICER] = town.people[Role.OFFICER], both
    town.act(case_id, Role.OFFICER, "W3")
    town.act(case_id, Role.OFFICER, "W4", lon=120, lat=31)
    town.ordered(case_id)
    town.act(case_id, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[PHOTO])
    refused = town.try_act(case_id, Role.OFFICER, "W8")
    assert (refused.status_code, code(refused)) == (409, "case.same_person")
    town.act(case_id, Role.VERIFY, "W8")
    town.act(case_id, Role.VERIFY, "L1", photos=[town.photo()])
    town.act(case_id, Role.OFFICER, "L4")
    refused = town.try_act(case_id, Role.OFFICER, "L5", outcome="exempt_t1")
    assert (refused.status_code, code(refused)) == (409, "case.same_person")
    town.people[Role.OFFICER] = officer
    assert town.act(case_id, Role.HEAD, "L5", outcome="exempt_t1")["state"] == "L5"


def test_only_the_assigned_officer_accepts(town: Town, doors) -> None:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    other = doors.open(Role.OFFICER).get("/api/me").json()["id"]
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=other)
    assert code(town.try_act(case_id, Role.OFFICER, "W3")) == "case.not_assigned_to_you"


def test_nobody_is_reminded_or_ordered_who_is_not_known(town: Town) -> None:
    case_id = town.raised()
    assert code(town.try_act(case_id, Role.SEAT, "W0")) == "case.contact_unknown"
    town.on_site(case_id)
    fields = {
        "officers": ["1", "2"],
        "harm": "NONE",
        "sev": "SLIGHT",
        "order_number": "n",
        "photos": [PHOTO],
        "inspection_record": "r",
    }
    assert code(town.try_act(case_id, Role.OFFICER, "W6", **fields)) == "case.subject_unknown"
    town.act(case_id, Role.OFFICER, "W5", "现场无人")
    shop = town.shop()
    town.act(case_id, Role.OFFICER, "W4", "店主到场", subject_id=str(shop))
    assert town.act(case_id, Role.OFFICER, "W6", **fields)["subject_id"] == str(shop)


def test_what_came_back_before_the_check_is_rework(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=5)
    town.act(case_id, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[PHOTO])
    town.act(case_id, Role.VERIFY, "W8")
    town.after(minutes=10)
    assert town.raised() == case_id, "the same matter, counted once"
    refused = town.try_act(case_id, Role.VERIFY, "L1", photos=[town.photo()])
    assert (refused.status_code, code(refused)) == (409, "case.came_back")
    due = town.get(case_id)["order_due_at"]
    town.act(case_id, Role.VERIFY, "W4", "又摆出来了")
    town.ordered(case_id, order_number="责改-2")
    case = town.get(case_id)
    assert (case["rework"], case["order_due_at"]) == (1, due), "the original deadline stands"


def test_nothing_is_decided_while_the_recommendation_holds(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.act(case_id, Role.OFFICER, "L2", "当事人要求陈述")
    recommendation = town.people[Role.HEAD].get(f"/api/cases/{case_id}/recommendation").json()
    assert (recommendation["rule"], recommendation["holds"]) == ("R07", True)
    town.act(case_id, Role.OFFICER, "L1", "已复核")
    assert town.act(case_id, Role.OFFICER, "L4")["state"] == "L4"


def test_legal_review_goes_first_where_the_table_says_so(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id, nofault=True)
    town.corrected(case_id)
    refused = town.try_act(case_id, Role.OFFICER, "L4")
    assert (refused.status_code, code(refused)) == (409, "case.legal_review_needed")
    town.act(case_id, Role.OFFICER, "L3", "R10 需法制审核")
    town.act(case_id, Role.LEGAL, "L4", "通过")
    case = town.act(case_id, Role.HEAD, "L5", outcome="no_penalty")
    assert (case["decisions"][0]["rule"], case["decisions"][0]["differs"]) == ("R10", False)


def test_differing_from_the_engine_needs_a_reason_and_is_kept(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.act(case_id, Role.OFFICER, "L4")
    assert code(town.try_act(case_id, Role.HEAD, "L5", outcome="no_penalty")) == "case.differing_needs_reason"
    assert code(town.try_act(case_id, Role.HEAD, "L5", "x", outcome="exempt_t2")) == "case.t2_needs_first"
    case = town.act(case_id, Role.HEAD, "L5", "另有考虑", outcome="no_penalty")
    assert (case["decisions"][0]["differs"], case["decisions"][0]["reason"]) == (True, "另有考虑")


def test_moves_need_a_token_and_a_part_in_the_table(town: Town, doors) -> None:
    case_id = town.raised()
    url = f"/api/cases/{case_id}/actions"
    assert doors.anonymous.post(url, json={"to": "W1"}, headers={"If-Match": '"2"'}).status_code == 401
    assert doors.open(Role.ADMIN).post(url, json={"to": "W1"}, headers={"If-Match": '"2"'}).status_code == 403
    assert doors.edge().get(f"/api/cases/{case_id}").status_code == 403
    assert town.people[Role.SEAT].get(f"/api/cases/{uuid4()}").status_code == 404


def test_every_move_refuses_fields_that_it_does_not_know(town: Town) -> None:
    town.shop()
    case_id = town.raised()

    def poke() -> None:
        before = town.get(case_id)
        for exit_ in before["moves"]:
            role = Role(exit_["who"])
            if role in (Role.SYS, Role.AI):
                continue
            response = town.try_act(case_id, role, exit_["to"], "理由", zz=1)
            assert response.status_code == 422, (before["state"], exit_["to"], response.text)
            assert "fields.zz" in {problem["field"] for problem in response.json()["problems"]}
        assert town.get(case_id) == before

    poke()
    town.act(case_id, Role.SEAT, "W1")
    poke()
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    poke()
    town.act(case_id, Role.OFFICER, "W3")
    town.act(case_id, Role.OFFICER, "W4", lon=1, lat=1)
    poke()
    town.ordered(case_id)
    poke()
    town.corrected(case_id)
    poke()
    town.act(case_id, Role.OFFICER, "L4")
    poke()
    town.act(case_id, Role.HEAD, "L5", outcome="exempt_t1")
    poke()


def test_the_state_table_is_served_with_what_each_move_must_tell(town: Town) -> None:
    table = town.people[Role.SEAT].get("/api/cases/workflow").json()
    assert (len(table["states"]), len(table["transitions"])) == (31, 67)
    order = next(t for t in table["transitions"] if (t["frm"], t["to"]) == ("W4", "W6"))
    assert {"officers", "harm", "sev", "order_number"} <= set(order["fields"]["required"])


def test_a_report_of_objection_by_the_party_and_its_answers(town: Town, doors) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.exempted(case_id)

    def standing() -> str:
        rows = town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json()
        return rows[0]["standing"]

    assert standing() == "effective"
    town.act(case_id, Role.PARTY, "L8", "对决定有异议")
    assert standing() == "challenged"
    town.people[Role.HEAD] = doors.open(Role.HEAD)  # whoever decided does not answer
    town.act(case_id, Role.HEAD, "C1", "维持")
    assert standing() == "effective"


def test_a_false_promise_found_later_revokes_the_exemption(town: Town) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.exempted(case_id)
    town.act(case_id, Role.HEAD, "L9", "承诺不实，依法撤销")
    rows = town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json()
    assert rows[0]["standing"] == "void"
    assert town.act(case_id, Role.HEAD, "C3", "转处罚")["state"] == "C3"
