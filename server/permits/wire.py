"""A register entry as the edges get it: one contract permit for each zone and each stretch of days. Pure.

The contract's permit is one polygon of one zone with plain dates. A season therefore reaches an edge as the dates of
each year's stretch, all that are not over yet, so that an edge that is cut off for months still keeps to them.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from edge.contracts.permits import LOCAL, Permit, PermitStatus
from server.permits.tables import PermitArea, PermitRow
from server.permits.times import Times

JOIN = "__"


def times_of(row: PermitRow) -> Times:
    """When the permit allows trading."""
    return Times(
        frozenset(row.weekdays), row.hours_from, row.hours_to, row.valid_from, row.valid_to,
        row.season_from, row.season_to,
    )  # fmt: skip


def key_of(contract_id: str) -> str:
    """The register's key of a permit that an edge names."""
    return contract_id.split(JOIN)[0]


def expand(row: PermitRow, areas: Sequence[PermitArea], since: date) -> list[Permit]:
    """What the edges must know of a permit from `since` on; nothing once it is over."""
    spans = times_of(row).spans(since)
    if row.holder_left_at is not None:
        last = row.holder_left_at.astimezone(LOCAL).date() - timedelta(days=1)
        spans = [(first, min(end, last)) for first, end in spans if first <= last]
    return [
        Permit(
            id=_id(row, area, first),
            version=row.version,
            camera_id=area.camera_id,
            zone_id=area.zone_id,
            polygon=area.polygon,
            weekdays=frozenset(row.weekdays),
            hours_from=row.hours_from,
            hours_to=row.hours_to,
            valid_from=first,
            valid_to=end,
            status=PermitStatus(row.status),
        )
        for area in areas
        for first, end in spans
    ]


def _id(row: PermitRow, area: PermitArea, first: date) -> str:
    """The plain key for the first area of a permit without a season; else the area's number and the year with it."""
    if area.ordinal == 1 and not row.season_from:
        return row.id
    return f"{row.id}{JOIN}{area.ordinal}" + (f"-{first.year}" if row.season_from else "")
