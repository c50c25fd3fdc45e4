"""A whole edge of fakes: painted cameras, a broker in memory, no files but its own folder."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from edge.app import EdgeWorker, Environment
from edge.clock import ManualClock
from edge.config import CameraConfig, EdgeConfig, FileSourceConfig, ZoneConfig
from edge.contracts.codec import Envelope, decode
from edge.contracts.messages import Alert, CameraHealth
from edge.contracts.taxonomy import CameraState
from edge.contracts.violations import SCENE_MODEL
from edge.desk import state_fact
from edge.models_in_use import ModelsInUse, Weights
from edge.publisher import Delivery
from edge.stepping import Stepper
from edge.store import EdgeStore
from edge.vision.perceive import Perceiver
from tests.fakes.cameras import ColourSegmenter, ScriptedJudge, ScriptedSource, scripted
from tests.fakes.link import FakeBroker
from tests.fakes.messages import EDGE, START
from tests.fakes.rules import rule

ZONE = [(0.2, 0.4), (0.8, 0.4), (0.8, 0.9), (0.2, 0.9)]


def camera(name: str = "cam-1", violations: list[str] | None = None) -> CameraConfig:
    """One camera with the zone `front`."""
    return CameraConfig(
        id=name,
        source=FileSourceConfig(paths=[Path("painted.mp4")], realtime=False),
        zones=[ZoneConfig(id="front", polygon=ZONE, violations=violations or ["outdoor_display"])],
    )


def config(folder: Path, *cameras: CameraConfig, dwell_s: float = 20.0) -> EdgeConfig:
    """An edge with these cameras; outdoor display is raised after 20 s, cleared after 10 s, updated every 60 s."""
    return EdgeConfig(
        edge_id=EDGE,
        data_dir=folder,
        cameras=list(cameras) or [camera()],
        rules={"outdoor_display": rule(dwell_s=dwell_s)},
    )


@dataclass
class FakeHttp:
    """The server's HTTP side: gives `bodies` by path, keeps what is PUT. `answers` are given first."""

    bodies: dict[str, bytes] = field(default_factory=dict[str, bytes])
    got: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    answers: list[int] = field(default_factory=list[int])

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.answers:
            return httpx.Response(self.answers.pop(0), text="because")
        path = request.url.path
        if request.method == "PUT":
            self.got.append((path, request.read()))
            return httpx.Response(204)
        return httpx.Response(200, content=self.bodies[path]) if path in self.bodies else httpx.Response(404)


@dataclass
class FakeEdge:
    """`step(seconds)` feeds all cameras up to that second of their clips. `restart()` is a crash and a new start."""

    folder: Path
    sources: dict[str, ScriptedSource]
    broker: FakeBroker = field(default_factory=FakeBroker)
    judges: dict[str, ScriptedJudge] = field(default_factory=dict[str, ScriptedJudge])
    clock: ManualClock = field(default_factory=lambda: ManualClock(START))
    dwell_s: float = 20.0
    file_cameras: list[str] | None = None
    """Which of the sources the edge's own file names: all of them when not said."""
    http: FakeHttp = field(default_factory=FakeHttp)
    known: bool = True
    """Whether the server was told before that the cameras are well."""

    def __post_init__(self) -> None:
        if self.known:
            self.folder.mkdir(parents=True, exist_ok=True)
            store = EdgeStore(self.folder / "store.db")
            store.commit([], facts={state_fact(name): CameraState.OK.value for name in self.sources})
            store.close()
        self.open()

    def open(self) -> None:
        self.judges = {name: ScriptedJudge(self.judge.state) for name in self.sources}
        environment = Environment(
            self.clock,
            scripted(self.sources),
            lambda config: ModelsInUse(Perceiver(ColourSegmenter()), {SCENE_MODEL: Weights("painted/1", "1" * 64)}),
            self.broker.connect,
            lambda camera: self.judges.setdefault(camera.id, ScriptedJudge()),
            Delivery(backoff_first_s=0.001),
            transport=httpx.MockTransport(self.http),
        )
        cameras = [camera(name) for name in (self.sources if self.file_cameras is None else self.file_cameras)]
        settings = config(self.folder, dwell_s=self.dwell_s).model_copy(update={"cameras": cameras})
        self.worker = EdgeWorker(settings, environment, start_at=START)
        self.stepper = Stepper(self.worker, self.clock)

    @property
    def judge(self) -> ScriptedJudge:
        """That of the first camera."""
        return self.judges.get("cam-1", ScriptedJudge())

    def restart(self) -> None:
        self.worker.store.close()
        self.open()

    def step(self, seconds: float) -> int:
        from tests.fakes.messages import at

        return self.stepper.step_until(at(seconds))

    def deliver(self) -> list[Envelope]:
        """Everything that the server gets from what is in the outbox now."""
        before = len(self.broker.alerts())
        self.broker.stop = threading.Event()
        self.worker.publisher.run_once(self.broker.stop)
        return self.broker.alerts()[before:]

    def outbox(self) -> list[Envelope]:
        """What waits to be delivered, whether or not its files are at the server."""
        rows = self.worker.store._db.execute("SELECT payload FROM outbox ORDER BY seq").fetchall()
        return [decode(row[0]) for row in rows]

    def alerts(self) -> list[Alert]:
        return [e.message for e in self.outbox() if isinstance(e.message, Alert)]

    def healths(self) -> list[CameraHealth]:
        return [e.message for e in self.outbox() if isinstance(e.message, CameraHealth)]
