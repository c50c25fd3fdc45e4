"""`/api/subjects/{id}/archive` and its narrower views. Exemptions are in the archive and nowhere else."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import STAFF, Role
from server.context import Now, ReadSession
from server.subjects import archive
from server.subjects.archive import Archive, CheckScreen, Totals
from server.subjects.views import CreditView, PublicView

router = APIRouter()
ArchiveReader = Annotated[Person, Depends(Allow(*STAFF, Role.AUDITOR))]
Exporter = Annotated[Person, Depends(Allow(Role.LEADER, Role.LEGAL, Role.HEAD, Role.AUDITOR))]


@router.get("/{subject_id}/archive")
def get_archive(subject_id: UUID, session: ReadSession, now: Now, person: ArchiveReader) -> Archive:
    """Everything held about a subject. Internal: exemption entries never leave the authority."""
    return archive.archive_of(session, archive.subject_in_reach(session, subject_id, person), person, now)


@router.get("/{subject_id}/check")
def get_check_screen(subject_id: UUID, session: ReadSession, now: Now, person: StaffPerson) -> CheckScreen:
    """What counts today, for officers on site; findings outside their window are left out."""
    return archive.check_screen(session, archive.subject_in_reach(session, subject_id, person), person, now)


@router.get("/{subject_id}/totals")
def get_totals(subject_id: UUID, session: ReadSession, now: Now, person: ArchiveReader) -> Totals:
    """A head office with its branches, counted together. "First" stays with each licence."""
    return archive.totals_of(session, archive.subject_in_reach(session, subject_id, person), person, now)


@router.get("/{subject_id}/credit-view")
def get_credit_view(subject_id: UUID, session: ReadSession, now: Now, person: Exporter) -> CreditView:
    """What the credit office may get: permits, and penalties in effect and unchallenged. Never an exemption."""
    return archive.credit_of(session, archive.subject_in_reach(session, subject_id, person), now)


@router.get("/{subject_id}/public-view")
def get_public_view(subject_id: UUID, session: ReadSession, now: Now, person: StaffPerson) -> PublicView:
    """What anybody may see of it."""
    return archive.public_of(session, archive.subject_in_reach(session, subject_id, person), now)
