"""What a page of the queue costs: `python -m tests.server.review.measure`.

Pages of 30 out of 2,000 waiting cases (10,000 in all), in processor time, in turns with the interpreter's own garbage
collection and as `shouwei server run` sets it.
"""

import gc
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from server.app import create_app
from server.auth import service as auth
from server.cases.rulebook import publish_configs
from server.cli import leave_startup_alone
from server.config import ServerSettings
from server.db import Database
from tests.e2e.review_filling import fill
from tests.server.client import TestClient

TURNS, PAGES = 4, 40


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        settings = ServerSettings(data_dir=Path(folder))
        database = Database(settings.url)
        client, headers = _monitor(settings, database)
        _pages(client, headers, 10)
        threshold = gc.get_threshold()
        own: list[float] = []
        settled: list[float] = []
        for _ in range(TURNS):
            gc.unfreeze()
            gc.set_threshold(*threshold)
            own += _pages(client, headers, PAGES)
            leave_startup_alone()
            settled += _pages(client, headers, PAGES)
        database.close()
    for name, took in (("as Python has it", own), ("as the server has it", settled)):
        mean, median = statistics.mean(took), statistics.median(took)
        print(f"{name}: mean {mean:.1f}, median {median:.1f}, longest {max(took):.0f} ms")
    return 0


def _monitor(settings: ServerSettings, database: Database) -> tuple[TestClient, dict[str, str]]:
    database.create_all()
    now = datetime.now(UTC)
    with database.session_scope() as session:
        admin = auth.first_run(session, now)
        publish_configs(session, settings.exemptions_dir, settings.violations_dir, settings.calendar_file, now)
        fill(session, 10_000, now, 2_000, ["a" * 64])
    client = TestClient(create_app(settings, database=database), headers={"Authorization": f"Bearer {admin}"})
    person = client.post("/api/persons", json={"name": "坐席", "roles": ["seat"], "districts": ["*"]}).json()
    token = client.post(f"/api/persons/{person['id']}/tokens").json()["token"]
    return client, {"Authorization": f"Bearer {token}"}


def _pages(client: TestClient, headers: dict[str, str], how_many: int) -> list[float]:
    took: list[float] = []
    for _ in range(how_many):
        began = time.process_time()
        client.get("/api/review?limit=30", headers=headers).raise_for_status()
        took.append((time.process_time() - began) * 1000)
    return took


if __name__ == "__main__":
    sys.exit(main())
