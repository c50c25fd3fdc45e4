"""The server: in a thread of its own for tests, or from the command line (`python -m tests.fakes.rtsp CLIP…`)."""

import asyncio
import ssl
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tests.fakes.rtsp.login import Login
from tests.fakes.rtsp.media import load
from tests.fakes.rtsp.session import Service, Session


class RtspServer:
    """Serves clips one after the other at `rtsp://host:port/live`, each client from the begin.

    `start` after `stop` listens on the same port again, so a test can kill the camera and bring it back.
    """

    def __init__(
        self,
        clips: Sequence[Path],
        host: str = "127.0.0.1",
        port: int = 0,
        loop: bool = True,
        login: Login | None = None,
        tls: ssl.SSLContext | None = None,
        speed: float = 1.0,
    ) -> None:
        self._service = Service([load(path) for path in clips], loop, login, speed)
        self.host, self.port, self._tls = host, port, tls
        self._thread: threading.Thread | None = None
        self._events: asyncio.AbstractEventLoop | None = None
        self._sessions: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Without credentials."""
        return f"rtsp{'s' if self._tls else ''}://{self.host}:{self.port}/live"

    @property
    def seen(self) -> list[str]:
        """Methods of the requests so far."""
        return self._service.seen

    def stall(self, stalled: bool = True) -> None:
        """Keep all connections open and send nothing, as a half-open connection looks to its other end."""
        self._service.stalled = stalled

    def start(self) -> Self:
        """Listen; returns when connections are accepted."""
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        assert ready.wait(10), "the RTSP server did not start"
        return self

    def stop(self) -> None:
        """Drop every connection and stop listening, as a killed process would."""
        if self._events is not None and self._thread is not None:
            self._events.call_soon_threadsafe(self._stopping.set)
            self._thread.join(10)
            self._events = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _serve(self, ready: threading.Event) -> None:
        self._events, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._accept, self.host, self.port, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stopping.wait()
        server.close()
        for session in self._sessions:
            session.cancel()
        await asyncio.gather(*self._sessions, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._sessions.add(task)
        try:
            await Session(self._service, reader, writer).run()
        except asyncio.CancelledError:
            pass  # stop() ends the sessions this way; asyncio would print a traceback
        finally:
            self._sessions.discard(task)
            transport = writer.transport
            if isinstance(transport, asyncio.Transport):
                transport.abort()
