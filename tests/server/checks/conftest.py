"""A town with a case that was exempted and one that waits, as whole as it can be; and somebody with file access."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from server import checks, migrate
from server.append_only import statements
from server.clock import ManualClock
from server.config import ServerSettings
from server.db import Database
from tests.server.cases.conftest import Town, town

__all__ = ["town"]
Check = Callable[..., dict[str, list[str]]]


@pytest.fixture
def check(settings: ServerSettings, database: Database, clock: ManualClock) -> Check:
    """The problems of each finding that is not well, by name; without evidence, whose files the town makes up."""
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": migrate.head()})

    def found(anchor: Path | None = None, of: Database = database) -> dict[str, list[str]]:
        findings = list(checks.check(settings, of, clock, anchor=anchor))
        return {one.name: one.problems for one in findings if not one.ok and "evidence" not in one.name}

    return found


@pytest.fixture
def whole(town: Town, check: Check) -> Town:
    """One case closed, one waiting; nothing to find."""
    exempted(town)
    town.after(days=1)
    town.raised()
    assert check() == {}
    return town


def attack(file: Path, table: str, statement: str) -> None:
    """Change a table as somebody with access to the file would: the triggers dropped, then put back."""
    connection = sqlite3.connect(file)
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    there = [name for (name,) in connection.execute(triggers, (table,))]
    for name in there:
        connection.execute(f"DROP TRIGGER {name}")
    assert connection.execute(statement).rowcount > 0
    for ddl in statements(table, "sqlite") if there else ():
        connection.execute(ddl)
    connection.commit()
    connection.close()


def exempted(town: Town) -> str:
    """A shop's case, from the alert to the archive."""
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.exempted(case_id)
    return str(case_id)
