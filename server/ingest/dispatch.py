"""Which room takes which message, inside the transaction of the caller."""

from datetime import datetime

from sqlmodel import Session

from edge.contracts import codec, topics
from edge.contracts.codec import Envelope
from edge.contracts.errors import BadMessage
from edge.contracts.messages import (
    Alert,
    AlertEnded,
    CameraHealth,
    ConfigApplied,
    EdgeLoad,
    EvidenceAdded,
    Presence,
    RecheckAnswered,
)
from edge.contracts.topics import Channel
from server.alerts import service as alerts
from server.fleet import load
from server.fleet import service as fleet
from server.fleetplan import service as plans
from server.ingest import inbox


class ForgedSource(Exception):
    """The message names another edge than the topic it came on."""

    code = "ingest.forged_source"

    def __init__(self, topic_edge: str, source: str) -> None:
        self.facts = {"topic_edge": topic_edge, "source": source}
        super().__init__(f"came on the topic of {topic_edge!r} and says it is from {source!r}")


def open_envelope(topic: str, payload: bytes) -> Envelope:
    """The envelope of one delivery. Raises BadMessage, UnknownMessage or ForgedSource."""
    edge_id, channel = topics.parse(topic)
    envelope = codec.decode(payload)
    if envelope.source != edge_id:
        raise ForgedSource(edge_id, envelope.source)
    if isinstance(envelope.message, Presence) != (channel is Channel.PRESENCE):
        raise BadMessage(f"{codec.type_of(envelope.message)} does not come on {channel.value}")
    return envelope


def accept(session: Session, envelope: Envelope, content_sha256: str, now: datetime, home: str = fleet.LOCAL) -> None:
    """Take one message; a second delivery changes nothing. `home` is the district of an edge that is new.

    Raises BadMessage or ChangedContent.
    """
    message = envelope.message
    if isinstance(message, Presence):
        # Retained: it comes again on every connection, and its boot counter makes that harmless.
        fleet.presence(session, envelope, message, now, home)
        return
    if isinstance(message, EdgeLoad):
        # Telemetry every minute: the newest counts, so a second delivery is harmless and needs no place in the inbox.
        fleet.heard(session, envelope.source, now, home)
        load.keep(session, envelope.source, message, now)
        return
    if not inbox.first_time(session, envelope, content_sha256, now):
        return
    fleet.heard(session, envelope.source, now, home)
    if isinstance(message, Alert | AlertEnded | EvidenceAdded | RecheckAnswered):
        alerts.receive(session, envelope, now)
    elif isinstance(message, CameraHealth):
        fleet.health(session, envelope, message, now)
    elif isinstance(message, ConfigApplied):
        fleet.config_applied(session, envelope, message, now)
        if message.plan_version is not None:
            runs = message.accepted if message.plan_accepted is None else message.plan_accepted
            plans.answered(session, envelope.source, message.plan_version, runs, message.problems, now)
    else:
        raise BadMessage(f"{codec.type_of(message)} goes from the server to an edge, not up")
