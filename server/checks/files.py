"""The evidence store: every file is there and is what its name says; nothing refers to what is not."""

from collections.abc import Callable, Iterator

from sqlmodel import Session, col, select

from server.checks.finding import Finding, finding
from server.evidence.store import EvidenceStore
from server.evidence.tables import EvidenceFile, EvidenceLink
from server.objections.tables import PartyFile
from server.retention import service as retention

Progress = Callable[[int, int], None]


def all_of(session: Session, store: EvidenceStore, progress: Progress) -> Iterator[Finding]:
    """Each finding as it is made; `progress` counts files read."""
    names = session.exec(select(EvidenceFile.sha256).order_by(col(EvidenceFile.stored_at))).all()
    problems: list[str] = []
    for done, name in enumerate(names, 1):
        fault = store.check(name)
        problems += [f"{name} {fault}"] if fault else []
        progress(done, len(names))
    yield finding("evidence_files", len(names), problems)
    yield _references(session, store, set(names))


def _references(session: Session, store: EvidenceStore, registered: set[str]) -> Finding:
    """Reports and objections refer to files; an edge may send a report first and its files later.

    What retention deleted has a tombstone, and is not missed.
    """
    used = dict.fromkeys(session.exec(select(EvidenceLink.sha256).distinct()), "a report")
    used |= dict.fromkeys(session.exec(select(PartyFile.sha256).distinct()), "an objection")
    lawful = retention.gone(session)
    problems = [
        f"{name} is referred to by {by} and not here"
        for name, by in used.items()
        if not store.has(name) and name not in lawful
    ]
    problems += [
        f"{name} is referred to by {by}, lies here and is not registered"
        for name, by in used.items()
        if store.has(name) and name not in registered
    ]
    return finding("evidence_links", len(used), problems)
