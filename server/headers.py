"""What every response carries, and how much a request body may hold."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import ServerError
from server.problems import problem

CSP = (
    "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
SECURITY = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
MAX_BODY_BYTES = 1_000_000
UPLOADS = ("/api/evidence/", "/api/party/evidence/")
TABLES, MAX_TABLE_BYTES = "/api/subjects/imports", 10_500_000
"""Files with rows of subjects: ten megabytes and what wraps them."""


class SecurityHeaders:
    """Adds the headers that a response does not set itself; HSTS when people come over HTTPS."""

    def __init__(self, app: ASGIApp, is_https: bool) -> None:
        self._app = app
        self._headers = SECURITY | ({"Strict-Transport-Security": "max-age=31536000"} if is_https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with)


class BodyLimit:
    """Refuses bodies over a megabyte, by their header or as they come. Evidence has its own limits."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"].startswith(UPLOADS):
            await self._app(scope, receive, send)
            return
        limit = MAX_TABLE_BYTES if scope["path"].startswith(TABLES) else MAX_BODY_BYTES
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdigit() or int(length[:16]) > limit:
            await _too_large(limit)(scope, receive, send)
            return
        seen, started = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooMuch
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except _TooMuch:
            if not started:
                await _too_large(limit)(scope, receive, send)


class _TooMuch(Exception):
    pass


def _too_large(limit: int) -> JSONResponse:
    facts = {"max_bytes": limit}
    return problem(ServerError(413, "http.body_too_large", "The body is too large", facts))
