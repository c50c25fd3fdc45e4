"""One box: broker, server and edge put together. `shouwei up` and the demonstration start exactly this."""

import contextlib
import os
from pathlib import Path
from typing import Self

import httpx

from edge.app import EdgeWorker, Environment
from edge.broker import EmbeddedBroker
from edge.config import EdgeConfig
from server.clock import Clock
from server.config import ServerSettings
from server.process import ServerProcess


class Box:
    """Entering starts broker and server; `open_edge` starts the edge once its token is there. Leaving stops all."""

    def __init__(self, settings: ServerSettings, folder: Path, clock: Clock | None = None) -> None:
        """`settings.broker` names the port at which the embedded broker will listen, on 127.0.0.1 only."""
        self._broker = EmbeddedBroker(folder / "broker", port=settings.broker.port)
        self.server = ServerProcess(settings, clock)
        self._edges: list[EdgeWorker] = []
        self._exits = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as starting:
            starting.enter_context(self._broker)
            starting.enter_context(self.server)
            self._exits = starting.pop_all()
        return self

    def __exit__(self, *exc: object) -> None:
        for edge in self._edges:
            edge.close()
        self._exits.close()

    def open_edge(self, config: EdgeConfig, environment: Environment | None = None, **options: object) -> EdgeWorker:
        """The edge, recovered and ready to run or step. Raises what EdgeWorker raises."""
        edge = EdgeWorker(config, environment, **options)  # type: ignore[arg-type]
        self._edges.append(edge)
        return edge


def with_token(config: EdgeConfig, server_url: str, admin_token: str) -> EdgeConfig:
    """The configuration with a token for this box's server: the configured file's, or one made now (mode 0600)."""
    if config.server.token_file is not None:
        return config
    file = config.data_dir / "server.token"
    if not file.exists():
        answer = httpx.post(f"{server_url}/api/edges/{config.edge_id}/tokens", headers=_bearer(admin_token))
        answer.raise_for_status()
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(answer.json()["token"])
        temporary.replace(file)
    return config.model_copy(update={"server": config.server.model_copy(update={"token_file": file})})


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
