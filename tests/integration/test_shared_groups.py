"""Alerts and health through shared subscriptions of the embedded broker: neither channel may starve the other."""

import time
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from edge.broker import EmbeddedBroker
from edge.contracts.topics import Channel, every_edge, topic

pytestmark = pytest.mark.integration


def client(name: str, port: int) -> paho.Client:
    made = paho.Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=paho.MQTTv5)
    made.connect("127.0.0.1", port)
    made.loop_start()
    return made


def test_health_comes_through_after_many_alerts(tmp_path: Path) -> None:
    got: list[str] = []
    with EmbeddedBroker(tmp_path) as broker:
        server, edge = client("server", broker.port), client("edge", broker.port)
        server.on_message = lambda _client, _data, message: got.append(message.topic)
        server.subscribe([(every_edge(channel, "ingest"), 1) for channel in (Channel.ALERT, Channel.HEALTH)])
        time.sleep(0.5)
        sent = [Channel.HEALTH, *[Channel.ALERT] * 10, Channel.HEALTH, Channel.ALERT, Channel.HEALTH]
        for channel in sent:
            edge.publish(topic("edge-1", channel), b"x", qos=1).wait_for_publish(5)
        deadline = time.monotonic() + 10
        while len(got) < len(sent) and time.monotonic() < deadline:
            time.sleep(0.05)
        for one in (server, edge):
            one.disconnect()
            one.loop_stop()
    assert sorted(got) == sorted(topic("edge-1", channel) for channel in sent)
