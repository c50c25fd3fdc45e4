"""A move that somebody asks for, as its conditions see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from server.auth.person import Person
from server.cases import fields as f
from server.cases.calendar import Limits
from server.cases.tables import Case
from server.cases.workflow import State
from server.errors import InvalidInput


@dataclass(frozen=True)
class Asked:
    """A move that somebody asks for."""

    session: Session
    case: Case
    to: State
    actor: Person
    fields: f.NoFields
    reason: str
    now: datetime
    limits: Limits


Guard = Callable[[Asked], None]


def after_now(field: str, at: datetime | None, now: datetime) -> None:
    """Raises InvalidInput for a time that has passed."""
    if at is not None and at <= now:
        raise InvalidInput([{"field": field, "value": at.isoformat(), "allowed": "after now"}])
