"""The consumer against the embedded broker: acks after the commit, and what comes back when it could not commit."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion
from sqlalchemy import text
from sqlmodel import func, select

from edge.contracts import codec
from edge.contracts.commands import Ack, DesiredConfig, Recheck
from edge.contracts.messages import Message
from edge.contracts.topics import Channel, topic
from server.alerts.tables import Alert
from server.clock import ManualClock
from server.config import BrokerSettings
from server.db import Database
from server.fleet import commands, desired
from server.fleet.tables import Edge
from server.ingest.consumer import Consumer
from server.ingest.intake import Delivery
from tests.server.wire import T0, birth, delivery, raised, sealed

pytestmark = pytest.mark.integration
PATIENCE_S = 20.0


def until(is_so: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    end = time.monotonic() + patience_s
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Box:
    """An edge reduced to its wire: sends payloads, keeps what came down."""

    def __init__(self, port: int, edge_id: str = "edge-1") -> None:
        self.down: list[Message] = []
        self.client = paho.Client(CallbackAPIVersion.VERSION2, f"box-{uuid4().hex}", protocol=paho.MQTTv5)
        self.client.on_message = lambda _c, _u, message: self.down.append(codec.decode(bytes(message.payload)).message)
        self.subscribed: list[int] = []
        self.client.on_subscribe = lambda *_: self.subscribed.append(1)
        self.client.connect("127.0.0.1", port)
        self.client.subscribe([(topic(edge_id, down), 1) for down in (Channel.ACK, Channel.COMMAND, Channel.CONFIG)])
        self.client.loop_start()
        assert until(lambda: bool(self.subscribed))

    def send(self, message: Delivery, *, retain: bool = False) -> None:
        self.client.publish(message.topic, message.payload, qos=1, retain=retain)

    def acked(self) -> set[UUID]:
        return {message_id for message in self.down if isinstance(message, Ack) for message_id in message.ids}

    def refused(self) -> dict[UUID, str]:
        return {one.id: one.reason for message in self.down if isinstance(message, Ack) for one in message.rejected}

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    pytest.importorskip("iotcore", reason="the embedded broker (extra `broker`) is not installed")
    from edge.broker import EmbeddedBroker

    with EmbeddedBroker(tmp_path / "broker") as broker:
        yield broker.port


@pytest.fixture
def consumer(port: int, database: Database, clock: ManualClock) -> Iterator[Consumer]:
    consumer = Consumer(BrokerSettings(port=port), database, clock)
    consumer.start()
    assert consumer.wait_up(PATIENCE_S)
    yield consumer
    consumer.stop()


@pytest.fixture
def box(port: int, consumer: Consumer) -> Iterator[Box]:
    box = Box(port)
    yield box
    box.close()


def alerts(database: Database) -> int:
    with database.session_scope(write=False) as session:
        return session.exec(select(func.count()).select_from(Alert)).one()


def test_good_ones_are_acked_and_bad_ones_refused_by_id(box: Box, database: Database) -> None:
    good = [sealed(raised(zone_id=f"z{n}")) for n in range(30)]
    forged = sealed(raised(), edge="edge-9")
    for envelope in good[:15]:
        box.send(delivery(envelope))
    box.send(Delivery("shouwei/v1/edge-1/alert", b"poison"))
    box.send(delivery(forged, on_edge="edge-1"))
    for envelope in good[15:]:
        box.send(delivery(envelope))
    assert until(lambda: box.acked() == {envelope.id for envelope in good})
    assert until(lambda: forged.id in box.refused())
    assert alerts(database) == 30


def test_nothing_is_acked_while_the_database_takes_nothing_and_all_comes_back(
    box: Box, consumer: Consumer, database: Database
) -> None:
    with database.session_scope() as session:
        session.execute(text("ALTER TABLE inbox_message RENAME TO away"))
    envelope = sealed(raised())
    box.send(delivery(envelope))
    time.sleep(1.0)
    assert box.acked() == set()
    with database.session_scope() as session:
        session.execute(text("ALTER TABLE away RENAME TO inbox_message"))
    assert until(lambda: envelope.id in box.acked())
    assert alerts(database) == 1


def test_a_consumer_that_was_away_takes_what_was_sent_meanwhile_or_again(
    box: Box, consumer: Consumer, database: Database
) -> None:
    consumer.stop()
    envelope = sealed(raised())
    box.send(delivery(envelope))
    consumer.start()
    assert consumer.wait_up(PATIENCE_S)
    box.send(delivery(envelope))
    assert until(lambda: envelope.id in box.acked())
    assert alerts(database) == 1


def test_commands_and_the_desired_configuration_go_down(
    box: Box, consumer: Consumer, database: Database, clock: ManualClock
) -> None:
    recheck = Recheck(command_id=uuid4(), camera_id="cam-1", zone_id="z1", violation="outdoor_display")
    with database.session_scope() as session:
        session.add(Edge(id="edge-1", first_seen_at=T0, last_seen_at=T0))
        session.flush()
        commands.queue_command(session, "edge-1", recheck, clock.now())
        assert desired.refresh(session, "edge-1", [], clock.now())
        assert not desired.refresh(session, "edge-1", [], clock.now())
    consumer.wake()
    assert until(lambda: recheck in box.down and DesiredConfig(version=1) in box.down)
    time.sleep(0.6)
    assert len(box.down) == 2, "the clock stands still, so nothing is sent again"


def test_a_retained_birth_is_seen_by_a_server_that_starts_later(
    port: int, database: Database, clock: ManualClock
) -> None:
    box = Box(port)
    box.send(delivery(sealed(birth(3))), retain=True)
    consumer = Consumer(BrokerSettings(port=port, client_id="later"), database, clock)
    consumer.start()

    def online() -> bool:
        with database.session_scope(write=False) as session:
            edge = session.get(Edge, "edge-1")
            return edge is not None and edge.online

    try:
        assert until(online)
    finally:
        consumer.stop()
        box.close()


def test_a_broker_that_is_not_there_is_waited_for(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    from edge.broker import EmbeddedBroker

    with EmbeddedBroker(tmp_path / "first") as broker:
        free = broker.port
    consumer = Consumer(BrokerSettings(port=free), database, clock)
    consumer.start()
    try:
        assert not consumer.wait_up(0.3)
        with EmbeddedBroker(tmp_path / "second", free):
            assert consumer.wait_up(PATIENCE_S)
    finally:
        consumer.stop()
