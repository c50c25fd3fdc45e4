"""Anchors: where the chains end, written down daily, so that cutting off their newest entries shows.

A chain proves nothing about entries that were cut off its end. An anchor names the end: number and hash of the newest
audit entry, and of the newest step of each case that went on since the anchor before. It proves that what it names
still lies in the database unchanged, and with it everything before; nothing about what came after it. It is worth as
much as the place it is kept in: a copy must leave the machine (the notice, a backup, another authority).
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from server.audit.tables import AuditEntry
from server.cases.tables import CaseStep


class AnchorUnreadable(Exception):
    """The file is not an anchor file; says which line."""


@dataclass(frozen=True)
class End:
    """Where a chain ended: number and hash of its newest link."""

    number: int
    hash: str


@dataclass(frozen=True)
class Anchor:
    """The ends at `at`: of the audit log, and of the cases (by id) that went on since the anchor before."""

    at: str
    audit: End
    cases: dict[str, End]


def take(session: Session, known: Mapping[str, End], now: datetime) -> Anchor:
    """The ends as they are now; `known` are the ends of cases that earlier anchors named."""
    newest = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq).desc()).limit(1)).first()
    audit = End(newest.seq, newest.hash) if newest else End(0, "")
    ends = select(CaseStep.case_id, func.max(CaseStep.ordinal).label("last")).group_by(col(CaseStep.case_id)).subquery()
    rows = session.exec(
        select(CaseStep.case_id, CaseStep.ordinal, CaseStep.hash).join(
            ends, (ends.c.case_id == CaseStep.case_id) & (ends.c.last == CaseStep.ordinal)
        )
    )
    cases = {str(case_id): End(ordinal, digest) for case_id, ordinal, digest in rows}
    return Anchor(now.isoformat(), audit, {name: end for name, end in cases.items() if known.get(name) != end})


def write(file: Path, anchor: Anchor) -> None:
    """Append one line, fsynced."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(anchor), sort_keys=True) + "\n")
        out.flush()
        os.fsync(out.fileno())


def read(file: Path) -> list[Anchor]:
    """Every anchor of a file, oldest first. Raises AnchorUnreadable, OSError."""
    found: list[Anchor] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            raw: dict[str, Any] = json.loads(line)
            cases = {str(name): End(**end) for name, end in raw["cases"].items()}
            found.append(Anchor(str(raw["at"]), End(**raw["audit"]), cases))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AnchorUnreadable(f"{file}, line {number}: {error}") from error
    return found


def known_ends(anchors: list[Anchor]) -> dict[str, End]:
    """The newest end named for each case."""
    ends: dict[str, End] = {}
    for anchor in anchors:
        ends |= anchor.cases
    return ends


def is_due(anchors: list[Anchor], now: datetime) -> bool:
    """One a UTC day."""
    return not anchors or datetime.fromisoformat(anchors[-1].at).date() < now.date()


def faults(session: Session, anchors: list[Anchor]) -> list[str]:
    """Ends that were written down and are no longer there, or are other ones."""
    problems: list[str] = []
    for anchor in anchors:
        if anchor.audit.number:
            entry = session.get(AuditEntry, anchor.audit.number)
            if entry is None or entry.hash != anchor.audit.hash:
                problems.append(f"audit entry {anchor.audit.number} of {anchor.at} is {_gone_or_other(entry)}")
    for case_id, end in known_ends(anchors).items():
        wanted = select(CaseStep.hash).where(CaseStep.ordinal == end.number)
        found = session.exec(wanted.where(col(CaseStep.case_id) == UUID(case_id))).first()
        if found != end.hash:
            problems.append(f"case {case_id}: step {end.number} is {_gone_or_other(found)}")
    return problems


def _gone_or_other(found: object | None) -> str:
    return "gone" if found is None else "another"
