"""The live page in a real Chromium: the one-time link opens it, and the alert, its case and the trace are on it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from edge.broker import EmbeddedBroker
from server.auth import service as auth
from server.auth.person import SYSTEM
from server.auth.reach import ALL
from server.auth.roles import Role
from server.config import BrokerSettings, HttpSettings, ServerSettings
from server.ingest.intake import Intake
from server.process import ServerProcess
from tests.server.wire import birth, delivery, raised, sealed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]  # fmt: skip

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian package: chromium)"),
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with EmbeddedBroker(tmp_path / "broker") as broker:
        settings = ServerSettings(
            data_dir=tmp_path / "server", http=HttpSettings(port=0), broker=BrokerSettings(port=broker.port)
        )
        with ServerProcess(settings) as running:
            yield running


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET, chromium_sandbox=os.geteuid() != 0)
        yield browser.new_page()
        browser.close()


def seat_token(server: ServerProcess) -> str:
    now = server.clock.now()
    with server.database.session_scope() as session:
        person = auth.create(session, SYSTEM, "坐席", [Role.SEAT], now, [ALL])
        return auth.issue_bearer(session, SYSTEM, person.id, now)[0]


def test_an_administrator_sees_cameras_and_no_case(server: ServerProcess, page: Page) -> None:
    assert server.first_token is not None
    Intake(server.database, server.clock).take([delivery(sealed(birth(1))), delivery(sealed(raised()))])
    page.goto(server.page_link(server.first_token))
    expect(page.get_by_text("cam-1").first).to_be_visible(timeout=20_000)
    assert "店外经营" not in page.content()


def test_the_link_opens_the_page_with_the_case_on_it(server: ServerProcess, page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    Intake(server.database, server.clock).take([delivery(sealed(raised()))])
    page.goto(server.page_link(seat_token(server)))
    expect(page.get_by_text("店外经营").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("A1 待研判").first).to_be_visible()
    expect(page.get_by_text("HOLD_EVIDENCE_REVIEW").first).to_be_visible()
    assert refused == []


def test_what_comes_later_appears_by_itself(server: ServerProcess, page: Page) -> None:
    page.goto(server.page_link(seat_token(server)))
    expect(page.get_by_text("实时预警").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text("店外经营")).to_have_count(0)
    Intake(server.database, server.clock).take([delivery(sealed(raised()))])
    expect(page.get_by_text("店外经营").first).to_be_visible(timeout=20_000)


def test_without_a_link_nothing_is_shown(server: ServerProcess, page: Page) -> None:
    Intake(server.database, server.clock).take([delivery(sealed(raised()))])
    page.goto(server.url)
    expect(page.get_by_text("请用一次性链接打开本页")).to_be_visible(timeout=20_000)
    assert "A1 待研判" not in page.content()
