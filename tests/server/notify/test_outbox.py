"""The outbox: told once an occasion, tried again until it goes, dead with an alarm, proof kept."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from server.clock import ManualClock
from server.db import Database
from server.notify import outbox, service
from server.notify.carrier import Carrier
from server.notify.routing import NotifySettings
from server.notify.tables import Delivery, DeliveryProof, Notice
from tests.server.notify.conftest import Tell, settings_for
from tests.server.notify.gateway import Gateway

Carry = Callable[[NotifySettings], Carrier]
Sms = tuple[str, dict[str, Any]]
TASK = {"number": "1", "state_zh": "待研判", "state_en": "to be reviewed"}


def only(database: Database) -> Delivery:
    with database.session_scope(write=False) as session:
        return session.exec(select(Delivery)).one()


def kinds(database: Database) -> list[str]:
    with database.session_scope(write=False) as session:
        return list(session.exec(select(DeliveryProof.kind).order_by(col(DeliveryProof.ordinal))))


def test_one_occasion_is_told_once(session: Session, clock: ManualClock) -> None:
    now = clock.now()
    first = service.queue(session, "k", "role:seat", "task", TASK, now)
    assert service.queue(session, "k", "role:seat", "task", TASK, now).id == first.id


@pytest.mark.parametrize(
    ("to", "template", "facts", "error"),
    [
        ("role:seat", "task", {"number": "1"}, KeyError),
        ("role:seat", "nothing", TASK, KeyError),
        ("subject:x", "task", TASK, ValueError),
    ],
)
def test_what_cannot_be_said_is_refused_when_queued(
    session: Session, clock: ManualClock, to: str, template: str, facts: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        service.queue(session, "k", to, template, facts, clock.now())


def test_the_file_channel_is_the_default_and_says_where(
    database: Database, clock: ManualClock, tmp_path: Path, carry: Carry, tell: Tell
) -> None:
    carrier = carry(settings_for(("file", {"kind": "file", "file": "notices.jsonl"})))
    tell("a"), tell("b")
    assert carrier.round() == 2
    assert carrier.round() == 0
    lines = (tmp_path / "notices.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == 2
    assert "2026-11-25 12:00" in json.loads(lines[0])["text"]
    with database.session_scope(write=False) as session:
        notices = session.exec(select(Notice)).all()
        assert sorted(int(row.proof.split(":")[1]) for row in notices) == [0, len(lines[0].encode()) + 1]
        assert all(row.delivered_at == clock.now() for row in notices)


def test_a_gateway_gets_the_key_in_header_and_body_and_its_receipt_is_kept(
    database: Database, gateway: Gateway, sms: Sms, carry: Carry, tell: Tell
) -> None:
    tell("a")
    assert carry(settings_for(sms)).round() == 1
    row = only(database)
    assert (row.state, row.receipt) == ("sent", "r1")
    assert gateway.bodies[0]["key"] == gateway.headers[0]["idempotency-key"] == str(row.id)
    assert gateway.headers[0]["authorization"] == "Bearer s3cret-canary"
    assert gateway.bodies[0]["to"] == "13800001234"
    with database.session_scope(write=False) as session:
        proof = session.exec(select(DeliveryProof)).one()
    assert proof.facts["text"] == gateway.bodies[0]["text"]
    assert proof.facts["address"] == "138****1234", "the number itself is not kept"


def test_names_and_answers_of_another_gateway_are_settings(
    gateway: Gateway, sms: Sms, carry: Carry, tell: Tell
) -> None:
    gateway.answer = lambda _n: (200, b'{"code": 0, "data": {"msgId": 77}}')
    other = {
        "fields": {"to": "mobile", "key": "requestId"},
        "ok": {"code": 0},
        "receipt": "data.msgId",
        "more": {"sign": "城管"},
    }
    tell("a")
    assert carry(settings_for(("sms", sms[1] | other))).round() == 1
    assert gateway.bodies[0].keys() == {"mobile", "requestId", "text", "template", "sign"}


@pytest.mark.parametrize(
    "answer",
    [(500, b""), (200, b"<html>"), (200, b"[1]"), (200, b"{}"), (429, b""), (302, b""), (200, b"x" * 70_000), None],
)
def test_whatever_goes_wrong_it_is_tried_again_with_the_same_key(
    database: Database, clock: ManualClock, gateway: Gateway, sms: Sms, carry: Carry, tell: Tell, answer: Any
) -> None:
    good = gateway.answer
    gateway.answer = lambda _n: answer
    carrier = carry(settings_for(sms))
    tell("a")
    assert carrier.round() == 0
    row = only(database)
    assert (row.state, row.tries) == ("waiting", 1)
    assert row.last_error
    assert "canary" not in row.last_error
    assert "127.0.0.1" not in row.last_error
    assert clock.now() + timedelta(seconds=5) <= row.next_try_at <= clock.now() + timedelta(seconds=10)
    assert carrier.round() == 0
    assert len(gateway.bodies) == 1, "not before its time"
    gateway.answer = good
    clock.advance(timedelta(seconds=11))
    assert carrier.round() == 1
    assert list(gateway.keys.values()) == [2]
    assert kinds(database) == ["failed", "sent"]


def test_a_gateway_that_is_not_there_costs_one_try_a_round_and_nobody_elses(
    database: Database, clock: ManualClock, sms: Sms, carry: Carry, tell: Tell
) -> None:
    for key in "abc":
        tell(key)
    carrier = carry(settings_for(("sms", sms[1] | {"url": "http://127.0.0.1:9/none"})))
    assert carrier.round() == 0
    with database.session_scope(write=False) as session:
        assert sorted(session.exec(select(Delivery.tries))) == [0, 0, 1]


def test_retry_after_is_kept_to(database: Database, clock: ManualClock, tell: Tell, session: Session) -> None:
    settings = settings_for(("file", {"kind": "file"}))
    tell("a")
    outbox.route(session, settings, clock.now())
    (one,) = outbox.claim(session, settings, "file", clock.now(), timedelta(minutes=1), 5)
    row = outbox.record(session, settings, one, outbox.Outcome(error="busy", after_s=120), clock.now())
    assert row.next_try_at == clock.now() + timedelta(seconds=120)


def test_killed_between_send_and_record_it_goes_again_with_the_same_key(
    database: Database, clock: ManualClock, gateway: Gateway, sms: Sms, carry: Carry, tell: Tell
) -> None:
    settings = settings_for(sms)
    tell("a")

    class Killed(Carrier):
        def _record(self, one: Any, outcome: Any) -> None:
            raise SystemExit

    carrier = carry(settings)
    killed = Killed(database, clock, settings, carrier._channels)
    with pytest.raises(SystemExit):
        killed.round()
    assert only(database).state == "waiting"
    assert carrier.round() == 0, "the lease still holds"
    clock.advance(timedelta(minutes=2))
    assert carrier.round() == 1
    assert len(gateway.bodies) == 2
    assert gateway.told == {str(only(database).id)}, "one message for who counts keys"


def test_a_late_answer_after_the_lease_still_counts(
    database: Database, clock: ManualClock, session: Session, tell: Tell
) -> None:
    settings = settings_for(("file", {"kind": "file"}))
    tell("a")
    outbox.route(session, settings, clock.now())
    lease = timedelta(seconds=30)
    (slow,) = outbox.claim(session, settings, "file", clock.now(), lease, 5)
    assert outbox.claim(session, settings, "file", clock.now(), lease, 5) == []
    later = clock.advance(timedelta(seconds=31))
    (quick,) = outbox.claim(session, settings, "file", later, lease, 5)
    assert outbox.record(session, settings, slow, outbox.Outcome(receipt="r"), later).state == "sent"
    assert outbox.record(session, settings, quick, outbox.Outcome(error="no"), later).state == "sent"


def test_a_dead_one_is_an_alarm_for_people_and_can_be_tried_again(
    database: Database, clock: ManualClock, gateway: Gateway, sms: Sms, carry: Carry, tell: Tell
) -> None:
    gateway.answer = lambda _n: (500, b"")
    carrier = carry(settings_for(sms, retries={"at_most": 3}))
    tell("a")
    for _ in range(5):
        carrier.round()
        clock.advance(timedelta(hours=1))
    row = only(database)
    assert (row.state, row.tries, len(gateway.bodies)) == ("dead", 3, 3)
    assert kinds(database) == ["failed"] * 3 + ["gave_up"]
    with database.session_scope() as session:
        alarms = session.exec(select(Notice).where(Notice.template == "notice_dead")).all()
        assert {alarm.to for alarm in alarms} == {"role:superv", "role:admin"}
        assert [found.id for found in outbox.dead(session)] == [row.id]
        outbox.again(session, session.get_one(Delivery, row.id), "某人", clock.now())
    gateway.answer = lambda _n: (200, b'{"id": "late"}')
    assert carrier.round() == 1


@pytest.mark.parametrize("contact", ["", "李老板", "12"])
def test_what_can_never_go_is_dead_at_once(
    database: Database, gateway: Gateway, sms: Sms, carry: Carry, tell: Tell, shop: UUID, contact: str
) -> None:
    from server.subjects.tables import Subject

    with database.session_scope() as session:
        session.get_one(Subject, shop).contact = contact
    tell("a")
    carry(settings_for(sms)).round()
    assert only(database).state == "dead"
    assert gateway.bodies == []


def test_the_contact_given_with_the_notice_goes_first(gateway: Gateway, sms: Sms, carry: Carry, tell: Tell) -> None:
    tell("a", contact="139-1111-2222")
    carry(settings_for(sms)).round()
    assert gateway.bodies[0]["to"] == "13911112222"


def test_no_more_a_minute_than_the_channel_takes(
    clock: ManualClock, gateway: Gateway, sms: Sms, carry: Carry, tell: Tell
) -> None:
    for number in range(5):
        tell(f"k{number}")
    carrier = carry(settings_for(("sms", sms[1] | {"per_minute": 2})))
    assert carrier.round() == 2
    assert carrier.round() == 0
    clock.advance(timedelta(seconds=61))
    assert carrier.round() == 2


def test_proofs_are_never_changed(database: Database, carry: Carry, tell: Tell) -> None:
    tell("a")
    carry(settings_for(("file", {"kind": "file"}))).round()
    with pytest.raises(DBAPIError, match="append-only"), database.session_scope() as session:
        session.exec(select(DeliveryProof)).one().receipt = "other"
