"""A running edge takes over a plan: a new live camera is judged within seconds, the others do not notice."""

import threading
import time
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import httpx
import pytest

from edge.app import EdgeWorker, Environment
from edge.clock import SystemClock
from edge.config import CameraConfig, EdgeConfig, RtspSourceConfig, ZoneConfig
from edge.config_plans import PlansConfig
from edge.contracts.codec import decode
from edge.contracts.commands import DesiredConfig
from edge.contracts.messages import ConfigApplied
from edge.contracts.plan import CameraPlan, EdgePlan, ZonePlan
from edge.contracts.violations import SCENE_MODEL
from edge.models_in_use import ModelsInUse, Weights
from edge.pipeline import Look
from edge.planned import Plan
from edge.stream.source import open_source
from edge.vision.perceive import Perceiver
from tests.fakes.cameras import ColourSegmenter, ScriptedJudge
from tests.fakes.clips import clip
from tests.fakes.edges import ZONE, FakeHttp
from tests.fakes.link import FakeBroker
from tests.fakes.messages import EDGE
from tests.fakes.rtsp import Login, RtspServer
from tests.fakes.rules import rule

pytestmark = pytest.mark.integration
SECRET = "Zx9!canary"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return clip(tmp_path / "film.mp4", 10, gop=25)


@pytest.fixture
def cameras(film: Path) -> Iterator[list[RtspServer]]:
    servers = [RtspServer([film]).start(), RtspServer([film], login=Login("viewer", SECRET)).start()]
    yield servers
    for server in servers:
        server.stop()


class Watching:
    """Notes when each camera's pictures were judged."""

    def __init__(self) -> None:
        self.seen: dict[str, list[float]] = {}

    def __call__(self, look: Look) -> None:
        self.seen.setdefault(look.frame.camera_id, []).append(time.monotonic())

    def first(self, camera_id: str, within_s: float, after: float = 0.0) -> float:
        """When the first picture after `after` was judged."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            times = [when for when in self.seen.get(camera_id, []) if when > after]
            if times:
                return times[0]
            time.sleep(0.01)
        raise AssertionError(f"no picture of {camera_id} within {within_s:g} s; seen: {self.seen.keys()}")


def settings(folder: Path, servers: list[RtspServer]) -> EdgeConfig:
    return EdgeConfig(
        edge_id=EDGE,
        data_dir=folder,
        plans=PlansConfig(networks=(ip_network("127.0.0.0/8"),), ports=tuple(s.port for s in servers)),
        cameras=[
            CameraConfig(
                id="cam-old",
                source=RtspSourceConfig(url=servers[0].url),
                interval_s=1,
                zones=[ZoneConfig(id="front", polygon=ZONE, violations=["outdoor_display"])],
            )
        ],
        rules={"outdoor_display": rule()},
    )


def test_a_live_camera_is_added_and_taken_out_again(tmp_path: Path, cameras: list[RtspServer]) -> None:
    http, broker = FakeHttp(), FakeBroker()
    environment = Environment(
        SystemClock(),
        lambda camera, clock, *, start_at, ring: open_source(camera, clock, start_at=start_at, ring=ring),
        lambda config: ModelsInUse(Perceiver(ColourSegmenter()), {SCENE_MODEL: Weights("painted/1", "1" * 64)}),
        broker.connect,
        lambda camera: ScriptedJudge(),
        transport=httpx.MockTransport(http),
    )
    stop, watching = threading.Event(), Watching()
    with EdgeWorker(settings(tmp_path / "data", cameras), environment) as worker:
        worker.onlookers.append(watching)
        living = threading.Thread(target=worker.run, args=(stop,), daemon=True)
        living.start()
        watching.first("cam-old", 15)
        old_source = worker.sources["cam-old"]
        zone = ZonePlan(id="shop", polygon=ZONE, violations=["outdoor_display"])
        address = cameras[1].url.replace("://", f"://viewer:{SECRET}@")
        plan = EdgePlan(version=1, cameras=[CameraPlan(id="cam-new", address=address, interval_s=1, zones=[zone])])
        content = plan.model_dump_json().encode()
        http.bodies[f"/api/edges/{EDGE}/plan/1"] = content
        sent = time.monotonic()
        worker.obey(DesiredConfig(version=1, plan_version=1, plan_sha256=Plan(1, content).sha256))
        took_s = watching.first("cam-new", 15) - sent
        print(f"plan sent to first judged picture of a new camera: {took_s:.2f} s")
        assert took_s < 10
        watching.first("cam-old", 10, after=sent)
        assert worker.sources["cam-old"] is old_source
        worker.obey(DesiredConfig(version=2))
        gone = time.monotonic()
        assert list(worker.works) == ["cam-old"]
        watching.first("cam-old", 10, after=gone + 2)
        assert [when for when in watching.seen["cam-new"] if when > gone + 2] == []
        answers = [decode(payload).message for _, payload, _ in broker.published]
        accepted = {a.version: a.accepted for a in answers if isinstance(a, ConfigApplied)}
        assert accepted == {1: True, 2: True}
        stop.set()
        living.join(15)
        assert not living.is_alive()
    names = [thread.name for thread in threading.enumerate() if thread.name.startswith("reader-")]
    assert names == []
