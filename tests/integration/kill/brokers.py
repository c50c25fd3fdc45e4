"""The broker of a run: the embedded one with its own watcher, or mosquitto as Debian ships it."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Protocol

from edge.broker import EmbeddedBroker, answers

MOSQUITTO = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
MOSQUITTO_CONF = """\
user {user}
listener {port} 127.0.0.1
allow_anonymous {anonymous}
persistence true
persistence_location {folder}/
log_dest none
"""


class RunBroker(Protocol):
    """What the harness does to a broker."""

    port: int

    def start(self) -> object: ...
    def kill(self) -> None: ...
    def pause(self, seconds: float) -> None: ...
    def stop(self) -> None: ...


class Embedded:
    """Killed from outside; the product's own watcher brings it back."""

    def __init__(self, folder: Path) -> None:
        self._broker = EmbeddedBroker(folder)
        self.port = self._broker.port

    def start(self) -> None:
        self._broker.start()

    def kill(self) -> None:
        until = time.monotonic() + 15
        while (pid := self._broker.pid) is None or not answers(self.port):
            if time.monotonic() > until:
                raise TimeoutError("the embedded broker was not brought back")
            time.sleep(0.02)
        os.kill(pid, signal.SIGKILL)

    def pause(self, seconds: float) -> None:
        if (pid := self._broker.pid) is not None:
            _pause(pid, seconds)

    def stop(self) -> None:
        self._broker.stop()


class Mosquitto:
    """With Debian's default persistence: on, written now and then, not at every message."""

    def __init__(self, folder: Path, *, anonymous: bool = True, more: str = "") -> None:
        if MOSQUITTO is None:
            raise FileNotFoundError("mosquitto is not installed (Debian package: mosquitto)")
        folder.mkdir(parents=True, exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._config = folder / "mosquitto.conf"
        # Started as root it would become another user, who may not even enter a test's folder.
        words = {"port": self.port, "folder": folder, "anonymous": str(anonymous).lower(), "user": getpass.getuser()}
        self._config.write_text(MOSQUITTO_CONF.format_map(words) + more)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert MOSQUITTO is not None
        self._process = subprocess.Popen([MOSQUITTO, "-c", str(self._config)])
        until = time.monotonic() + 10
        while not _is_open(self.port):
            if time.monotonic() > until:
                raise TimeoutError(f"mosquitto on port {self.port} did not come up")
            time.sleep(0.02)

    def kill(self) -> None:
        self._end(signal.SIGKILL)
        self.start()

    def pause(self, seconds: float) -> None:
        if self._process is not None:
            _pause(self._process.pid, seconds)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(10)
            self._process = None


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _pause(pid: int, seconds: float) -> None:
    os.kill(pid, signal.SIGSTOP)
    time.sleep(seconds)
    os.kill(pid, signal.SIGCONT)


def make(kind: str, folder: Path) -> RunBroker:
    """`embedded` or `mosquitto`."""
    return Embedded(folder) if kind == "embedded" else Mosquitto(folder)
