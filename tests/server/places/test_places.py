"""Places over HTTP: written, asked, imported; a district sees its own."""

from typing import Any

import pytest

from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.places import geometry, service
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.places.test_geometry import HERE, at, box


def feature(kind: str, shape: Any, **properties: Any) -> dict[str, Any]:
    geometry_of = {"type": "Point", "coordinates": list(shape)} if kind == "camera" else polygon(shape)
    return {"type": "Feature", "properties": {"kind": kind} | properties, "geometry": geometry_of}


def polygon(ring: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in [*ring, ring[0]]]]}


def file_of(*features: Any, datum: str = "wgs84", **more: Any) -> dict[str, Any]:
    return {"datum": datum, "collection": {"type": "FeatureCollection", "features": list(features)}} | more


TOWN = (
    feature("camera", HERE, edge_id="edge-1", camera_id="cam-1", name="路口（合成）"),
    feature("zone", box(0, 0, 10, 4), edge_id="edge-1", camera_id="cam-1", zone_id="z1", frontage="F-1"),
    feature("grid", box(-100, -100, 200, 200), code="320402001", name="第一网格（合成）", body="zd-01"),
    feature("grid", box(-50, -50, 100, 100), code="320402001-1", name="其中一格（合成）", body="zd-01"),
    feature("sensitive", box(40, 0, 20, 20), code="S-1", name="小学（合成）", category="school"),
    feature("frontage", box(-5, -5, 20, 10), code="F-1", name="果蔬店门前（合成）"),
)


@pytest.fixture
def chief(doors: Doors) -> TestClient:
    return doors.open(Role.SUPERV)


@pytest.fixture
def seat(doors: Doors) -> TestClient:
    return doors.open(Role.SEAT)


def test_a_dry_run_says_what_would_be_and_writes_nothing(chief: TestClient) -> None:
    answer = chief.post("/api/places/import", json=file_of(*TOWN)).json()
    assert (answer["new"], answer["cameras"], answer["zones"], answer["areas"]) == (6, 1, 1, 4)
    assert answer["written"] is False
    assert chief.get("/api/places/cameras").json() == []
    assert chief.get("/api/places/areas").json()["items"] == []


def test_what_was_imported_is_found_and_a_second_time_changes_nothing(chief: TestClient, seat: TestClient) -> None:
    assert chief.post("/api/places/import", json=file_of(*TOWN, dry_run=False)).json()["new"] == 6
    assert chief.post("/api/places/import", json=file_of(*TOWN, dry_run=False)).json()["unchanged"] == 6
    lon, lat = at(3, 1)
    here = seat.get("/api/places/at", params={"lon": lon, "lat": lat}).json()
    assert here["grid"]["code"] == "320402001-1", "of cells in each other the smaller one"
    assert [area["code"] for area in here["sensitive"]] == ["S-1"]
    assert [area["code"] for area in here["frontages"]] == ["F-1"]
    assert [zone["zone_id"] for zone in here["in_view_of"]] == ["z1"]
    assert here["in_view_of"][0]["area_m2"] == pytest.approx(40, rel=1e-4)
    far = seat.get("/api/places/at", params={"lon": lon, "lat": lat + 0.1}).json()
    assert (far["grid"], far["sensitive"], far["in_view_of"]) == (None, [], [])


def test_every_bad_feature_is_listed_and_nothing_is_half_written(chief: TestClient) -> None:
    bad = [
        feature("camera", (31.78, 119.97), edge_id="edge-1", camera_id="cam-1"),  # lat first
        feature("zone", [at(0, 0), at(10, 10), at(10, 0), at(0, 10)], edge_id="e", camera_id="c", zone_id="z"),
        feature("grid", box(0, 0, 10, 10), name="no code"),
        feature("tower", box(0, 0, 1, 1), code="x"),
        feature("grid", box(0, 0, 10, 10), code="G", name="a"),
        feature("grid", box(0, 0, 10, 10), code="G", name="b"),
        {"type": "Feature", "properties": {"kind": "grid", "code": "M", "name": "m"}, "geometry": {"type": "Point"}},
        feature("camera", HERE, edge_id="EDGE 1", camera_id="cam-1", colour="red"),
        7,
        feature("camera", (10**400, 1), edge_id="e", camera_id="c"),
    ]
    answer = chief.post("/api/places/import", json=file_of(*bad)).json()
    assert [(fault["feature"], fault["field"]) for fault in answer["faults"]] == [
        (1, "geometry"), (2, "polygon"), (3, "code"), (4, "kind"), (6, "id"), (7, "geometry"),
        (8, "edge_id"), (8, "colour"), (9, "type"), (10, "geometry"),
    ]  # fmt: skip
    refused = chief.post("/api/places/import", json=file_of(*bad, dry_run=False))
    assert (refused.status_code, refused.json()["code"]) == (422, "place.import_refused")
    assert len(refused.json()["problems"]) == 10
    assert chief.get("/api/places/areas").json()["items"] == []


def test_a_file_that_is_no_collection_is_refused_whole(chief: TestClient) -> None:
    answer = chief.post("/api/places/import", json={"datum": "wgs84", "collection": {"type": "Feature"}}).json()
    assert [fault["feature"] for fault in answer["faults"]] == [0]
    assert chief.post("/api/places/import", json={"collection": {}}).status_code == 422, "the datum must be told"


def test_places_of_a_web_map_are_moved(chief: TestClient, database: Database) -> None:
    shown = feature("camera", (121.531541859215, 31.17530398364597), edge_id="edge-1", camera_id="cam-1")
    chief.post("/api/places/import", json=file_of(shown, datum="gcj02", dry_run=False)).raise_for_status()
    with database.session_scope(write=False) as session:
        place = service.place_of(session, "edge-1", "cam-1")
    assert place is not None
    assert geometry.distance_m(place, (121.5272106, 31.1774276)) < 0.1


def test_one_by_one(chief: TestClient, seat: TestClient, database: Database) -> None:
    body = {"point": list(HERE), "name": "东门"}
    assert seat.put("/api/places/cameras/edge-1/cam-1", json=body).status_code == 403
    assert chief.put("/api/places/cameras/edge-1/cam-1", json=body).status_code == 200
    nothing = chief.put("/api/places/zones/edge-1/cam-1/z1", json={})
    assert nothing.status_code == 422
    assert chief.put("/api/places/zones/edge-1/cam-1/z1", json={"frontage": "F-9"}).json()["area_m2"] is None
    with database.session_scope(write=False) as session:
        assert service.place_of(session, "edge-1", "cam-1") == HERE
        assert service.spot_of(session, "edge-1", "cam-1", "z1") == HERE, "without ground, where the camera stands"
        assert service.ground_of(session, "edge-1", "cam-1", "z1") is None
        assert service.frontage_of(session, "edge-1", "cam-1", "z1") == "F-9"
        assert service.place_of(session, "edge-1", "cam-2") is None


def test_pages_of_areas(chief: TestClient) -> None:
    chief.post("/api/places/import", json=file_of(*TOWN, dry_run=False)).raise_for_status()
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = chief.get("/api/places/areas", params={"limit": 1} | ({"after": cursor} if cursor else {})).json()
        seen += [area["code"] for area in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == ["F-1", "320402001", "320402001-1", "S-1"]
    assert [a["code"] for a in chief.get("/api/places/areas", params={"kind": "sensitive"}).json()["items"]] == ["S-1"]


def test_a_district_sees_and_writes_its_own(database: Database, clock: ManualClock, doors: Doors) -> None:
    from sqlmodel import select

    from server.auth.tables import PersonRow

    near, far = doors.open(Role.SUPERV, name="near"), doors.open(Role.SUPERV, name="far")
    with database.session_scope() as session:
        for row in session.exec(select(PersonRow)):
            row.districts = ["320402"] if row.name == "near" else ["320411"]
            session.add(row)
    body = {"point": list(HERE), "district": "320402"}
    assert far.put("/api/places/cameras/edge-1/cam-1", json=body).status_code == 404
    assert near.put("/api/places/cameras/edge-1/cam-1", json=body).status_code == 200
    moved = far.put("/api/places/cameras/edge-1/cam-1", json=body | {"district": "320411"})
    assert moved.status_code == 404, "nobody takes another district's camera"
    assert len(near.get("/api/places/cameras").json()) == 1
    assert far.get("/api/places/cameras").json() == []
