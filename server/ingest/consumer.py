"""The loop between broker and database: take what waits, commit it, tell the edges, and only then ack to the broker.

`run` retries, `take_waiting` just fails. One thread works; paho's thread only fills the queue.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic
from uuid import UUID

from edge.contracts import codec
from edge.contracts.codec import Envelope
from edge.contracts.commands import Ack, Rejected
from edge.contracts.ids import uuid7
from edge.contracts.topics import Channel, topic
from server.clock import Clock
from server.config import BrokerSettings
from server.db import Database
from server.fleet.service import LOCAL
from server.ingest import dispatch
from server.ingest.connection import Arrival, Connection
from server.ingest.downlink import Downlink
from server.ingest.intake import Intake, Outcome, Unavailable

log = logging.getLogger(__name__)
BATCH = 50
"""Enough to share the cost of a commit, few enough that others who write wait only a moment."""
IDLE_S = 0.25
RETRY_DELAYS_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
DROPPED_PAUSE_S = 2.0


class Consumer:
    """Ingest and downlink of one server process. `start`, then `stop`; safe to start again."""

    def __init__(self, settings: BrokerSettings, database: Database, clock: Clock, home: str = LOCAL) -> None:
        self._settings, self._clock = settings, clock
        self._intake = Intake(database, clock, partial(dispatch.accept, home=home))
        self._downlink = Downlink(database, clock)
        self._arrivals: Queue[Arrival | None] = Queue()
        self._connection: Connection | None = None
        self._stopping = Event()
        self._thread: Thread | None = None
        self.taken = 0
        """How many deliveries were committed or buried since the start."""

    @property
    def is_up(self) -> bool:
        """Whether the broker has accepted the connection and the subscriptions."""
        return self._connection is not None and self._connection.is_up

    def start(self) -> None:
        """Connect in the background and begin working."""
        self._stopping.clear()
        self._connect()
        self._thread = Thread(target=self.run, name="ingest", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the batch in hand and disconnect; what was not acknowledged comes again later."""
        self._stopping.set()
        self._arrivals.put(None)
        if self._thread is not None:
            self._thread.join(timeout=30)
            self._thread = None
        if self._connection is not None:
            self._connection.stop()
            self._connection = None

    def wake(self) -> None:
        """There is something to send down."""
        self._arrivals.put(None)

    def wait_up(self, timeout_s: float) -> bool:
        """Wait until the broker has accepted us."""
        return _wait(lambda: self.is_up, timeout_s)

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until nothing that has arrived is still in hand. What is on its way cannot be known here."""
        return _wait(lambda: self._arrivals.unfinished_tasks == 0, timeout_s)

    def run(self) -> None:
        """Work until stopped. Nothing that a message or the database does ends this loop."""
        while not self._stopping.is_set():
            try:
                self.run_once()
            except Unavailable as error:
                log.error("the database takes nothing (%s); dropping the connection so that it all comes back", error)
                self._drop()
            except Exception:
                log.exception("ingest failed; dropping the connection so that nothing is lost")
                self._drop()

    def run_once(self) -> None:
        """One round: what waits goes into the database, what is due goes down. Raises Unavailable."""
        waiting = self._waiting(BATCH, IDLE_S)
        arrivals = [arrival for arrival in waiting if arrival is not None]
        try:
            if arrivals:
                self.take(arrivals)
        finally:
            self._let_go(waiting)
        if self._connection is not None and self._connection.is_up:
            self._downlink.send(self._connection.publish)

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Commit, then the application acks, then the MQTT acks: in this order. Raises Unavailable."""
        outcomes = self._commit(arrivals)
        connection = self._connection
        if connection is None:
            return
        for edge_id, ack in _acks(outcomes):
            at = self._clock.now()
            payload = codec.encode(Envelope(uuid7(at), "server", at, ack))
            connection.publish(topic(edge_id, Channel.ACK), payload)
        for arrival in arrivals:
            connection.acknowledge(arrival)
        self.taken += len(arrivals)

    def _commit(self, arrivals: Sequence[Arrival]) -> list[Outcome]:
        deliveries = [arrival.delivery for arrival in arrivals]
        for delay_s in RETRY_DELAYS_S:
            try:
                return self._intake.take(deliveries)
            except Unavailable as error:
                log.warning("retrying %d messages in %.2f s: %s", len(deliveries), delay_s, error)
            if self._stopping.wait(delay_s):
                break
        return self._intake.take(deliveries)

    def _connect(self) -> None:
        self._connection = Connection(self._settings, self._arrivals, self._downlink.say_all_again)
        self._connection.start()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.stop()
        self._let_go(self._waiting(self._arrivals.qsize(), 0))
        if not self._stopping.wait(DROPPED_PAUSE_S):
            self._connect()

    def _waiting(self, at_most: int, patience_s: float) -> list[Arrival | None]:
        """What is in the queue, after waiting for the first of it. A None is only a wake-up."""
        found: list[Arrival | None] = []
        try:
            while len(found) < at_most:
                found.append(self._arrivals.get(timeout=patience_s) if not found else self._arrivals.get_nowait())
        except Empty:
            pass
        return found

    def _let_go(self, taken: Sequence[Arrival | None]) -> None:
        for _ in taken:
            self._arrivals.task_done()


def _acks(outcomes: Sequence[Outcome]) -> list[tuple[str, Ack]]:
    """One application ack for each edge of the batch."""
    ids: defaultdict[str, list[UUID]] = defaultdict(list)
    refused: defaultdict[str, list[Rejected]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.edge_id is None or outcome.message_id is None:
            continue
        if outcome.rejected is None:
            ids[outcome.edge_id].append(outcome.message_id)
        else:
            refused[outcome.edge_id].append(Rejected(id=outcome.message_id, reason=outcome.rejected))
    edges = sorted(ids.keys() | refused.keys())
    return [(edge_id, Ack(ids=ids[edge_id], rejected=refused[edge_id])) for edge_id in edges]


def _wait(is_so: Callable[[], bool], timeout_s: float) -> bool:
    until = monotonic() + timeout_s
    while not is_so():
        if monotonic() > until:
            return False
        Event().wait(0.01)
    return True
