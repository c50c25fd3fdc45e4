"""Districts of persons and edges: nothing by default, nobody gives more than they have, a change ends the session."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from server.app import create_app
from server.auth.reach import Reach
from server.auth.roles import Role
from server.clock import ManualClock
from server.config import District, ServerSettings
from server.db import Database
from server.ingest.intake import Intake
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.wire import birth, delivery, raised, sealed

EAST, WEST = District(code="east", zh="东区", en="East"), District(code="west", zh="西区", en="West")


@pytest.fixture
def settings(tmp_path: Path) -> ServerSettings:
    return ServerSettings(data_dir=tmp_path / "data", districts=(EAST, WEST))


def new_person(admin: TestClient, **more: object) -> dict[str, object]:
    answer = admin.post("/api/persons", json={"name": "李四", "roles": ["seat"], **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def client_of(doors: Doors, admin: TestClient, person: dict[str, object]) -> TestClient:
    return doors.with_token(admin.post(f"/api/persons/{person['id']}/tokens").json()["token"])


def test_reach_holds_what_it_names_and_nothing_else() -> None:
    assert Reach.of(["east"]).holds("east")
    assert not Reach.of(["east"]).holds("west")
    assert not Reach.of([]).holds("")
    assert Reach.of(["*"]).holds("")
    assert Reach.of(["east", "west"]).only == ""
    assert Reach.of(["east"]).only == "east"
    assert Reach.of(["east", "west"]).covers(["east"])
    assert not Reach.of(["east"]).covers(["*"])
    assert Reach.of(["east"]).covers([])


def test_where_there_are_several_a_person_gets_none_unless_told(admin: TestClient) -> None:
    assert new_person(admin)["districts"] == []
    assert new_person(admin, districts=["west", "east", "east"])["districts"] == ["east", "west"]
    assert new_person(admin, districts=["east", "*"])["districts"] == ["*"]
    wrong = admin.post("/api/persons", json={"name": "x", "roles": ["seat"], "districts": ["north"]}).json()
    assert wrong["problems"] == [{"field": "districts", "value": ["north"], "allowed": ["east", "west", "*"]}]


def test_where_there_is_one_a_person_gets_it(tmp_path: Path, database: Database, clock: ManualClock) -> None:
    app = create_app(ServerSettings(data_dir=tmp_path), clock=clock, database=database)
    doors = Doors(app, database, clock)
    admin = doors.open(Role.ADMIN)
    assert new_person(admin)["districts"] == ["local"]
    assert [one["code"] for one in admin.get("/api/districts").json()] == ["local"]
    doors.close()


def test_other_districts_end_every_session(doors: Doors, admin: TestClient) -> None:
    person = new_person(admin, districts=["east"])
    seat = client_of(doors, admin, person)
    assert seat.get("/api/me").json()["districts"] == ["east"]
    changed = admin.patch(f"/api/persons/{person['id']}", json={"districts": ["west"]}).json()
    assert changed["districts"] == ["west"]
    assert seat.get("/api/me").status_code == 401


def test_an_administrator_of_a_district_gives_no_more_than_the_district(doors: Doors, admin: TestClient) -> None:
    east = doors.open(Role.ADMIN, districts=["east"])
    far = new_person(admin, districts=["east", "west"])
    near = new_person(east, districts=["east"])
    for refused in (["west"], ["*"], ["east", "west"]):
        assert (
            east.post("/api/persons", json={"name": "x", "roles": ["admin"], "districts": refused}).status_code == 422
        )
    assert east.patch(f"/api/persons/{near['id']}", json={"districts": ["*"]}).status_code == 422
    assert east.patch(f"/api/persons/{far['id']}", json={"active": False}).status_code == 404
    assert east.post(f"/api/persons/{far['id']}/tokens").status_code == 404
    assert {one["id"] for one in east.get("/api/persons").json()} >= {near["id"]}
    assert far["id"] not in east.get("/api/persons").text
    token = admin.post(f"/api/persons/{far['id']}/tokens").json()
    assert east.delete(f"/api/tokens/{token['id']}").status_code == 404
    assert admin.delete(f"/api/tokens/{token['id']}").status_code == 204


def test_an_edge_is_nobodys_until_it_is_assigned(
    doors: Doors, admin: TestClient, database: Database, clock: ManualClock, app: FastAPI
) -> None:
    seat = doors.open(Role.SEAT, districts=["east"])
    intake = Intake(database, clock, home_of(app))
    intake.take([delivery(sealed(birth(1))), delivery(sealed(raised()))])
    assert seat.get("/api/edges").json() == seat.get("/api/cameras").json() == []
    assert seat.get("/api/alerts").json()["items"] == seat.get("/api/cases").json()["items"] == []
    assert len(admin.get("/api/edges").json()) == 1
    assert admin.put("/api/edges/edge-1/district", json={"district": "east"}).json()["district"] == "east"
    assert len(seat.get("/api/edges").json()) == len(seat.get("/api/alerts").json()["items"]) == 1
    (case,) = seat.get("/api/cases").json()["items"]
    assert admin.put("/api/edges/edge-1/district", json={"district": "west"}).status_code == 200
    assert seat.get("/api/edges").json() == []
    assert seat.get(f"/api/cases/{case['id']}").status_code == 200, "the district that took it keeps it"


def test_an_edge_is_announced_with_its_token(doors: Doors, admin: TestClient) -> None:
    east = doors.open(Role.ADMIN, districts=["east"])
    assert east.post("/api/edges/e1/tokens").status_code == 404, "an edge without a district is not east's"
    assert east.post("/api/edges/e1/tokens?district=west").status_code == 422
    assert east.post("/api/edges/e1/tokens?district=east").status_code == 201
    assert admin.post("/api/edges/e1/tokens?district=west").json()["code"] == "edge.other_district"
    assert admin.post("/api/edges/e2/tokens?district=west").status_code == 201
    assert east.post("/api/edges/e2/tokens").status_code == 404
    assert east.put("/api/edges/e2/district", json={"district": "east"}).status_code == 404
    assert [edge["id"] for edge in east.get("/api/edges").json()] == ["e1"]
    assert admin.put("/api/edges/e3/district", json={"district": "east"}).status_code == 404


def home_of(app: FastAPI):
    from functools import partial

    from server.ingest import dispatch

    return partial(dispatch.accept, home=app.state.services.settings.home_district)
