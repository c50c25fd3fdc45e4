"""Messages with sensible contents, for tests that care about their way and not about what they say."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from edge.contracts.codec import Envelope
from edge.contracts.ids import uuid7
from edge.contracts.messages import AlertRaised, CameraHealth, EvidenceRef, MeasurementReport, Versions
from edge.contracts.taxonomy import CameraState, EvidenceRole

START = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
EDGE = "edge-1"


def at(seconds: float) -> datetime:
    """`seconds` after START."""
    return START + timedelta(seconds=seconds)


def alert(seconds: float = 0, *hashes: str, edge: str = EDGE, episode_id: UUID | None = None) -> Envelope:
    """A raised alert that names these files as its evidence."""
    when = at(seconds)
    message = AlertRaised(
        episode_id=episode_id or uuid7(when),
        camera_id="cam-1",
        zone_id="front",
        violation="outdoor_display",
        began_at=when,
        captured_at=when,
        dwell_s=300,
        measurement=MeasurementReport(
            captured_at=when, score=0.7, covered_share=0.2, soil_share=0, net_share=0, occluded_share=0
        ),
        evidence=[
            EvidenceRef(
                sha256=sha256, media_type="image/jpeg", role=EvidenceRole.WIDE_SHOWN, size_bytes=10, captured_at=when
            )
            for sha256 in hashes
        ],
        versions=Versions(edge="0.1.0", model="m/1", model_sha256="0" * 64, config="0" * 64, violation=1),
    )
    return Envelope(uuid7(when), edge, when, message)


def health(seconds: float = 0, state: CameraState = CameraState.LOST) -> Envelope:
    """A camera's change of state."""
    when = at(seconds)
    return Envelope(uuid7(when), EDGE, when, CameraHealth(camera_id="cam-1", state=state, since=when))
