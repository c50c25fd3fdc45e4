"""A server on real SQLite files in a temporary folder, with a clock that moves only when told to."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from sqlmodel import Session, select

from server.app import create_app
from server.auth import service as auth
from server.auth.person import SYSTEM
from server.auth.reach import ALL
from server.auth.roles import Role
from server.cases.rulebook import publish_configs
from server.clock import ManualClock
from server.config import CONFIGS, EvidenceSettings, ServerSettings
from server.db import Database
from server.policy.tables import PublishedVersion
from tests.server.client import TestClient
from tests.server.doors import Doors

START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""A Friday, ten in the morning in Shanghai."""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def settings(tmp_path: Path) -> ServerSettings:
    return ServerSettings(
        data_dir=tmp_path / "data",
        evidence=EvidenceSettings(picture_max_bytes=50_000, clip_max_bytes=200_000, free_disk_min_bytes=0),
    )


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no rows; making one takes longer than most tests."""
    file = tmp_path_factory.mktemp("template") / "server.db"
    database = Database(f"sqlite:///{file}")
    database.create_all()
    database.close()
    return file


@pytest.fixture
def database(settings: ServerSettings, empty_database: Path) -> Iterator[Database]:
    settings.data_dir.mkdir(parents=True)
    shutil.copyfile(empty_database, settings.data_dir / "server.db")
    database = Database(settings.url)
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session that is committed at the end of the test."""
    with database.session_scope() as session:
        yield session


@pytest.fixture
def app(settings: ServerSettings, clock: ManualClock, database: Database) -> FastAPI:
    return create_app(settings, clock=clock, database=database)


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """The event loop that every test client of this process speaks through."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(scope="session")
def published_rules(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The shipped rules as rows, published at START; reading and checking the files takes longer than most tests."""
    file = tmp_path_factory.mktemp("rules") / "server.db"
    shutil.copyfile(empty_database, file)
    database = Database(f"sqlite:///{file}")
    with database.session_scope() as session:
        publish_configs(session, CONFIGS / "exemptions", CONFIGS / "violations", CONFIGS / "calendar.yaml", START)
    with database.session_scope(write=False) as session:
        rows = [row.model_dump() for row in session.exec(select(PublishedVersion))]
    database.close()
    return rows


@pytest.fixture
def doors(app: FastAPI, database: Database, clock: ManualClock, portal: BlockingPortal) -> Iterator[Doors]:
    """HTTP clients by role: `doors.open(Role.SEAT)`, `doors.anonymous`."""
    doors = Doors(app, database, clock, portal)
    yield doors
    doors.close()


@pytest.fixture
def admin(doors: Doors) -> TestClient:
    return doors.open(Role.ADMIN)


@pytest.fixture
def admin_token(database: Database, clock: ManualClock) -> str:
    with database.session_scope() as session:
        person = auth.create(session, SYSTEM, "管理员", [Role.ADMIN], clock.now(), [ALL])
        return auth.issue_bearer(session, SYSTEM, person.id, clock.now())[0]
