"""A finished PDF into the evidence store: by its hash, whole and fsynced, before the row that names it."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.cases.tables import Case
from server.evidence import service as evidence
from server.evidence.store import EvidenceStore, Stored
from server.evidence.tables import EvidenceLink

PDF = "application/pdf"
SOURCE = "document"


def keep(
    session: Session, store: EvidenceStore, pdf: bytes, document_id: UUID, case: Case, by: Person, now: datetime
) -> Stored:
    """Store the bytes and say why they are kept."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    with store.receive(sha256) as upload:
        upload.write(pdf)
        stored = store.finish(upload, PDF, allowed=(PDF,))
    evidence.register(session, stored, by, now, case.district)
    session.add(
        EvidenceLink(
            id=uuid7(now), sha256=sha256, role=SOURCE, media_type=PDF, size_bytes=len(pdf), captured_at=now,
            source_kind=SOURCE, source_id=document_id,
        )
    )  # fmt: skip
    session.flush()
    return stored
