"""The documents that a party may fetch: those of its own case that were served on it."""

from uuid import UUID

from sqlmodel import Session, select

from edge.contracts.permits import LOCAL
from server.cases.tables import Case, CaseStep
from server.documents import repository as documents
from server.documents.kinds import FORMS, Kind
from server.documents.tables import IssuedDocument, Pledge
from server.errors import NotFound
from server.objections.party_schemas import PaperRead
from server.subjects import service as subjects
from server.subjects.tables import Subject

TO_PARTY = frozenset({Kind.INSPECTION, Kind.ORDER, Kind.PLEDGE, Kind.EDUCATION, Kind.DECISION})
"""Kinds that a party is handed. Closing reports and contents lists are the authority's own."""


def served(session: Session, case: Case) -> list[PaperRead]:
    """What was served, oldest first, withdrawn ones marked."""
    rows = _served(session, case)
    gone = documents.withdrawn(session, rows)
    return [
        PaperRead(
            id=row.id, kind=row.kind, title=FORMS[Kind(row.kind)].title, title_en=FORMS[Kind(row.kind)].title_en,
            number=row.number, date=row.made_at.astimezone(LOCAL).date(), size_bytes=row.size_bytes,
            valid=row.id not in gone,
        )
        for row in rows
    ]  # fmt: skip


def paper(session: Session, case: Case, document_id: UUID) -> IssuedDocument:
    """One of them. Raises NotFound for any other: not served, or not of this case."""
    found = next((row for row in _served(session, case) if row.id == document_id), None)
    if found is None:
        raise NotFound("document", document_id)
    return found


def _served(session: Session, case: Case) -> list[IssuedDocument]:
    """Proof of service names it, a move says that it was served, or the party signed it."""
    rows = documents.of_case(session, case.id)
    steps = session.exec(select(CaseStep).where(CaseStep.case_id == case.id, CaseStep.kind == "transition")).all()
    subject = subjects.get(session, case.subject_id)
    proved = {row.snapshot.get("served", {}).get("number") for row in rows}
    ordered = {step.fields.get("order_number") for step in steps} - {None, ""}
    decided = [step.at for step in steps if step.to_state == "C1" and step.fields.get("served_by")]
    signed = set(session.exec(select(Pledge.document_id).where(Pledge.case_id == case.id)).all())

    def was(row: IssuedDocument) -> bool:
        if row.number in proved or row.id in signed:
            return True
        if row.kind == Kind.ORDER:
            return row.number in ordered
        return row.kind == Kind.DECISION and any(row.made_at <= at for at in decided)

    return [row for row in rows if Kind(row.kind) in TO_PARTY and _names(row, subject) and was(row)]


def _names(row: IssuedDocument, subject: Subject) -> bool:
    """Whether the document was written to this subject: a case may have changed hands since."""
    party = row.snapshot["party"]
    return party["code"] == subject.code if subject.code else party["name"] == subject.name
