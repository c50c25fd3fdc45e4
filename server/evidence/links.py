"""Which report an evidence file belongs to, and whether people may see it without giving a reason."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from edge.contracts.messages import EvidenceRef
from edge.contracts.taxonomy import EvidenceRole
from server.evidence.tables import EvidenceLink

FREE_TO_STAFF = frozenset(
    role.value
    for role in (
        EvidenceRole.WIDE_SHOWN, EvidenceRole.CLOSE_SHOWN, EvidenceRole.CLIP_SHOWN, EvidenceRole.REFERENCE_SHOWN,
        EvidenceRole.MANIFEST,
    )
)  # fmt: skip
"""Blurred copies and the manifest. Everything else shows people and plates as they were, the clip as coded too."""


def keep(
    session: Session,
    evidence: Sequence[EvidenceRef],
    source_kind: str,
    source_id: UUID,
    alert_id: UUID | None,
    now: datetime,
) -> None:
    """Remember why these files are kept (`source_kind`: alert_report, late_evidence, recheck)."""
    for ref in evidence:
        session.add(
            EvidenceLink(
                id=uuid7(now),
                sha256=ref.sha256,
                role=ref.role,
                media_type=ref.media_type,
                size_bytes=ref.size_bytes,
                captured_at=ref.captured_at,
                source_kind=source_kind,
                source_id=source_id,
                alert_id=alert_id,
            )
        )


def of_alert(session: Session, alert_id: UUID) -> list[EvidenceLink]:
    """Evidence of an alert, in the order of camera time."""
    wanted = select(EvidenceLink).where(EvidenceLink.alert_id == alert_id)
    return list(session.exec(wanted.order_by(col(EvidenceLink.captured_at), col(EvidenceLink.role))).all())


def of_source(session: Session, source_kind: str, source_id: UUID) -> list[EvidenceLink]:
    """Evidence of one report or answer."""
    wanted = select(EvidenceLink).where(
        EvidenceLink.source_kind == source_kind, EvidenceLink.source_id == source_id
    )  # fmt: skip
    return list(session.exec(wanted.order_by(col(EvidenceLink.role))).all())


def of_file(session: Session, sha256: str) -> list[EvidenceLink]:
    """Every use of a file."""
    wanted = select(EvidenceLink).where(EvidenceLink.sha256 == sha256)
    return list(session.exec(wanted.order_by(col(EvidenceLink.captured_at))).all())


def is_sealed(session: Session, sha256: str) -> bool:
    """Whether seeing this file needs a reason: unless every use of it is one that is free, and there is one."""
    roles = session.exec(select(EvidenceLink.role).where(EvidenceLink.sha256 == sha256)).all()
    return not roles or not FREE_TO_STAFF.issuperset(roles)
