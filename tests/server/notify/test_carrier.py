"""One slow or dead channel delays no other, and nobody speaks inside a transaction."""

import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from server.clock import SystemClock
from server.db import Database
from server.notify.building import build
from server.notify.carrier import Carrier
from server.notify.channels import Letter
from server.notify.tables import Delivery, Notice
from tests.server.notify.conftest import Tell, settings_for
from tests.server.notify.gateway import Gateway
from tests.server.notify.gateway import gateway as running


def until(true: Any, within_s: float = 5) -> bool:
    end = time.monotonic() + within_s
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(true())


def test_a_channel_that_hangs_delays_no_other_and_stops_in_time(
    database: Database, gateway: Gateway, tmp_path: Path, tell: Tell
) -> None:
    with running() as other:
        gateway.answer = lambda _n: None
        settings = settings_for(
            ("slow", {"kind": "sms", "url": gateway.url, "timeout_s": 30}),
            ("quick", {"kind": "sms", "url": other.url}),
            ("file", {"kind": "file"}),
        )
        carrier = Carrier(database, SystemClock(), settings, build(settings, tmp_path, SystemClock()))
        carrier.start()
        tell("a")
        began = time.monotonic()
        carrier.round()
        assert (tmp_path / "notices.jsonl").exists(), "what is local goes with the round"
        assert until(lambda: other.bodies and gateway.bodies)
        assert time.monotonic() - began < 3
        with database.session_scope() as session:
            # Were the slow one inside a transaction, nobody could write now.
            session.add(session.exec(select(Notice)).one())
        assert until(lambda: _state(database, "quick") == "sent")
        assert _state(database, "slow") == "waiting"
        carrier.stop(within_s=0.2)
        assert time.monotonic() - began < 5


def test_a_channel_that_breaks_is_a_failure_like_others(database: Database, clock: Any, tell: Tell) -> None:
    class Broken:
        is_local = True

        def deliver(self, letter: Letter) -> str:
            raise ZeroDivisionError("canary")

    settings = settings_for(("file", {"kind": "file"}))
    tell("a")
    assert Carrier(database, clock, settings, {"file": Broken()}).round() == 0
    with database.session_scope(write=False) as session:
        assert session.exec(select(Delivery)).one().last_error == "the channel broke (ZeroDivisionError)"


def test_two_carriers_at_once_say_each_notice_once(
    database: Database, gateway: Gateway, clock: Any, tmp_path: Path, tell: Tell
) -> None:
    settings = settings_for(("sms", {"kind": "sms", "url": gateway.url}))
    for number in range(30):
        tell(f"k{number}")
    carriers = [Carrier(database, clock, settings, build(settings, tmp_path, clock)) for _ in range(3)]
    threads = [threading.Thread(target=carrier.round) for carrier in carriers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    for _ in range(3):
        clock.advance(timedelta(minutes=1))
        carriers[0].round()
    assert len(gateway.keys) == 30
    assert set(gateway.keys.values()) == {1}


def _state(database: Database, channel: str) -> str:
    with database.session_scope(write=False) as session:
        return session.exec(select(Delivery.state).where(col(Delivery.channel) == channel)).one()
