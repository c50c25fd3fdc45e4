"""How fast alerts become open cases: through the intake alone, and through a real broker at a steady rate.

Times are wall time, because that is what a waiting alert feels; give ratios between rows of one run.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from math import ceil

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from sqlmodel import func, select

from edge.contracts import codec
from edge.contracts.commands import Ack
from edge.contracts.topics import Channel, topic
from server.cases.tables import Case
from server.clock import Clock
from server.config import BrokerSettings
from server.db import Database
from server.ingest.consumer import Consumer
from server.ingest.intake import Delivery, Intake
from server.ingest.load import EDGES, alerts

WARM_UP = 50
ACKS_WITHIN_S = 60.0
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Row:
    """One way of taking `events` alerts: how many a second, and how long one took, median and 95 %, milliseconds.

    Through the intake an alert takes as long as its batch; through the broker, from publishing to application ack.
    """

    database: str
    way: str
    batch: int | None
    events: int
    events_per_s: float
    median_ms: float
    p95_ms: float

    def as_json(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


class LostEvents(Exception):
    """Fewer cases are open than alerts were sent."""


def through_intake(database: Database, clock: Clock, events: int, batch: int, first: int) -> Row:
    """A closed loop: the next batch as soon as the last is committed. `first` numbers the cameras, each used once."""
    intake = Intake(database, clock)
    waiting = list(alerts(WARM_UP + events, clock.now(), first))
    intake.take(waiting[:WARM_UP])
    before, took, begun = _cases(database), [], time.perf_counter()
    for at in range(WARM_UP, len(waiting), batch):
        started = time.perf_counter()
        taken = intake.take(waiting[at : at + batch])
        took += [time.perf_counter() - started] * len(taken)
    spent = time.perf_counter() - begun
    _check(database, before, events)
    return _row(database, "intake", batch, took, spent)


def through_broker(
    database: Database, clock: Clock, broker: BrokerSettings, events: int, rate_per_s: float, first: int
) -> Row:
    """An open loop: alerts are published at `rate_per_s` whether or not the server keeps up, each timed to its ack."""
    consumer = Consumer(broker, database, clock)
    consumer.start()
    try:
        if not consumer.wait_up(10):
            raise ConnectionError(f"no broker accepts us at {broker.host}:{broker.port}")
        before = _cases(database)
        with _Edges(broker) as edges:
            begun = time.perf_counter()
            for number in range(events):
                time.sleep(max(0.0, begun + number / rate_per_s - time.perf_counter()))
                edges.publish(next(alerts(1, clock.now(), first + number)))
            took = edges.wait(ACKS_WITHIN_S)
            spent = time.perf_counter() - begun
        _check(database, before, events)
    finally:
        consumer.stop()
    return _row(database, f"broker at {rate_per_s:g}/s", None, took, spent)


def run(
    database: Database, clock: Clock, broker: BrokerSettings | None, events: int, rates: list[float]
) -> Iterator[Row]:
    """Every row, each with cameras of its own."""
    first = 0
    for batch in (1, 10, 50, 200):
        yield through_intake(database, clock, events, batch, first)
        first += events + WARM_UP
    for rate in rates if broker is not None else []:
        assert broker is not None
        yield through_broker(database, clock, broker, events, rate, first)
        first += events


class _Edges:
    """One connection that stands for every edge: publishes, and hears the application acks."""

    def __init__(self, broker: BrokerSettings) -> None:
        self._sent: dict[str, float] = {}
        self._took: list[float] = []
        self._all_here = threading.Condition()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, client_id="bench-edges", protocol=paho.MQTTv5)
        self._client.on_message = self._on_message
        self._client.max_inflight_messages_set(10_000)
        self._client.connect(broker.host, broker.port)

    def __enter__(self) -> "_Edges":
        for number in range(EDGES):
            self._client.subscribe(topic(f"bench-{number}", Channel.ACK), qos=1)
        self._client.loop_start()
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def publish(self, delivery: Delivery) -> None:
        """Send one alert and note when."""
        with self._all_here:
            self._sent[str(codec.decode(delivery.payload).id)] = time.perf_counter()
        self._client.publish(delivery.topic, delivery.payload, qos=1)

    def wait(self, timeout_s: float) -> list[float]:
        """Seconds from publishing to ack of each alert. Raises LostEvents when acks are missing after `timeout_s`."""
        with self._all_here:
            if not self._all_here.wait_for(lambda: not self._sent, timeout_s):
                raise LostEvents(f"{len(self._sent)} alerts had no ack after {timeout_s:g} s")
            return list(self._took)

    def _on_message(self, _client: object, _userdata: object, message: paho.MQTTMessage) -> None:
        now, ack = time.perf_counter(), codec.decode(bytes(message.payload)).message
        if not isinstance(ack, Ack):
            return
        with self._all_here:
            for name in map(str, ack.ids):
                sent = self._sent.pop(name, None)
                if sent is not None:
                    self._took.append(now - sent)
            self._all_here.notify_all()


def _cases(database: Database) -> int:
    with database.session_scope(write=False) as session:
        return session.exec(select(func.count()).select_from(Case)).one()


def _check(database: Database, before: int, events: int) -> None:
    opened = _cases(database) - before
    if opened != events:
        raise LostEvents(f"{events} alerts were sent and {opened} cases opened")


def _row(database: Database, way: str, batch: int | None, took: list[float], spent: float) -> Row:
    ordered = sorted(took)
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    median, p95 = (1000 * ordered[ceil(share * len(ordered)) - 1] for share in (0.5, 0.95))
    return Row(kind, way, batch, len(took), round(len(took) / spent, 1), round(median, 2), round(p95, 2))
