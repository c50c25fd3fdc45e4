"""A row leaves the outbox only on the server's ack; nothing that comes down can stop the publisher."""

import logging
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.clock import ManualClock
from edge.config import BrokerConfig
from edge.contracts.codec import Envelope, decode
from edge.contracts.commands import Ack, DesiredConfig, Recheck, Rejected
from edge.contracts.ids import uuid7
from edge.contracts.messages import Presence
from edge.contracts.topics import Channel, topic
from edge.errors import BrokerRefused, DiskFull
from edge.link import BrokerUnreachable, Lost
from edge.presence import Identity
from edge.publisher import Command, Delivery, Publisher
from edge.store import EdgeStore
from tests.fakes.link import FakeBroker, FakeLink, ack
from tests.fakes.messages import EDGE, START, alert


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EdgeStore]:
    with EdgeStore(tmp_path / "store.db") as store:
        yield store


class Commands:
    """Notes every command; raises when told to."""

    def __init__(self) -> None:
        self.seen: list[Command] = []
        self.trouble: Exception | None = None

    def __call__(self, command: Command) -> None:
        self.seen.append(command)
        if self.trouble:
            raise self.trouble


def publisher(store: EdgeStore, broker: FakeBroker, on_command: Commands | None = None, window: int = 50) -> Publisher:
    return Publisher(
        Identity(EDGE, "0.1.0", ["cam-1"]),
        store,
        BrokerConfig(),
        ManualClock(START),
        broker.connect,
        on_command or Commands(),
        Delivery(window=window, resend_after_s=15, idle_s=1, backoff_first_s=0.001, backoff_limit_s=0.001),
        broker.timer,
    )


def recheck() -> Recheck:
    return Recheck(command_id=uuid7(START), camera_id="cam-1", zone_id="front", violation="outdoor_display")


def from_server(message: Ack | Recheck | DesiredConfig) -> Envelope:
    return Envelope(uuid7(START), "server", START, message)


def test_everything_goes_out_in_order_and_leaves_on_the_ack(store: EdgeStore) -> None:
    sent = [alert(i) for i in range(120)]
    store.commit(sent)
    broker = FakeBroker()
    publisher(store, broker).run_once(broker.stop)
    assert [e.id for e in broker.alerts()] == [e.id for e in sent]
    assert store.counts().alerts == 0


def test_a_puback_is_not_an_ack(store: EdgeStore) -> None:
    store.commit([alert()])
    broker = FakeBroker(server=None)
    publisher(store, broker).run_once(broker.stop)
    assert store.counts().alerts == 1


def test_without_an_ack_the_same_bytes_go_again(store: EdgeStore) -> None:
    store.commit([alert()])
    broker = FakeBroker(server=None, script=[lambda link: None] * 46)
    publisher(store, broker).run_once(broker.stop)
    payloads = [payload for _, payload, retain in broker.published if not retain]
    assert len(payloads) == 3  # at once, after 15 s, and 30 s later
    assert len(set(payloads)) == 1


def test_patience_grows_but_has_an_end(store: EdgeStore) -> None:
    store.commit([alert()])
    broker = FakeBroker(server=None, script=[lambda link: None] * 700)
    publisher(store, broker).run_once(broker.stop)
    assert len(broker.alerts()) == 8  # 15, 30, 60, then every 120 s


def test_a_broker_that_takes_nothing_is_given_up(store: EdgeStore) -> None:
    store.commit([alert()])
    broker = FakeBroker(server=None, takes=False, script=[lambda link: None] * 30)
    with pytest.raises(BrokerUnreachable, match="took nothing"):
        publisher(store, broker).run_once(broker.stop)
    assert len(broker.alerts()) == 1


def test_no_more_than_the_window_is_on_its_way(store: EdgeStore) -> None:
    store.commit([alert(i) for i in range(30)])
    broker = FakeBroker(server=None, script=[lambda link: None] * 5)
    publisher(store, broker, window=7).run_once(broker.stop)
    assert len(broker.alerts()) == 7


def test_a_rejected_message_is_dropped_and_remembered(store: EdgeStore) -> None:
    envelope = alert()
    store.commit([envelope])

    def refuses(link: FakeLink, message: Envelope) -> None:
        link.send(from_server(Ack(rejected=[Rejected(id=message.id, reason="no such zone")])), Channel.ACK)

    broker = FakeBroker(server=refuses)
    publisher(store, broker).run_once(broker.stop)
    assert (store.counts().alerts, store.counts().rejected) == (0, 1)
    assert len(broker.alerts()) == 1


def test_t7_connack_failure_is_not_connected(store: EdgeStore) -> None:
    broker = FakeBroker(trouble=[BrokerRefused("broker x: Not authorized")])
    subject = publisher(store, broker)
    store.commit([alert()])
    with pytest.raises(BrokerRefused):
        subject.run_once(broker.stop)
    assert not subject.connected.is_set()
    assert broker.published == []
    assert store.counts().alerts == 1


def test_trouble_is_said_once_and_its_end_once(store: EdgeStore, caplog: pytest.LogCaptureFixture) -> None:
    store.commit([alert()])
    broker = FakeBroker(trouble=[BrokerUnreachable("refused") for _ in range(5)])
    with caplog.at_level(logging.INFO, "edge.publisher"):
        publisher(store, broker).run(broker.stop)
    said = [record.message for record in caplog.records]
    assert said.count("not delivering: refused") == 1
    assert said.count("delivering again") == 1
    assert store.counts().alerts == 0


def test_t8_a_days_outage_loses_nothing_and_keeps_the_order(store: EdgeStore) -> None:
    backlog = [alert(i * 120) for i in range(720)]  # one every two minutes for 24 hours
    broker = FakeBroker(trouble=[BrokerUnreachable("down") for _ in range(30)])
    subject = publisher(store, broker, window=20)
    for envelope in backlog:
        store.commit([envelope])
    subject.run(broker.stop)
    assert [e.id for e in broker.alerts()] == [e.id for e in backlog]
    assert store.counts().alerts == 0


def test_t8_memory_stays_flat_while_the_broker_is_away(store: EdgeStore) -> None:
    picture = "A" * 60_000
    subject = publisher(store, broker := FakeBroker(trouble=[BrokerUnreachable("down") for _ in range(400)]))
    tracemalloc.start()
    try:
        for number in range(400):
            plain = alert(number)
            message = plain.message.model_copy(update={"thumbnail_jpeg_base64": picture})
            store.commit([Envelope(plain.id, plain.source, plain.sent_at, message)])
            with pytest.raises(BrokerUnreachable):
                subject.run_once(broker.stop)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert store.counts().alerts == 400
    assert peak < 5_000_000  # the backlog itself is 24 MB


def test_what_was_on_its_way_when_the_connection_broke_goes_again(store: EdgeStore) -> None:
    first, second = alert(1), alert(2)
    store.commit([first, second])
    broker = FakeBroker(server=None)

    def breaks(link: FakeLink) -> None:
        ack(link, first.id)
        link.events.append(Lost("gone"))
        broker.server = lambda link, envelope: ack(link, envelope.id)

    broker.script = [breaks]
    publisher(store, broker).run(broker.stop)
    ids = [e.id for e in broker.alerts()]
    assert ids[:2] == [first.id, second.id]
    assert second.id in ids[2:]
    assert store.counts().alerts == 0


def test_t9_each_connection_has_its_own_counter_in_birth_and_will(store: EdgeStore) -> None:
    broker = FakeBroker(script=[lambda link: link.events.append(Lost("half-open"))])
    publisher(store, broker).run(broker.stop)
    retained = [decode(payload).message for _, payload, retain in broker.published if retain]
    births = [m for m in retained if isinstance(m, Presence) and m.online]
    wills = [decode(link.session.will[1]).message for link in broker.links]
    assert [b.boot for b in births] == [1, 2]
    assert [w.boot for w in wills if isinstance(w, Presence) and not w.online] == [1, 2]
    assert births[0].cameras == ["cam-1"]


def test_leaving_in_order_says_so(store: EdgeStore) -> None:
    broker = FakeBroker()
    publisher(store, broker).run_once(broker.stop)
    last = decode(broker.published[-1][1]).message
    assert isinstance(last, Presence)
    assert not last.online
    assert broker.published[-1][2]
    assert broker.links[0].closed


def test_commands_arrive_and_are_acked_at_mqtt_level(store: EdgeStore) -> None:
    wanted, commands = recheck(), Commands()
    broker = FakeBroker(script=[lambda link: link.send(from_server(wanted), Channel.COMMAND)])
    publisher(store, broker, commands).run_once(broker.stop)
    assert commands.seen == [wanted]
    assert broker.links[0].done_tokens == [1]


def test_a_handler_that_raises_does_not_stop_the_loop(store: EdgeStore, caplog: pytest.LogCaptureFixture) -> None:
    commands = Commands()
    commands.trouble = RuntimeError("boom")
    later = alert(5)
    broker = FakeBroker(
        script=[
            lambda link: link.send(from_server(recheck()), Channel.COMMAND),
            lambda link: store.commit([later]),
            lambda link: None,
        ]
    )
    with caplog.at_level(logging.ERROR):
        publisher(store, broker, commands).run_once(broker.stop)
    assert [e.id for e in broker.alerts()] == [later.id]
    assert "could not be carried out" in caplog.text
    assert broker.links[0].done_tokens == [1, 2]


@pytest.mark.parametrize("payload", [b"", b"not json", b"\xff\xfe", b'{"specversion":"1.0"}'])
def test_nonsense_from_above_is_passed_over(store: EdgeStore, payload: bytes) -> None:
    broker = FakeBroker(script=[lambda link: link.deliver(topic(EDGE, Channel.ACK), payload)])
    publisher(store, broker).run_once(broker.stop)
    assert broker.links[0].done_tokens == [1]


class FullStore(EdgeStore):
    """A store that cannot write an ack down, as on a full disk."""

    full = True

    def forget(self, ids: object) -> int:
        if self.full:
            raise DiskFull(self.path, "no space")
        return super().forget(ids)  # type: ignore[arg-type]


def test_an_ack_that_could_not_be_written_down_is_asked_for_again(tmp_path: Path) -> None:
    with FullStore(tmp_path / "full.db") as store:
        store.commit([alert()])

        def space_returns(link: FakeLink) -> None:
            store.full = False

        broker = FakeBroker(script=[space_returns] * 20)
        publisher(store, broker).run_once(broker.stop)
        assert len(broker.alerts()) == 2
        assert store.counts().alerts == 0


def test_the_clock_offset_is_measured_by_the_acks(store: EdgeStore) -> None:
    store.commit([alert()])
    broker = FakeBroker()
    subject = publisher(store, broker)
    assert subject.clock_offset_s is None
    subject.run_once(broker.stop)
    assert subject.clock_offset_s == 0
