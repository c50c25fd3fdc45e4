"""The embedded MQTT 5 broker: `iotcore` (rumqttd in a wheel) as a child process on the loopback interface.

It keeps nothing over a restart, and need not: the outbox and the application ack carry the promise. Its own
defaults would listen on every interface, speak MQTT 3.1.1 only and take no more than 20 kB in a message.
"""

import contextlib
import importlib.util
import logging
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

from edge.contracts.codec import MAX_BYTES
from edge.errors import EdgeError

log = logging.getLogger(__name__)
LOOPBACK = "127.0.0.1"
START_WITHIN_S = 10.0
WATCH_EVERY_S = 0.25
PROBE_EVERY_S = 5.0
PROBE_PATIENCE_S = 2.0
HELLO = b"\x10\x1a\x00\x04MQTT\x05\x02\x00\x0a\x00\x00\x0dshouwei-probe"
"""CONNECT, MQTT 5, clean start, keep-alive 10 s, no properties (MQTT 5.0 §3.1)."""
CONFIG = """\
id = 0
[router]
id = 0
max_connections = 2000
max_outgoing_packet_count = 200
max_segment_size = 16777216
max_segment_count = 4
[v5.1]
name = "loopback"
listen = "{host}:{port}"
next_connection_delay_ms = 1
[v5.1.connections]
connection_timeout_ms = 60000
max_payload_size = {payload}
max_inflight_count = 200
"""


class BrokerUnavailable(EdgeError):
    """The embedded broker cannot run here; the text says why and what to do."""

    code = "edge.broker_unavailable"


class EmbeddedBroker:
    """Runs the broker and starts it again, on the same port, when it dies or no longer answers.

    `folder` holds its generated configuration. Port 0 takes a free one. It ends with this process, however that ends.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        if importlib.util.find_spec("iotcore") is None:
            raise BrokerUnavailable("iotcore is not installed: pip install 'shouwei[broker]', or name another broker")
        self.port = port or _free_port()
        self.restarts = 0
        self._config = folder / "broker.toml"
        self._child: subprocess.Popen[bytes] | None = None
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="broker-watch", daemon=True)

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def start(self) -> Self:
        """Start it and wait until it answers. Raises BrokerUnavailable."""
        self._config.parent.mkdir(parents=True, exist_ok=True)
        # The listener and the payload limit are per listener: a v5 listener without its own limit has none of ours.
        self._config.write_text(CONFIG.format(host=LOOPBACK, port=self.port, payload=2 * MAX_BYTES))
        if _is_taken(self.port):
            raise BrokerUnavailable(f"port {self.port} is taken: name another, or 0 for any that is free")
        self._spawn()
        self._watcher.start()
        return self

    def stop(self) -> None:
        """End it. Safe to call twice."""
        self._stop.set()
        if self._watcher.is_alive() and threading.current_thread() is not self._watcher:
            self._watcher.join()
        self._end_child()

    def _spawn(self) -> None:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "edge.broker_child", str(self._config)], stdin=subprocess.PIPE
        )
        self._child = child
        deadline = time.monotonic() + START_WITHIN_S
        while not answers(self.port):
            if child.poll() is not None or time.monotonic() > deadline:
                code = child.poll()
                self._end_child()
                why = "did not answer in time" if code is None else f"ended with exit code {code}"
                raise BrokerUnavailable(f"the embedded broker on port {self.port} {why}")
            time.sleep(0.02)

    def _watch(self) -> None:
        probed = time.monotonic()
        while not self._stop.wait(WATCH_EVERY_S):
            child = self._child
            dead = child is None or child.poll() is not None
            if not dead and time.monotonic() - probed < PROBE_EVERY_S:
                continue
            probed = time.monotonic()
            if not dead and answers(self.port, PROBE_PATIENCE_S):
                continue
            log.warning("the embedded broker %s; starting it again", "ended" if dead else "no longer answers")
            self._end_child()
            with contextlib.suppress(BrokerUnavailable):
                self._spawn()
                self.restarts += 1

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()  # it keeps nothing, so there is nothing to end gently
        child.wait()
        if child.stdin is not None:
            child.stdin.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()


def answers(port: int, timeout_s: float = 0.25) -> bool:
    """Whether a broker says yes there. An open port is not enough: a hung process keeps its port open."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=timeout_s) as probe:
            probe.settimeout(timeout_s)
            probe.sendall(HELLO)
            connack = probe.recv(4)
            probe.sendall(b"\xe0\x00")
    except OSError:
        return False
    return len(connack) == 4 and connack[0] == 0x20 and connack[3] == 0


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.25)
        return probe.connect_ex((LOOPBACK, port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]
