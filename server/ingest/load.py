"""Alerts as edges would send them, made up for measuring: each from another camera, so each opens a case of its own."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from edge.contracts.codec import Envelope, encode
from edge.contracts.ids import uuid7
from edge.contracts.messages import AlertRaised, EvidenceRef, MeasurementReport, Versions
from edge.contracts.taxonomy import EvidenceRole
from edge.contracts.topics import Channel, topic
from server.ingest.intake import Delivery

EDGES = 50
DWELL = timedelta(minutes=5)
_HASH = sha256(b"bench").hexdigest()


def alerts(count: int, now: datetime, first: int = 0) -> Iterator[Delivery]:
    """`count` raised alerts with three pictures each (their references; no bytes), from EDGES edges in turn."""
    for number in range(first, first + count):
        edge = f"bench-{number % EDGES}"
        yield Delivery(topic(edge, Channel.ALERT), encode(Envelope(uuid7(now), edge, now, _raised(number, now))))


def _raised(number: int, now: datetime) -> AlertRaised:
    look = MeasurementReport(
        captured_at=now, score=0.8, covered_share=0.3, soil_share=0.0, net_share=0.0, occluded_share=0.1, area_m2=3.1
    )
    versions = Versions(edge="bench", model="bench-1", model_sha256=_HASH, config=_HASH, violation=1)
    return AlertRaised(
        episode_id=uuid7(now),
        camera_id=f"cam-{number}",
        zone_id="z1",
        violation="outdoor_display",
        began_at=now - DWELL,
        captured_at=now,
        dwell_s=DWELL.total_seconds(),
        measurement=look,
        versions=versions,
        evidence=[_picture(number, role, now) for role in _ROLES],
    )


_ROLES = (EvidenceRole.WIDE_SHOWN, EvidenceRole.CLOSE_SHOWN, EvidenceRole.MANIFEST)


def _picture(number: int, role: EvidenceRole, now: datetime) -> EvidenceRef:
    name = sha256(f"{number}:{role}".encode()).hexdigest()
    kind = "application/json" if role is EvidenceRole.MANIFEST else "image/jpeg"
    return EvidenceRef(sha256=name, media_type=kind, role=role, size_bytes=40_000, captured_at=now)
