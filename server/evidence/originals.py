"""Looking at a sealed original: who, of which unit, why, for which case (Video Regulation 16, 20; domain rules P5).

The entry is committed before the first byte leaves. One file at a time, and only so many in an hour: there is no bulk
export.
"""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func
from sqlmodel import Session, col, select

from server.audit import service as audit
from server.audit.tables import AuditEntry
from server.auth.person import Person
from server.auth.roles import Role
from server.cases import photos
from server.cases.tables import Case
from server.errors import NotFound
from server.evidence import links
from server.evidence.errors import NotOfThisCase, TooManyOriginals
from server.evidence.tables import EvidenceFile, EvidenceLink

VIEWED = "evidence.view_original"
VIEWERS = (Role.SEAT, Role.SUPERV, Role.OFFICER, Role.LEADER, Role.LEGAL, Role.HEAD, Role.VERIFY)
"""Neither administrators nor dispatchers, grid workers or auditors: their work needs no original."""
AN_HOUR = timedelta(hours=1)


class Look(BaseModel):
    """Why the original is needed, and for which case (its number)."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(min_length=4, max_length=200, pattern=r"^[^\x00]*\S[^\x00]*\S[^\x00]*$")]
    case_number: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]


def look(session: Session, by: Person, sha256: str, told: Look, per_hour: int, now: datetime) -> EvidenceFile:
    """Write down the look and return the file's row; the caller commits, then sends the bytes.

    Raises NotFound (no such file or case within reach), NotOfThisCase or TooManyOriginals.
    """
    case = session.exec(select(Case).where(Case.number == told.case_number.strip())).first()
    if case is None:
        raise NotFound("case", told.case_number)
    by.reach.require("case", told.case_number, case.district)
    row = session.get(EvidenceFile, sha256)
    if row is None:
        raise NotFound("evidence", sha256)
    if sha256 not in photos.of_case(session, case):
        raise NotOfThisCase(sha256, case.number)
    seen = _looks_since(session, by, now - AN_HOUR)
    if seen >= per_hour:
        raise TooManyOriginals(per_hour)
    facts = {
        "reason": told.reason.strip(),
        "case": case.number,
        "unit": ["*"] if by.reach.everywhere else sorted(by.reach.districts),
        "roles": sorted(by.roles),
        "content": _content(session, row),
    }
    audit.record(session, by, VIEWED, sha256, facts, now, case.district)
    return row


def _looks_since(session: Session, by: Person, since: datetime) -> int:
    count = select(func.count()).select_from(AuditEntry)
    return session.exec(
        count.where(AuditEntry.action == VIEWED, AuditEntry.actor_id == by.id, col(AuditEntry.at) > since)
    ).one()


def _content(session: Session, row: EvidenceFile) -> str:
    uses: list[EvidenceLink] = links.of_file(session, row.sha256)
    if not uses:
        return row.media_type
    return f"{uses[0].role} {row.media_type} {uses[0].captured_at.isoformat()}"
