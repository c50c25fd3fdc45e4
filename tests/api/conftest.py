"""A server of two districts with something of everything in each."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI

from server.cases.rulebook import publish_configs
from server.clock import ManualClock
from server.config import CONFIGS, EvidenceSettings, ServerSettings
from server.config import District as Named
from server.db import Database
from tests.api.seeding import EAST, WEST, District, seed
from tests.server.conftest import *  # noqa: F403 - the same fixtures, for two districts
from tests.server.doors import Doors


@dataclass(frozen=True)
class City:
    """The two districts, and ways in."""

    east: District
    west: District
    doors: Doors
    app: FastAPI


@pytest.fixture
def settings(tmp_path: Path) -> ServerSettings:
    return ServerSettings(
        data_dir=tmp_path / "data",
        evidence=EvidenceSettings(picture_max_bytes=50_000, clip_max_bytes=200_000, free_disk_min_bytes=0),
        districts=(Named(code=EAST, zh="东区", en="East"), Named(code=WEST, zh="西区", en="West")),
    )


@pytest.fixture
def city(app: FastAPI, doors: Doors, database: Database, clock: ManualClock) -> City:
    with database.session_scope() as session:
        publish_configs(session, CONFIGS / "exemptions", CONFIGS / "violations", CONFIGS / "calendar.yaml", clock.now())
    east, west = seed(database)
    for one in (east, west):
        sent = doors.edge(one.ids["edge"]).put(
            f"/api/evidence/{one.ids['sha256']}", content=one.picture, headers={"Content-Type": "image/jpeg"}
        )
        assert sent.status_code in {200, 201}, sent.text
    return City(east, west, doors, app)
