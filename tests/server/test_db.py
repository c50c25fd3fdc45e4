"""The one commit."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from server.db import Database
from server.fleet.tables import Edge
from tests.server.wire import T0


def test_power_cuts_lose_nothing_and_keys_are_checked(database: Database) -> None:
    with database.session_scope(write=False) as session:
        values = [session.execute(text(f"PRAGMA {name}")).scalar() for name in ("synchronous", "journal_mode")]
        assert values == [2, "wal"]
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_an_error_takes_everything_back(database: Database) -> None:
    def fail() -> None:
        with database.session_scope() as session:
            session.add(Edge(id="edge-1", first_seen_at=T0, last_seen_at=T0))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.session_scope(write=False) as session:
        assert session.get(Edge, "edge-1") is None


def test_a_savepoint_that_fails_leaves_the_rest(database: Database) -> None:
    with database.session_scope() as session:
        session.add(Edge(id="edge-1", first_seen_at=T0, last_seen_at=T0))
        session.flush()
        savepoint = session.begin_nested()
        session.add(Edge(id="edge-2", first_seen_at=T0, last_seen_at=T0))
        session.flush()
        savepoint.rollback()
    with database.session_scope(write=False) as session:
        assert session.get(Edge, "edge-1") is not None
        assert session.get(Edge, "edge-2") is None


def test_readers_then_writers_wait_for_each_other_instead_of_failing(database: Database) -> None:
    """Read first, write later, many at once: with a plain BEGIN this fails with "database is locked"."""
    with database.session_scope() as session:
        session.add(Edge(id="edge-1", first_seen_at=T0, last_seen_at=T0))
    failures: list[Exception] = []

    def count() -> None:
        try:
            for _ in range(10):
                with database.session_scope() as session:
                    edge = session.get(Edge, "edge-1")
                    assert edge is not None
                    edge.boot += 1
                    session.add(edge)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with database.session_scope(write=False) as session:
        edge = session.get(Edge, "edge-1")
        assert edge is not None
        assert edge.boot == 40


def test_nobody_commits_but_the_boundary() -> None:
    committing = [file.name for file in Path("server").rglob("*.py") if ".commit(" in file.read_text(encoding="utf-8")]
    assert committing == ["db.py"]


def test_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        Database("sqlite:///:memory:")


def test_the_folder_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new/a.db")
    assert (tmp_path / "new").is_dir()
    database.close()
