"""Edge and server over a real broker: what is committed here arrives there, and presence tells the truth."""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from edge.broker import EmbeddedBroker
from edge.clock import SystemClock
from edge.config import BrokerConfig
from edge.contracts.codec import decode
from edge.contracts.messages import Presence
from edge.errors import BrokerRefused
from edge.link import BrokerUnreachable, Received, Session, TakenOver, connect
from edge.presence import Identity, birth, death, presence_topic
from edge.publisher import Delivery, Publisher
from edge.store import EdgeStore
from server.auth.reach import EVERYWHERE
from server.clock import SystemClock as ServerClock
from server.config import BrokerSettings
from server.db import Database
from server.fleet.service import edges
from server.ingest.consumer import Consumer
from tests.fakes.certificate import self_signed
from tests.fakes.messages import EDGE, START, alert
from tests.integration.kill.brokers import MOSQUITTO, Mosquitto

pytestmark = pytest.mark.integration
needs_mosquitto = pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed (Debian package: mosquitto)")


def wait_until(so: Callable[[], bool], at_most_s: float = 40) -> bool:
    until = time.monotonic() + at_most_s
    while time.monotonic() < until:
        if so():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(params=["embedded", pytest.param("mosquitto", marks=needs_mosquitto)])
def port(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[int]:
    if request.param == "embedded":
        with EmbeddedBroker(tmp_path / "broker") as embedded:
            yield embedded.port
    else:
        mosquitto = Mosquitto(tmp_path / "broker")
        mosquitto.start()
        yield mosquitto.port
        mosquitto.stop()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'server.db'}")
    database.create_all()
    yield database
    database.close()


@contextmanager
def consuming(port: int, database: Database) -> Iterator[Consumer]:
    consumer = Consumer(BrokerSettings(port=port), database, ServerClock())
    consumer.start()
    assert consumer.wait_up(20)
    yield consumer
    consumer.stop()


@contextmanager
def publishing(port: int, store: EdgeStore) -> Iterator[Publisher]:
    publisher = Publisher(
        Identity(EDGE, "0.1.0", ["cam-1"]),
        store,
        BrokerConfig(port=port),
        SystemClock(),
        connect,
        lambda command: None,
        Delivery(resend_after_s=2, backoff_first_s=0.1),
    )
    stop = threading.Event()
    thread = threading.Thread(target=publisher.run, args=(stop,))
    thread.start()
    yield publisher
    stop.set()
    publisher.wake()
    thread.join()


def online(database: Database) -> bool | None:
    with database.session_scope(write=False) as session:
        return next((edge.online for edge in edges(session, EVERYWHERE) if edge.id == EDGE), None)


def test_a_backlog_arrives_and_the_outbox_is_empty_again(port: int, database: Database, tmp_path: Path) -> None:
    with EdgeStore(tmp_path / "store.db") as store:
        store.commit([alert(i) for i in range(60)])
        with consuming(port, database), publishing(port, store) as publisher:
            assert wait_until(lambda: store.counts().alerts == 0)
            store.commit([alert(100)])
            publisher.wake()
            assert wait_until(lambda: store.counts().alerts == 0)
            assert publisher.clock_offset_s is not None
            assert abs(publisher.clock_offset_s) < 5
        assert store.counts().rejected == 0


def test_a_server_that_comes_later_gets_everything(port: int, database: Database, tmp_path: Path) -> None:
    with EdgeStore(tmp_path / "store.db") as store, publishing(port, store) as publisher:
        store.commit([alert(i) for i in range(20)])
        publisher.wake()
        assert publisher.connected.wait(20)
        with consuming(port, database):
            assert wait_until(lambda: store.counts().alerts == 0)


def test_t9_a_late_will_does_not_mark_a_living_edge_dead(port: int, database: Database) -> None:
    identity, name = Identity(EDGE), presence_topic(EDGE)
    with consuming(port, database):
        first = connect(BrokerConfig(port=port), Session("old", (name, death(identity, 1, START)), []))
        first.publish(name, birth(identity, 1, START), retain=True)
        assert wait_until(lambda: online(database) is True)
        again = connect(BrokerConfig(port=port), Session("new", (name, death(identity, 2, START)), []))
        again.publish(name, birth(identity, 2, START), retain=True)
        watcher = connect(BrokerConfig(port=port), Session("watcher", ("shouwei/v1/w/presence", b"{}"), [name]))
        _cut_off(first)
        assert wait_until(lambda: _is_death_of(watcher.next_event(1), boot=1))
        time.sleep(0.5)
        assert online(database) is True
        _cut_off(again)
        assert wait_until(lambda: online(database) is False)
        watcher.close()


def _is_death_of(event: object, boot: int) -> bool:
    message = decode(event.payload).message if isinstance(event, Received) else None
    return isinstance(message, Presence) and not message.online and message.boot == boot


def _cut_off(link: object) -> None:
    """As when the cable is pulled: no goodbye, so the broker sends the will."""
    socket = link._client.socket()  # type: ignore[attr-defined]
    socket.shutdown(2)


# paho leaves the socket of a failed handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@needs_mosquitto
def test_tls_with_a_certificate_for_each_device(tmp_path: Path) -> None:
    certificate, _ = self_signed(tmp_path / "tls")
    key = certificate.with_name("key.pem")
    more = f"certfile {certificate}\nkeyfile {key}\ncafile {certificate}\nrequire_certificate true\n"
    mosquitto = Mosquitto(tmp_path / "broker", more=more)
    mosquitto.start()
    session = Session("edge-1", ("shouwei/v1/edge-1/presence", b"{}"), [])
    try:
        ours = BrokerConfig(port=mosquitto.port, tls_ca=certificate, tls_cert=certificate, tls_key=key)
        link = connect(ours, session)
        ticket = link.publish("shouwei/v1/edge-1/alert", b"x")
        assert link.next_event(10) == TakenOver(ticket)
        link.close()
        stranger, _ = self_signed(tmp_path / "stranger")
        for wrong in (
            BrokerConfig(port=mosquitto.port),
            BrokerConfig(port=mosquitto.port, tls_ca=certificate),
            BrokerConfig(port=mosquitto.port, tls_ca=stranger, tls_cert=certificate, tls_key=key),
        ):
            with pytest.raises(BrokerUnreachable):
                connect(wrong, session)
    finally:
        mosquitto.stop()
        gc.collect()


@needs_mosquitto
def test_t7_a_real_broker_that_refuses_is_no_connection(tmp_path: Path) -> None:
    mosquitto = Mosquitto(tmp_path / "broker", anonymous=False)
    mosquitto.start()
    try:
        with pytest.raises(BrokerRefused, match="Not authorized"):
            connect(BrokerConfig(port=mosquitto.port), Session("edge-1", ("shouwei/v1/edge-1/presence", b"{}"), []))
    finally:
        mosquitto.stop()
