"""What a request needs from the composition root: sessions, the time, the settings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from server.clock import Clock
from server.config import ServerSettings
from server.db import Database

if TYPE_CHECKING:
    from server.auth.person import Person


@dataclass(frozen=True)
class Services:
    """Kept at `app.state.services`; made once by `server.app.create_app`."""

    settings: ServerSettings
    clock: Clock
    database: Database
    identify: "Callable[[Request], Person | None]"
    secret_key: bytes
    """For `server.auth.secret.keyed_digest`."""


def services_of(request: Request) -> Services:
    """The services of the app that got this request."""
    return request.app.state.services


def _now(request: Request) -> datetime:
    return services_of(request).clock.now()


def _reading(request: Request) -> Iterator[Session]:
    with services_of(request).database.session_scope(write=False) as session:
        yield session


def _writing(request: Request) -> Iterator[Session]:
    with services_of(request).database.session_scope() as session:
        yield session


Now = Annotated[datetime, Depends(_now)]
# scope="function": the transaction ends before the response leaves, so that nobody is told "done" before the commit.
ReadSession = Annotated[Session, Depends(_reading, scope="function")]
WriteSession = Annotated[Session, Depends(_writing, scope="function")]
