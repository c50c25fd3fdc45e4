"""Brings stills to the server by HTTP PUT. One thread; a still that does not go through is let go for a newer one."""

import logging
import threading

import httpx

from edge.config import ServerConfig
from edge.still import Still, Stills
from edge.stream.backoff import Backoff

log = logging.getLogger(__name__)
WAIT_S = 0.5


class StillSender:
    """`run` it in a thread of its own. Trouble is logged once when it comes and once when it is over."""

    def __init__(
        self,
        server: ServerConfig,
        edge_id: str,
        stills: Stills,
        backoff: Backoff | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._server, self._edge_id, self._stills = server, edge_id, stills
        self._backoff, self._transport = backoff or Backoff(1.0, 30.0), transport
        self._trouble = ""

    def run(self, stop: threading.Event) -> None:
        """Send until `stop` is set."""
        timeout = httpx.Timeout(10, connect=5)
        with httpx.Client(base_url=self._server.url, timeout=timeout, transport=self._transport) as client:
            while not stop.is_set():
                still = self._stills.waiting.take(WAIT_S)
                if still is None:
                    continue
                try:
                    trouble = self._send(client, still)
                finally:
                    self._stills.waiting.done(still.camera_id)
                self._tell(trouble)
                if trouble:
                    stop.wait(self._backoff.next_s())

    def _send(self, client: httpx.Client, still: Still) -> str:
        """What went wrong, in words; "" when it is there."""
        headers = {"Content-Type": "image/jpeg", "X-Captured-At": still.captured_at.isoformat()}
        try:
            if self._server.token_file is not None:
                token = self._server.token_file.read_text(encoding="utf-8").strip()
                headers["Authorization"] = f"Bearer {token}"
            address = f"/api/stills/{self._edge_id}/{still.camera_id}"
            answer = client.put(address, content=still.content, headers=headers)
        except (OSError, UnicodeDecodeError) as error:
            return f"the token file {self._server.token_file} cannot be read: {error}"
        except httpx.HTTPError as error:
            return f"{self._server.url}: {type(error).__name__}: {error}"
        if answer.is_success:
            return ""
        return f"{self._server.url}: camera {still.camera_id}: {answer.status_code} {answer.text[:200]}"

    def _tell(self, trouble: str) -> None:
        if not trouble:
            self._backoff.reset()
        if trouble and trouble != self._trouble:
            log.warning("stills do not reach the server: %s", trouble)
        elif self._trouble and not trouble:
            log.info("stills are going out again")
        self._trouble = trouble
