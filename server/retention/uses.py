"""What refers to evidence files. Whatever is not known here keeps a file for ever, and a test finds new columns."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast, func
from sqlmodel import Session, col, select

from server.alerts.tables import Alert
from server.cases.tables import CaseRecheck, CaseStep
from server.crisis.tables import CrisisPeriod
from server.documents.tables import EducationRecord, IssuedDocument, Pledge
from server.evidence.tables import EvidenceLink
from server.objections.tables import PartyFile
from server.offsite.tables import CameraCard
from server.reports_by_people.tables import PersonReport

Use = tuple[str, str]
"""(kind, key): case and its id, alert and its id, or kept and the table that keeps the file."""
InTexts = dict[str, set[Use]]
_SHA = re.compile(r"\b[0-9a-f]{64}\b")
CASE_PHOTOS: tuple[Any, ...] = (PersonReport, EducationRecord, Pledge)
KEEPERS: tuple[tuple[Any, str], ...] = (
    (IssuedDocument, "sha256"), (CameraCard, "legal_basis_sha256"), (CameraCard, "sign_photo_sha256"),
    (CrisisPeriod, "source_sha256"),
)  # fmt: skip
AT_ONCE, HASH_LENGTH = 400, 64


def of_files(session: Session, texts: InTexts) -> dict[str, set[Use]]:
    """Every use of these files."""
    found = defaultdict[str, set[Use]](set, {name: set(known) for name, known in texts.items()})
    for part in _parts(sorted(texts)):
        _by_links(session, part, found)
        for case_id, sha256 in session.exec(
            select(PartyFile.case_id, PartyFile.sha256).where(col(PartyFile.sha256).in_(part))
        ):
            found[sha256].add(("case", str(case_id)))
        for table, column in KEEPERS:
            for sha256 in session.exec(select(getattr(table, column)).where(getattr(table, column).in_(part))):
                found[sha256].add(("kept", table.__tablename__))
    return found


def in_texts(session: Session, names: Iterable[str]) -> InTexts:
    """What steps of cases, reports by people, education and pledges say of these files. Reads all of them."""
    found: InTexts = {name: set() for name in names}
    if found:
        for case_id, sha256 in _in_texts(session):
            if sha256 in found:
                found[sha256].add(("case", str(case_id)))
    return found


def _by_links(session: Session, part: list[str], found: dict[str, set[Use]]) -> None:
    query = (
        select(EvidenceLink, Alert.case_id)
        .join(Alert, col(Alert.id) == col(EvidenceLink.alert_id), isouter=True)
        .where(col(EvidenceLink.sha256).in_(part))
    )
    for link, case_id in session.exec(query):
        if case_id is not None:
            found[link.sha256].add(("case", str(case_id)))
        elif link.alert_id is not None:
            found[link.sha256].add(("alert", str(link.alert_id)))
        else:
            found[link.sha256].add(_of_recheck(session, link))


def _of_recheck(session: Session, link: EvidenceLink) -> Use:
    asked = session.get(CaseRecheck, link.source_id)
    return ("case", str(asked.case_id)) if asked else ("kept", f"{link.source_kind} {link.source_id}")


def _in_texts(session: Session) -> Iterator[tuple[UUID, str]]:
    """(case, file) of every hash written in the steps of a case, in reports by people, education and pledges."""
    fields = cast(CaseStep.fields, String)
    steps = select(CaseStep.case_id, fields).where(func.length(fields) > HASH_LENGTH)
    for case_id, text in session.exec(steps.execution_options(yield_per=1000)):
        for sha256 in _SHA.findall(text):
            yield case_id, sha256
    for table in CASE_PHOTOS:
        for case_id, photos in session.exec(select(table.case_id, table.photos)):
            for sha256 in photos:
                yield case_id, sha256


def _parts(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]
