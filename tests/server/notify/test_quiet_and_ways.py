"""Quiet hours hold what may wait, lose nothing, move no deadline; routes say who is told by what; languages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from server.auth import service as auth
from server.auth.person import SYSTEM
from server.auth.roles import Role
from server.clock import ManualClock
from server.config import CONFIGS, ConfigError
from server.db import Database
from server.notify import contacts, routing
from server.notify.building import build
from server.notify.carrier import Carrier
from server.notify.routing import NotifySettings, Quiet, Retries, Route
from server.notify.tables import Delivery, DeliveryProof
from server.notify.templates import LOCAL, known
from server.subjects.tables import Contact
from tests.server.notify.conftest import DUE, Tell, settings_for
from tests.server.notify.gateway import Gateway

QUIET = {"from": "21:30", "to": "07:30"}
NIGHT = datetime(2026, 11, 20, 23, 0, tzinfo=LOCAL)
Carry = Callable[[NotifySettings], Carrier]


def test_at_night_what_may_wait_waits_and_says_that_its_deadline_stays(
    database: Database, clock: ManualClock, gateway: Gateway, sms: Any, carry: Carry, tell: Tell
) -> None:
    clock.set(NIGHT)
    carrier = carry(settings_for(sms, quiet=QUIET))
    tell("later")
    tell("urgent", "reminder", subject="果鲜生", number="1", item_zh="店外经营", item_en="goods outside", minutes=30)
    assert carrier.round() == 1
    assert gateway.bodies[0]["template"] == "reminder"
    clock.set(datetime(2026, 11, 21, 7, 29, tzinfo=LOCAL))
    assert carrier.round() == 0
    clock.set(datetime(2026, 11, 21, 7, 30, tzinfo=LOCAL))
    assert carrier.round() == 1
    assert "期限不因此顺延" in gateway.bodies[1]["text"]
    assert "2026-11-25 12:00" in gateway.bodies[1]["text"]
    with database.session_scope(write=False) as session:
        held = session.exec(select(DeliveryProof).where(DeliveryProof.kind == "held")).one()
    assert held.facts == {"until": "2026-11-20T23:30:00+00:00"}


def test_what_is_due_before_morning_goes_at_night(
    clock: ManualClock, gateway: Gateway, sms: Any, carry: Carry, tell: Tell
) -> None:
    clock.set(NIGHT)
    tell("a", due=datetime(2026, 11, 21, 6, 0, tzinfo=LOCAL).isoformat())
    assert carry(settings_for(sms, quiet=QUIET)).round() == 1
    assert "顺延" not in gateway.bodies[0]["text"]


def test_a_retry_that_falls_into_the_night_waits_for_morning(
    database: Database, clock: ManualClock, gateway: Gateway, sms: Any, carry: Carry, tell: Tell
) -> None:
    clock.set(datetime(2026, 11, 20, 21, 29, 55, tzinfo=LOCAL))
    good, gateway.answer = gateway.answer, lambda _n: (500, b"")
    carrier = carry(settings_for(sms, quiet=QUIET))
    tell("a")
    carrier.round()
    gateway.answer = good
    clock.advance(timedelta(seconds=20))
    assert carrier.round() == 0
    assert len(gateway.bodies) == 1
    clock.set(datetime(2026, 11, 21, 7, 30, tzinfo=LOCAL))
    assert carrier.round() == 1


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1900 < at.year < 2100), st.times(), st.times())
def test_quiet_ends_soon_and_outside_of_it(at: datetime, since: Any, until: Any) -> None:
    quiet = Quiet.model_validate({"from": since.replace(tzinfo=None), "to": until.replace(tzinfo=None)})
    ends = quiet.ends("sms", at)
    assert quiet.ends("file", at) is None
    if ends is not None:
        assert at < ends <= at + timedelta(days=1)
        assert quiet.ends("sms", ends) is None, "at its end it is over"


@given(st.integers(1, 200), st.floats(0, 1))
def test_waiting_grows_within_bounds(tries: int, luck: float) -> None:
    wait = Retries(base_s=10, cap_s=3600).wait(tries, luck).total_seconds()
    full = min(3600.0, 10 * 2.0 ** min(tries - 1, 40))
    assert full / 2 <= wait <= full


@pytest.mark.parametrize(
    ("route", "to", "template", "district", "fits"),
    [
        ({}, "role:seat", "task", "a", True),
        ({"to": ["subject"]}, "role:seat", "task", "a", False),
        ({"roles": ["leader"]}, "role:leader", "task", "a", True),
        ({"roles": ["leader"]}, "role:seat", "task", "a", False),
        ({"roles": ["leader"]}, "person:1", "task", "a", False),
        ({"templates": ["deadline_*"]}, "role:seat", "deadline_due", "a", True),
        ({"templates": ["deadline_*"]}, "role:seat", "task", "a", False),
        ({"districts": ["b"]}, "role:seat", "task", "a", False),
    ],
)
def test_a_route_fits(route: dict[str, Any], to: str, template: str, district: str, fits: bool) -> None:
    assert Route.model_validate({"channels": ["x"], **route}).fits(to, template, district) is fits


def test_a_channel_named_by_two_routes_is_used_once() -> None:
    settings = settings_for(("file", {"kind": "file"}))
    twice = settings.model_copy(update={"routes": settings.routes * 2})
    assert list(twice.channels_for("role:seat", "task", "a")) == ["file"]


def test_everybody_is_told_in_their_language(
    database: Database, clock: ManualClock, gateway: Gateway, sms: Any, carry: Carry, tell: Tell, shop: UUID
) -> None:
    with database.session_scope() as session:
        contacts.prefer(session, SYSTEM, f"subject:{shop}", "en", {"sms": "+86 137 0000 0000"}, clock.now())
    tell("a")
    carry(settings_for(sms)).round()
    assert gateway.bodies[0]["text"].startswith("果鲜生: order to correct")
    assert gateway.bodies[0]["to"] == "+8613700000000"


def test_a_role_by_sms_is_everyone_on_duty_who_sees_the_district_and_left_a_number(
    database: Database, clock: ManualClock, gateway: Gateway, sms: Any, carry: Carry, tell: Tell
) -> None:
    with database.session_scope() as session:
        for name, role, district, number in (
            ("甲", Role.SEAT, "local", "13100000001"), ("乙", Role.SEAT, "other", "13100000002"),
            ("丙", Role.HEAD, "local", "13100000003"), ("丁", Role.SEAT, "local", ""),
        ):  # fmt: skip
            row = auth.create(session, SYSTEM, name, [role], clock.now(), [district])
            contacts.prefer(
                session, SYSTEM, f"person:{row.id}", "zh-CN", {"sms": number} if number else {}, clock.now()
            )
    tell("a", "task", "role:seat", number="1", state_zh="待研判", state_en="to be reviewed")
    assert carry(settings_for(sms)).round() == 1
    assert [body["to"] for body in gateway.bodies] == ["13100000001"]


def test_an_alarm_about_notices_never_leaves_the_house(
    database: Database, clock: ManualClock, carry: Carry, tell: Tell
) -> None:
    tell("a", "notice_dead", "role:superv", channel="sms", template="order", tries=3, error="x")
    assert carry(settings_for(("file", {"kind": "file"}))).round() == 0
    with database.session_scope(write=False) as session:
        assert session.exec(select(Delivery)).all() == []


def test_the_shipped_settings_hold() -> None:
    assert routing.load(CONFIGS / "notify.yaml").channels.keys() == {"file"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("routes: [{channels: [sms]}]", "not there: sms"),
        ("channels: {sms: {kind: sms, url: 'http://city.example/send'}}", "https"),
        ("channels: {sms: {kind: sms, url: 'https://a.example/send?key=canary'}}", "secret_file"),
        ("channels: {w: {kind: wecom, url_file: u, secret_file: s}}", "no secret_file"),
        ("channels: {w: {kind: pigeon}}", "pigeon"),
    ],
)
def test_mistakes_in_the_settings_are_named_without_their_secrets(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "notify.yaml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=said) as caught:
        routing.load(file)
    assert "canary" not in str(caught.value)


def test_a_secret_that_is_not_there_is_named_at_the_start(tmp_path: Path, clock: ManualClock) -> None:
    settings = settings_for(("w", {"kind": "wecom", "url_file": str(tmp_path / "none")}))
    with pytest.raises(ConfigError, match="channel w: cannot be read"):
        build(settings, tmp_path, clock)


def test_apprise_without_the_package_says_what_to_install(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "urls").write_text("json://127.0.0.1")
    settings = settings_for(("other", {"kind": "apprise", "urls_file": str(tmp_path / "urls")}))
    try:
        import apprise  # type: ignore[import-not-found]  # noqa: F401 - is it there?
    except ModuleNotFoundError:
        with pytest.raises(ConfigError, match=r"shouwei\[notify\]"):
            build(settings, tmp_path, clock)
    else:
        build(settings, tmp_path, clock)


def test_only_urgent_words_may_be_said_at_night() -> None:
    quiet = NotifySettings.model_validate({"channels": {"s": {"kind": "file"}}, "quiet": QUIET | {"kinds": ["file"]}})
    facts = {"due": DUE}
    for name, template in known().items():
        held = quiet.quiet_until("s", template, facts, NIGHT) is not None
        assert held is not template.urgent, name


def test_a_subject_is_reached_by_the_first_contact_of_its_file_in_the_language_spoken_there(
    database: Database, clock: ManualClock, gateway: Gateway, sms: Any, carry: Carry, tell: Tell, shop: UUID
) -> None:
    with database.session_scope() as session:
        for rank, channel, address, ended in (
            (1, "email", "a@b.example", None), (2, "sms", "13700000002", None), (3, "phone", "13700000003", None),
            (1, "sms", "13700000001", clock.now()),
        ):  # fmt: skip
            session.add(
                Contact(id=uuid4(), subject_id=shop, name="x", role="owner", channel=channel, address=address,
                        language="en", rank=rank, created_at=clock.now(), ended_at=ended)
            )  # fmt: skip
    tell("a")
    carry(settings_for(sms)).round()
    assert gateway.bodies[0]["to"] == "13700000002"
    assert gateway.bodies[0]["text"].startswith("果鲜生: order")
