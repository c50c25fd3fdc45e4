"""On PostgreSQL: several carriers claim different letters, none waits for another's, and none is said twice."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from server.clock import ManualClock
from server.db import Database
from server.notify import outbox, service
from server.notify.building import build
from server.notify.carrier import Carrier
from server.notify.tables import Delivery
from tests.server.notify.conftest import settings_for
from tests.server.notify.gateway import Gateway
from tests.server.postgres import postgres

pytestmark = pytest.mark.integration
TASK = {"number": "1", "state_zh": "待研判", "state_en": "to be reviewed"}


@pytest.fixture
def city() -> Iterator[Database]:
    with postgres() as url:
        database = Database(url)
        database.create_all()
        yield database
        database.close()


def test_claims_do_not_meet_and_each_is_said_once(city: Database, gateway: Gateway, tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 11, 20, tzinfo=UTC))
    settings = settings_for(("duty", {"kind": "dingtalk", "url_file": str(tmp_path / "url"), "per_minute": 1000}))
    (tmp_path / "url").write_text(gateway.url)
    gateway.answer = lambda _n: (200, b'{"errcode": 0}')
    with city.session_scope() as session:
        for number in range(60):
            service.queue(session, str(number), "role:seat", "task", TASK, clock.now(), "local")
    with city.session_scope() as session:
        outbox.route(session, settings, clock.now())
    lease = timedelta(minutes=1)
    with city.session_scope() as first:
        mine = outbox.claim(first, settings, "duty", clock.now(), lease, 10)
        with city.session_scope() as second:
            # The first one's transaction is still open: its rows are skipped, not waited for.
            theirs = outbox.claim(second, settings, "duty", clock.now(), lease, 10)
    assert len({one.letter.id for one in mine} | {one.letter.id for one in theirs}) == 20
    with city.session_scope() as session:
        outbox.give_back(session, [*mine, *theirs], clock.now(), timedelta(0))
    carriers = [Carrier(city, clock, settings, build(settings, tmp_path, clock)) for _ in range(4)]
    threads = [threading.Thread(target=carrier.round) for carrier in carriers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(gateway.keys) == 60
    assert set(gateway.keys.values()) == {1}
    with city.session_scope(write=False) as session:
        assert set(session.exec(select(Delivery.state))) == {"sent"}
