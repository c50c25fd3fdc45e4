"""Messages as an edge would send them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from edge.contracts.codec import Envelope, encode
from edge.contracts.messages import (
    AlertCleared,
    AlertRaised,
    AlertUpdated,
    CameraHealth,
    EvidenceRef,
    MeasurementReport,
    Message,
    Presence,
    Versions,
)
from edge.contracts.taxonomy import CameraState, EvidenceRole
from edge.contracts.topics import Channel, topic
from server.ingest.intake import Delivery

T0 = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HASH = "a" * 64
VERSIONS = Versions(edge="0.1.0", model="surface-1", model_sha256=HASH, config=HASH, violation=1)


def look(at: datetime, score: float = 0.7, area_m2: float | None = 2.5) -> MeasurementReport:
    """A measurement."""
    return MeasurementReport(
        captured_at=at,
        score=score,
        covered_share=0.2,
        soil_share=0.0,
        net_share=0.0,
        occluded_share=0.0,
        area_m2=area_m2,
    )


def _common(episode: UUID, at: datetime, **more: Any) -> dict[str, Any]:
    return {
        "episode_id": episode,
        "camera_id": "cam-1",
        "zone_id": "z1",
        "violation": "outdoor_display",
        "began_at": T0 - timedelta(minutes=5),
        "captured_at": at,
        "dwell_s": (at - T0).total_seconds() + 300,
        "measurement": look(at),
        "versions": VERSIONS,
    } | more


def raised(episode: UUID | None = None, at: datetime = T0, **more: Any) -> AlertRaised:
    """An episode that begins."""
    return AlertRaised(**_common(episode or uuid4(), at, **more))


def updated(episode: UUID, at: datetime = T0 + timedelta(minutes=10), **more: Any) -> AlertUpdated:
    """The same episode, later."""
    return AlertUpdated(**_common(episode, at, **more))


def cleared(episode: UUID, at: datetime = T0 + timedelta(minutes=20), **more: Any) -> AlertCleared:
    """The camera saw it put right."""
    return AlertCleared(**_common(episode, at, **({"cleared_at": at - timedelta(minutes=1)} | more)))


def picture(sha256: str, role: EvidenceRole = EvidenceRole.WIDE_SHOWN) -> EvidenceRef:
    """A reference to a picture."""
    return EvidenceRef(sha256=sha256, media_type="image/jpeg", role=role, size_bytes=10, captured_at=T0)


def birth(boot: int, *, online: bool = True, cameras: tuple[str, ...] = ("cam-1",)) -> Presence:
    """A birth, or a will."""
    return Presence(online=online, boot=boot, edge_version="0.1.0", cameras=list(cameras))


def health(state: CameraState, since: datetime = T0, camera: str = "cam-1") -> CameraHealth:
    """A change of a camera's state."""
    return CameraHealth(camera_id=camera, state=state, since=since, detail="")


def sealed(message: Message, edge: str = "edge-1", message_id: UUID | None = None, sent_at: datetime = T0) -> Envelope:
    """A message in its envelope."""
    return Envelope(message_id or uuid4(), edge, sent_at, message)


def delivery(envelope: Envelope, *, on_edge: str | None = None) -> Delivery:
    """What the broker would bring."""
    channels = {Presence: Channel.PRESENCE, CameraHealth: Channel.HEALTH}
    channel = channels.get(type(envelope.message), Channel.ALERT)
    return Delivery(topic(on_edge or envelope.source, channel), encode(envelope))


def retouched(payload: bytes, **changes: Any) -> bytes:
    """The same CloudEvent with other attributes."""
    return json.dumps(json.loads(payload) | changes).encode()
