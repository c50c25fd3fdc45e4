"""A year of cases, made up and known."""

from typing import Any

import pytest

from server.clock import ManualClock
from server.db import Database
from tests.server.reports.filling import LATER, fill
from tests.server.reports.histories import histories


@pytest.fixture
def year(database: Database, clock: ManualClock) -> Any:
    clock.set(LATER)
    with database.session_scope() as session:
        all_of = histories(11, 90, longest=40)
        fill(session, all_of)
    return all_of
