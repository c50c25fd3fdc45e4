"""Lists: every filter finds what it says and nothing else; pages join without gap or double."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from server.auth.roles import Role
from tests.server.cases.conftest import Town
from tests.server.doors import Doors

ZONES = 7


@pytest.fixture
def many(town: Town) -> list[str]:
    """Seven open cases a minute apart, oldest first."""
    town.shop()
    ids: list[str] = []
    for n in range(ZONES):
        town.after(minutes=1)
        camera = "cam-1" if n % 2 else "cam-2"
        ids.append(str(town.raised(zone_id=f"q{n}" if n else "z1", camera_id="cam-1" if n == 0 else camera)))
    return ids


def ask(town: Town, role: Role = Role.SEAT, **query: Any) -> list[str]:
    """Every id, over all pages."""
    found: list[str] = []
    before: str | None = None
    while True:
        more = {"before": before} if before else {}
        page = town.people[role].get("/api/cases", params={"limit": 3} | query | more)
        assert page.status_code == 200, page.text
        found += [row["id"] for row in page.json()["items"]]
        before = page.json()["next"]
        if before is None:
            return found


def test_pages_join_in_every_sorting(town: Town, many: list[str]) -> None:
    assert ask(town) == many[::-1]
    assert ask(town, sort="oldest") == many
    town.act(UUID(many[3]), Role.SEAT, "W1")
    assert ask(town, sort="due")[0] == many[3], "ten minutes to dispatch end before the reviews"
    assert sorted(ask(town, sort="due")) == sorted(many)


def test_the_one_due_first_comes_first(town: Town, many: list[str]) -> None:
    due = [town.get(UUID(key))["due_at"] for key in ask(town, sort="due")]
    assert due == sorted(due)


def test_filters(town: Town, many: list[str]) -> None:
    town.act(UUID(many[1]), Role.SEAT, "A3", "误报")
    town.act(UUID(many[2]), Role.SEAT, "W1")
    case = town.get(UUID(many[2]))
    assert ask(town, id=[many[2], many[5]]) == [many[5], many[2]]
    assert ask(town, id=[many[2], many[5]], state="W1") == [many[2]]
    assert ask(town, state="A3") == [many[1]]
    assert ask(town, state=["A3", "W1"]) == [many[2], many[1]]
    assert ask(town, open_only=True) == [key for key in many[::-1] if key != many[1]]
    assert ask(town, camera_id="cam-1") == [many[n] for n in (5, 3, 1, 0)]
    assert ask(town, item="CG-01") == many[::-1]
    assert ask(town, item="CG-02") == []
    assert ask(town, subject_id=town.get(UUID(many[0]))["subject_id"]) == [many[0]]
    assert ask(town, number=case["number"][-6:].lower()) == [many[2]]
    assert ask(town, number="%%%") == [], "no wildcard from outside"
    assert ask(town, district="local") == many[::-1]
    assert ask(town, district="elsewhere") == []
    middle = town.clock.now() - timedelta(minutes=2)
    assert ask(town, opened_from=middle.isoformat()) == many[:3:-1]
    assert ask(town, opened_to=middle.isoformat()) == many[3::-1]
    assert ask(town, mine=True) == [many[2], many[1]]
    assert ask(town, Role.OFFICER, mine=True) == []
    assert ask(town, urgent=True) == []
    assert ask(town, overdue=True) == []
    town.after(minutes=11)
    assert ask(town, overdue=True) == [many[2]], "ten minutes to dispatch are over"


def test_nobody_finds_cases_of_other_districts(town: Town, many: list[str], doors: Doors) -> None:
    town.people[Role.SEAT] = doors.open(Role.SEAT, districts=["elsewhere"])
    assert ask(town) == []
    assert ask(town, district="local") == []


@pytest.mark.parametrize(
    "query",
    [
        {"colour": "red"}, {"state": "Z9"}, {"limit": 0}, {"limit": 201}, {"before": "x"},
        {"sort": "due", "before": "x"}, {"number": "ab"}, {"opened_from": "2026-01-01T00:00:00"}, {"sort": "size"},
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused(town: Town, query: dict[str, Any]) -> None:
    assert town.people[Role.SEAT].get("/api/cases", params=query).status_code == 422
