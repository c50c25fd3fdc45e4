"""A town with a case that was exempted and one that waits, as whole as it can be; and somebody with file access."""

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
Attack = Callable[[str, str], None]
Check = Callable[..., dict[str, list[str]]]


@pytest.fixture
def check(settings: ServerSettings, database: Database, clock: ManualClock) -> Check:
    """The problems of each finding that is not well, by name; without evidence, whose files the town makes up."""
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": migrate.head()})

    def found(anchor: Path | None = None) -> dict[str, list[str]]:
        findings = list(checks.check(settings, database, clock, anchor=anchor))
        return {
            finding.name: finding.problems for finding in findings if not finding.ok and "evidence" not in finding.name
        }

    return found


@pytest.fixture
def attack(database: Database) -> Attack:
    """Change a table as somebody with access to the file would: the triggers dropped, then put back."""

    def change(table: str, statement: str) -> None:
        with database.engine.begin() as connection:
            connection.execute(text("PRAGMA foreign_keys=OFF"))
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
            there = list(connection.execute(text(triggers), {"table": table}).scalars())
            for name in there:
                connection.execute(text(f"DROP TRIGGER {name}"))
            assert connection.execute(text(statement)).rowcount > 0
            for ddl in statements(table, "sqlite") if there else ():
                connection.execute(text(ddl))

    return change


def exempted(town: Town) -> str:
    """A shop's case, from the alert to the archive."""
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.exempted(case_id)
    return str(case_id)
