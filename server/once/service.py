"""Carry a request out once: the same key again gives what it made, the same key for anything else is refused."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Header
from pydantic import BaseModel
from sqlmodel import Session

from server.auth.person import Person
from server.db import serialise
from server.errors import Conflict
from server.once.tables import RequestMade

Key = Annotated[str | None, Header(min_length=1, max_length=100)]
"""The header `Idempotency-Key`, for a parameter named `idempotency_key`: made by the client when the person decides,
sent with every try. Without one, each request is carried out.
"""


@dataclass(frozen=True)
class Asked:
    """A request: whose, under which key, to which route (with the ids in its path), and what it says."""

    by: Person
    key: str | None
    route: str
    body: BaseModel

    def digest(self) -> str:
        """What tells this request from another under the same key."""
        return hashlib.sha256(f"{self.route}:{self.body.model_dump_json()}".encode()).hexdigest()


def once(session: Session, asked: Asked, now: datetime, make: Callable[[], UUID]) -> UUID:
    """The id that `make` gives, or gave when the request was carried out. `make` works in the same transaction.

    Raises Conflict when this person used the key for another request, and whatever `make` raises: then nothing is
    remembered, and the key may be used again.
    """
    if asked.key is None:
        return make()
    serialise(session, f"once:{asked.by.id}:{asked.key}")
    known = session.get(RequestMade, (asked.by.id, asked.key))
    if known is not None:
        if known.body_sha256 != asked.digest():
            facts = {"key": asked.key}
            raise Conflict("request.idempotency_key_reused", "The key was used for another request", facts)
        return known.made_id
    made = make()
    session.add(
        RequestMade(person_id=asked.by.id, key=asked.key, body_sha256=asked.digest(), made_id=made, made_at=now)
    )
    session.flush()
    return made
