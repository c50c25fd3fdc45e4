"""A real HTTP server that takes messages, and can fail, hang, answer garbage; it counts idempotency keys."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, bytes]


class Gateway(ThreadingHTTPServer):
    """`answer` says what comes back to the n-th request (from 1); `hang` is released at the end."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.keys: Counter[str] = Counter()
        self.told: set[str] = set()
        self.hang = threading.Event()
        self.answer: Callable[[int], Answer | None] = lambda n: (200, json.dumps({"id": f"r{n}"}).encode())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/send"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        gateway = self.server
        assert isinstance(gateway, Gateway)
        gateway.bodies.append(body)
        gateway.headers.append({name.lower(): value for name, value in self.headers.items()})
        gateway.paths.append(self.path)
        key = self.headers["Idempotency-Key"]
        gateway.keys[key] += 1
        answer = gateway.answer(len(gateway.bodies))
        if answer is None:
            gateway.hang.wait(20)
            return
        if answer[0] == 200:
            gateway.told.add(key)
        self.send_response(answer[0])
        self.end_headers()
        self.wfile.write(answer[1])

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.hang.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
