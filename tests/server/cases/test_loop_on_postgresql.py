"""The loop again, on PostgreSQL: its row locks are real ones."""

from collections.abc import Iterator

import pytest

from server.db import Database
from tests.server.cases.test_camera_and_clock import test_the_recheck_decides_when_the_window_ends
from tests.server.cases.test_loop import test_a_second_act_in_the_window_is_not_first
from tests.server.postgres import postgres

pytestmark = pytest.mark.integration
__all__ = ["test_a_second_act_in_the_window_is_not_first", "test_the_recheck_decides_when_the_window_ends"]


@pytest.fixture
def database() -> Iterator[Database]:
    with postgres() as url:
        database = Database(url)
        try:
            database.create_all()
            yield database
        finally:
            database.close()
