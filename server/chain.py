"""Hash chains: each link carries the hash of the one before. One way for the audit log and the steps of a case. Pure.

A chain shows any change, gap or insertion before its last link. It cannot show that the newest links were cut off:
see `server.anchor`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol, TypeVar

GENESIS = "0" * 64
"""What the first link carries."""


class Linked(Protocol):
    """A link."""

    previous_hash: str
    hash: str


L = TypeVar("L", bound=Linked)


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 over JSON values, as canonical JSON."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON has it: instants in UTC, ids as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if value is None or isinstance(value, bool | int | float | str | dict | list):
        return value
    return str(value)


def faults(links: Iterable[L], number: Callable[[L], int], hash_of: Callable[[L], str], what: str) -> Iterator[str]:
    """What is wrong with a chain, from its first link (number 1) on; nothing when it holds."""
    previous, wanted = GENESIS, 1
    for link in links:
        found = number(link)
        if found != wanted:
            yield f"{what} {wanted} is missing: found {found}"
        if link.previous_hash != previous:
            yield f"{what} {found} does not continue the one before it"
        if link.hash != hash_of(link):
            yield f"{what} {found} was changed"
        previous, wanted = link.hash, found + 1
