"""From a request to a person: the bearer token, or the session cookie of the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Request, Response

from server.auth import service
from server.auth.person import Person
from server.auth.throttle import Throttle
from server.auth.tokens import TokenKind
from server.clock import Clock
from server.config import HttpSettings
from server.db import Database
from server.errors import ServerError, Unauthorized

WATCHING = frozenset({"/api/events"})
"""An open page that only watches does not keep a session alive."""
BROWSER_IS_KNOWN_FOR = timedelta(days=180)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CrossSite(ServerError):
    """A change asked for with the session cookie, but not from our own page."""

    def __init__(self) -> None:
        super().__init__(403, "auth.cross_site", "A session may only make changes from our own page")


class RequestIdentity:
    """`identify` is what `current_person` asks; None when the request names nobody that we know."""

    def __init__(self, http: HttpSettings, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._throttle = Throttle(http.failed_logins_per_minute)
        self.is_https = (http.public_url or "").startswith("https://")
        self.cookie_name = "__Host-shouwei" if self.is_https else "shouwei_session"
        self.browser_cookie_name = "__Host-shouwei-browser" if self.is_https else "shouwei_browser"
        self.session_lives = timedelta(hours=http.session_hours)
        self._idle = timedelta(minutes=http.session_idle_minutes)

    def identify(self, request: Request) -> Person | None:
        """The person. Raises TooManyAttempts (too many wrong tokens) or CrossSite."""
        found = self._presented(request)
        if found is None:
            return None
        text, kinds = found
        now = self._clock.now()
        with self._database.session_scope(write=False) as session:
            person = service.identify(session, text, kinds, now, self._idle)
            if person is not None and kinds == service.COOKIE_KINDS and request.url.path not in WATCHING:
                request.state.session_used = service.to_touch(session, text, now)
        if person is None:
            self.failed(request)
        elif kinds == service.COOKIE_KINDS and request.method not in SAFE_METHODS and not _is_own_page(request):
            raise CrossSite
        return person

    def only_from_our_own_page(self, request: Request) -> None:
        """A browser may not be logged in by another site. Raises CrossSite."""
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            raise CrossSite

    @contextmanager
    def counting(self, request: Request) -> Iterator[None]:
        """Counts an Unauthorized inside it as a failure of the address."""
        try:
            yield
        except Unauthorized:
            self.failed(request)
            raise

    def hand_out(self, response: Response, session: str, browser: str | None = None) -> None:
        """Give the browser its session cookie, and the mark by which it is known again."""
        self._set(response, self.cookie_name, session, self.session_lives)
        if browser is not None:
            self._set(response, self.browser_cookie_name, browser, BROWSER_IS_KNOWN_FOR)

    def browser_mark(self, request: Request) -> str | None:
        """The mark of a browser in which somebody logged in before."""
        return request.cookies.get(self.browser_cookie_name)

    def touch(self, token_id: UUID) -> None:
        """The session was used now."""
        with self._database.session_scope() as session:
            service.touch(session, token_id, self._clock.now())

    def failed(self, request: Request) -> None:
        """Count a wrong token or code. Raises TooManyAttempts."""
        self._throttle.failed(request.client.host if request.client else "", self._clock.now())

    def session_token(self, request: Request) -> str | None:
        """The session cookie's value."""
        return request.cookies.get(self.cookie_name)

    def _set(self, response: Response, name: str, text: str, lives: timedelta) -> None:
        response.set_cookie(
            name,
            text,
            max_age=int(lives.total_seconds()),
            path="/",
            secure=self.is_https,
            httponly=True,
            samesite="strict",
        )

    def _presented(self, request: Request) -> tuple[str, frozenset[TokenKind]] | None:
        header = request.headers.get("authorization")
        if header is not None:
            scheme, _, text = header.partition(" ")
            return (text.strip() if scheme.lower() == "bearer" else "", service.API_KINDS)
        cookie = self.session_token(request)
        return None if cookie is None else (cookie, service.COOKIE_KINDS)


def _is_own_page(request: Request) -> bool:
    """SameSite=Strict holds other sites off already; this also holds off another port of the same host."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")
