"""The ledger against the audit chain: each finding and event was written there too, whole, in the same transaction."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlmodel import Session, select

from server.audit.tables import AuditEntry
from server.chain import plain
from server.ledger.tables import Offence, OffenceEvent

FINDING, EVENT = "ledger.finding", "ledger.event"
"""What the audit entries are called."""


def content_of(row: Offence | OffenceEvent) -> dict[str, str | int]:
    """The whole row as JSON values, times in UTC."""
    return {name: plain(value) for name, value in row.model_dump().items()}


def faults(
    rows: Iterable[Offence | OffenceEvent], entries: Mapping[str, Mapping[str, Any]], what: str
) -> Iterator[str]:
    """Rows that differ from what was written down of them (`entries` by row id), that were never written down, and
    entries whose row is gone. Pure.
    """
    seen: set[str] = set()
    for row in rows:
        seen.add(str(row.id))
        written, found = entries.get(str(row.id)), content_of(row)
        if written is None:
            yield f"{what} {row.id} is not in the audit log"
            continue
        changed = [name for name in found if written.get(name) != found[name]]
        if changed:
            yield f"{what} {row.id} was changed: {', '.join(changed)}"
    for missing in entries.keys() - seen:
        yield f"{what} {missing} is gone; the audit log has it"


def verify(session: Session) -> list[str]:
    """What is wrong with the ledger; for `shouwei server check`."""
    found: list[str] = []
    for table, action, what in ((Offence, FINDING, "finding"), (OffenceEvent, EVENT, "event")):
        entries = session.exec(select(AuditEntry.target, AuditEntry.facts).where(AuditEntry.action == action))
        found += faults(session.exec(select(table)), dict(entries.all()), what)
    return found
