"""The town of the cases' tests, with the shipped power list."""

import pytest

from server.config import CONFIGS
from server.dispatch import service
from tests.server.cases.conftest import Town, town

__all__ = ["town"]


@pytest.fixture
def staffed(town: Town) -> Town:
    """The power list is published; no team, certificate or shift yet."""
    with town.database.session_scope() as session:
        service.publish_powers(session, CONFIGS / "powers", town.clock.now())
    return town
