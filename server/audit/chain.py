"""The hash of one audit entry, over its content and the hash of the one before. Pure."""

from collections.abc import Iterable, Iterator

from server import chain
from server.audit.tables import AuditEntry
from server.chain import GENESIS

__all__ = ["GENESIS", "faults", "hash_of"]


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over everything in the entry but its own hash."""
    return chain.digest({name: chain.plain(value) for name, value in entry.model_dump(exclude={"hash"}).items()})


def faults(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """What is wrong with a chain, entry by entry, from the first (sequence 1) on."""
    return chain.faults(entries, lambda entry: entry.seq, hash_of, "entry")
