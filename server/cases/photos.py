"""Photos that a move names: they must lie in the evidence store and belong to this case, not to another."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.alerts.tables import Alert
from server.cases import parts
from server.cases.tables import Case, CaseRecheck, CaseStep
from server.documents.tables import EducationRecord, Pledge
from server.errors import InvalidInput
from server.evidence.tables import EvidenceFile, EvidenceLink
from server.objections.tables import PartyFile
from server.officer.photos import taken_at

SITE_PHOTO = "site_photo"
"""Role of a photo that people took: sealed like every original, seen with a reason."""


def check(session: Session, case: Case, named: Sequence[str]) -> None:
    """Raises InvalidInput naming each photo that is not stored, is no picture, or belongs to another matter."""
    problems = [
        {"field": f"fields.photos.{number}", "value": sha256, "allowed": fault}
        for number, sha256 in enumerate(named)
        if (fault := _fault(session, case, sha256)) is not None
    ]
    if problems:
        raise InvalidInput(problems, "case.photos_invalid")


def keep(session: Session, case: Case, step: CaseStep, named: Sequence[str], now: datetime) -> None:
    """Tie photos that belong to nothing yet to the step that names them."""
    for sha256 in dict.fromkeys(named):
        file = session.get(EvidenceFile, sha256)
        if file is None or _links(session, sha256):
            continue
        session.add(
            EvidenceLink(
                id=uuid7(now), sha256=sha256, role=SITE_PHOTO, media_type=file.media_type, size_bytes=file.size_bytes,
                captured_at=taken_at(session, sha256) or file.stored_at, source_kind="case_step", source_id=step.id,
            )
        )  # fmt: skip
    session.flush()


def of_case(session: Session, case: Case) -> set[str]:
    """Every file that belongs to a case: of its alerts, re-checks and steps, from the party, of pledges (the signature)
    and education.
    """
    cases = parts.family(session, case)
    alerts = select(Alert.id).where(col(Alert.case_id).in_(cases))
    steps = select(CaseStep.id).where(col(CaseStep.case_id).in_(cases))
    rechecks = select(CaseRecheck.command_id).where(col(CaseRecheck.case_id).in_(cases))
    source = col(EvidenceLink.source_id)
    own = select(EvidenceLink.sha256).where(
        col(EvidenceLink.alert_id).in_(alerts) | source.in_(steps) | source.in_(rechecks)
    )
    party = select(PartyFile.sha256).where(col(PartyFile.case_id).in_(cases))
    told = [
        sha256
        for table in (Pledge, EducationRecord)
        for photos in session.exec(select(table.photos).where(col(table.case_id).in_(cases)))
        for sha256 in photos
    ]
    return {*session.exec(own), *session.exec(party), *told}


def _fault(session: Session, case: Case, sha256: str) -> str | None:
    file = session.get(EvidenceFile, sha256)
    if file is None:
        return "a photo in the evidence store: send it first"
    if not file.media_type.startswith("image/"):
        return f"a picture, not {file.media_type}"
    if sha256 in of_case(session, case) or not _links(session, sha256):
        return None
    return "a photo of this case: this one belongs to another"


def _links(session: Session, sha256: str) -> list[UUID]:
    links = session.exec(select(EvidenceLink.id).where(EvidenceLink.sha256 == sha256)).all()
    return [*links, *session.exec(select(PartyFile.id).where(PartyFile.sha256 == sha256)).all()]
