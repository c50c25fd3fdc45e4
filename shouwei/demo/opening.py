"""Everything up and in its place before the first frame: broker, server, people, subjects, permits, edge."""

import contextlib
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edge.app import EdgeWorker, Environment
from edge.clock import Clock
from server.process import ServerProcess
from shouwei.box import Box, with_token
from shouwei.demo.director import Director, Tell
from shouwei.demo.people import Api, Member, hire, permits_are_in_force, register
from shouwei.demo.stage import PlayedClip, write_configs

READY_WITHIN_S = 30.0


class NotReady(Exception):
    """A part of the demonstration did not come up in time; the text says which."""


@dataclass(frozen=True)
class Opened:
    """The demonstration, running."""

    server: ServerProcess
    edge: EdgeWorker
    api: Api
    admin: str
    cast: dict[str, Member]
    director: Director


@contextlib.contextmanager
def opened(
    folder: Path, played: list[PlayedClip], start: datetime, clock: Clock, tell: Tell, *, live: bool, port: int = 0
) -> Iterator[Opened]:
    """Start all parts in an empty folder; stop them in the end. Raises NotReady and what the parts raise."""
    edge_config, settings = write_configs(folder, played, _free_port(), port or _free_port(), live=live)
    with Box(settings, folder, clock) as box, contextlib.closing(Api(box.server.url)) as api:
        admin = box.server.first_token
        if admin is None:
            raise NotReady(f"{folder} holds an older demonstration; remove it")
        tell(f"server {box.server.url}, broker 127.0.0.1:{settings.broker.port}")
        cast = hire(api, admin)
        register(api, admin, played, start)
        edge_config = with_token(edge_config, box.server.url, admin)
        edge = box.open_edge(edge_config, Environment.real(clock), start_at=None if live else start)
        edge.deliver()
        _await_permits(box.server, api, admin)
        tell("permits are in force at the edge")
        yield Opened(box.server, edge, api, admin, cast, Director(api, cast, tell))


def _await_permits(server: ServerProcess, api: Api, admin: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not permits_are_in_force(api, admin):
        if time.monotonic() > deadline:
            raise NotReady("the edge did not take over the permits: is the broker reachable?")
        server.sweeper.sweep_once()
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
