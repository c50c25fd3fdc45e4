"""Subjects through the API: the code's warning, bindings in time, the unknown subject."""

from datetime import UTC, datetime

from sqlmodel import Session

from server.auth.roles import Role
from server.subjects import service
from server.subjects.schemas import SubjectCreate, ZoneBindingCreate
from server.subjects.tables import UNKNOWN_SUBJECT_ID
from tests.server.doors import Doors

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def day(n: int) -> datetime:
    return datetime(2026, 1, n, tzinfo=UTC)


def test_a_code_that_fails_its_check_needs_a_reason_and_is_counted(doors: Doors) -> None:
    seat = doors.open(Role.SEAT)
    body = {"name": "某店", "code": "91350211M0000XUF46"}
    refused = seat.post("/api/subjects", json=body)
    assert refused.status_code == 422
    assert refused.json()["code"] == "subject.code_check_failed"
    assert "R" in refused.json()["problems"][0]["allowed"]
    taken = seat.post("/api/subjects", json=body | {"code_override_reason": "执照原件如此"})
    assert (taken.status_code, taken.json()["code_check_failed"]) == (201, True)
    seat.post("/api/subjects", json={"name": "另一店", "code": " 92320402ma00000152 "}).raise_for_status()
    assert seat.get("/api/subjects/code-counts").json() == {"with_code": 2, "check_failed": 1}


def test_a_malformed_code_is_refused_even_with_a_reason(doors: Doors) -> None:
    body = {"name": "某店", "code": "12345", "code_override_reason": "x"}
    refused = doors.open(Role.SEAT).post("/api/subjects", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "subject.code_malformed")


def test_the_same_code_under_a_new_name_is_the_same_subject(doors: Doors) -> None:
    seat = doors.open(Role.SEAT)
    first = seat.post("/api/subjects", json={"name": "旧名", "code": "92320402MA00000152"}).json()
    again = seat.post("/api/subjects", json={"name": "新名", "code": "92320402MA00000152"})
    assert (again.status_code, again.json()["subject_id"]) == (409, first["id"])


def test_an_individual_is_kept_without_the_id_number(doors: Doors) -> None:
    seat = doors.open(Role.SEAT)
    body = {"kind": "individual", "name": "摊主", "person_number": "TEST-0001"}
    made = seat.post("/api/subjects", json=body)
    assert made.status_code == 201
    assert "TEST-0001" not in made.text
    assert seat.post("/api/subjects", json=body).status_code == 409
    assert seat.post("/api/subjects", json={"kind": "individual", "name": "x"}).status_code == 422


def test_a_zone_has_one_subject_at_a_time_and_changes_hands(session: Session) -> None:
    old = service.create(session, SubjectCreate(name="旧店", code="92320402MA00000152"), NOW)
    new = service.create(session, SubjectCreate(name="新店", code="91320402MA00000155"), NOW)
    binding = service.bind(session, old.id, ZoneBindingCreate(camera_id="c", zone_id="z", valid_from=day(1)), NOW)
    service.unbind(session, binding.id, day(10))
    service.bind(session, new.id, ZoneBindingCreate(camera_id="c", zone_id="z", valid_from=day(10)), NOW)
    answers = {n: service.subject_for_zone(session, "c", "z", day(n)).name for n in (1, 9, 10, 20)}
    assert answers == {1: "旧店", 9: "旧店", 10: "新店", 20: "新店"}
    assert service.subject_for_zone(session, "c", "other", day(5)).id == UNKNOWN_SUBJECT_ID
    assert service.subject_for_zone(session, "c", "z", datetime(2025, 1, 1, tzinfo=UTC)).id == UNKNOWN_SUBJECT_ID


def test_overlapping_bindings_are_refused(doors: Doors) -> None:
    seat = doors.open(Role.SEAT)
    ids = [
        seat.post("/api/subjects", json={"name": "店", "code": code}).json()["id"]
        for code in ("92320402MA00000152", "91320402MA00000155")
    ]
    zone = {"camera_id": "c", "zone_id": "z"}
    first = zone | {"valid_from": "2026-01-01T00:00:00Z", "valid_to": "2026-02-01T00:00:00Z"}
    assert seat.post(f"/api/subjects/{ids[0]}/zones", json=first).status_code == 201
    clash = zone | {"valid_from": "2026-01-31T00:00:00Z"}
    assert seat.post(f"/api/subjects/{ids[1]}/zones", json=clash).status_code == 409
    assert (
        seat.post(f"/api/subjects/{ids[1]}/zones", json=zone | {"valid_from": "2026-02-01T00:00:00Z"}).status_code
        == 201
    )
    assert len(seat.get(f"/api/subjects/{ids[0]}/zones").json()) == 1
    assert seat.post(f"/api/subjects/{UNKNOWN_SUBJECT_ID}/zones", json=clash).status_code == 404
