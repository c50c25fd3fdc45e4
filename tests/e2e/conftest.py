"""Real Chromium against a real server on the small city. Each test module has a copy of the city for itself."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from server.web import build
from tests.e2e.browser import CHROMIUM, People, chromium
from tests.e2e.city import Kept, LivedIn, live

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs real parts."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.integration)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (Debian package: chromium)"))


@pytest.fixture(scope="session")
def screens() -> None:
    """The built pages, as new as their sources. `SHOUWEI_CONSOLE` names a build of one's own."""
    if "SHOUWEI_CONSOLE" not in os.environ and build.is_stale():
        build.build()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The city's past."""
    return live(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def city(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivedIn]:
    """The city, running."""
    with LivedIn(kept, tmp_path_factory.mktemp("running")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each page has its own context."""
    with chromium() as running:
        yield running


@pytest.fixture
def people(browser: Browser, city: LivedIn, screens: None) -> Iterator[People]:
    """Opens pages: `people.visit("seat", "/console/review")`; `people.clean(page)` in the end."""
    opened = People(browser, city)
    yield opened
    opened.close()
