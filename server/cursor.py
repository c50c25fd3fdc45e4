"""Page cursors: the sort key (instant, id) of the last row seen, as opaque text."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from server.errors import InvalidInput


def encode(at: datetime, key: UUID) -> str:
    """The cursor after a row."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{key}".encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, UUID]:
    """The sort key. Raises InvalidInput for anything that `encode` did not make."""
    try:
        at, key = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("|")
        instant = datetime.fromisoformat(at)
        if instant.tzinfo is None:
            raise ValueError(at)
        return instant, UUID(key)
    except (ValueError, binascii.Error) as error:
        allowed = "a cursor that a page gave"
        raise InvalidInput([{"field": "cursor", "value": cursor[:80], "allowed": allowed}]) from error
