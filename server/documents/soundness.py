"""For `shouwei server check`: numbers without gaps, every PDF whole, every row as the audit log says it was issued."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from server.audit.tables import AuditEntry
from server.documents.tables import IssuedDocument
from server.evidence.store import EvidenceStore


def faults(session: Session, store: EvidenceStore) -> tuple[int, list[str]]:
    """How many documents were looked at, and what is wrong with any."""
    rows = session.exec(select(IssuedDocument).order_by(col(IssuedDocument.made_at))).all()
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "document.issue")).all()
    logged = {entry.target: entry.facts for entry in entries}
    found = _gaps(rows) + [f"document {key} is in the audit log and not here" for key in logged.keys() - _keys(rows)]
    for row in rows:
        told = logged.get(str(row.id))
        if told is None:
            found.append(f"{row.number} was never logged as issued")
        elif (told["number"], told["kind"], told["sha256"]) != (row.number, row.kind, row.sha256):
            found.append(f"{row.number} is not what the audit log says was issued: {told['number']} {told['sha256']}")
        fault = store.check(row.sha256)
        if fault is not None:
            found.append(f"{row.number}: its PDF {fault}")
    return len(rows), found


def _keys(rows: Sequence[IssuedDocument]) -> set[str]:
    return {str(row.id) for row in rows}


def _gaps(rows: Sequence[IssuedDocument]) -> list[str]:
    serials: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for row in rows:
        serials[row.authority, row.kind, row.year].append(row.serial)
    return [
        f"{authority} {kind} {year}: the numbers are {sorted(given)}, not 1 to {len(given)}"
        for (authority, kind, year), given in sorted(serials.items())
        if sorted(given) != list(range(1, len(given) + 1))
    ]
