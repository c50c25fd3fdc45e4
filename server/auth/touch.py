"""Writes down that a session was used, when the request is over: inside it the writer's turn may be taken."""

import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from server.auth.identity import RequestIdentity

log = logging.getLogger(__name__)


class TouchSessions:
    """`RequestIdentity.identify` leaves the session's id in the request's state, not more than once a minute."""

    def __init__(self, app: ASGIApp, identity: RequestIdentity) -> None:
        self._app, self._identity = app, identity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        await self._app(scope, receive, send)
        used = scope.get("state", {}).get("session_used")
        if used is None:
            return
        try:
            await run_in_threadpool(self._identity.touch, used)
        except SQLAlchemyError as error:
            log.warning("the use of a session was not written down: %s", error)
