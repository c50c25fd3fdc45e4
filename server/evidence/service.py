"""Which evidence is there, and who has looked at what is sealed."""

from datetime import datetime

from sqlmodel import Session

from server.audit import service as audit
from server.auth.person import Person
from server.errors import NotFound
from server.evidence.errors import ReasonNeeded
from server.evidence.store import Stored
from server.evidence.tables import EvidenceFile


def register(session: Session, stored: Stored, by: Person, now: datetime) -> bool:
    """Remember a stored file; False when it was known."""
    if session.get(EvidenceFile, stored.sha256) is not None:
        return False
    session.add(
        EvidenceFile(
            sha256=stored.sha256,
            media_type=stored.media_type,
            size_bytes=stored.size_bytes,
            stored_at=now,
            stored_by=by.name,
        )
    )
    session.flush()
    return True


def file_of(session: Session, sha256: str) -> EvidenceFile:
    """The file's row; raises NotFound."""
    row = session.get(EvidenceFile, sha256)
    if row is None:
        raise NotFound("evidence", sha256)
    return row


def look_at_original(session: Session, by: Person, sha256: str, reason: str | None, now: datetime) -> None:
    """Write down that this person looks at a sealed file, and why. Raises ReasonNeeded."""
    if reason is None or len(reason.strip()) < 4:
        raise ReasonNeeded
    audit.record(session, by, "evidence.view_original", sha256, {"reason": reason.strip()}, now)
