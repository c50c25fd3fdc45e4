"""Reports by people: received, merged with what cameras saw, counted as missed, the reporter protected."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import select

from server.alerts.tables import Alert
from server.auth.person import SYSTEM
from server.auth.roles import Role
from server.cases.tables import Case, CaseStep
from server.places import service as places
from server.places.schemas import AreaWanted, CameraPlaceWanted, ZoneGroundWanted
from server.reports_by_people.tables import PersonReport
from tests.server.cases.conftest import Town
from tests.server.places.test_geometry import at, box


def lay(town: Town, zone: str = "z1", camera: str = "cam-1", ground: Any = None, frontage: str = "") -> None:
    """Put a zone on the ground: 10 by 4 m unless told otherwise."""
    with town.database.session_scope() as session:
        wanted = ZoneGroundWanted(polygon=ground or box(0, 0, 10, 4), frontage=frontage)
        places.put_zone(session, "edge-1", camera, zone, wanted, SYSTEM, town.clock.now())


def tell(town: Town, role: Role = Role.SEAT, **more: Any) -> Any:
    body: dict[str, Any] = {
        "source": "call" if role is Role.SEAT else "patrol", "item_code": "CG-01", "text": "水果摆到路上了",
        "point": list(at(5, 2)),
    } | more  # fmt: skip
    return town.people[role].post("/api/reports", json=body)


def cases_of(town: Town) -> list[Case]:
    with town.database.session_scope(write=False) as session:
        return list(session.exec(select(Case)))


def test_a_call_opens_a_case_and_gets_a_receipt(town: Town) -> None:
    taken = tell(town, point=None, address="和平路某号对面", channel="12345")
    assert taken.status_code == 201, taken.text
    assert taken.json()["number"].startswith("SB20261120-00001")
    assert tell(town, point=None, address="另一处").json()["number"].endswith("-00002")
    case = town.get(UUID(taken.json()["case_id"]))
    assert (case["state"], case["item_code"], case["violation"], case["camera_id"]) == (
        "A1", "CG-01", "outdoor_display", "",
    )  # fmt: skip
    assert {step["actor_name"] for step in case["steps"]} == {"系统"}, "no camera judged it"


def test_a_call_about_what_a_camera_saw_joins_its_case(town: Town) -> None:
    lay(town)
    case_id = town.raised()
    town.after(minutes=20)
    taken = tell(town, seen_at=(town.clock.now() - timedelta(minutes=40)).isoformat()).json()
    assert (taken["case_id"], taken["merged"]) == (str(case_id), True)
    (case,) = cases_of(town)
    assert case.began_at == town.clock.now() - timedelta(minutes=40), "the earliest time is kept"
    alerts = town.people[Role.SEAT].get("/api/alerts").json()["items"]
    assert sorted(one["source"] for one in alerts if one["case_id"] == str(case_id)) == ["call", "camera"]


def test_a_camera_joins_the_case_of_a_call_and_gives_it_its_place(town: Town) -> None:
    lay(town)
    case_id = UUID(tell(town).json()["case_id"])
    town.after(minutes=30)
    assert town.raised() == case_id
    (case,) = cases_of(town)
    assert (case.camera_id, case.zone_id) == ("cam-1", "z1")


def test_what_happens_before_a_school_is_urgent(town: Town) -> None:
    with town.database.session_scope() as session:
        school = AreaWanted(kind="sensitive", code="S-1", name="小学", category="school", polygon=box(40, 0, 20, 20))
        places.put_area(session, school, SYSTEM, town.clock.now())
    near = tell(town, point=list(at(5, 2))).json()["case_id"]
    far = tell(town, point=list(at(-60, 2))).json()["case_id"]
    assert town.get(UUID(near))["urgent"] is True
    assert town.get(UUID(far))["urgent"] is False


def test_photos_belong_to_the_report_and_are_sealed(town: Town) -> None:
    photo = town.photo()
    taken = tell(town, Role.GRID, photos=[photo])
    assert taken.status_code == 201, taken.text
    (shown,) = town.people[Role.SEAT].get(f"/api/cases/{taken.json()['case_id']}/pictures").json()
    assert (shown["sha256"], shown["source"], shown["sealed"]) == (photo, "patrol", True)


def test_the_camera_may_say_it_is_gone_though_a_caller_never_does(town: Town) -> None:
    lay(town)
    episode = uuid4()
    case_id = town.raised(episode)
    tell(town)
    town.after(minutes=20)
    town.cleared(episode)
    assert town.get(case_id)["corrected_seen_at"] is not None


def test_far_away_or_of_another_kind_is_another_case(town: Town) -> None:
    lay(town)
    town.raised()
    assert tell(town, point=list(at(5, 40))).json()["merged"] is False
    assert tell(town, item_code="CG-23").json()["merged"] is False
    assert len(cases_of(town)) == 3


def test_three_sources_one_case(town: Town) -> None:
    lay(town)
    town.raised()
    tell(town)
    tell(town, Role.GRID, reminded=True)
    assert len(cases_of(town)) == 1


def test_two_cameras_on_one_ground_make_one_case_and_both_must_see_it_gone(town: Town) -> None:
    lay(town)
    lay(town, camera="cam-2", ground=box(1, 0, 10, 4))
    one, other = uuid4(), uuid4()
    case_id = town.raised(one)
    assert town.raised(other, camera_id="cam-2") == case_id
    assert town.raised(uuid4(), camera_id="cam-2", zone_id="z9") != case_id, "a zone that lies nowhere stays apart"
    town.after(minutes=10)
    town.cleared(one)
    assert town.get(case_id)["corrected_seen_at"] is None
    town.cleared(other, camera_id="cam-2")
    assert town.get(case_id)["corrected_seen_at"] is not None


def test_the_second_camera_finds_the_case_again_while_it_is_open(town: Town) -> None:
    lay(town)
    lay(town, camera="cam-2", ground=box(1, 0, 10, 4))
    case_id = town.raised()
    other = uuid4()
    town.raised(other, camera_id="cam-2")
    town.cleared(other, camera_id="cam-2")
    town.after(hours=30)
    assert town.raised(uuid4(), camera_id="cam-2") == case_id


def test_calls_are_the_seats_and_patrols_their_own(town: Town) -> None:
    assert tell(town, Role.SEAT, source="patrol").status_code == 403
    assert tell(town, Role.OFFICER, source="call").status_code == 403
    assert tell(town, Role.HEAD, source="call").status_code == 403
    assert tell(town, Role.GRID, source="patrol").status_code == 201


def test_what_cannot_be_taken_is_refused_and_opens_nothing(town: Town) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"item_code": None}, {"point": None}, {"point": [200, 3]}, {"text": ""}, {"photos": ["cd" * 32]},
        {"seen_at": "2026-11-21T00:00:00Z"}, {"seen_at": "2026-11-20T00:00:00"},
        {"hat": 1},
        {"seen_at": "0001-01-01T00:00:00+08:00"}, {"seen_at": "2020-01-01T00:00:00Z"},
        {"channel": "A B"},
        {"reporter_name": "a\nb"}, {"subject_id": "x"}, {"datum": "bd09"},
    )  # fmt: skip
    for more in wrong:
        assert tell(town, **more).status_code == 422, more
    assert tell(town, subject_id=str(uuid4())).status_code == 404
    assert cases_of(town) == []


def test_the_reporter_is_seen_by_the_seat_only_and_nowhere_else(town: Town) -> None:
    taken = tell(town, reporter_name="王某某", reporter_contact="13900000000").json()
    grid = tell(town, Role.GRID, point=list(at(300, 300))).json()
    path = f"/api/reports/{taken['id']}"
    for told in (path, "/api/reports", "/api/alerts", f"/api/cases/{taken['case_id']}"):
        text = town.people[Role.LEADER].get(told).text
        assert "王某某" not in text
        assert "13900000000" not in text
    assert town.people[Role.LEADER].get(f"{path}/reporter", params={"reason": "回访"}).status_code == 403
    assert town.people[Role.SEAT].get(f"{path}/reporter").status_code == 422, "a reason is needed"
    seen = town.people[Role.SEAT].get(f"{path}/reporter", params={"reason": "回访核实"})
    assert seen.json() == {"person_id": None, "name": "王某某", "contact": "13900000000"}
    own = town.people[Role.SEAT].get(f"/api/reports/{grid['id']}/reporter", params={"reason": "回访核实"})
    assert own.json()["person_id"] == str(town.ids[Role.GRID])
    with town.database.session_scope(write=False) as session:
        steps = session.exec(select(CaseStep)).all()
        assert town.ids[Role.GRID] not in {step.actor_id for step in steps}
    audit = town.people[Role.LEGAL].get("/api/audit").json()
    entries = audit["items"] if isinstance(audit, dict) else audit
    looks = [entry for entry in entries if "reporter" in entry["action"]]
    assert len(looks) == 2


def test_the_same_request_again_makes_nothing_new(town: Town) -> None:
    body = {"source": "call", "item_code": "CG-01", "text": "x", "address": "某处"}
    seat = town.people[Role.SEAT]
    one = seat.post("/api/reports", json=body, headers={"Idempotency-Key": "k1"}).json()
    assert seat.post("/api/reports", json=body, headers={"Idempotency-Key": "k1"}).json() == one
    assert seat.post("/api/reports", json=body, headers={"Idempotency-Key": "k2"}).json()["id"] != one["id"]


def test_a_web_maps_point_is_moved(town: Town) -> None:
    from server.places.datum import to_gcj02
    from server.places.geometry import distance_m

    tell(town, point=list(to_gcj02(at(5, 2))), datum="gcj02")
    with town.database.session_scope(write=False) as session:
        alert = session.exec(select(Alert)).one()
        assert distance_m((alert.lon or 0, alert.lat or 0), at(5, 2)) < 0.01


def test_the_shop_that_answers_for_the_zone_is_the_subject(town: Town) -> None:
    lay(town)
    shop = town.shop()
    assert UUID(town.get(UUID(tell(town).json()["case_id"]))["subject_id"]) == shop


def missed(town: Town) -> dict[str, int]:
    day = {"since": "2026-11-19T00:00:00Z", "until": "2026-11-22T00:00:00Z"}
    return town.people[Role.LEADER].get("/api/reports/missed", params=day).json()


def test_what_a_patrol_finds_before_a_silent_camera_counts_as_missed(town: Town) -> None:
    lay(town)
    report = tell(town, Role.OFFICER).json()
    tell(town, Role.OFFICER, point=list(at(500, 500)))  # nobody watches there
    tell(town, point=list(at(5, 2)))  # a call says nothing about cameras
    assert missed(town) == {"found": 2, "in_view": 1, "missed": 1, "not_watching": 0}
    assert town.people[Role.SEAT].get(f"/api/reports/{report['id']}").json()["missed"] is True


def test_what_the_camera_had_told_or_tells_late_was_not_missed(town: Town) -> None:
    lay(town)
    tell(town, Role.OFFICER)
    assert missed(town)["missed"] == 1
    town.raised()
    assert missed(town)["missed"] == 0
    with town.database.session_scope(write=False) as session:
        assert session.exec(select(PersonReport)).one().in_view == [
            {"edge_id": "edge-1", "camera_id": "cam-1", "zone_id": "z1"}
        ]


def test_a_camera_without_a_picture_is_told_apart(town: Town) -> None:
    from edge.contracts.taxonomy import CameraState
    from server.fleet import service as fleet
    from tests.server import wire

    lay(town)
    with town.database.session_scope() as session:
        message = wire.health(CameraState.BLACK, since=town.clock.now() - timedelta(hours=1))
        fleet.health(session, wire.sealed(message), message, town.clock.now())
    tell(town, Role.OFFICER)
    assert missed(town) == {"found": 1, "in_view": 1, "missed": 1, "not_watching": 1}


def test_where_a_camera_stands_is_not_where_the_act_is(town: Town) -> None:
    with town.database.session_scope() as session:
        wanted = CameraPlaceWanted(point=at(5, 2))
        places.put_camera(session, "edge-1", "cam-1", wanted, SYSTEM, town.clock.now())
    town.raised()
    assert tell(town).json()["merged"] is False


def test_pages(town: Town) -> None:
    for n in range(5):
        tell(town, point=list(at(100 * n, 0)))
        town.after(seconds=1)
    seat = town.people[Role.SEAT]
    one = seat.get("/api/reports", params={"limit": 3}).json()
    two = seat.get("/api/reports", params={"limit": 3, "after": one["next"]}).json()
    assert len({item["number"] for item in one["items"] + two["items"]}) == 5
    assert two["next"] is None
