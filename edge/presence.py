"""Who this edge is and whether it is there: a retained birth, and a will with the same counter.

The counter grows with every connection, so a will that arrives after the next birth is old news to the server.
"""

from dataclasses import dataclass, field
from datetime import datetime

from edge.contracts.codec import Envelope, encode
from edge.contracts.ids import uuid7
from edge.contracts.messages import Presence
from edge.contracts.topics import Channel, topic


@dataclass(frozen=True)
class Identity:
    """What a birth tells."""

    edge_id: str
    version: str = ""
    cameras: list[str] = field(default_factory=list[str])


def presence_topic(edge_id: str) -> str:
    """Where births and deaths are retained."""
    return topic(edge_id, Channel.PRESENCE)


def birth(identity: Identity, boot: int, at: datetime) -> bytes:
    """The payload that says: here, with this counter."""
    return _payload(identity, boot, at, online=True)


def death(identity: Identity, boot: int, at: datetime) -> bytes:
    """The payload that the broker keeps as the will, and that we send ourselves when we leave in order."""
    return _payload(identity, boot, at, online=False)


def _payload(identity: Identity, boot: int, at: datetime, *, online: bool) -> bytes:
    message = Presence(online=online, boot=boot, edge_version=identity.version, cameras=identity.cameras)
    return encode(Envelope(uuid7(at), identity.edge_id, at, message))
