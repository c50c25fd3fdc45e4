"""A shop changes hands: premises and zones go over on a day, the old file keeps its history."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from server.auth.roles import Role
from server.db import Database
from server.permits import repository as permits
from server.subjects import service
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.permits.test_permits import wanted as permit
from tests.server.subjects import planted

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
CHANGE = NOW - timedelta(days=5)
ZONE = {"camera_id": "cam-2", "zone_id": "z1", "valid_from": "2026-01-01T00:00:00Z"}


@pytest.fixture
def superv(doors: Doors) -> TestClient:
    return doors.open(Role.SUPERV)


@pytest.fixture
def old(superv: TestClient) -> str:
    subject = superv.post("/api/subjects", json={"name": "旧店", "code": "92320402MA00000152"}).json()["id"]
    superv.post(f"/api/subjects/{subject}/zones", json=ZONE).raise_for_status()
    place = {"address": "青果巷", "door_number": "12", "valid_from": "2026-01-01T00:00:00Z"}
    superv.post(f"/api/subjects/{subject}/premises", json=place).raise_for_status()
    return subject


def change(**more: object) -> dict[str, object]:
    new = {"name": "新店", "code": "91320402MA00000155"}
    return {"to_subject": new, "at": CHANGE.isoformat(), "reason": "转让协议"} | more


def test_the_new_subject_answers_from_the_day_on(superv: TestClient, database: Database, old: str) -> None:
    over = superv.post(f"/api/subjects/{old}/handover", json=change())
    assert over.status_code == 201, over.text
    new = over.json()["to_id"]
    with database.session_scope(write=False) as session:
        answers = [
            str(service.subject_for_zone(session, "cam-2", "z1", at).id)
            for at in (CHANGE - timedelta(seconds=1), CHANGE, NOW)
        ]
    assert answers == [old, new, new]
    assert [place["valid_to"] is None for place in superv.get(f"/api/subjects/{new}/premises").json()] == [True]
    assert [place["valid_to"] is None for place in superv.get(f"/api/subjects/{old}/premises").json()] == [False]
    for key, direction in ((old, "gave_away"), (new, "took_over")):
        told = superv.get(f"/api/subjects/{key}/archive").json()["handovers"]
        assert [one["direction"] for one in told] == [direction]


def test_the_old_file_keeps_its_history_and_the_new_one_starts_empty(
    superv: TestClient, database: Database, old: str
) -> None:
    with database.session_scope() as session:
        planted.exempted(session, planted.case(session, UUID(old), "EX-1", NOW - timedelta(days=60)), NOW)
    new = superv.post(f"/api/subjects/{old}/handover", json=change()).json()["to_id"]
    assert len(superv.get(f"/api/subjects/{old}/archive").json()["offences"]) == 1
    assert superv.get(f"/api/subjects/{new}/check").json()["offences"] == []


def test_a_permit_stays_with_its_holder_and_covers_nobody(superv: TestClient, database: Database, old: str) -> None:
    superv.post("/api/permits", json=permit(old)).raise_for_status()
    over = superv.post(f"/api/subjects/{old}/handover", json=change()).json()
    assert over["permits"] == ["wb-2026-001"]
    with database.session_scope(write=False) as session:
        row = permits.get(session, "wb-2026-001")
        assert row is not None
        assert row.holder_left_at == CHANGE


def test_acts_of_after_the_change_that_lie_in_the_old_file_are_listed(
    superv: TestClient, database: Database, old: str
) -> None:
    with database.session_scope() as session:
        for number, days in (("BEFORE", 6), ("AFTER", 4)):
            row = planted.case(session, UUID(old), number, NOW - timedelta(days=days), "A1")
            row.camera_id = "cam-2"
            session.add(row)
            late = row.id
    over = superv.post(f"/api/subjects/{old}/handover", json=change()).json()
    assert over["cases_to_review"] == [str(late)]


def test_the_same_owner_with_the_new_licence_is_flagged(superv: TestClient) -> None:
    owner = {"owner_number": "11010519491231002X"}
    first = {"name": "旧店", "code": "92320402MA00000152"} | owner
    old = superv.post("/api/subjects", json=first).json()["id"]
    new = {"name": "新店", "code": "91320402MA00000155"} | owner
    over = superv.post(f"/api/subjects/{old}/handover", json=change(to_subject=new)).json()
    assert [(one["kind"], one["other_id"]) for one in over["flags"]] == [("same_owner", old)]


def test_the_same_code_under_a_new_name_is_no_change_of_hands(superv: TestClient, old: str) -> None:
    same = {"name": "换名不换人", "code": "92320402MA00000152"}
    refused = superv.post(f"/api/subjects/{old}/handover", json=change(to_subject=same))
    assert (refused.status_code, refused.json()["code"], refused.json()["subject_id"]) == (
        409,
        "subject.code_on_file",
        old,
    )
    itself = {"to_subject_id": old, "at": CHANGE.isoformat(), "reason": "x"}
    assert superv.post(f"/api/subjects/{old}/handover", json=itself).json()["code"] == "subject.handover_needs_two"
    assert len(superv.get("/api/subjects").json()["items"]) == 1, "nothing was made on the way"


def test_only_what_is_held_at_that_time_can_go_over(superv: TestClient, old: str) -> None:
    binding = superv.get(f"/api/subjects/{old}/zones").json()[0]["id"]
    early = change(at="2025-12-31T00:00:00Z", zones=[binding], premises=[])
    assert superv.post(f"/api/subjects/{old}/handover", json=early).json()["code"] == "subject.not_held_then"
    foreign = change(zones=["00000000-0000-7000-8000-000000000009"])
    assert superv.post(f"/api/subjects/{old}/handover", json=foreign).status_code == 404
