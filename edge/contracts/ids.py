"""UUIDv7 made from values, so that a test can make the same one twice (RFC 9562 §5.7)."""

import secrets
from datetime import datetime
from uuid import UUID


def uuid7(at: datetime, random_bits: int | None = None) -> UUID:
    """A time-ordered id for the aware instant `at`; `random_bits` (74 of them) are drawn when not given."""
    if at.tzinfo is None:
        raise ValueError("uuid7 needs an aware time")
    bits = secrets.randbits(74) if random_bits is None else random_bits & ((1 << 74) - 1)
    millis = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    high, low = bits >> 62, bits & ((1 << 62) - 1)
    return UUID(int=millis << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
