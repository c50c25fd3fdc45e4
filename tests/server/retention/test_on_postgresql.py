"""A round on PostgreSQL: listed, waited for, gone, with its tombstone; a hold in between wins."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from server.auth.person import SYSTEM
from server.clock import ManualClock
from server.db import Database
from server.evidence.store import EvidenceStore
from server.retention import holds
from server.retention.service import gone
from server.retention.settings import RetentionSettings
from server.subjects.tables import Subject
from tests.server.postgres import postgres
from tests.server.retention.conftest import Archive

pytestmark = pytest.mark.integration


@pytest.fixture
def city(clock: ManualClock, deleting: RetentionSettings, tmp_path: Path) -> Iterator[Archive]:
    with postgres() as url:
        database = Database(url)
        database.create_all()
        shop = uuid4()
        with database.session_scope() as session:
            session.add(Subject(id=shop, kind="known", name="店", code="c", created_at=clock.now()))
        yield Archive(database, clock, EvidenceStore(tmp_path, 0), deleting, shop)
        database.close()


def test_a_round(city: Archive) -> None:
    case_id, name = city.matter("A3", 100, "old")
    city.step(case_id, 1, "W4", "A3", photos=[name])
    held_case, held = city.matter("C1", 4000, "held")
    assert city.retention.run().listed == 2
    with city.database.session_scope() as session:
        holds.place(session, SYSTEM, "case", str(held_case), "诉讼中", city.clock.now())
    city.clock.advance(timedelta(days=8))
    assert city.retention.run().deleted == 1
    assert not city.store.has(name)
    assert city.store.has(held)
    with city.database.session_scope(write=False) as session:
        assert gone(session) == {name}
