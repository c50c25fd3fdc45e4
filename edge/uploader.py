"""Brings evidence bytes to the server by HTTP PUT to their content address, before the message that names them.

The same file may be sent twice (the address is its content). What the server will never take is kept here and
noted, and its message goes on without it.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import httpx

from edge.clock import Clock
from edge.config import ServerConfig
from edge.errors import EdgeError
from edge.evidence_files import EvidenceFiles
from edge.store import EdgeStore, Pending
from edge.stream.backoff import Backoff

log = logging.getLogger(__name__)
NEVER = frozenset({400, 409, 410, 411, 413, 415, 422})
"""Answers that another try would not change. Anything else (no token yet, busy, broken) is tried again."""


class UploadFailed(EdgeError):
    """The server could not be reached or did not take a file; trying again may help."""

    code = "edge.upload_failed"


class Uploader:
    """One thread. `on_progress` is called when a message has all its files at the server."""

    def __init__(
        self,
        server: ServerConfig,
        store: EdgeStore,
        files: EvidenceFiles,
        clock: Clock,
        on_progress: Callable[[], None],
        backoff: Backoff | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._server, self._store, self._files = server, store, files
        self._clock, self._on_progress, self._transport = clock, on_progress, transport
        self._backoff = backoff or Backoff()
        self._more = threading.Event()
        self._trouble = ""

    def wake(self) -> None:
        """There may be new files. Any thread may call it."""
        self._more.set()

    def run(self, stop: threading.Event) -> None:
        """Send until `stop` is set (call `wake` after it). Trouble is logged once, and once when it is over."""
        while not stop.is_set():
            try:
                self.run_once(stop)
            except EdgeError as trouble:
                if str(trouble) != self._trouble:
                    self._trouble = str(trouble)
                    log.warning("evidence waits: %s", trouble)
            except Exception:
                log.exception("the uploader stumbled; it starts over")
            stop.wait(self._backoff.next_s())

    def run_once(self, stop: threading.Event) -> None:
        """Send everything there is, then wait for more, until `stop`. Raises UploadFailed or DiskFull."""
        with httpx.Client(
            base_url=self._server.url,
            headers=self._authorization(),
            timeout=httpx.Timeout(30, connect=5),
            transport=self._transport,
        ) as client:
            while not stop.is_set():
                self._more.clear()
                pending = self._store.next_upload()
                if pending is None:
                    self._more.wait(1.0)
                else:
                    self._send(client, pending)

    def _authorization(self) -> dict[str, str]:
        if self._server.token_file is None:
            return {}
        try:
            token = self._server.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UploadFailed(f"the token file {self._server.token_file} cannot be read: {error}") from error
        return {"Authorization": f"Bearer {token}"}

    def _send(self, client: httpx.Client, pending: Pending) -> None:
        taken: list[str] = []
        try:
            for sha256, media_type, _size in pending.files:
                path = self._files.path(sha256)
                if not path.exists():
                    self._give_up(sha256, "its file is missing at the edge")
                elif self._put(client, sha256, media_type, path):
                    taken.append(sha256)
        finally:
            self._store.uploaded(taken, self._clock.now())
        self._backoff.reset()
        if self._trouble:
            log.info("evidence is going out again")
            self._trouble = ""
        self._on_progress()

    def _put(self, client: httpx.Client, sha256: str, media_type: str, path: Path) -> bool:
        """Whether the server has it now; False when it never will."""
        try:
            with path.open("rb") as body:
                answer = client.put(f"/api/evidence/{sha256}", content=body, headers={"Content-Type": media_type})
        except httpx.HTTPError as error:
            raise UploadFailed(f"{self._server.url}: {type(error).__name__}: {error}") from error
        if answer.status_code in (200, 201, 204):
            return True
        reason = f"{answer.status_code} {answer.reason_phrase}: {answer.text[:300]}"
        if answer.status_code not in NEVER:
            raise UploadFailed(f"{self._server.url}: {reason}")
        self._give_up(sha256, reason)
        return False

    def _give_up(self, sha256: str, reason: str) -> None:
        log.error("evidence %s stays at the edge: %s", sha256, reason)
        self._store.refused(sha256, reason)
