"""Instants as they come in from outside."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _with_room(at: datetime) -> datetime:
    if not EARLIEST <= at <= LATEST:
        raise ValueError(f"between {EARLIEST:%Y} and {LATEST:%Y}")
    return at


Instant = Annotated[AwareDatetime, AfterValidator(_with_room)]
"""An aware time with room on both sides: at the ends of the calendar even turning it to UTC fails."""
