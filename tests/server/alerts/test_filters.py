"""Alerts asked for by what they are; their areas and the pictures of their case."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from server.auth.person import SYSTEM
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.ingest.intake import Intake
from server.places import service as places
from server.places.schemas import ZoneGroundWanted
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.places.test_geometry import box
from tests.server.wire import T0, cleared, delivery, look, picture, raised, sealed, updated


@pytest.fixture
def seat(doors: Doors) -> TestClient:
    return doors.open(Role.SEAT)


@pytest.fixture
def intake(database: Database, clock: ManualClock) -> Intake:
    return Intake(database, clock)


def count(seat: TestClient, **query: Any) -> int:
    return len(seat.get("/api/alerts", params=query).raise_for_status().json()["items"])


def test_each_filter_narrows(seat: TestClient, intake: Intake) -> None:
    gone = uuid4()
    intake.take(
        [
            delivery(sealed(raised(zone_id="z1"))),
            delivery(sealed(raised(zone_id="z2", camera_id="cam-2", violation="exposed_muck"))),
            delivery(sealed(raised(zone_id="z3", at=T0 + timedelta(days=1)), edge="edge-2")),
            delivery(sealed(raised(gone, zone_id="z4"))),
            delivery(sealed(cleared(gone, zone_id="z4"))),
        ]
    )
    seat.post(
        "/api/reports", json={"source": "call", "violation": "outdoor_display", "text": "x", "address": "y"}
    ).raise_for_status()
    assert count(seat) == 5
    assert count(seat, source="camera") == 4
    assert count(seat, source="call") == 1
    assert count(seat, state="cleared") == 1
    assert count(seat, edge_id="edge-2") == 1
    assert count(seat, camera_id="cam-2") == 1
    assert count(seat, violation="exposed_muck") == 1
    assert count(seat, district="local") == 5
    assert count(seat, district="320402") == 0
    assert count(seat, since=T0.isoformat(), until=(T0 + timedelta(hours=1)).isoformat()) == 3
    assert count(seat, has_case=True) == 5
    assert count(seat, has_case=False) == 0
    case_id = seat.get("/api/alerts", params={"camera_id": "cam-2"}).json()["items"][0]["case_id"]
    assert count(seat, case_id=case_id) == 1
    assert count(seat, source="camera", state="raised", violation="outdoor_display", edge_id="edge-1") == 1


def test_a_filter_that_means_nothing_is_422(seat: TestClient) -> None:
    for query in (
        {"source": "x"},
        {"since": "2026-11-20"},
        {"until": "0001-01-01T00:00:00+08:00"},
        {"violation": "A B"},
        {"district": "a b"},
    ):
        assert seat.get("/api/alerts", params=query).status_code == 422, query


def test_the_area_comes_with_its_uncertainty(seat: TestClient, intake: Intake) -> None:
    episode = uuid4()
    big = look(T0).model_copy(update={"area_m2": 6.0, "area_m2_sigma": 0.5})
    small = look(T0).model_copy(update={"area_m2": 2.0, "area_m2_sigma": 0.2})
    intake.take(
        [
            delivery(sealed(raised(episode, measurement=big))),
            delivery(sealed(updated(episode, measurement=small))),
        ]
    )
    (alert,) = seat.get("/api/alerts").json()["items"]
    assert (alert["area"]["value_m2"], alert["area"]["sigma_m2"]) == (2.0, 0.2)
    assert alert["peak_area"]["zh"] == "6.00 ± 0.98 m²（95%）"
    assert seat.get(f"/api/alerts/{alert['id']}").json()["peak_area"] == alert["peak_area"]


def test_the_pictures_of_two_cameras_are_kept_and_the_best_marked(
    seat: TestClient, intake: Intake, database: Database, clock: ManualClock
) -> None:
    with database.session_scope() as session:
        for camera in ("cam-1", "cam-2"):
            wanted = ZoneGroundWanted(polygon=box(0, 0, 10, 4))
            places.put_zone(session, "edge-1", camera, "z1", wanted, SYSTEM, clock.now())
    one, other = uuid4(), uuid4()
    intake.take(
        [
            delivery(sealed(raised(one, evidence=[picture("1" * 64)], measurement=look(T0, score=0.6)))),
            delivery(sealed(updated(one, evidence=[picture("2" * 64)], measurement=look(T0, score=0.9)))),
            delivery(
                sealed(raised(other, camera_id="cam-2", evidence=[picture("3" * 64)], measurement=look(T0, score=0.8)))
            ),
        ]
    )
    case_id = seat.get("/api/alerts").json()["items"][0]["case_id"]
    pictures = seat.get(f"/api/cases/{case_id}/pictures").json()
    assert [(p["sha256"][0], p["is_cover"], p["is_best"]) for p in pictures] == [
        ("2", True, True), ("3", False, True), ("1", False, False),
    ]  # fmt: skip
    assert {p["camera_id"] for p in pictures} == {"cam-1", "cam-2"}
