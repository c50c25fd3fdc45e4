"""One run: start everything, kill at random while alerts flow, let it drain, count."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from server import migrate
from server.auth import service as auth
from server.auth.person import SYSTEM
from server.db import Database
from tests.integration.kill import brokers
from tests.integration.kill.actors import ROOT, SHOUWEI, Actor
from tests.integration.kill.checker import Findings, check
from tests.integration.kill.edge_actor import GENERATED

WEIGHTS = {"edge": 5, "server": 3, "broker": 2}
PAUSE_S = 1.0
BLACKOUT_S = 1.0


@dataclass(frozen=True)
class Plan:
    """What to do. Alerts are spread over the edges; kills fall while they flow, at moments drawn from `seed`.

    In a blackout all servers are killed, and a moment later, while the edges go on, the broker; these kills are counted
    with the others and come on top of `kills`.
    """

    alerts: int = 4000
    kills: int = 60
    pauses: int = 5
    blackouts: int = 2
    broker: str = "embedded"
    seed: int = 1
    edges: int = 3
    servers: int = 2
    per_second: float = 60.0
    files_every: int = 5
    publisher: str = "edge.publisher:Publisher"
    drain_s: float = 600.0


@dataclass
class Outcome:
    """What came of it."""

    plan: Plan
    findings: Findings
    kills: Counter[str] = field(default_factory=Counter[str])
    pauses: int = 0
    crashes: int = 0
    drained: bool = False
    drain_s: float = 0.0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return self.findings.ok and self.drained and not self.crashes

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "broker": self.plan.broker,
            "alerts": self.findings.alerts,
            "messages": self.findings.messages,
            "cases": self.findings.cases,
            "evidence_files": self.findings.evidence_files,
            "kills": dict(self.kills) | {"all": sum(self.kills.values())},
            "pauses": self.pauses,
            "blackouts": self.plan.blackouts,
            "redeliveries": self.findings.redeliveries,
            "lost": self.findings.lost,
            "lost_messages": self.findings.lost_messages,
            "doubled": self.findings.doubled,
            "invented": self.findings.invented,
            "crashes": self.crashes,
            "drained": self.drained,
            "drain_s": round(self.drain_s, 1),
            "seconds": round(self.seconds, 1),
            "faults": self.findings.faults[:20],
            "plan": asdict(self.plan),
        }


class Run:
    """The processes and folders of one run; `say` gets progress in words."""

    def __init__(self, plan: Plan, folder: Path, say: Callable[[str], None]) -> None:
        self.plan, self.folder, self._say = plan, folder, say
        self._rng = random.Random(plan.seed)
        self.claims = folder / "history.jsonl"
        self.claims.touch()
        self.broker = brokers.make(plan.broker, folder / "broker")
        share, rest = divmod(plan.alerts, plan.edges)
        self.counts = {f"edge-{n + 1}": share + (n < rest) for n in range(plan.edges)}
        self.edge_folders = {edge: folder / edge for edge in self.counts}
        self._http_port = _free_port()
        self.server_folder = folder / "server"
        self.actors = [*self._servers(), *self._edges()]
        self.killed: Counter[str] = Counter()
        self.paused = 0

    def _servers(self) -> list[Actor]:
        self.server_folder.mkdir()
        database = Database(f"sqlite:///{self.server_folder / 'server.db'}")
        migrate.make_ready(database)
        now = datetime.now(UTC)
        with database.session_scope() as session:
            for edge, folder in self.edge_folders.items():
                folder.mkdir()
                token = folder / "token"
                token.write_text(auth.issue_device(session, SYSTEM, edge, now)[0])
                token.chmod(0o600)
        database.close()
        return [self._server(number) for number in range(self.plan.servers)]

    def _server(self, number: int) -> Actor:
        config = self.folder / f"server-{number}.yaml"
        settings = {
            "data_dir": str(self.server_folder),
            "http": {"port": self._http_port if number == 0 else 0, "sweep_every_s": 5},
            "broker": {"port": self.broker.port, "client_id": f"ingest-{number}", "keepalive_s": 5},
            "evidence": {"free_disk_min_bytes": 0},
        }
        config.write_text(yaml.safe_dump(settings))
        command = [*SHOUWEI, "server", "run", "--config", str(config)]
        return Actor(f"server-{number}", "server", command, self.folder / f"server-{number}.log")

    def _edges(self) -> list[Actor]:
        return [self._edge(edge, count) for edge, count in self.counts.items()]

    def _edge(self, edge: str, count: int) -> Actor:
        folder = self.edge_folders[edge]
        options = {
            "edge": edge,
            "folder": folder,
            "history": self.claims,
            "broker-port": self.broker.port,
            "server-url": f"http://127.0.0.1:{self._http_port}",
            "token-file": folder / "token",
            "alerts": count,
            "per-second": self.plan.per_second / self.plan.edges,
            "files-every": self.plan.files_every,
            "publisher": self.plan.publisher,
        }
        words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
        return Actor(edge, "edge", ["-m", "tests.integration.kill.edge_actor", *words], self.folder / f"{edge}.log")

    def go(self) -> Outcome:
        """Start, kill, drain, stop, count."""
        began = time.monotonic()
        self.broker.start()
        for actor in self.actors:
            actor.start()
        try:
            self._disturb()
            self._wait_until(lambda: self._generated() >= self.plan.alerts, self.plan.drain_s)
            calm = time.monotonic()
            drained = self._wait_until(lambda: self._waiting() == 0, self.plan.drain_s)
            drain_s = time.monotonic() - calm
        finally:
            codes = {actor.name: actor.stop() for actor in reversed(self.actors)}
            self.broker.stop()
        findings = check(
            self.server_folder / "server.db",
            self.server_folder / "evidence",
            self.claims,
            self.edge_folders,
            self.counts,
        )
        findings.blame(any(codes.values()), f"ended with {codes}")
        findings.blame(*self._server_check())
        crashes = sum(actor.crashes for actor in self.actors)
        seconds = time.monotonic() - began
        return Outcome(self.plan, findings, self.killed, self.paused, crashes, drained, drain_s, seconds)

    def _server_check(self) -> tuple[bool, str]:
        """What the product's own check says: schema, chains, every evidence file's hash."""
        command = [
            sys.executable,
            *SHOUWEI,
            "server",
            "check",
            "--json",
            "--config",
            str(self.folder / "server-0.yaml"),
        ]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True)
        return done.returncode != 0, f"server check: {done.stdout.decode()[-500:]} {done.stderr.decode()[-300:]}"

    def _disturb(self) -> None:
        marks = sorted(
            self._rng.uniform(0.03, 0.97) for _ in range(self.plan.kills + self.plan.pauses + self.plan.blackouts)
        )
        acts = [(self._kill, kind) for kind in deck(self.plan.kills)]
        acts += [(self._pause, kind) for kind in deck(self.plan.pauses)]
        acts += [(self._blackout, "all")] * self.plan.blackouts
        self._rng.shuffle(acts)
        for mark, (act, kind) in zip(marks, acts, strict=True):
            goal = mark * self.plan.alerts
            self._wait_until(lambda goal=goal: self._generated() >= goal, 300)
            act(kind)

    def _kill(self, kind: str) -> None:
        self.killed[kind] += 1
        done, alerts = sum(self.killed.values()), self._generated()
        self._say(f"kill {done}/{self.plan.kills} ({kind}), {alerts}/{self.plan.alerts} alerts")
        if kind == "broker":
            self.broker.kill()
            return
        actor = self._rng.choice([actor for actor in self.actors if actor.kind == kind])
        actor.kill()
        time.sleep(self._rng.uniform(0, 0.2))
        actor.start()

    def _blackout(self, _kind: str) -> None:
        self._say("blackout: every server, then the broker")
        servers = [actor for actor in self.actors if actor.kind == "server"]
        for server in servers:
            server.kill()
        time.sleep(BLACKOUT_S)
        self.broker.kill()
        for server in servers:
            server.start()
        self.killed.update(["server"] * len(servers), broker=1)

    def _pause(self, kind: str) -> None:
        self.paused += 1
        if kind == "broker":
            self.broker.pause(PAUSE_S)
        else:
            self._rng.choice([actor for actor in self.actors if actor.kind == kind]).pause(PAUSE_S)

    def _generated(self) -> int:
        return sum(int(self._ask(edge, "SELECT value FROM fact WHERE name = ?", GENERATED)) for edge in self.counts)

    def _waiting(self) -> int:
        return sum(int(self._ask(edge, "SELECT count(*) FROM outbox WHERE ? = ?", "", "")) for edge in self.counts)

    def _ask(self, edge: str, query: str, *values: str) -> str:
        try:
            database = sqlite3.connect(f"file:{self.edge_folders[edge] / 'store.db'}?mode=ro", uri=True, timeout=5)
        except sqlite3.OperationalError:
            return "0"
        try:
            row = database.execute(query, values).fetchone()
        except sqlite3.OperationalError:
            return "0"
        finally:
            database.close()
        return "0" if row is None else row[0]

    def _wait_until(self, so: Callable[[], bool], at_most_s: float) -> bool:
        until = time.monotonic() + at_most_s
        while not so():
            if time.monotonic() > until:
                return False
            for actor in self.actors:
                actor.revive()
            time.sleep(0.05)
        return True


def deck(count: int) -> list[str]:
    """`count` kinds of victims, in proportion to WEIGHTS and never the same kind only."""
    whole = sum(WEIGHTS.values())
    parts = [kind for kind, weight in WEIGHTS.items() for _ in range(round(count * weight / whole))]
    return (parts + list(WEIGHTS) * count)[:count]


def run(plan: Plan, say: Callable[[str], None] = lambda text: None, keep: Path | None = None) -> Outcome:
    """One run in a folder of its own, which is removed when all went well (or kept at `keep`)."""
    folder = keep or Path(tempfile.mkdtemp(prefix="shouwei-kill-"))
    folder.mkdir(parents=True, exist_ok=True)
    outcome = Run(plan, folder, say).go()
    if outcome.ok and keep is None:
        shutil.rmtree(folder)
    else:
        say(f"everything of this run lies in {folder}")
    return outcome


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
