"""A broker and a server in memory, in the test's own thread: nothing happens but what the test says."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from edge.config import BrokerConfig
from edge.contracts.codec import Envelope, decode, encode
from edge.contracts.commands import Ack
from edge.contracts.ids import uuid7
from edge.contracts.topics import Channel, topic
from edge.errors import EdgeError
from edge.link import BrokerUnreachable, Event, Received, Session, TakenOver
from tests.fakes.messages import EDGE, START


@dataclass
class FakeTimer:
    """Monotonic seconds that pass only while somebody waits for an event."""

    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class FakeLink:
    """A connection of the FakeBroker."""

    broker: "FakeBroker"
    session: Session
    events: deque[Event] = field(default_factory=deque)
    done_tokens: list[int] = field(default_factory=list)
    closed: bool = False

    def next_event(self, timeout_s: float) -> Event | None:
        if not self.events and timeout_s > 0:
            self.broker.timer.now_s += timeout_s
            self.broker.idle(self)
        return self.events.popleft() if self.events else None

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> int:
        if self.closed:
            raise BrokerUnreachable("closed")
        self.broker.published.append((topic, payload, retain))
        ticket = len(self.broker.published)
        if self.broker.takes:
            self.events.append(TakenOver(ticket))
        if not retain and self.broker.server is not None:
            self.broker.server(self, decode(payload))
        return ticket

    def send(self, envelope: Envelope, channel: Channel) -> None:
        """What the server would publish to this edge."""
        self.deliver(topic(EDGE, channel), encode(envelope))

    def deliver(self, name: str, payload: bytes) -> None:
        """Any payload on any topic."""
        self.broker.tokens += 1
        self.events.append(Received(name, payload, self.broker.tokens))

    def done(self, received: Received) -> None:
        self.done_tokens.append(received.token)

    def wake(self) -> None: ...

    def close(self) -> None:
        self.closed = True


def ack(link: FakeLink, *ids: UUID) -> None:
    """The server's application ack."""
    link.send(Envelope(uuid7(START), "server", START, Ack(ids=list(ids))), Channel.ACK)


def acks_all(link: FakeLink, envelope: Envelope) -> None:
    """A server that commits everything at once."""
    ack(link, envelope.id)


@dataclass
class FakeBroker:
    """`server` sees every message that is not retained; `trouble` makes connecting fail; `script` runs when idle.

    When the script is used up, `stop` is set, so `run_once` comes back.
    """

    server: Callable[[FakeLink, Envelope], None] | None = acks_all
    script: list[Callable[[FakeLink], None]] = field(default_factory=list)
    takes: bool = True
    trouble: list[EdgeError] = field(default_factory=list)
    timer: FakeTimer = field(default_factory=FakeTimer)
    stop: threading.Event = field(default_factory=threading.Event)
    published: list[tuple[str, bytes, bool]] = field(default_factory=list)
    links: list[FakeLink] = field(default_factory=list)
    tokens: int = 0

    def connect(self, broker: BrokerConfig, session: Session) -> FakeLink:
        if self.trouble:
            raise self.trouble.pop(0)
        link = FakeLink(self, session)
        self.links.append(link)
        return link

    def idle(self, link: FakeLink) -> None:
        if self.script:
            self.script.pop(0)(link)
        else:
            self.stop.set()

    def alerts(self) -> list[Envelope]:
        """What was published, without births and deaths, in order."""
        return [decode(payload) for _, payload, retain in self.published if not retain]
