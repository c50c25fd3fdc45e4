"""Same id, same effect: each message of an edge is taken once."""

import json
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from edge.contracts import codec
from edge.contracts.codec import Envelope
from server.ingest.tables import InboxMessage


class ChangedContent(Exception):
    """The id was used before, by the same edge, with other content. An honest edge never does that."""

    code = "ingest.changed_content"

    def __init__(self, known: InboxMessage, content_sha256: str) -> None:
        self.facts = {
            "message_id": str(known.id),
            "first_type": known.type,
            "first_received_at": known.received_at.isoformat(),
            "first_sha256": known.content_sha256,
            "now_sha256": content_sha256,
        }
        super().__init__(f"message {known.id} was taken before with other content")


def content_hash(payload: bytes) -> str:
    """SHA-256 of a CloudEvent without its `time`, which a retry may renew; the order of keys does not matter."""
    event = json.loads(payload)
    event.pop("time", None)
    canonical = json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def first_time(session: Session, envelope: Envelope, content_sha256: str, now: datetime) -> bool:
    """Whether this message is new; if so it is now known. Raises ChangedContent."""
    known = session.get(InboxMessage, (envelope.source, envelope.id))
    if known is None:
        session.add(
            InboxMessage(
                edge_id=envelope.source,
                id=envelope.id,
                type=codec.type_of(envelope.message),
                content_sha256=content_sha256,
                received_at=now,
            )
        )
        return True
    if known.content_sha256 != content_sha256:
        raise ChangedContent(known, content_sha256)
    return False
