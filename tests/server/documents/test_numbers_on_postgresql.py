"""The numbers again, on PostgreSQL: there writers really run side by side."""

from collections.abc import Iterator

import pytest

from server.db import Database
from tests.server.documents.test_numbers import test_no_gap_and_no_double
from tests.server.postgres import postgres

pytestmark = pytest.mark.integration
__all__ = ["test_no_gap_and_no_double"]


@pytest.fixture
def database() -> Iterator[Database]:
    with postgres() as url:
        database = Database(url)
        try:
            database.create_all()
            yield database
        finally:
            database.close()
