"""The list of subjects: narrowed, with what people look for beside each name."""

from typing import Any

from server.auth.roles import Role
from tests.server.cases.conftest import Town, town
from tests.server.doors import Doors

__all__ = ["town"]


def listed(town: Town, role: Role = Role.SEAT, **query: Any) -> list[dict[str, Any]]:
    answer = town.people[role].get("/api/subjects", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_each_row_tells_where_it_is_and_what_is_on(town: Town) -> None:
    shop = str(town.shop())
    other = str(town.shop("另一店（合成）", "91320402MA00000155", zone="z2"))
    place = {"address": "（合成）测试街", "door_number": "12号", "valid_from": "2020-01-01T00:00:00+08:00"}
    assert town.people[Role.SEAT].post(f"/api/subjects/{shop}/premises", json=place).status_code == 201
    case_id = town.raised()
    rows = {row["id"]: row for row in listed(town)}
    assert (rows[shop]["address"], rows[shop]["open_cases"], rows[shop]["band"]) == ("（合成）测试街12号", 1, None)
    assert (rows[other]["address"], rows[other]["open_cases"]) == ("", 0)
    assert [row["id"] for row in listed(town, narrow="open_case")] == [shop]
    town.act(case_id, Role.SEAT, "A3", "误报")
    assert listed(town, narrow="open_case") == []


def test_an_administrator_learns_of_no_cases(town: Town) -> None:
    shop = str(town.shop())
    town.raised()
    row = next(row for row in listed(town, Role.ADMIN) if row["id"] == shop)
    assert (row["open_cases"], row["band"]) == (None, None)
    assert shop in {row["id"] for row in listed(town, Role.ADMIN, narrow="open_case")}


def test_narrowed_by_kind_and_by_what_is_wrong(town: Town, doors: Doors) -> None:
    town.shop()
    person = {"kind": "individual", "name": "摊主（合成）", "pending_reason": "未带证件"}
    assert town.people[Role.SEAT].post("/api/subjects", json=person).status_code == 201
    assert [row["name"] for row in listed(town, kind="individual")] == ["摊主（合成）"]
    assert [row["name"] for row in listed(town, narrow="pending")] == ["摊主（合成）"]
    assert [row["kind"] for row in listed(town, kind="known")] == ["known"]
    assert listed(town, narrow="code_failed", q="摊主") == []
