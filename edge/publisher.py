"""Brings the outbox to the server. A row leaves the outbox only on the server's application ack, never on a PUBACK.

One thread. `run` retries for ever with back-off and jitter; `run_once` lives as long as one connection and fails.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edge.clock import Clock
from edge.config import BrokerConfig
from edge.contracts.codec import decode
from edge.contracts.commands import Ack, DesiredConfig, Probe, Recheck, Watch
from edge.contracts.errors import ContractError
from edge.contracts.topics import Channel, topic
from edge.errors import DiskFull, EdgeError
from edge.link import BrokerUnreachable, Connect, Link, Lost, Received, Session, TakenOver
from edge.presence import Identity, birth, death, presence_topic
from edge.store import EdgeStore, Waiting
from edge.stream.backoff import Backoff

log = logging.getLogger(__name__)
Command = Recheck | Watch | Probe | DesiredConfig
MOST_PATIENCE = 8


@dataclass(frozen=True)
class Delivery:
    """`window`: messages on their way at once. `resend_after_s`: patience for the server's ack, and for a PUBACK.

    It doubles with every resend of a message, up to 8 times: a server that is only slow must not get more to do.
    """

    window: int = 50
    resend_after_s: float = 15.0
    idle_s: float = 1.0
    keepalive_s: int = 30
    backoff_first_s: float = 0.5
    backoff_limit_s: float = 30.0


@dataclass(slots=True)
class Flight:
    """A message that was handed to the connection: when it falls due again, and whether the broker has taken it."""

    ticket: int
    due: float
    patience_s: float
    taken: bool = False


class Publisher:
    """`on_command` gets what the server wants; it should only note it down. `timer` gives seconds, monotonic.

    `identity` is what the next birth tells.
    """

    def __init__(
        self,
        identity: Identity,
        store: EdgeStore,
        broker: BrokerConfig,
        clock: Clock,
        connect: Connect,
        on_command: Callable[[Command], None],
        delivery: Delivery = Delivery(),
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self.identity, self._store, self._broker = identity, store, broker
        self._clock, self._connect, self._on_command = clock, connect, on_command
        self._delivery, self._timer = delivery, timer
        self._backoff = Backoff(delivery.backoff_first_s, delivery.backoff_limit_s)
        self._flights: dict[UUID, Flight] = {}
        self._link: Link | None = None
        self._trouble = ""
        self.connected = threading.Event()
        self.clock_offset_s: float | None = None

    def wake(self) -> None:
        """Something new is in the outbox. Any thread may call it."""
        if (link := self._link) is not None:
            link.wake()

    def run(self, stop: threading.Event) -> None:
        """Deliver until `stop` is set. Trouble is logged once when it comes and once when it is over."""
        while not stop.is_set():
            try:
                self.run_once(stop)
            except EdgeError as trouble:
                self._tell(str(trouble))
            except Exception:
                log.exception("the publisher stumbled; it starts over")
            if not stop.is_set():
                stop.wait(self._backoff.next_s())

    def _tell(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            log.warning("not delivering: %s", trouble)

    def run_once(self, stop: threading.Event) -> None:
        """Connect, say that we are here, deliver until `stop`. Raises BrokerUnreachable or BrokerRefused."""
        edge_id, boot = self.identity.edge_id, self._store.next_boot()
        will = (presence_topic(edge_id), death(self.identity, boot, self._clock.now()))
        down = [topic(edge_id, channel) for channel in (Channel.ACK, Channel.COMMAND, Channel.CONFIG)]
        link = self._connect(self._broker, Session(f"edge-{edge_id}", will, down, self._delivery.keepalive_s))
        self._flights.clear()
        try:
            link.publish(presence_topic(edge_id), birth(self.identity, boot, self._clock.now()), retain=True)
            self._link = link
            self.connected.set()
            log.info("connected to the broker as %s, boot %d", edge_id, boot)
            while not stop.is_set():
                self._fill(link)
                self._take(link, self._events(link))
            link.publish(*will, retain=True)
        finally:
            self.connected.clear()
            self._link = None
            link.close()

    def _fill(self, link: Link) -> None:
        room = self._delivery.window - len(self._flights)
        if room > 0:
            for row in self._store.waiting(self._flights.keys(), room):
                self._hand_over(link, row, self._delivery.resend_after_s)
        now = self._timer()
        for message_id, flight in list(self._flights.items()):
            if flight.due <= now:
                self._resend(link, message_id, flight)

    def _hand_over(self, link: Link, row: Waiting, patience_s: float) -> None:
        ticket = link.publish(row.topic, row.payload)
        self._flights[row.id] = Flight(ticket, self._timer() + patience_s, patience_s)

    def _resend(self, link: Link, message_id: UUID, flight: Flight) -> None:
        # What the broker has not taken still lies in the connection's own queue: a second copy would pile up there.
        if not flight.taken:
            raise BrokerUnreachable(f"the broker took nothing for {self._delivery.resend_after_s:g} s")
        row = self._store.again(message_id)
        if row is None:
            del self._flights[message_id]
        else:
            self._hand_over(link, row, min(2 * flight.patience_s, MOST_PATIENCE * self._delivery.resend_after_s))

    def _events(self, link: Link) -> list[Received | TakenOver]:
        """What happened, waiting for the first of it, then all that is there."""
        found: list[Received | TakenOver] = []
        event = link.next_event(self._patience_s())
        while event is not None:
            if isinstance(event, Lost):
                raise BrokerUnreachable(f"the connection was lost: {event.reason}")
            found.append(event)
            event = link.next_event(0)
        return found

    def _patience_s(self) -> float:
        if not self._flights:
            return self._delivery.idle_s
        soonest = min(flight.due for flight in self._flights.values())
        return min(self._delivery.idle_s, max(0.0, soonest - self._timer()))

    def _take(self, link: Link, events: list[Received | TakenOver]) -> None:
        acks: list[Ack] = []
        received = [event for event in events if isinstance(event, Received)]
        for event in received:
            self._open(event, acks)
        if acks:
            self._release(acks)
        for event in received:
            link.done(event)
        taken = {event.ticket for event in events if isinstance(event, TakenOver)}
        for message_id, flight in list(self._flights.items()):
            if flight.ticket in taken:
                self.taken_over(message_id, flight)

    def taken_over(self, message_id: UUID, flight: Flight) -> None:
        """The broker has it, which promises nothing: the row stays until the server's ack."""
        flight.taken, flight.due = True, self._timer() + flight.patience_s

    def _open(self, event: Received, acks: list[Ack]) -> None:
        try:
            envelope = decode(event.payload)
        except ContractError as error:
            log.warning("a message on %s is passed over: %s", event.topic, error)
            return
        self._works_again()
        if isinstance(envelope.message, Ack):
            self._measure_offset(envelope.sent_at)
            acks.append(envelope.message)
        elif isinstance(envelope.message, Command):
            self._obey(envelope.message)

    def _obey(self, command: Command) -> None:
        try:
            self._on_command(command)
        except Exception:
            log.exception("a %s command could not be carried out", command.kind)

    def _release(self, acks: list[Ack]) -> None:
        done = [message_id for ack in acks for message_id in ack.ids]
        refusals = {refusal.id: refusal.reason for ack in acks for refusal in ack.rejected}
        try:
            self._store.forget(done)
            if refusals:
                log.error(
                    "the server refused %d message(s): %s", len(refusals), "; ".join(set(refusals.values()))[:500]
                )
                self._store.reject(refusals, self._clock.now())
        except DiskFull as full:
            # They stay, are sent again later, and the server acks them again.
            self._tell(str(full))
            return
        for message_id in (*done, *refusals):
            self._flights.pop(message_id, None)

    def _works_again(self) -> None:
        self._backoff.reset()
        if self._trouble:
            log.info("delivering again")
            self._trouble = ""

    def _measure_offset(self, server_time: datetime) -> None:
        """Server clock minus ours, in seconds. A slow way makes it too small, so the largest of late is nearest."""
        seen = (server_time - self._clock.now()).total_seconds()
        known = self.clock_offset_s
        self.clock_offset_s = seen if known is None or seen > known else known + (seen - known) * 0.01
