"""The inbox with read marks, preferences, deliveries with proofs, and what gateways say later."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from sqlmodel import select

from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.notify import service
from server.notify.building import build
from server.notify.carrier import Carrier
from server.notify.tables import Delivery, DeliveryProof
from tests.server.doors import Doors
from tests.server.notify.conftest import Tell, settings_for

TASK = {"number": "1", "state_zh": "待研判", "state_en": "to be reviewed"}


def test_an_inbox_holds_what_is_mine_by_name_and_by_role_in_my_district(
    database: Database, clock: ManualClock, doors: Doors
) -> None:
    seat = doors.open(Role.SEAT, Role.SUPERV)
    me = seat.get("/api/me").json()["id"]
    with database.session_scope() as session:
        for number, (to, district) in enumerate(
            [("role:seat", "local"), ("role:superv", "local"), (f"person:{me}", "elsewhere"), ("role:head", "local")]
        ):
            service.queue(session, str(number), to, "task", TASK | {"number": str(number)}, clock.now(), district)
    page = seat.get("/api/notices/inbox").json()
    assert {item["facts"]["number"] for item in page["items"]} == {"0", "1", "2"}
    assert page["unread"] == 3
    one = page["items"][0]["id"]
    assert seat.post("/api/notices/inbox/read", json={"ids": [one, one]}).json() == {"marked": 1}
    assert seat.post("/api/notices/inbox/read", json={"ids": [one]}).json() == {"marked": 0}
    left = seat.get("/api/notices/inbox?unread=true").json()
    assert left["unread"] == 2
    assert one not in {item["id"] for item in left["items"]}
    read = {item["id"]: item["seen_at"] for item in seat.get("/api/notices/inbox").json()["items"]}
    assert read[one] is not None
    assert sum(at is None for at in read.values()) == 2
    head = doors.open(Role.HEAD)
    assert head.post("/api/notices/inbox/read", json={"ids": [one]}).status_code == 404
    assert head.get("/api/notices/inbox").json()["unread"] == 1, "read marks are each one's own"


def test_a_role_in_another_district_is_not_told(database: Database, clock: ManualClock, doors: Doors) -> None:
    with database.session_scope() as session:
        service.queue(session, "a", "role:seat", "task", TASK, clock.now(), "elsewhere")
    inside, outside = doors.open(Role.SEAT, districts=["elsewhere"]), doors.open(Role.SEAT, districts=["local"])
    assert (inside.get("/api/notices/inbox").json()["unread"], outside.get("/api/notices/inbox").json()["unread"]) == (
        1,
        0,
    )
    assert outside.get("/api/notices").json() == []


def test_the_feed_tells_of_it(database: Database, clock: ManualClock, doors: Doors, carry: Any, tell: Tell) -> None:
    tell("a")
    carry(settings_for(("file", {"kind": "file"}))).round()
    text = doors.open(Role.SEAT).get("/api/events?after=0&follow=false").text
    assert "event: notice" in text
    assert "13800001234" not in text.replace(" ", "")
    assert "138****" not in text, "nor is it told masked"
    assert "果鲜生" not in text


def test_a_contact_is_shown_masked(doors: Doors, tell: Tell) -> None:
    tell("a", contact="13800001234")
    (item,) = doors.open(Role.SEAT).get("/api/notices").json()
    assert item["facts"]["contact"] == "138****1234"


def test_preferences_are_mine_and_the_audit_log_does_not_learn_the_number(doors: Doors, shop: UUID) -> None:
    seat = doors.open(Role.SEAT)
    assert seat.get("/api/notices/preference").json() == {"language": "zh-CN", "contacts": {}}
    wanted = {"language": "en", "contacts": {"sms": "13800001234"}}
    assert seat.put("/api/notices/preference", json=wanted).json() == wanted
    assert seat.put(f"/api/notices/preference/subjects/{shop}", json=wanted).json() == wanted
    assert seat.put(f"/api/notices/preference/subjects/{uuid4()}", json=wanted).status_code == 404
    outside = doors.open(Role.SEAT, districts=["elsewhere"])
    assert outside.get(f"/api/notices/preference/subjects/{shop}").status_code == 404
    audit = doors.open(Role.LEGAL).get("/api/audit").json()
    assert "notice.prefer" in str(audit)
    assert "1380000" not in str(audit)


def test_a_dead_one_is_listed_and_tried_again_by_hand(
    database: Database, clock: ManualClock, doors: Doors, sms: Any, carry: Any, tell: Tell
) -> None:
    notice = tell("a", contact="nobody")
    carry(settings_for(sms)).round()
    superv = doors.open(Role.SUPERV)
    (row,) = superv.get("/api/notices/deliveries").json()
    assert row["state"] == "dead"
    (shown,) = superv.get(f"/api/notices/{notice}/deliveries").json()
    assert [proof["kind"] for proof in shown["proofs"]] == ["failed", "gave_up"]
    assert superv.post(f"/api/notices/deliveries/{row['id']}/again").json()["state"] == "waiting"
    assert superv.post(f"/api/notices/deliveries/{row['id']}/again").status_code == 409
    assert (
        doors.open(Role.SUPERV, districts=["x"]).post(f"/api/notices/deliveries/{row['id']}/again").status_code == 404
    )


def test_a_gateway_tells_later_with_its_secret_and_twice_counts_once(
    app: FastAPI, database: Database, clock: ManualClock, tmp_path: Path, doors: Doors, sms: Any, tell: Tell
) -> None:
    tell("a")
    settings = settings_for(("sms", sms[1] | {"callback": {"receipt": "data.msgId", "status": "data.state"}}))
    app.state.notify = settings
    Carrier(database, clock, settings, build(settings, tmp_path, clock)).round()
    told = {"data": {"msgId": "r1", "state": "DELIVRD"}, "at": "2026-11-20 10:00:01"}

    def tells(body: Any, secret: str = "cb-canary", channel: str = "sms") -> int:
        headers = {"Authorization": f"Bearer {secret}"}
        return doors.anonymous.post(f"/api/notices/callbacks/{channel}", json=body, headers=headers).status_code

    assert [tells(told, "wrong"), tells(told, ""), tells(told, channel="other")] == [401, 401, 401]
    assert tells({"data": {"msgId": "r9", "state": "x"}}) == 404
    assert tells({"data": {}}) == 422
    assert tells({"data": {"msgId": "\x00", "state": "x"}}) == 422
    raw = b'{"data": {"msgId": "\\ud800", "state": "x"}}'
    headers = {"Authorization": "Bearer cb-canary", "Content-Type": "application/json"}
    assert doors.anonymous.post("/api/notices/callbacks/sms", content=raw, headers=headers).status_code == 422
    assert [tells(told), tells(told), tells(told | {"at": "later"})] == [200, 200, 200]
    with database.session_scope(write=False) as session:
        said = session.exec(select(DeliveryProof).where(DeliveryProof.kind == "status")).all()
        assert [proof.facts["status"] for proof in said] == ["DELIVRD", "DELIVRD"]
        assert session.exec(select(Delivery)).one().state == "sent"


def test_the_list_of_deliveries_is_not_for_everybody(doors: Doors) -> None:
    for role in (Role.PARTY, Role.SEAT, Role.OFFICER):
        assert doors.open(role).get("/api/notices/deliveries").status_code == 403
