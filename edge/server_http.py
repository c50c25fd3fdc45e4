"""Requests to the server that carry this edge's token. The token is read for each: it may be replaced at any time."""

import httpx

from edge.config import ServerConfig
from edge.errors import EdgeError

TIMEOUT = httpx.Timeout(30, connect=5)
FINAL = frozenset({400, 403, 404, 405, 409, 410, 411, 413, 415, 422})
"""Answers that another try would not change. Anything else (no token yet, busy, broken) is tried again."""


class ServerUnreachable(EdgeError):
    """The server could not be reached or cannot now; trying again may help."""

    code = "edge.server_unreachable"


class ServerRefused(EdgeError):
    """The server answered and said no."""

    code = "edge.server_refused"


class ServerHttp:
    """Safe to use from several threads: each request has a connection of its own."""

    def __init__(self, server: ServerConfig, transport: httpx.BaseTransport | None = None) -> None:
        self._server, self._transport = server, transport

    def get(self, path: str, most_bytes: int) -> bytes:
        """The body. Raises ServerUnreachable, ServerRefused."""
        answer = self._request("GET", path)
        if len(answer.content) > most_bytes:
            raise ServerRefused(f"{path}: {len(answer.content)} bytes; at most {most_bytes} are taken")
        return answer.content

    def put(self, path: str, content: str) -> None:
        """Send JSON. Raises ServerUnreachable, ServerRefused."""
        self._request("PUT", path, content=content.encode(), headers={"Content-Type": "application/json"})

    def _request(self, method: str, path: str, **more: object) -> httpx.Response:
        headers = {**self._authorization(), **more.pop("headers", {})}  # type: ignore[dict-item]
        try:
            with httpx.Client(base_url=self._server.url, timeout=TIMEOUT, transport=self._transport) as client:
                answer = client.request(method, path, headers=headers, **more)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            raise ServerUnreachable(f"{self._server.url}: {type(error).__name__}: {error}") from error
        if answer.is_success:
            return answer
        reason = f"{path}: {answer.status_code} {answer.reason_phrase}: {answer.text[:300]}"
        raise (ServerRefused if answer.status_code in FINAL else ServerUnreachable)(reason)

    def _authorization(self) -> dict[str, str]:
        if self._server.token_file is None:
            return {}
        try:
            token = self._server.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ServerUnreachable(f"the token file {self._server.token_file} cannot be read: {error}") from error
        return {"Authorization": f"Bearer {token}"}
