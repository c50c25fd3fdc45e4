"""HTTP clients that are already somebody."""

from collections.abc import Iterable

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI

from server.auth import service as auth
from server.auth.person import SYSTEM
from server.auth.reach import ALL
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from tests.server.client import TestClient


class Doors:
    """Makes a person (or a device) with exactly the roles asked for, and a client with its token."""

    def __init__(
        self, app: FastAPI, database: Database, clock: ManualClock, portal: BlockingPortal | None = None
    ) -> None:
        """`portal`: one event loop for all requests; without it each request starts and ends a loop of its own."""
        self._app, self._database, self._clock, self._portal = app, database, clock, portal
        self._opened: list[TestClient] = []
        self.anonymous = self.with_token(None)

    def open(self, *roles: Role, name: str = "测试员", districts: Iterable[str] = (ALL,)) -> TestClient:
        """A person's client; of every district unless told."""
        with self._database.session_scope() as session:
            person = auth.create(session, SYSTEM, name, roles, self._clock.now(), districts)
            token, _ = auth.issue_bearer(session, SYSTEM, person.id, self._clock.now())
        return self.with_token(token)

    def edge(self, edge_id: str = "edge-1") -> TestClient:
        """A device's client."""
        with self._database.session_scope() as session:
            token, _ = auth.issue_device(session, SYSTEM, edge_id, self._clock.now())
        return self.with_token(token)

    def with_token(self, token: str | None) -> TestClient:
        """A client with any bearer token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # Server errors come back as responses, as they would over the wire: a test then sees the 500.
        client = TestClient(self._app, headers=headers, raise_server_exceptions=False)
        client.portal = self._portal
        self._opened.append(client)
        return client

    def close(self) -> None:
        """Close every client."""
        for client in self._opened:
            client.close()
