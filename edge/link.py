"""One MQTT 5 connection. It is there only after the broker's CONNACK said yes; a lost one is never revived.

The network thread of paho only puts what happened into a queue, so no handler of ours can kill it; the owner of
the link takes the events, does its work, and then acks what it received.
"""

import contextlib
import logging
import queue
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from edge.config import BrokerConfig
from edge.contracts.codec import CONTENT_TYPE
from edge.errors import BrokerRefused, EdgeError

log = logging.getLogger(__name__)
RECEIVE_MAXIMUM = 50


class BrokerUnreachable(EdgeError):
    """No broker answered, or it went away; trying again may help."""

    code = "edge.broker_unreachable"


@dataclass(frozen=True, slots=True)
class Received:
    """A message that came down. `token` goes back to `Link.done` when it has been dealt with."""

    topic: str
    payload: bytes
    token: int


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The broker's PUBACK. It promises nothing about the server; it only opens the window."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is gone for good."""

    reason: str


Event = Received | TakenOver | Lost


@dataclass(frozen=True)
class Session:
    """Who connects, its will (topic, payload), and what it listens to. `keepalive_s`: silence taken as a loss."""

    client_id: str
    will: tuple[str, bytes]
    topics: list[str]
    keepalive_s: int = 30
    timeout_s: float = 10.0


class Link(Protocol):
    """What the publisher needs of a connection."""

    def next_event(self, timeout_s: float) -> Event | None:
        """The next thing that happened, or None after `timeout_s` seconds."""
        ...

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> int:
        """Hand over at QoS 1; returns a ticket that `TakenOver` names later. Raises BrokerUnreachable."""
        ...

    def done(self, received: Received) -> None:
        """A received message has been dealt with; the broker need not bring it again."""
        ...

    def wake(self) -> None:
        """Let a waiting `next_event` return at once. Any thread may call it."""
        ...

    def close(self) -> None:
        """Say goodbye (no will is sent). Safe to call twice."""
        ...


Connect = Callable[[BrokerConfig, Session], Link]


@dataclass
class _Opening:
    answered: "queue.SimpleQueue[ReasonCode | str]" = field(default_factory=queue.SimpleQueue)


def connect(broker: BrokerConfig, session: Session) -> "PahoLink":
    """A working connection, subscribed. Raises BrokerRefused (it said no) or BrokerUnreachable (nobody answered)."""
    where = f"{broker.host}:{broker.port}"
    client = paho.Client(
        CallbackAPIVersion.VERSION2,
        session.client_id,
        protocol=paho.MQTTv5,
        manual_ack=True,
        reconnect_on_failure=False,
    )
    client.connect_timeout = session.timeout_s
    client.will_set(*session.will, qos=1, retain=True)
    _identify(client, broker)
    link = PahoLink(client)
    opening = _Opening()
    client.on_connect = lambda _c, _u, _f, reason, _p: opening.answered.put(reason)
    client.on_disconnect = lambda _c, _u, _f, reason, _p: _gone(opening, link, str(reason))
    client.on_subscribe = lambda _c, _u, _m, reasons, _p: opening.answered.put(reasons[0])
    properties = Properties(PacketTypes.CONNECT)
    properties.ReceiveMaximum = RECEIVE_MAXIMUM
    try:
        client.connect(broker.host, broker.port, session.keepalive_s, clean_start=True, properties=properties)
    except OSError as error:
        raise BrokerUnreachable(f"broker {where}: {error}") from error
    client.loop_start()
    try:
        _expect_yes(opening, where, session.timeout_s)
        for topic in session.topics:
            client.subscribe(topic, qos=1)
            _expect_yes(opening, f"{where}, subscribing to {topic}", session.timeout_s)
    except BaseException:
        link.close()
        raise
    return link


def _gone(opening: _Opening, link: "PahoLink", reason: str) -> None:
    opening.answered.put(reason)
    link.events.put(Lost(reason))


def _expect_yes(opening: _Opening, where: str, timeout_s: float) -> None:
    try:
        answer = opening.answered.get(timeout=timeout_s)
    except queue.Empty:
        raise BrokerUnreachable(f"broker {where}: no answer within {timeout_s:g} s") from None
    if isinstance(answer, str):
        raise BrokerUnreachable(f"broker {where}: {answer}")
    if answer.is_failure:
        raise BrokerRefused(f"broker {where}: {answer}")


def _identify(client: paho.Client, broker: BrokerConfig) -> None:
    if broker.username is not None:
        password = broker.password_file.read_text().strip() if broker.password_file else None
        client.username_pw_set(broker.username, password)
    if broker.tls_ca is not None:
        context = ssl.create_default_context(cafile=str(broker.tls_ca))
        if broker.tls_cert is not None and broker.tls_key is not None:
            context.load_cert_chain(broker.tls_cert, broker.tls_key)
        client.tls_set_context(context)


class PahoLink:
    """A Link over paho-mqtt; made by `connect` only."""

    def __init__(self, client: paho.Client) -> None:
        self._client = client
        self.events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        client.on_message = self._on_message
        client.on_publish = self._on_publish

    def _on_message(self, _client: paho.Client, _userdata: Any, message: paho.MQTTMessage) -> None:
        self.events.put(Received(message.topic, bytes(message.payload), message.mid))

    def _on_publish(self, _client: paho.Client, _userdata: Any, ticket: int, reason: ReasonCode, _p: Any) -> None:
        if reason.is_failure:
            log.warning("the broker did not take a message: %s", reason)
        self.events.put(TakenOver(ticket))

    def next_event(self, timeout_s: float) -> Event | None:
        """The next thing that happened, or None after `timeout_s` seconds."""
        try:
            return self.events.get(timeout=max(timeout_s, 0.0))
        except queue.Empty:
            return None

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> int:
        """Hand over at QoS 1. Raises BrokerUnreachable when the connection is gone."""
        properties = Properties(PacketTypes.PUBLISH)
        properties.ContentType = CONTENT_TYPE
        handed = self._client.publish(topic, payload, qos=1, retain=retain, properties=properties)
        if handed.rc is not MQTTErrorCode.MQTT_ERR_SUCCESS:
            raise BrokerUnreachable(f"publishing: {paho.error_string(handed.rc)}")
        return handed.mid

    def done(self, received: Received) -> None:
        """Ack at MQTT level."""
        self._client.ack(received.token, 1)

    def wake(self) -> None:
        """Let a waiting `next_event` return None at once."""
        self.events.put(None)

    def close(self) -> None:
        """Say goodbye and stop the network thread."""
        with contextlib.suppress(ValueError, OSError):
            self._client.disconnect()
        self._client.loop_stop()
