"""Objections through the public API: lodged, answered by another, withdrawn; the case, the ledger and R07 follow."""

from typing import Any
from uuid import UUID

import pytest

from server.auth.roles import Role
from server.objections import service
from tests.server.cases.conftest import Town


def exempted(town: Town) -> UUID:
    """A case that was closed with an exemption."""
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.exempted(case_id)
    return case_id


def lodge(town: Town, case_id: UUID, role: Role = Role.SEAT, **more: Any) -> dict[str, Any]:
    body = {"statement": "不是我店的货", "source": "来电"} | more
    answer = town.people[role].post(f"/api/cases/{case_id}/objections", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def answer(town: Town, row: dict[str, Any], result: str, who: Any = None, **fields: Any) -> Any:
    client = who or town.people[Role.HEAD]
    body = {"result": result, "answer": "经复核，理由如下", "fields": fields}
    return client.post(f"/api/objections/{row['id']}/answer", json=body)


def standing(town: Town, case_id: UUID) -> str:
    subject = town.get(case_id)["subject_id"]
    rows = town.people[Role.OFFICER].get("/api/offences", params={"subject_id": subject}).json()
    return next(row["standing"] for row in rows if row["case_id"] == str(case_id))


def another_head(town: Town) -> Any:
    return town.people._doors.open(Role.HEAD, name="另一负责人")


@pytest.mark.integration
def test_against_an_exemption_moves_the_case_to_l8_and_challenges_the_finding(town: Town) -> None:
    case_id = exempted(town)
    row = lodge(town, case_id)
    assert (row["kind"], row["state_then"], row["baseline"], row["status"]) == ("objection", "C1", "exempt_t1", "open")
    assert row["due_at"] == "2026-12-04T02:00:00Z"  # ten working days after Friday ten o'clock
    assert town.get(case_id)["state"] == "L8"
    assert standing(town, case_id) == "challenged"
    told = town.people[Role.SEAT].get("/api/notices", params={"to": f"subject:{row['subject_id']}"}).json()
    assert "objection_received" in {notice["template"] for notice in told}


@pytest.mark.integration
def test_another_than_the_decider_upholds(town: Town) -> None:
    case_id = exempted(town)
    row = lodge(town, case_id)
    refused = answer(town, row, "upheld")
    assert (refused.status_code, refused.json()["code"]) == (409, "case.same_person")
    upheld = answer(town, row, "upheld", another_head(town))
    assert upheld.status_code == 200, upheld.text
    assert (upheld.json()["status"], town.get(case_id)["state"]) == ("upheld", "C1")
    assert standing(town, case_id) == "effective"
    again = answer(town, row, "upheld", another_head(town))
    assert again.json()["code"] == "objection.closed"


@pytest.mark.integration
def test_set_aside_voids_the_finding(town: Town) -> None:
    case_id = exempted(town)
    row = lodge(town, case_id)
    done = answer(town, row, "set_aside", another_head(town))
    assert (done.json()["status"], town.get(case_id)["state"]) == ("set_aside", "L9")
    assert standing(town, case_id) == "void"


def test_after_an_objection_the_outcome_is_not_heavier(town: Town) -> None:
    case_id = exempted(town)
    row = lodge(town, case_id)
    answer(town, row, "set_aside", another_head(town))
    heavier = town.try_act(case_id, Role.HEAD, "C3", "改为处罚")
    assert (heavier.status_code, heavier.json()["code"]) == (409, "case.heavier_after_objection")
    assert heavier.json()["stood"] == "exempt_t1"
    assert town.act(case_id, Role.HEAD, "C4", "不构成违法")["state"] == "C4"


def test_where_the_table_has_no_way_it_is_kept_open_and_nothing_is_decided(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    row = lodge(town, case_id)
    assert (row["kind"], town.get(case_id)["state"], standing(town, case_id)) == ("objection", "W6", "challenged")
    town.corrected(case_id)  # the safety correction still runs
    recommendation = town.people[Role.HEAD].get(f"/api/cases/{case_id}/recommendation").json()
    assert (recommendation["rule"], recommendation["facts"]["obj"]) == ("R07", True)
    held = town.try_act(case_id, Role.OFFICER, "L4")
    assert held.json()["code"] == "case.recommendation_holds"
    assert answer(town, row, "upheld", town.people[Role.LEGAL]).json()["status"] == "upheld"
    assert standing(town, case_id) == "effective"
    town.exempted(case_id)
    assert town.get(case_id)["history_faults"] == []


@pytest.mark.integration
def test_a_statement_before_the_decision_is_heard_in_l2(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    row = lodge(town, case_id, Role.OFFICER)
    assert (row["kind"], row["baseline"], town.get(case_id)["state"]) == ("statement", "EXEMPT_T1_SHALL", "L2")
    assert row["due_at"] == "2026-11-27T02:00:00Z"  # five working days
    heard = answer(town, row, "heard", town.people[Role.OFFICER])
    assert heard.status_code == 200, heard.text
    assert (heard.json()["status"], town.get(case_id)["state"]) == ("heard", "L1")


@pytest.mark.integration
def test_the_plain_move_to_l8_and_back_keeps_the_objections_in_step(town: Town) -> None:
    case_id = exempted(town)
    town.act(case_id, Role.PARTY, "L8", "我不服")
    (row,) = town.people[Role.LEGAL].get(f"/api/cases/{case_id}/objections").json()
    assert (row["statement"], row["status"]) == ("我不服", "open")
    assert town.try_act(case_id, Role.HEAD, "C1", "维持").json()["code"] == "case.same_person"


@pytest.mark.integration
def test_withdrawn_the_finding_stands_again(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    row = lodge(town, case_id)
    done = town.people[Role.SEAT].post(f"/api/objections/{row['id']}/withdrawal", json={"reason": "来电撤回"})
    assert (done.json()["status"], standing(town, case_id)) == ("withdrawn", "effective")


@pytest.mark.integration
def test_late_answers_go_up_and_nothing_closes(town: Town) -> None:
    case_id = exempted(town)
    lodge(town, case_id)
    town.after(days=60)
    with town.database.session_scope() as session:
        assert service.sweep(session, town.clock.now()) == 1
    for role, count in ((Role.HEAD, 1), (Role.LEADER, 0)):
        told = town.people[Role.SEAT].get("/api/notices", params={"to": f"role:{role}"}).json()
        assert sum(n["template"] == "objection_task" for n in told) == count
    assert town.get(case_id)["state"] == "L8"


@pytest.mark.integration
def test_a_file_must_be_there(town: Town) -> None:
    case_id = exempted(town)
    body = {"statement": "x", "source": "来信", "files": ["0" * 64]}
    refused = town.people[Role.SEAT].post(f"/api/cases/{case_id}/objections", json=body)
    assert (refused.status_code, refused.json()["problems"][0]["field"]) == (422, "files.0")
