"""Who has a case before him: one person, for three minutes, and everybody else is told."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from server.auth.roles import Role
from server.feed.tables import FeedEntry
from server.review.claims import holds
from server.review.tables import ReviewClaim
from tests.server.cases.conftest import Town
from tests.server.client import TestClient
from tests.server.doors import Doors


@pytest.fixture
def second(doors: Doors, town: Town) -> TestClient:
    return doors.open(Role.SEAT, name="坐席二")


def put(client: TestClient, case_id: object, **body: Any) -> Any:
    return client.put(f"/api/claims/{case_id}", json=body or None)


def told(town: Town) -> list[dict[str, Any]]:
    with town.database.session_scope(write=False) as session:
        return [row.facts for row in session.exec(select(FeedEntry).where(FeedEntry.kind == "claim"))]


def test_the_second_is_told_who_has_it_and_since_when(town: Town, second: TestClient) -> None:
    case_id = town.raised()
    mine = put(town.people[Role.SEAT], case_id)
    assert mine.status_code == 200, mine.text
    refused = put(second, case_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "claim.held")
    assert refused.json()["person_name"] == "seat"
    assert refused.json()["since"] == town.clock.now().isoformat()
    assert [facts["person_name"] for facts in told(town)] == ["seat"]


def test_the_same_person_renews_and_nobody_is_told_again(town: Town, second: TestClient) -> None:
    case_id = town.raised()
    put(town.people[Role.SEAT], case_id)
    town.after(minutes=2)
    again = put(town.people[Role.SEAT], case_id).json()
    assert again["until"] == (town.clock.now() + timedelta(minutes=3)).isoformat().replace("+00:00", "Z")
    town.after(minutes=2)
    assert put(second, case_id).status_code == 409, "renewed two minutes ago"
    assert len(told(town)) == 1


def test_it_ends_by_itself_after_three_minutes(town: Town, second: TestClient) -> None:
    case_id = town.raised()
    put(town.people[Role.SEAT], case_id)
    town.after(minutes=3)
    assert town.people[Role.SEAT].get("/api/claims").json() == []
    taken = put(second, case_id)
    assert (taken.status_code, taken.json()["person_name"]) == (200, "坐席二")


def test_given_back_it_is_free_and_another_cannot_give_it_back(town: Town, second: TestClient) -> None:
    case_id = town.raised()
    put(town.people[Role.SEAT], case_id)
    assert second.delete(f"/api/claims/{case_id}").status_code == 204
    assert put(second, case_id).status_code == 409
    assert town.people[Role.SEAT].delete(f"/api/claims/{case_id}").status_code == 204
    assert put(second, case_id).status_code == 200
    assert [facts["person_id"] is None for facts in told(town)] == [False, True, False]


def test_a_shift_leader_takes_over_and_a_seat_does_not(town: Town, second: TestClient) -> None:
    case_id = town.raised()
    put(town.people[Role.SEAT], case_id)
    assert put(second, case_id, take_over=True).status_code == 409
    assert put(town.people[Role.SUPERV], case_id).status_code == 409, "not without saying so"
    assert put(town.people[Role.SUPERV], case_id, take_over=True).status_code == 200
    assert put(town.people[Role.SEAT], case_id).status_code == 409
    entries = town.people[Role.AUDITOR].get("/api/audit").json()
    assert any(entry["action"] == "claim.take_over" for entry in entries)


def test_what_is_decided_or_out_of_reach_is_not_claimed(town: Town, doors: Doors) -> None:
    case_id = town.raised()
    far = doors.open(Role.SEAT, districts=["elsewhere"])
    assert put(far, case_id).status_code == 404
    assert far.delete(f"/api/claims/{case_id}").status_code == 404
    put(town.people[Role.SEAT], case_id)
    assert far.get("/api/claims").json() == []
    town.act(case_id, Role.SEAT, "A3", "误报")
    refused = put(town.people[Role.SEAT], case_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "claim.not_waiting")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DISPATCH, Role.AUDITOR, Role.ADMIN])
def test_others_have_no_business_there(town: Town, role: Role) -> None:
    assert put(town.people[role], town.raised()).status_code == 403


def test_whether_it_holds_is_a_matter_of_time_alone(town: Town) -> None:
    now = town.clock.now()
    row = ReviewClaim(case_id=town.raised(), person_id=town.ids[Role.SEAT], person_name="", since=now, until=now)
    assert not holds(row, now)
    assert holds(row, now - timedelta(microseconds=1))
    assert not holds(None, now)
