"""A first exemption is set aside after a repeat was decided on it: a task, and only a person's word settles it."""

from typing import Any
from uuid import UUID

import pytest

from server.auth.roles import Role
from tests.server.cases.conftest import Town

pytestmark = pytest.mark.integration


def exempted(town: Town, outcome: str = "exempt_t2") -> UUID:
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id, harm="MINOR" if outcome == "exempt_t2" else "NONE")
    town.corrected(case_id)
    town.exempted(case_id, outcome)
    return case_id


def repeated(town: Town) -> tuple[UUID, UUID]:
    """Exempted as first; five months later the same nature again, to the penalty procedure."""
    town.shop()
    first = exempted(town)
    town.after(days=150)
    second = town.raised()
    town.on_site(second)
    town.ordered(second, harm="MINOR")
    town.corrected(second)
    town.act(second, Role.LEADER, "C3", "两年内再次违法")
    return first, second


def set_aside(town: Town, case_id: UUID) -> None:
    body = {"statement": "当时不是本店", "source": "来访"}
    row = town.people[Role.SEAT].post(f"/api/cases/{case_id}/objections", json=body).json()
    other = town.people._doors.open(Role.HEAD, name="另一负责人")
    answer = {"result": "set_aside", "answer": "经查主体有误"}
    other.post(f"/api/objections/{row['id']}/answer", json=answer).raise_for_status()


def tasks(town: Town, status: str = "open") -> list[dict[str, Any]]:
    return town.people[Role.LEGAL].get("/api/correction-tasks", params={"status": status}).json()["items"]


def settle(town: Town, task: dict[str, Any], role: Role, outcome: str) -> Any:
    body = {"outcome": outcome, "reason": "已复核，见会议记录"}
    return town.people[role].post(f"/api/correction-tasks/{task['id']}/settlement", json=body)


def test_set_aside_the_repeat_is_listed_for_legal_with_both_answers(town: Town) -> None:
    first, second = repeated(town)
    assert tasks(town) == []
    set_aside(town, first)
    (task,) = tasks(town)
    assert (task["case_id"], [cause["why"] for cause in task["causes"]]) == (str(second), ["prior_void"])
    assert task["old"] == {"first": "NO", "rule": "R22", "result": "PENALTY_TRACK_LIGHTER"}
    assert task["new"] == {"first": "YES", "rule": "R23", "result": "EXEMPT_T2_MAY"}
    assert town.get(second)["state"] == "C3"  # nothing changed by itself
    assert settle(town, task, Role.SEAT, "stands").status_code == 403
    refused = settle(town, task, Role.HEAD, "own_motion")
    assert (refused.status_code, refused.json()["code"]) == (409, "correction.no_own_motion")
    assert settle(town, task, Role.LEGAL, "elsewhere").json()["status"] == "settled"
    assert tasks(town) == []
    assert settle(town, task, Role.LEGAL, "stands").json()["code"] == "correction.settled"


def test_own_motion_takes_an_exemption_up_again_by_the_head(town: Town) -> None:
    shop = town.shop()
    case_id = exempted(town)
    town.after(days=1)
    earlier = penalty_known_late(town, shop, case_id)
    (task,) = tasks(town)
    assert (task["case_id"], task["new"]["rule"]) == (str(case_id), "R22")
    assert settle(town, task, Role.LEGAL, "own_motion").status_code == 403
    assert settle(town, task, Role.HEAD, "own_motion").json()["outcome"] == "own_motion"
    assert town.get(case_id)["state"] == "L9"
    assert earlier != case_id


def penalty_known_late(town: Town, shop: UUID, known: UUID) -> UUID:
    """Another finding of the shop, whose penalty was served long before `known` and is recorded only now."""
    other = town.raised()
    town.on_site(other)
    town.ordered(other, pledge_signed=False)
    rows = town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json()
    offence = next(row for row in rows if row["case_id"] != str(known))
    body = {"kind": "penalty_served", "at": "2026-01-05T00:00:00Z", "note": "补录"}
    done = town.people[Role.LEADER].post(f"/api/offences/{offence['id']}/events", json=body)
    assert done.status_code == 201, done.text
    return other
