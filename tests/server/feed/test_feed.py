"""Changes as rows: in order, none twice, none missed after a lost line."""

import json

import pytest

from server.auth.reach import EVERYWHERE
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.feed import service
from tests.server.client import TestClient
from tests.server.doors import Doors


@pytest.fixture
def seat(doors: Doors) -> TestClient:
    return doors.open(Role.SEAT)


def tell(database: Database, clock: ManualClock, *keys: str) -> None:
    with database.session_scope() as session:
        for key in keys:
            service.tell(session, "alert", key, {"名": key}, clock.now())


def events(
    client: TestClient, after: int | None = None, headers: dict[str, str] | None = None
) -> list[dict[str, object]]:
    query = {"follow": "false"} | ({} if after is None else {"after": str(after)})
    answer = client.get("/api/events", params=query, headers=headers or {})
    assert answer.headers["content-type"].startswith("text/event-stream")
    return [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]


def test_numbers_have_no_gap_within_and_across_transactions(database: Database, clock: ManualClock) -> None:
    tell(database, clock, "a", "b")
    tell(database, clock, "c")
    with database.session_scope(write=False) as session:
        assert [(entry.seq, entry.key) for entry in service.after(session, 0, EVERYWHERE)] == [
            (1, "a"),
            (2, "b"),
            (3, "c"),
        ]


def test_a_savepoint_that_is_taken_back_leaves_no_double_number(database: Database, clock: ManualClock) -> None:
    with database.session_scope() as session:
        savepoint = session.begin_nested()
        service.tell(session, "alert", "gone", {}, clock.now())
        session.flush()
        savepoint.rollback()
        service.tell(session, "alert", "kept", {}, clock.now())
    with database.session_scope(write=False) as session:
        assert [entry.key for entry in service.after(session, 0, EVERYWHERE)] == ["kept"]


def test_the_stream_goes_on_behind_the_last_one_seen(seat: TestClient, database: Database, clock: ManualClock) -> None:
    tell(database, clock, "a", "b", "c")
    assert [event["key"] for event in events(seat, after=0)] == ["a", "b", "c"]
    assert [event["key"] for event in events(seat, headers={"Last-Event-ID": "2"})] == ["c"]
    assert [event["key"] for event in events(seat, 0, {"Last-Event-ID": "3"})] == []
    assert events(seat) == [], "without a cursor it begins now"
    assert [event["key"] for event in events(seat, 2, {"Last-Event-ID": "nonsense"})] == ["c"]


def test_it_is_for_staff(doors: Doors) -> None:
    assert doors.anonymous.get("/api/events").status_code == 401
    assert doors.edge().get("/api/events").status_code == 403
    assert doors.open(Role.PARTY).get("/api/events").status_code == 403
