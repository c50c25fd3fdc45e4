"""The check on PostgreSQL: a migrated database is whole, and a trigger that was disabled is found."""

from pathlib import Path

import pytest
from sqlalchemy import text

from server import checks, migrate
from server.clock import ManualClock
from server.config import ServerSettings
from server.db import Database
from tests.server.postgres import postgres


@pytest.mark.integration
def test_whole_after_migration_and_a_disabled_trigger_is_found(tmp_path: Path, clock: ManualClock) -> None:
    with postgres() as url:
        database = Database(url)
        try:
            migrate.make_ready(database)
            settings = ServerSettings(data_dir=tmp_path, database_url=url)
            assert [one.name for one in checks.check(settings, database, clock) if not one.ok] == []
            with database.engine.begin() as connection:
                connection.execute(text("ALTER TABLE offence DISABLE TRIGGER offence_append_only"))
            found = {one.name: one.problems for one in checks.check(settings, database, clock) if not one.ok}
            assert found == {"triggers": ["offence_append_only is not there"]}
        finally:
            database.close()
