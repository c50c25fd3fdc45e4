"""What the edges of a run tell: the same ids and contents however often an edge was killed in between."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from edge.contracts.codec import Envelope
from edge.contracts.ids import uuid7
from edge.contracts.messages import Alert, AlertCleared, AlertRaised, EvidenceRef, MeasurementReport, Versions
from edge.contracts.taxonomy import EvidenceRole

START = datetime(2026, 5, 1, 0, 0, tzinfo=UTC)
CLEARED_EVERY = 4


@dataclass(frozen=True)
class Told:
    """One step of an edge: the messages that it commits together and the files that must be there before."""

    messages: list[Envelope]
    files: list[bytes]


def step(edge: str, number: int, files_every: int = 0) -> Told:
    """Alert `number` of an edge, in a zone of its own so that it opens a case of its own; some are cleared at once.

    Every so many carry a file; 0: none does.
    """
    at = START + timedelta(seconds=number)
    files = [b"\xff\xd8\xff" + f"{edge}/{number}".encode()] if files_every and number % files_every == 0 else []
    raised = AlertRaised.model_validate(_fields(edge, number, at, files))
    messages = [Envelope(_id(edge, number, "raised", at), edge, at, raised)]
    if number % CLEARED_EVERY == 0:
        later = at + timedelta(seconds=60)
        cleared = AlertCleared.model_validate(_fields(edge, number, later, []) | {"cleared_at": later})
        messages.append(Envelope(_id(edge, number, "cleared", later), edge, later, cleared))
    return Told(messages, files)


def message_ids(edge: str, count: int) -> dict[str, str]:
    """Id of every message of the first `count` steps -> its episode's id."""
    return {
        str(envelope.id): str(envelope.message.episode_id)
        for number in range(count)
        for envelope in step(edge, number).messages
        if isinstance(envelope.message, Alert)
    }


def id_in(payload: bytes) -> str:
    """The id of an encoded message."""
    return json.loads(payload)["id"]


def _fields(edge: str, number: int, at: datetime, files: list[bytes]) -> dict[str, object]:
    began = START + timedelta(seconds=number)
    return {
        "episode_id": _id(edge, number, "episode", began),
        "camera_id": "cam-1",
        "zone_id": f"zone-{number}",
        "violation": "outdoor_display",
        "began_at": began,
        "captured_at": at,
        "dwell_s": 300,
        "measurement": MeasurementReport(
            captured_at=at, score=0.7, covered_share=0.2, soil_share=0, net_share=0, occluded_share=0
        ),
        "evidence": [
            EvidenceRef(
                sha256=hashlib.sha256(content).hexdigest(),
                media_type="image/jpeg",
                role=EvidenceRole.WIDE_SHOWN,
                size_bytes=len(content),
                captured_at=at,
            )
            for content in files
        ],
        "versions": Versions(edge="kill", model="none/1", model_sha256="0" * 64, config="0" * 64, violation=1),
    }


def _id(edge: str, number: int, kind: str, at: datetime) -> UUID:
    digest = hashlib.sha256(f"{edge}/{number}/{kind}".encode()).digest()
    return uuid7(at, int.from_bytes(digest[:10], "big"))
