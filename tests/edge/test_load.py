"""How an edge fares: counted over a window, told every minute, as telemetry that may be dropped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.contracts.messages import EdgeLoad
from edge.errors import DiskFull
from edge.load import LoadMeter, Machine, this_machine
from edge.store import channel_of
from tests.edge.test_app import shop
from tests.fakes.cameras import ScriptedSource
from tests.fakes.edges import FakeEdge
from tests.fakes.messages import START, at


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[FakeEdge]:
    made = FakeEdge(tmp_path / "data", {name: ScriptedSource(name, START, shop, 300) for name in ("cam-1", "cam-2")})
    yield made
    made.worker.close()


def meter(edge: FakeEdge, used: list[float]) -> LoadMeter:
    machine = Machine(lambda: used[0], lambda: 5_000_000, lambda: 2)
    return LoadMeter(edge.clock, edge.worker.desk, lambda: 7_000_000, machine)


def test_a_window_is_counted_and_then_begun_anew(edge: FakeEdge) -> None:
    used = [10.0]
    load = meter(edge, used)
    edge.clock.advance(50)
    for number in range(100):
        load.passed("cam-1", at(40), (number + 1) / 1000)
    used[0] = 40.0
    told = load.report(["cam-1", "cam-2"], 3)
    first, second = told.cameras
    assert (first.judged_per_s, first.last_frame_age_s) == (2.0, 10.0)
    assert (second.judged_per_s, second.last_frame_age_s) == (0.0, None)
    assert told.pass_p95_ms == 96.0
    assert (told.cpu_share, told.cores, told.window_s) == (0.3, 2, 50.0), "30 s of two cores in 50 s"
    assert (told.memory_bytes, told.disk_free_bytes) == (5_000_000, 7_000_000)
    assert told.models == [f"painted/1@{'1' * 64}"]
    assert (told.config, told.plan_version) == (edge.worker.config.digest(), 3)
    edge.clock.advance(10)
    again = load.report(["cam-1"], None)
    assert (again.cameras[0].judged_per_s, again.cameras[0].last_frame_age_s) == (0.0, 20.0)
    assert (again.pass_p95_ms, again.cpu_share) == (None, 0.0)


def test_it_is_due_soon_after_the_start_and_then_every_minute(edge: FakeEdge) -> None:
    load = meter(edge, [0.0])
    due: list[float] = []
    for second in range(200):
        if load.due:
            due.append(second)
            load.report([], None)
        edge.clock.advance(1)
    assert due == [15, 75, 135, 195]


def test_it_counts_what_waits_and_goes_out_as_telemetry(edge: FakeEdge) -> None:
    edge.step(60)
    edge.clock.advance(60)
    edge.worker._tell_load()
    (told,) = [e.message for e in edge.outbox() if isinstance(e.message, EdgeLoad)]
    assert (told.waiting_alerts, told.waiting_telemetry) == (2, 0)
    assert [camera.camera_id for camera in told.cameras] == ["cam-1", "cam-2"]
    assert all(camera.judged_per_s > 0 for camera in told.cameras)
    assert told.pass_p95_ms is not None
    assert channel_of(told) == "health"
    assert edge.worker.store.counts().telemetry == 1
    edge.worker._tell_load()
    assert edge.worker.store.counts().telemetry == 1, "not due"


def test_on_a_full_disk_it_is_let_go(edge: FakeEdge, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull(edge.folder, "no space left")

    edge.clock.advance(60)
    with monkeypatch.context() as patch:
        patch.setattr(edge.worker.store, "commit", full)
        edge.worker._tell_load()
    assert edge.outbox() == []


def test_the_real_machine_says_something() -> None:
    machine = this_machine()
    assert machine.cpu_s() > 0
    assert machine.memory_bytes() > 10_000_000
    assert machine.cores() >= 1
