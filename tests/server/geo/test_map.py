"""The map: tiles only by configuration, and what lies where within one's district."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from pydantic import ValidationError
from sqlmodel import Session

from server.alerts.tables import Alert
from server.app import create_app
from server.auth.roles import Role
from server.cases.tables import Case
from server.clock import ManualClock
from server.config import CONFIGS, ServerSettings
from server.db import Database
from server.geo.tiles import MapSettings, addresses, hosts
from server.permits.tables import PermitRow
from server.places.tables import CameraPlace, ZoneGround
from server.subjects.tables import Premises, Subject
from tests.server.conftest import START
from tests.server.doors import Doors

SQUARE = [[119.90, 31.70], [119.92, 31.70], [119.92, 31.71], [119.90, 31.71]]
TILES = {
    "tiles": ["https://t{s}.example/vec/{z}/{x}/{y}?tk={key}", "https://names.example/{z}/{x}/{y}"],
    "subdomains": ["0", "1"], "attribution": "某地图",
}  # fmt: skip


def subject(number: int) -> UUID:
    return UUID(int=500 + number)


def case(number: int, **changes: Any) -> Case:
    fields: dict[str, Any] = {
        "id": UUID(int=number), "number": f"N{number}", "state": "A1", "district": "east", "edge_id": "edge-1",
        "camera_id": "cam-1", "zone_id": "z1", "violation": "outdoor_display", "violation_version": 1,
        "permit": "none", "subject_id": subject(0), "opened_at": START, "began_at": START, "last_seen_at": START,
    }  # fmt: skip
    return Case(**fields | changes)


@pytest.fixture
def town(database: Database) -> None:
    with database.session_scope() as session:
        for number, district in enumerate(("east", "west")):
            session.add(
                Subject(id=subject(number), kind="known", name=f"店{number}", district=district, created_at=START)
            )
        session.flush()
        session.add(
            ZoneGround(
                edge_id="edge-1", camera_id="cam-1", zone_id="z1", district="east", polygon=SQUARE, west=119.90,
                south=31.70, east=119.92, north=31.71, changed_at=START,
            )
        )  # fmt: skip
        for edge, camera, district, lon in (("edge-1", "cam-1", "east", 119.93), ("edge-2", "cam-2", "west", 119.80)):
            session.add(
                CameraPlace(edge_id=edge, camera_id=camera, district=district, lon=lon, lat=31.72, changed_at=START)
            )
        session.add(case(1))
        session.add(case(2, zone_id="z-unknown", due_at=START - timedelta(hours=1), violation="muck_exposed"))
        session.add(case(3, edge_id="", camera_id="", zone_id=""))
        session.add(case(4, edge_id="", camera_id="", zone_id=""))
        session.add(case(5, state="C1", closed_at=START))
        session.add(case(6, district="west", edge_id="edge-2", camera_id="cam-2", subject_id=subject(1)))
        session.flush()
        _told(session, UUID(int=3), 119.95, 31.75)


def _told(session: Session, case_id: UUID, lon: float, lat: float) -> None:
    session.add(
        Alert(
            id=UUID(int=900), source="call", district="east", edge_id="", episode_id=UUID(int=901), camera_id="",
            zone_id="", violation="outdoor_display", violation_version=1, permit="none", state="raised",
            began_at=START, raised_at=START, last_captured_at=START, received_at=START, dwell_s=0, score=0,
            peak_score=0, case_id=case_id, lon=lon, lat=lat,
        )
    )  # fmt: skip


def test_each_case_is_where_its_act_is_as_far_as_is_known(town: None, doors: Doors) -> None:
    found = doors.open(Role.SEAT, districts=["east"]).get("/api/map/cases").json()
    placed = {one["number"]: (one["where"], round(one["lon"], 3), round(one["lat"], 3)) for one in found["items"]}
    assert placed == {
        "N1": ("zone", 119.91, 31.705), "N2": ("camera", 119.93, 31.72), "N3": ("told", 119.95, 31.75),
    }  # fmt: skip
    assert (found["total"], found["unplaced"]) == (4, 1), "the fourth has no place, and that is said"
    assert [one["number"] for one in found["items"]] == ["N3", "N2", "N1"]
    assert found["items"][0]["subject_name"] == "店0"


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("open_only=false", {"N1", "N2", "N3", "N5", "N6"}),
        ("state=C1&open_only=false", {"N5"}),
        ("closed_from=2026-11-20T02:00:00Z&open_only=false", {"N5"}),
        ("closed_from=2026-11-20T02:00:01Z&open_only=false", set()),
        ("overdue=true", {"N2"}),
        ("item=muck_exposed", {"N2"}),
        ("camera_id=cam-2", {"N6"}),
        ("opened_from=2026-11-21T00:00:00Z", set()),
        ("opened_to=2026-11-21T00:00:00Z&limit=1", {"N6"}),
    ],
)
def test_filters(town: None, doors: Doors, query: str, numbers: set[str]) -> None:
    found = doors.open(Role.HEAD).get(f"/api/map/cases?{query}").json()
    assert {one["number"] for one in found["items"]} == numbers


def test_an_administrator_sees_the_ground_and_no_case(town: None, doors: Doors) -> None:
    admin = doors.open(Role.ADMIN)
    assert admin.get("/api/map").status_code == 200
    assert [admin.get(f"/api/map/{what}").status_code for what in ("cases", "premises", "permits")] == [403] * 3


def test_it_begins_where_ones_own_things_are(town: None, doors: Doors) -> None:
    assert doors.open(Role.SEAT).get("/api/map").json()["bounds"] == [119.8, 31.7, 119.93, 31.72]
    west = doors.open(Role.SEAT, districts=["west"]).get("/api/map").json()
    assert west["bounds"] == [119.8, 31.72, 119.8, 31.72]
    assert doors.open(Role.SEAT, districts=["north"]).get("/api/map").json()["bounds"] is None


def test_premises_and_permits_of_today_and_of_ones_district(
    town: None, doors: Doors, database: Database, clock: ManualClock
) -> None:
    today = date(2026, 11, 20)
    with database.session_scope() as session:
        for number, (district, valid_to, ground) in enumerate(
            [("east", None, SQUARE), ("west", None, SQUARE), ("east", START, SQUARE), ("east", None, None)]
        ):
            session.add(
                Premises(
                    id=UUID(int=600 + number), subject_id=subject(0), district=district, address=f"路{number}",
                    ground=ground, valid_from=START - timedelta(days=9), valid_to=valid_to, created_at=START,
                )
            )  # fmt: skip
        for number, (status, last) in enumerate(
            [("active", today), ("revoked", today), ("active", date(2026, 11, 19))]
        ):
            session.add(
                PermitRow(
                    id=f"p{number}", number=f"P-{number}", district="east", subject_id=subject(0), ground=SQUARE,
                    weekdays=[0], hours_from=time(17), hours_to=time(22), valid_from=date(2026, 1, 1), valid_to=last,
                    status=status, created_at=START, changed_at=START,
                )
            )  # fmt: skip
    seat = doors.open(Role.SEAT, districts=["east"])
    assert [one["address"] for one in seat.get("/api/map/premises").json()] == ["路0"]
    (permit,) = seat.get("/api/map/permits").json()
    assert (permit["number"], permit["hours"], permit["polygon"]) == ("P-0", "17:00-22:00", SQUARE)
    west = doors.open(Role.SEAT, districts=["west"])
    assert west.get("/api/map/permits").json() == []


def test_without_tiles_nothing_comes_from_outside(doors: Doors) -> None:
    told = doors.open(Role.SEAT).get("/api/map").json()
    assert (told["tiles"], told["attribution"], told["crs"]) == ([], "", "wgs84")
    assert hosts(MapSettings()) == ()


def test_with_tiles_the_page_may_load_from_their_hosts_and_from_no_other(
    settings: ServerSettings, database: Database, clock: ManualClock, tmp_path: Path
) -> None:
    key, built = tmp_path / "tile.key", tmp_path / "built"
    key.write_text("abc123\n")
    built.mkdir()
    (built / "index.html").write_text("<html></html>")
    given = MapSettings.model_validate(TILES | {"key_file": key, "crs": "gcj02"})
    assert addresses(given)[0] == [f"https://t{n}.example/vec/{{z}}/{{x}}/{{y}}?tk=abc123" for n in (0, 1)]
    wanted = ("https://names.example", "https://t0.example", "https://t1.example")
    assert hosts(given) == wanted
    app = create_app(settings.model_copy(update={"map": given, "console_dir": built}), clock=clock, database=database)
    doors = Doors(app, database, clock)
    csp = doors.anonymous.get("/console/").headers["content-security-policy"]
    policy = {rule.split()[0]: rule.split()[1:] for rule in csp.split(";") if rule.strip()}
    assert policy["img-src"] == ["'self'", "blob:", *wanted]
    assert policy["connect-src"] == ["'self'", *wanted]
    assert policy["default-src"] == ["'self'"]
    assert "script-src" not in policy or policy["script-src"] == ["'self'"]
    seat = doors.open(Role.SEAT)
    assert seat.get("/api/map").json()["crs"] == "gcj02"
    assert "example" not in seat.get("/officer/").headers["content-security-policy"]
    key.unlink()
    assert seat.get("/api/map").json()["code"] == "map.no_key"
    doors.close()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"tiles": ["https://a.example/{z}/{x}"]}, "{y}"),
        ({"subdomains": []}, "subdomains"),
        ({"attribution": ""}, "attribution"),
        ({"key_file": None}, "key_file"),
        ({"tiles": ["ftp://a.example/{z}/{x}/{y}"]}, "tiles"),
        ({"tiles": ["https://a.example/{z}/{x}/{y}; script-src *"]}, "tiles"),
        ({"tiles": ["https://{key}.example/{z}/{x}/{y}"]}, "host"),
        ({"crs": "bd09"}, "crs"),
    ],
)
def test_bad_settings_are_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        MapSettings.model_validate(TILES | {"key_file": "k"} | changes)


def test_the_example_in_the_settings_file_is_a_good_one() -> None:
    text = (CONFIGS / "server.example.yaml").read_text(encoding="utf-8")
    lines = [line.removeprefix("# ") for line in text.splitlines() if line.startswith(("# map:", "#   "))]
    given = yaml.safe_load("\n".join(line.removeprefix("#") for line in lines))["map"]
    assert len(hosts(MapSettings.model_validate(given))) == 8
