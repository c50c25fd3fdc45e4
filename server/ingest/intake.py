"""Turn a batch of deliveries into one committed transaction. Each stands alone in a savepoint: a bad one harms none."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from edge.contracts.codec import Envelope
from edge.contracts.errors import ContractError
from edge.contracts.messages import Presence
from server.clock import Clock
from server.db import Database
from server.ingest import dead_letters, dispatch, inbox
from server.ingest.dispatch import ForgedSource
from server.ingest.inbox import ChangedContent

log = logging.getLogger(__name__)
# Never the message's fault: the disk is full, the database is locked, gone, or not migrated yet.
NOT_NOW = (OperationalError, InterfaceError, PoolTimeout, ProgrammingError)
Refusal = ContractError | ForgedSource | ChangedContent
Accept = Callable[[Session, Envelope, str, datetime], None]


class Unavailable(Exception):
    """The database could not take the batch now. Nothing of it was committed; nothing of it may be acknowledged."""

    code = "ingest.unavailable"


@dataclass(frozen=True)
class Delivery:
    """One MQTT publish."""

    topic: str
    payload: bytes


@dataclass(frozen=True)
class Outcome:
    """What became of a delivery: committed when `rejected` is null, else a dead letter with that reason.

    `edge_id` and `message_id` are null when nobody can or need be answered (unreadable, presence).
    """

    edge_id: str | None
    message_id: UUID | None
    rejected: str | None = None


class Intake:
    """`take` is the whole of ingest without the network."""

    def __init__(self, database: Database, clock: Clock, accept: Accept = dispatch.accept) -> None:
        self._database, self._clock, self._accept_one = database, clock, accept

    def take(self, deliveries: Sequence[Delivery]) -> list[Outcome]:
        """Commit the batch and tell the outcome of each, in order. Raises Unavailable with nothing committed.

        Only a delivery whose handler failed unexpectedly may be committed apart from the others: it is tried once
        more alone, then kept as a dead letter.
        """
        try:
            with self._database.session_scope() as session:
                outcomes = [self._take_one(session, delivery) for delivery in deliveries]
            return [
                outcome if isinstance(outcome, Outcome) else self._take_alone(delivery)
                for delivery, outcome in zip(deliveries, outcomes, strict=True)
            ]
        except NOT_NOW as error:
            raise Unavailable(f"{type(error).__name__}: {error.args[0] if error.args else error}") from error

    def _take_one(self, session: Session, delivery: Delivery) -> Outcome | Exception:
        """The outcome, or the error of a handler that says nothing about the message itself."""
        try:
            with session.begin_nested():
                return self._accept(session, delivery)
        except (ContractError, ForgedSource, ChangedContent) as refusal:
            return self._refuse(session, delivery, refusal)
        except NOT_NOW:
            raise
        except Exception as error:
            log.exception("a message on %s failed", delivery.topic)
            return error

    def _take_alone(self, delivery: Delivery) -> Outcome:
        with self._database.session_scope() as session:
            outcome = self._take_one(session, delivery)
            if isinstance(outcome, Outcome):
                return outcome
            reason = f"{type(outcome).__name__}: {outcome}"
            return self._bury(session, delivery, "ingest.handler_failed", reason)

    def _accept(self, session: Session, delivery: Delivery) -> Outcome:
        envelope = dispatch.open_envelope(delivery.topic, delivery.payload)
        self._accept_one(session, envelope, inbox.content_hash(delivery.payload), self._clock.now())
        session.flush()
        return _answer(envelope)

    def _refuse(self, session: Session, delivery: Delivery, refusal: Refusal) -> Outcome:
        if isinstance(refusal, ForgedSource | ChangedContent):
            kind, edge_id = refusal.code.removeprefix("ingest."), dead_letters.edge_of(delivery.topic) or ""
            dead_letters.alarm(session, kind, edge_id, refusal.facts, self._clock.now())
        return self._bury(session, delivery, refusal.code, str(refusal))

    def _bury(self, session: Session, delivery: Delivery, code: str, reason: str) -> Outcome:
        letter = dead_letters.keep(session, delivery.topic, delivery.payload, code, reason, self._clock.now())
        session.flush()
        return Outcome(letter.edge_id, letter.message_id, f"{code}: {letter.detail}"[:400])


def _answer(envelope: Envelope) -> Outcome:
    if isinstance(envelope.message, Presence):
        return Outcome(None, None)
    return Outcome(envelope.source, envelope.id)
