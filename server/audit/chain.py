"""The hash of one audit entry, over its content and the hash of the one before. Pure."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from hashlib import sha256

from server.audit.tables import AuditEntry

GENESIS = "0" * 64


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over everything in the entry but its own hash, as canonical JSON. An empty district is left out, so that
    entries from before there were districts keep their hash.
    """
    content = {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor_id": str(entry.actor_id),
        "actor_name": entry.actor_name,
        "action": entry.action,
        "target": entry.target,
        "facts": entry.facts,
        "previous_hash": entry.previous_hash,
    } | ({"district": entry.district} if entry.district else {})
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def faults(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """What is wrong with a chain, entry by entry, from the first (sequence 1) on."""
    previous, wanted = GENESIS, 1
    for entry in entries:
        if entry.seq != wanted:
            yield f"entry {wanted} is missing: found {entry.seq}"
        if entry.previous_hash != previous:
            yield f"entry {entry.seq} does not continue the one before it"
        if entry.hash != hash_of(entry):
            yield f"entry {entry.seq} was changed"
        previous, wanted = entry.hash, entry.seq + 1
