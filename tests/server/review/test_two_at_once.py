"""Five people reach for the same case at the same instant: exactly one has it. On both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from server.alerts import service as alerts
from server.auth.person import Person
from server.auth.reach import EVERYWHERE
from server.auth.roles import Role
from server.cases.tables import Case
from server.db import Database
from server.errors import Conflict
from server.feed.tables import FeedEntry
from server.review import claims
from tests.server import wire
from tests.server.alerts.test_one_case_at_once import on_postgresql

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ROUNDS, PEOPLE = 8, 5


def cases_of(database: Database) -> list[UUID]:
    for n in range(ROUNDS):
        message = wire.raised(uuid4(), camera_id=f"cam-{n}", at=NOW)
        with database.session_scope() as session:
            alerts.receive(session, wire.sealed(message, sent_at=NOW), NOW)
    with database.session_scope(write=False) as session:
        return list(session.exec(select(Case.id)))


def everybody_reaches(database: Database, case_id: UUID) -> int:
    """How many got it."""
    barrier = Barrier(PEOPLE)

    def reach(n: int) -> bool:
        person = Person(uuid4(), f"坐席{n}", frozenset({Role.SEAT}), reach=EVERYWHERE)
        barrier.wait()
        try:
            with database.session_scope() as session:
                claims.take(session, case_id, person, NOW)
        except Conflict as refused:
            return refused.code != "claim.held"
        return True

    with ThreadPoolExecutor(PEOPLE) as pool:
        return sum(pool.map(reach, range(PEOPLE)))


def check(database: Database) -> None:
    for case_id in cases_of(database):
        assert everybody_reaches(database, case_id) == 1
    with database.session_scope(write=False) as session:
        assert len(session.exec(select(FeedEntry).where(FeedEntry.kind == "claim")).all()) == ROUNDS


def test_on_sqlite(database: Database) -> None:
    check(database)


@pytest.mark.integration
def test_on_postgresql() -> None:
    with on_postgresql() as database:
        check(database)


@pytest.mark.integration
def test_without_the_lock_the_same_test_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing: Callable[..., None] = lambda *_args: None  # noqa: E731 - one line says it
    monkeypatch.setattr(claims, "serialise", nothing)
    with on_postgresql() as database:
        results: list[int] = []
        for case_id in cases_of(database):
            try:
                results.append(everybody_reaches(database, case_id))
            except Exception:
                results.append(-1)
        assert any(result != 1 for result in results)
