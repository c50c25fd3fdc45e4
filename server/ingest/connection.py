"""One MQTT 5 connection of the server: a persistent session that puts every delivery into a queue, unacknowledged."""

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from queue import Queue
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from edge.contracts.codec import CONTENT_TYPE
from edge.contracts.topics import Channel, every_edge
from server.config import BrokerSettings
from server.ingest.intake import Delivery

log = logging.getLogger(__name__)
RECEIVE_MAXIMUM = 1000
SESSION_EXPIRY_S = 7 * 86_400
RECONNECT_MIN_S, RECONNECT_MAX_S = 1, 15


@dataclass(frozen=True)
class Arrival:
    """A delivery and how to acknowledge it: packet id and the count of the connection that it came on."""

    delivery: Delivery
    packet_id: int
    qos: int
    session: int


class Connection:
    """Connects in the background and again after every loss; `is_up` only once the broker said yes to everything.

    paho calls the methods below on its own thread; they only put into the queue, so nothing there can fail.
    """

    def __init__(self, settings: BrokerSettings, arrivals: "Queue[Arrival | None]", on_up: Callable[[], None]) -> None:
        self._settings, self._arrivals, self._on_up = settings, arrivals, on_up
        self._session = 0
        self._last_failure = ""
        self.is_up = False
        self._client = _client_of(settings)
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_disconnect = self._on_disconnect
        self._client.on_message = self._on_message

    def start(self) -> None:
        """Begin connecting; returns at once."""
        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = SESSION_EXPIRY_S
        properties.ReceiveMaximum = RECEIVE_MAXIMUM
        self._client.connect_async(
            self._settings.host,
            self._settings.port,
            self._settings.keepalive_s,
            clean_start=False,
            properties=properties,
        )
        self._client.loop_start()

    def stop(self) -> None:
        """Say goodbye. What was not acknowledged comes again on the next connection."""
        self.is_up = False
        self._client.disconnect()
        self._client.loop_stop()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """QoS 1. What the connection loses is made good by the one who waits for it asking again."""
        properties = Properties(PacketTypes.PUBLISH)
        properties.ContentType = CONTENT_TYPE
        self._client.publish(topic, payload, qos=1, retain=retain, properties=properties)

    def acknowledge(self, arrival: Arrival) -> None:
        """The MQTT ack, unless the delivery came on an earlier connection: there its packet id means nothing now."""
        if arrival.session == self._session:
            self._client.ack(arrival.packet_id, arrival.qos)

    def _on_connect(self, client: paho.Client, _userdata: Any, _flags: Any, reason: ReasonCode, _props: Any) -> None:
        if reason.is_failure:
            self._fail(f"the broker refused: {reason}")
            return
        self._session += 1
        group = self._settings.share_group
        shared = [(every_edge(channel, group), 1) for channel in (Channel.ALERT, Channel.HEALTH)]
        # Births are retained, and a shared subscription gets no retained messages.
        client.subscribe([*shared, (every_edge(Channel.PRESENCE), 1)])

    def _on_subscribe(
        self, client: paho.Client, _userdata: Any, _mid: int, reasons: list[ReasonCode], _props: Any
    ) -> None:
        refused = [str(reason) for reason in reasons if reason.is_failure]
        if refused:
            self._fail(f"the broker refused a subscription: {', '.join(refused)}")
            return
        log.info("connected to the broker at %s:%s", self._settings.host, self._settings.port)
        self._last_failure = ""
        self.is_up = True
        self._on_up()

    def _on_disconnect(self, _client: paho.Client, _userdata: Any, _flags: Any, reason: ReasonCode, _p: Any) -> None:
        self.is_up = False
        if reason.is_failure:
            self._fail(f"the connection was lost: {reason}")

    def _on_message(self, _client: paho.Client, _userdata: Any, message: paho.MQTTMessage) -> None:
        delivery = Delivery(message.topic, bytes(message.payload))
        self._arrivals.put(Arrival(delivery, message.mid, message.qos, self._session))

    def _fail(self, reason: str) -> None:
        if reason != self._last_failure:
            log.warning("broker %s:%s: %s", self._settings.host, self._settings.port, reason)
        self._last_failure = reason


def _client_of(settings: BrokerSettings) -> paho.Client:
    client = paho.Client(
        CallbackAPIVersion.VERSION2, settings.client_id, protocol=paho.MQTTv5, manual_ack=True
    )  # fmt: skip
    client.reconnect_delay_set(RECONNECT_MIN_S, RECONNECT_MAX_S)
    client.max_inflight_messages_set(200)
    if settings.username is not None:
        password = settings.password()
        client.username_pw_set(settings.username, password.get_secret_value() if password else None)
    if settings.tls:
        context = ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
        if settings.cert_file is not None:
            context.load_cert_chain(settings.cert_file, settings.key_file)
        client.tls_set_context(context)
    return client
