"""Stills: from the edge that took them to people of its district, the newest only."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from edge.contracts.commands import Watch
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.fleet import commands, service
from server.fleet.tables import Command
from server.stills import watching
from server.stills.store import KEPT
from tests.server.client import TestClient
from tests.server.conftest import START
from tests.server.doors import Doors

ONE, TWO = b"\xff\xd8\xff one \xff\xd9", b"\xff\xd8\xff two \xff\xd9"
PATH = "/api/stills/edge-1/cam-1"


@pytest.fixture(autouse=True)
def cameras(database: Database) -> None:
    with database.session_scope() as session:
        for edge_id, district in (("edge-1", "east"), ("edge-2", "west")):
            service.heard(session, edge_id, START, district)
            service.camera(session, edge_id, "cam-1", START)
        service.camera(session, "edge-1", "cam-2", START)


def put(edge: TestClient, content: bytes = ONE, path: str = PATH, **headers: str) -> int:
    told = {"Content-Type": "image/jpeg", "X-Captured-At": START.isoformat()} | headers
    return edge.put(path, content=content, headers=told).status_code


def test_only_the_newest_is_kept_and_says_whether_it_changed(doors: Doors, clock: ManualClock) -> None:
    edge, seat = doors.edge("edge-1"), doors.open(Role.SEAT)
    assert seat.get(PATH).status_code == 404
    assert put(edge, ONE) == 204
    first = seat.get(PATH)
    assert (first.content, first.headers["content-type"]) == (ONE, "image/jpeg")
    assert first.headers["cache-control"] == "private, no-store"
    assert seat.get(PATH, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    clock.advance(timedelta(seconds=2))
    assert put(edge, TWO, **{"X-Captured-At": clock.now().isoformat()}) == 204
    second = seat.get(PATH, headers={"If-None-Match": first.headers["etag"]})
    assert (second.status_code, second.content) == (200, TWO)
    assert second.headers["x-captured-at"] == clock.now().isoformat()
    (listed,) = seat.get("/api/stills").json()
    assert (listed["edge_id"], listed["camera_id"], listed["size_bytes"]) == ("edge-1", "cam-1", len(TWO))
    assert f'"{listed["etag"]}"' == second.headers["etag"]


def test_a_still_of_long_ago_is_not_shown(doors: Doors, clock: ManualClock) -> None:
    seat = doors.open(Role.SEAT)
    put(doors.edge("edge-1"))
    clock.advance(KEPT + timedelta(seconds=1))
    assert seat.get(PATH).status_code == 404
    assert seat.get("/api/stills").json() == []


def test_people_see_the_cameras_of_their_district_only(doors: Doors) -> None:
    put(doors.edge("edge-1"))
    put(doors.edge("edge-2"), path="/api/stills/edge-2/cam-1")
    west = doors.open(Role.SEAT, districts=["west"])
    assert [one["edge_id"] for one in west.get("/api/stills").json()] == ["edge-2"]
    theirs = {"cameras": [{"edge_id": "edge-1", "camera_id": "cam-1"}]}
    refused = [west.get(PATH), west.get(f"{PATH}/live"), west.post("/api/stills/watch", json=theirs)]
    assert [answer.status_code for answer in refused] == [404, 404, 404]
    assert doors.anonymous.get(PATH).status_code == 401
    assert doors.anonymous.get(f"{PATH}/live").status_code == 401
    assert doors.open(Role.PARTY).get(PATH).status_code == 403


def test_an_edge_brings_only_its_own_cameras(doors: Doors) -> None:
    assert put(doors.edge("edge-2")) == 403
    assert put(doors.edge("edge-1"), path="/api/stills/edge-1/cam-9") == 404
    assert put(doors.edge("edge-1"), path="/api/stills/edge-1/..%2f..%2fx") in (404, 422)
    assert put(doors.open(Role.SEAT)) == 403


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"\xff\xd8\xff" + bytes(200_000) + b"\xff\xd9", {}, 413),
        (b"\xff\xd8\xff half", {}, 422),
        (b"<html></html>", {}, 422),
        (b"", {}, 422),
        (ONE, {"Content-Type": "text/html"}, 415),
        (ONE, {"X-Captured-At": "yesterday"}, 422),
        (ONE, {"X-Captured-At": "2026-11-20T02:00:00"}, 422),
    ],
)
def test_what_is_no_still_is_refused_and_the_last_one_stays(
    doors: Doors, content: bytes, headers: dict[str, str], status: int
) -> None:
    edge = doors.edge("edge-1")
    put(edge, TWO)
    assert put(edge, content, **headers) == status
    assert doors.open(Role.SEAT).get(PATH).content == TWO


def wishes(session: Session) -> list[tuple[str, Watch]]:
    rows = session.exec(select(Command).where(Command.type == Watch.TYPE).order_by(col(Command.queued_at)))
    return [(row.edge_id, Watch.model_validate(row.message)) for row in rows]


def test_looking_asks_the_edge_once_a_minute_whoever_looks(
    doors: Doors, database: Database, clock: ManualClock
) -> None:
    both = {"cameras": [{"edge_id": "edge-1", "camera_id": name} for name in ("cam-1", "cam-2")]}
    seats = [doors.open(Role.SEAT), doors.open(Role.SUPERV, districts=["east"])]
    told = [seat.post("/api/stills/watch", json=both).json()["until"] for _ in range(3) for seat in seats]
    with database.session_scope() as session:
        asked = wishes(session)
        assert [(edge, one.camera_id, one.every_s) for edge, one in asked] == [
            ("edge-1", "cam-1", 1.0), ("edge-1", "cam-2", 1.0),
        ]  # fmt: skip
        assert {one.until.isoformat().replace("+00:00", "Z") for _, one in asked} == set(told)
        assert len(commands.due(session, clock.now())) == 2
    clock.advance(timedelta(seconds=60))
    seats[0].post("/api/stills/watch", json=both)
    with database.session_scope() as session:
        assert len({one.command_id for _, one in [*asked, *wishes(session)]}) == 4, "a minute later it is asked anew"
        clock.advance(timedelta(minutes=3))
        assert commands.due(session, clock.now()) == [], "nobody looks any more: nothing is said"


def test_old_wishes_are_forgotten(doors: Doors, database: Database, clock: ManualClock) -> None:
    seat, one = doors.open(Role.SEAT), {"cameras": [{"edge_id": "edge-1", "camera_id": "cam-1"}]}
    for _ in range(30):
        assert seat.post("/api/stills/watch", json=one).status_code == 200
        clock.advance(timedelta(seconds=60))
    with database.session_scope() as session:
        assert len(wishes(session)) <= 1 + watching.LASTS / timedelta(seconds=60)


def test_a_camera_that_is_gone_does_not_darken_the_rest_of_a_wall(doors: Doors, database: Database) -> None:
    wanted = {"cameras": [{"edge_id": "edge-1", "camera_id": "cam-1"}, {"edge_id": "edge-1", "camera_id": "cam-9"}]}
    assert doors.open(Role.SEAT).post("/api/stills/watch", json=wanted).status_code == 200
    with database.session_scope() as session:
        assert [(edge, one.camera_id) for edge, one in wishes(session)] == [("edge-1", "cam-1")]


def test_no_wish_where_none_of_the_cameras_is_there(doors: Doors, database: Database) -> None:
    wanted = {"cameras": [{"edge_id": "edge-1", "camera_id": "cam-8"}, {"edge_id": "edge-9", "camera_id": "cam-1"}]}
    answer = doors.open(Role.SEAT).post("/api/stills/watch", json=wanted)
    assert answer.status_code == 404
    assert "edge-1/cam-8" in answer.text
    with database.session_scope() as session:
        assert wishes(session) == []


def test_a_command_has_an_id_of_its_time(doors: Doors, database: Database, clock: ManualClock) -> None:
    wanted = {"cameras": [{"edge_id": "edge-1", "camera_id": "cam-1"}]}
    doors.open(Role.SEAT).post("/api/stills/watch", json=wanted)
    with database.session_scope() as session:
        ((_, one),) = wishes(session)
        assert UUID(str(one.command_id)).int >> 80 == int(clock.now().timestamp() * 1000)


def test_the_live_picture_begins_with_the_still_that_is_there(
    doors: Doors, database: Database, clock: ManualClock
) -> None:
    put(doors.edge("edge-1"))
    answer = doors.open(Role.SEAT).get(f"{PATH}/live?follow=false")
    assert answer.headers["content-type"].startswith("multipart/x-mixed-replace; boundary=")
    assert answer.content.count(ONE) == 1
    with database.session_scope() as session:
        assert [edge for edge, _ in wishes(session)] == ["edge-1"], "looking is asking"
