"""A channel over a real gateway, and something to tell."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from edge.contracts.ids import uuid7
from server.clock import ManualClock
from server.db import Database
from server.notify import service
from server.notify.building import build
from server.notify.carrier import Carrier
from server.notify.routing import NotifySettings
from server.subjects.tables import Subject
from tests.server.notify.gateway import Gateway
from tests.server.notify.gateway import gateway as running

Tell = Callable[..., UUID]
DUE = "2026-11-25T04:00:00+00:00"


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with running() as server:
        yield server


@pytest.fixture
def shop(database: Database) -> UUID:
    with database.session_scope() as session:
        row = Subject(
            id=uuid7(datetime(2026, 1, 1, tzinfo=UTC)), kind="known", name="果鲜生", code="92320402MA00000152",
            contact="138 0000 1234", created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip
        session.add(row)
        return row.id


@pytest.fixture
def tell(database: Database, clock: ManualClock, shop: UUID) -> Tell:
    """Queue a notice now: `tell(key, template="order", to="subject:...", **facts)`."""

    def telling(key: str, template: str = "order", to: str = "", /, **facts: Any) -> UUID:
        known = {"subject": "果鲜生", "number": "1", "due": DUE} if template == "order" else {}
        with database.session_scope() as session:
            to = to or f"subject:{shop}"
            return service.queue(session, key, to, template, known | facts, clock.now(), "local").id

    return telling


def settings_for(*channels: tuple[str, dict[str, Any]], **more: Any) -> NotifySettings:
    routes = [{"channels": [name]} for name, _ in channels]
    return NotifySettings.model_validate({"channels": dict(channels), "routes": routes, **more})


@pytest.fixture
def carry(database: Database, clock: ManualClock, tmp_path: Path) -> Callable[[NotifySettings], Carrier]:
    def make(settings: NotifySettings) -> Carrier:
        return Carrier(database, clock, settings, build(settings, tmp_path, clock))

    return make


@pytest.fixture
def sms(gateway: Gateway, tmp_path: Path) -> tuple[str, dict[str, Any]]:
    (tmp_path / "secret").write_text("s3cret-canary\n")
    (tmp_path / "callback").write_text("cb-canary\n")
    channel = {"kind": "sms", "url": gateway.url, "secret_file": str(tmp_path / "secret"), "timeout_s": 0.5}
    return "sms", channel | {"callback_secret_file": str(tmp_path / "callback")}
