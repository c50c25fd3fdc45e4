"""What the officer's phone asks: its tasks in one answer, codes, and time and place of photos."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from server.auth.roles import Role
from tests.server.cases.conftest import Town
from tests.server.documents.conftest import Desk
from tests.server.places.test_geometry import at
from tests.server.reports_by_people.test_reports import lay, tell


def tasks(town: Town, role: Role = Role.OFFICER) -> dict[str, Any]:
    return town.people[role].get("/api/officer/tasks").raise_for_status().json()


def assigned(town: Town) -> UUID:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    return case_id


def test_a_task_has_all_that_is_needed_on_the_spot(desk: Desk) -> None:
    town = desk.town
    lay(town)
    town.shop()
    case_id = town.raised(evidence=(*desk.shown(90), *desk.shown(20, role="wide_original")))  # type: ignore[arg-type]
    town.act(case_id, Role.SEAT, "W1")
    assert tasks(town)["tasks"] == [], "nobody's yet"
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    told = tasks(town)
    (task,) = told["tasks"]
    assert (task["case"]["id"], task["case"]["state"]) == (str(case_id), "W2")
    assert (round(task["lon"], 3), round(task["lat"], 3)) == (round(at(5, 2)[0], 3), round(at(5, 2)[1], 3))
    assert [one["role"] for one in task["pictures"]] == ["wide_shown"], "nothing sealed goes to a phone"
    assert (task["subject"]["name"], task["subject"]["known"]) == ("测试果蔬店（合成）", True)
    assert "13800000000" not in str(told)
    assert {move["to"] for move in task["moves"]} == {"W3", "W1", "WX"}
    assert task["refuse_until"] is not None
    assert task["correction_minutes"] > 0
    assert told["reportable"][0]["violation"] is not None
    order_like = {move["to"]: move["needs_reason"] for move in task["moves"]}
    assert order_like == {"W3": False, "W1": True, "WX": True}


def test_others_tasks_are_not_mine_and_what_i_reported_stays_in_sight(desk: Desk) -> None:
    case_id, town = desk.on_site(), desk.town
    other = desk.doors.open(Role.OFFICER, name="别人")
    assert other.get("/api/officer/tasks").json()["tasks"] == []
    town.ordered(case_id)
    town.act(case_id, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[town.photo()])
    assert [one["case"]["state"] for one in tasks(town)["tasks"]] == ["W7"]
    assert desk.doors.open(Role.HEAD).get("/api/officer/tasks").status_code == 403


def test_codes_lead_to_the_case_or_the_subject(desk: Desk) -> None:
    case_id, town = desk.on_site(), desk.town
    order = desk.issue(case_id, "order")
    officer = town.people[Role.OFFICER]

    def scan(text: str) -> Any:
        return officer.post("/api/officer/scans", json={"text": text})

    found = scan(order["verify_url"]).json()
    assert (found["kind"], found["cases"][0]["id"], found["valid"]) == ("document", str(case_id), True)
    assert found["document_number"] == order["number"]
    number = town.get(case_id)["number"]
    assert scan(f"案件 {number.lower()}").json()["cases"][0]["number"] == number
    shop = scan("统一社会信用代码：92320402MA00000152；名称：某店").json()
    assert (shop["kind"], shop["subject_name"], shop["cases"][0]["id"]) == (
        "subject", "测试果蔬店（合成）", str(case_id),
    )  # fmt: skip
    for nothing in ("https://x/verify/AAAAAAAAAAAAAAAAAAAAAA", "91320402MA00000155", "20261120-00000000", "你好你好"):
        assert scan(nothing).status_code == 404, nothing
    stranger = desk.doors.open(Role.OFFICER, districts=["elsewhere"])
    for text in (order["verify_url"], number):
        assert stranger.post("/api/officer/scans", json={"text": text}).status_code == 404


def test_time_and_place_of_a_photo_are_told_once(desk: Desk) -> None:
    case_id, town = desk.on_site(), desk.town
    officer, photo = town.people[Role.OFFICER], town.photo()
    taken_at = town.clock.now() - timedelta(hours=3)
    told = {"role": "after", "taken_at": taken_at.isoformat(), "lon": 119.9700001, "lat": 31.78, "accuracy_m": 4.5}
    path = f"/api/officer/photos/{photo}"
    first = officer.put(path, json=told)
    assert first.status_code == 200, first.text
    assert first.json()["lon"] == 119.9700001, "the place is never made vague"
    town.after(minutes=1)
    assert officer.put(path, json=told).json() == first.json()
    assert officer.put(path, json=told | {"lat": 31.79}).status_code == 409
    assert officer.put(f"/api/officer/photos/{'cd' * 32}", json=told).json()["code"] == "photo.not_sent"
    unsent = town.photo()
    for wrong in ({"lon": None}, {"taken_at": (town.clock.now() + timedelta(days=2)).isoformat()}, {"role": "hat"}):
        assert officer.put(f"/api/officer/photos/{unsent}", json=told | wrong).status_code == 422, wrong
    fields = {"officers": ["1", "2"], "harm": "NONE", "sev": "SLIGHT", "inspection_record": "检-1", "photos": [photo]}
    town.act(case_id, Role.OFFICER, "W7", **fields)
    shown = town.people[Role.LEADER].get("/api/officer/photos", params={"case_id": str(case_id)}).json()
    assert [(one["sha256"], one["role"]) for one in shown] == [(photo, "after")]
    with town.database.session_scope(write=False) as session:
        from server.evidence import links

        (link,) = links.of_file(session, photo)
        assert link.captured_at == taken_at, "the case file knows when it was taken, not when it arrived"


def test_a_move_keeps_when_it_was_done_beside_the_servers_time(desk: Desk) -> None:
    town = desk.town
    case_id = assigned(town)
    version = town.get(case_id)["version"]
    done = (town.clock.now() - timedelta(hours=2)).isoformat()
    body = {"to": "W3", "done_at": done}
    answer = town.people[Role.OFFICER].post(
        f"/api/cases/{case_id}/actions", json=body, headers={"If-Match": f'"{version}"', "Idempotency-Key": "a"}
    )
    step = answer.json()["steps"][-1]
    assert (step["fields"]["done_at"], step["at"]) == (done, town.clock.now().isoformat().replace("+00:00", "Z"))
    assert answer.json()["history_faults"] == []


def test_a_report_and_the_task_from_it_tell_the_address(town: Town) -> None:
    case_id = UUID(tell(town, Role.GRID, point=None, address="和平路 12 号对面").json()["case_id"])
    town.act(case_id, Role.SEAT, "W1")
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    (task,) = tasks(town)["tasks"]
    assert (task["address"], task["lon"], task["camera_alerts"]) == ("和平路 12 号对面", None, [])


def test_only_the_officers_pages_may_ask_for_camera_and_place(desk: Desk) -> None:
    anonymous = desk.doors.anonymous
    for path in ("/officer/", "/officer/anything"):
        assert "camera=(self)" in anonymous.get(path).headers["permissions-policy"], path
    for path in ("/", "/officers", "/api/officer/tasks"):
        assert "camera=()" in anonymous.get(path).headers["permissions-policy"], path
