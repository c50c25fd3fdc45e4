"""Two cameras, a caller and a patrol tell of one act at the same instant: one case. On PostgreSQL's real locks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlmodel import select

from server.alerts import merge
from server.alerts import service as alerts
from server.auth.person import SYSTEM, Person
from server.auth.reach import EVERYWHERE
from server.auth.roles import Role
from server.cases.tables import Case
from server.db import Database
from server.places import service as places
from server.places.schemas import ZoneGroundWanted
from server.reports_by_people import service as reports
from server.reports_by_people.schemas import ReportCreate
from tests.server import wire
from tests.server.places.test_geometry import at, box
from tests.server.postgres import postgres

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SPOTS, CAMERAS = 6, 4


@contextmanager
def on_postgresql() -> Iterator[Database]:
    with postgres() as url:
        database = Database(url)
        try:
            database.create_all()
            yield database
        finally:
            database.close()


def lay(database: Database) -> None:
    """`SPOTS` pieces of ground far apart, each seen by `CAMERAS` cameras of other edges."""
    with database.session_scope() as session:
        for spot in range(SPOTS):
            for camera in range(CAMERAS):
                wanted = ZoneGroundWanted(polygon=box(200 * spot + camera / 4, 0, 10, 4))
                places.put_zone(session, f"edge-{camera}", f"cam-{spot}", "z1", wanted, SYSTEM, NOW)


def tell_all_at_once(database: Database) -> None:
    tellers = CAMERAS + 1
    for spot in range(SPOTS):
        barrier = Barrier(tellers)

        def by_camera(camera: int, spot: int = spot, barrier: Barrier = barrier) -> None:
            message = wire.raised(uuid4(), camera_id=f"cam-{spot}", at=NOW, began_at=NOW - timedelta(minutes=5))
            barrier.wait()
            with database.session_scope() as session:
                alerts.receive(session, wire.sealed(message, edge=f"edge-{camera}", sent_at=NOW), NOW)

        def by_call(spot: int = spot, barrier: Barrier = barrier) -> None:
            seat = Person(uuid4(), "坐席", frozenset({Role.SEAT}), reach=EVERYWHERE)
            wanted = ReportCreate(source="call", violation="outdoor_display", text="x", point=at(200 * spot + 5, 2))
            barrier.wait()
            with database.session_scope() as session:
                reports.take(session, wanted, seat, NOW)

        with ThreadPoolExecutor(tellers) as pool:
            done = [pool.submit(by_camera, camera) for camera in range(CAMERAS)] + [pool.submit(by_call)]
            for one in done:
                one.result()


def cases_in(database: Database) -> int:
    with database.session_scope(write=False) as session:
        return len(session.exec(select(Case)).all())


@pytest.mark.integration
def test_one_case_each_on_postgresql() -> None:
    with on_postgresql() as database:
        lay(database)
        tell_all_at_once(database)
        assert cases_in(database) == SPOTS


@pytest.mark.integration
def test_without_the_locks_the_same_test_finds_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "locks_of", lambda _sighting, _limits: [])
    with on_postgresql() as database:
        lay(database)
        tell_all_at_once(database)
        assert cases_in(database) > SPOTS


def test_one_case_each_on_sqlite(database: Database) -> None:
    lay(database)
    tell_all_at_once(database)
    assert cases_in(database) == SPOTS
