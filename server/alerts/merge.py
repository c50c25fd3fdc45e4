"""Whether an alert belongs to a case that is already open. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

BACKFILL_GAP = timedelta(hours=1)
"""How much earlier than everything in an open case an alert may be and still be the same matter."""


@dataclass(frozen=True)
class Place:
    """Where and what: alerts of one place may be one matter."""

    edge_id: str
    camera_id: str
    zone_id: str
    violation: str


@dataclass(frozen=True)
class OpenCase:
    """An open case, with the camera time at which the earliest act in it began."""

    id: UUID
    place: Place
    began_at: datetime


def find_open(place: Place, raised_at: datetime, open_cases: Iterable[OpenCase]) -> OpenCase | None:
    """The open case that an alert raised at `raised_at` (camera time) continues, or none.

    The same act, gone and back while its case is open, is one matter. An alert that comes in late from well before
    the open case (an edge that was offline) is another matter: joining it would change what was already worked on.
    Of several the one that began last.
    """
    candidates = [
        case for case in open_cases if case.place == place and raised_at >= case.began_at - BACKFILL_GAP
    ]  # fmt: skip
    return max(candidates, key=lambda case: (case.began_at, case.id), default=None)
