"""The whole server in one process: starts on nothing, ends in order, and starts again on what it left."""

import time
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from server.clock import ManualClock
from server.config import BrokerSettings, HttpSettings, ServerSettings
from server.feed import service as feed
from server.migrate import SchemaBehind
from server.process import ServerProcess

pytestmark = pytest.mark.integration


@pytest.fixture
def settings(tmp_path: Path) -> ServerSettings:
    """Port 1 is no broker: the server serves all the same, and says that it is not ready."""
    return ServerSettings(data_dir=tmp_path / "data", http=HttpSettings(port=0), broker=BrokerSettings(port=1))


def test_first_start_then_second(settings: ServerSettings, clock: ManualClock) -> None:
    with ServerProcess(settings, clock) as server:
        token = server.first_token
        assert token is not None
        me = httpx.get(f"{server.url}/api/me", headers={"Authorization": f"Bearer {token}"})
        assert me.json()["roles"] == ["admin"]
        assert httpx.get(f"{server.url}/readyz").json()["parts"]["broker"] == "not connected"
        code = server.page_link(token).partition("#login=")[2]
        assert httpx.post(f"{server.url}/api/session", json={"code": code}).status_code == 204
        lists = httpx.get(f"{server.url}/api/violations", headers={"Authorization": f"Bearer {token}"}).json()
        assert {rule["id"] for rule in lists} == {"exposed_garbage", "exposed_muck", "outdoor_display"}
        server.sweeper.sweep_once()
        assert server.consumer.wait_idle(5)
    with ServerProcess(settings, clock) as again:
        assert again.first_token is None
        me = httpx.get(f"{again.url}/api/me", headers={"Authorization": f"Bearer {token}"})
        assert me.status_code == 200


def test_the_event_stream_tells_of_a_change_and_does_not_hold_up_the_end(
    settings: ServerSettings, clock: ManualClock
) -> None:
    server = ServerProcess(settings, clock).start()
    headers = {"Authorization": f"Bearer {server.first_token}"}
    with httpx.stream("GET", f"{server.url}/api/events", headers=headers, timeout=20) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 2000"
        with server.database.session_scope() as session:
            feed.tell(session, "camera", "cam-1", {"state": "lost"}, clock.now())
        assert next(line for line in lines if line.startswith("id: ")) == "id: 1"
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 15


def test_a_port_that_is_taken_is_named(settings: ServerSettings, clock: ManualClock, tmp_path: Path) -> None:
    with ServerProcess(settings, clock) as server:
        port = int(server.url.rpartition(":")[2])
        other = settings.model_copy(update={"http": HttpSettings(port=port), "data_dir": tmp_path / "other"})
        second = ServerProcess(other, clock)
        with pytest.raises(OSError, match=f"port {port}"):
            second.start()
        second.stop()


def test_an_old_database_is_not_touched(settings: ServerSettings, clock: ManualClock) -> None:
    first = ServerProcess(settings, clock)
    first.prepare()
    with first.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(SchemaBehind):
        first.prepare()
    first.stop()
