"""An address is tried by an edge: its password is in no answer, no audit, no message, and is forgotten afterwards."""

import base64
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import select

from edge.contracts.commands import Probe
from edge.contracts.probes import ProbeFault, ProbeResult
from server.audit.tables import AuditEntry
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.feed.tables import FeedEntry
from server.fleet import probes, service
from server.fleet.tables import Command, EdgeProbe
from tests.server.client import TestClient
from tests.server.doors import Doors

ADDRESS = "rtsp://viewer:s3cret@10.0.0.9:554/ch1"
PICTURE = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture(autouse=True)
def known(database: Database, clock: ManualClock) -> None:
    with database.session_scope() as session:
        service.heard(session, "edge-1", clock.now())


@pytest.fixture
def admin(doors: Doors) -> TestClient:
    return doors.open(Role.ADMIN)


def ask(client: TestClient, address: str = ADDRESS) -> httpx.Response:
    return client.post("/api/edges/edge-1/probes", json={"address": address})


def result(**more: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "ok": True, "width": 1920, "height": 1080, "codec": "hevc", "frames_per_s": 25.0,
        "picture_jpeg_base64": base64.b64encode(PICTURE).decode(),
    }  # fmt: skip
    return ProbeResult(**(fields | more)).model_dump(mode="json")


def test_the_whole_way(doors: Doors, admin: TestClient, database: Database) -> None:
    asked = ask(admin)
    assert asked.status_code == 201
    body = asked.json()
    path = f"/api/edges/edge-1/probes/{body['id']}"
    assert (body["state"], body["address"]) == ("asked", "rtsp://***@10.0.0.9:554/ch1")
    edge = doors.edge()
    assert edge.get(f"{path}/address").json() == {"address": ADDRESS}
    assert edge.get(f"{path}/address").json() == {"address": ADDRESS}, "an edge whose line broke asks again"
    assert admin.get(path).json()["state"] == "fetched"
    assert edge.put(f"{path}/result", json=result()).status_code == 204
    read = admin.get(path).json()
    assert (read["state"], read["ok"], read["width"], read["codec"]) == ("done", True, 1920, "hevc")
    assert read["has_picture"]
    picture = doors.open(Role.SEAT).get(f"{path}/picture")
    assert (picture.content, picture.headers["content-type"]) == (PICTURE, "image/jpeg")
    assert edge.get(f"{path}/address").status_code == 404
    with database.session_scope() as session:
        (row,) = session.exec(select(EdgeProbe)).all()
        assert row.sealed == ""
        (command,) = session.exec(select(Command)).all()
        assert command.answered_at is not None
        assert Probe.model_validate(command.message).command_id == row.id
        tables = [str(e.facts) for e in session.exec(select(AuditEntry))]
        tables += [str(e.facts) for e in session.exec(select(FeedEntry))] + [str(command.message)]
        assert {e.facts["state"] for e in session.exec(select(FeedEntry).where(FeedEntry.kind == "probe"))} == {
            "asked",
            "fetched",
            "done",
        }
    assert "s3cret" not in "".join([*tables, asked.text, str(read)])


def test_what_was_wrong_is_told_in_words(doors: Doors, admin: TestClient) -> None:
    path = f"/api/edges/edge-1/probes/{ask(admin).json()['id']}"
    wrong = ProbeResult(ok=False, fault=ProbeFault.WRONG_PASSWORD, detail="the camera refuses the password (401)")
    edge = doors.edge()
    edge.put(f"{path}/result", json=wrong.model_dump(mode="json"))
    edge.put(f"{path}/result", json=result())
    read = admin.get(path).json()
    assert (read["ok"], read["fault"], read["has_picture"]) == (False, "wrong_password", False), (
        "the first answer counts"
    )
    assert admin.get(f"{path}/picture").status_code == 404


def test_one_that_nobody_answers_expires(doors: Doors, admin: TestClient, clock: ManualClock) -> None:
    path = f"/api/edges/edge-1/probes/{ask(admin).json()['id']}"
    clock.advance(timedelta(minutes=1))
    assert admin.get(path).json()["state"] == "expired"
    assert doors.edge().get(f"{path}/address").status_code == 404


def test_only_its_edge_gets_the_address_and_nobody_else(doors: Doors, admin: TestClient) -> None:
    path = f"/api/edges/edge-1/probes/{ask(admin).json()['id']}"
    assert doors.edge("edge-2").get(f"{path}/address").status_code == 404
    assert doors.edge("edge-2").put(f"{path}/result", json=result()).status_code == 404
    assert admin.get(f"{path}/address").status_code == 403
    assert ask(doors.open(Role.SEAT)).status_code == 403
    assert ask(doors.open(Role.SUPERV)).status_code == 201
    elsewhere = doors.open(Role.ADMIN, districts=("other",))
    assert ask(elsewhere).status_code == elsewhere.get(path).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["http://u:s3cret@10.0.0.1/", "10.0.0.1", "viewer:s3cret@10.0.0.1", "rtsp://10.0.0.1/\n", "s3cret" * 400, ""],
)
def test_what_is_no_address_is_refused_and_not_quoted(admin: TestClient, address: str) -> None:
    refused = ask(admin, address)
    assert refused.status_code == 422
    assert "s3cret" not in refused.text


def test_an_edge_is_not_asked_too_much(admin: TestClient, clock: ManualClock) -> None:
    assert [ask(admin).status_code for _ in range(4)] == [201, 201, 201, 409]
    clock.advance(timedelta(minutes=1))
    assert ask(admin).status_code == 201


def test_they_are_kept_for_a_day(admin: TestClient, clock: ManualClock, database: Database) -> None:
    ask(admin)
    clock.advance(probes.KEPT + timedelta(seconds=1))
    ask(admin)
    with database.session_scope() as session:
        assert len(session.exec(select(EdgeProbe)).all()) == 1


def test_a_picture_that_is_none_is_refused(doors: Doors, admin: TestClient) -> None:
    path = f"/api/edges/edge-1/probes/{ask(admin).json()['id']}"
    for text in ("!!", base64.b64encode(b"<svg>").decode()):
        assert doors.edge().put(f"{path}/result", json=result(picture_jpeg_base64=text)).status_code == 422
    assert doors.edge().put(f"{path}/result", json=result()).status_code == 204
