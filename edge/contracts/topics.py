"""MQTT topics: built and read in one place each. `shouwei/v1/{edge}/{channel}`."""

import re
from enum import StrEnum

from edge.contracts.errors import BadMessage

ROOT = "shouwei/v1"
_TOPIC = re.compile(rf"^{ROOT}/([a-z0-9][a-z0-9_-]{{0,63}})/([a-z]+)$")


class Channel(StrEnum):
    """`alert`, `health`, `presence` go up; `ack`, `command`, `config` come down."""

    ALERT = "alert"
    HEALTH = "health"
    PRESENCE = "presence"
    ACK = "ack"
    COMMAND = "command"
    CONFIG = "config"


def topic(edge_id: str, channel: Channel) -> str:
    """The topic of one edge's channel."""
    return f"{ROOT}/{edge_id}/{channel.value}"


def every_edge(channel: Channel, share_group: str | None = None) -> str:
    """The server's subscription to one channel of all edges, shared between replicas when a group is named.

    Each channel is a group of its own: rumqttd keeps one cursor a group name, so a second filter under the same name
    silently loses messages.
    """
    group = f"$share/{share_group}-{channel.value}/" if share_group else ""
    return f"{group}{ROOT}/+/{channel.value}"


def parse(name: str) -> tuple[str, Channel]:
    """(edge id, channel) of a topic; raises BadMessage for any other topic."""
    match = _TOPIC.match(name)
    if match is None or match[2] not in Channel.__members__.values():
        raise BadMessage(f"topic {name!r} is not {ROOT}/<edge>/<channel>")
    return match[1], Channel(match[2])
