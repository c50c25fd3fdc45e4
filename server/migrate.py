"""Bring a database to the newest schema (Alembic). A database with data is migrated only when somebody says so."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from server.db import Database

FOLDER = Path(__file__).parent / "migrations"


class SchemaBehind(Exception):
    """The database is at another version than this program."""

    def __init__(self, found: str | None, wanted: str | None) -> None:
        self.found, self.wanted = found, wanted
        super().__init__(f"the database is at {found or 'no version'}, this program needs {wanted}: run migrate")


def head() -> str | None:
    """The newest version that this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(database: Database) -> str | None:
    """The version of the database; None when it was never migrated."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database) -> tuple[str | None, str | None]:
    """Migrate to the newest version, in one transaction; returns (before, after)."""
    before = current(database)
    with database.engine.begin() as connection:
        command.upgrade(_config(connection), "head")
    return before, current(database)


def make_ready(database: Database) -> None:
    """Migrate an empty database; raise SchemaBehind for one that has data and another version."""
    if current(database) == head():
        return
    with database.engine.connect() as connection:
        is_empty = not inspect(connection).get_table_names()
    if not is_empty:
        raise SchemaBehind(current(database), head())
    upgrade(database)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
