"""Migrating an empty database gives exactly the tables that the code has; on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from server import migrate
from server.append_only import protected
from server.clock import ManualClock
from server.db import Database
from server.ingest.intake import Intake
from server.schema import load_tables
from tests.server.postgres import postgres
from tests.server.wire import cleared, delivery, raised, sealed


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/server.db")
    yield database
    database.close()


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Database]:
    with postgres() as url:
        database = Database(url)
        yield database
        database.close()


def differences(database: Database) -> list[object]:
    load_tables()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [
            change for change in compare_metadata(context, SQLModel.metadata) if "alembic_version" not in str(change)
        ]


def triggers(database: Database) -> set[str]:
    """Tables that the database itself keeps from being changed."""
    of_sqlite = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name HAVING count(*) = 2"
    of_postgresql = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_append_only'"
    with database.engine.connect() as connection:
        return set(connection.execute(text(of_sqlite if database.is_sqlite else of_postgresql)).scalars())


def test_sqlite_from_nothing_to_head_is_the_metadata(sqlite: Database) -> None:
    assert migrate.upgrade(sqlite) == (None, migrate.head())
    assert differences(sqlite) == []
    assert triggers(sqlite) == set(protected())
    assert migrate.upgrade(sqlite) == (migrate.head(), migrate.head())


def test_a_server_migrates_an_empty_database_and_no_other(sqlite: Database) -> None:
    migrate.make_ready(sqlite)
    assert migrate.current(sqlite) == migrate.head()
    with sqlite.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(migrate.SchemaBehind, match="0001"):
        migrate.make_ready(sqlite)


def test_a_folder_without_versions_but_with_data_is_not_touched(sqlite: Database) -> None:
    with sqlite.engine.begin() as connection:
        connection.execute(text("CREATE TABLE somebody_elses (id INTEGER)"))
    with pytest.raises(migrate.SchemaBehind):
        migrate.make_ready(sqlite)


@pytest.mark.integration
def test_postgresql_from_nothing_to_head_is_the_metadata(postgresql: Database) -> None:
    migrate.upgrade(postgresql)
    assert differences(postgresql) == []
    assert triggers(postgresql) == set(protected())
    with pytest.raises(SQLAlchemyError, match="append-only"), postgresql.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry"))


@pytest.mark.integration
def test_ingest_works_on_postgresql_as_on_sqlite(postgresql: Database, clock: ManualClock) -> None:
    migrate.upgrade(postgresql)
    intake = Intake(postgresql, clock)
    first = sealed(raised())
    batch = [
        delivery(first),
        delivery(first),
        delivery(sealed(cleared(first.message.episode_id))),  # type: ignore[attr-defined]
        delivery(sealed(raised(zone_id="z2"))),
    ]
    assert [outcome.rejected for outcome in intake.take(batch)] == [None] * 4
    with postgresql.session_scope(write=False) as session:
        counts = [
            session.execute(text(f"SELECT count(*) FROM {t}")).scalar() for t in ("alert", "alert_report", '"case"')
        ]
    assert counts == [2, 3, 2]
