"""Reads of documents, education and pledges."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from server.documents.tables import DocumentWithdrawal, EducationRecord, IssuedDocument, Pledge, PledgeOutcome


def get(session: Session, document_id: UUID) -> IssuedDocument | None:
    """One document."""
    return session.get(IssuedDocument, document_id)


def of_case(session: Session, case_id: UUID) -> list[IssuedDocument]:
    """The documents of a case, oldest first."""
    wanted = select(IssuedDocument).where(IssuedDocument.case_id == case_id)
    return list(session.exec(wanted.order_by(col(IssuedDocument.ordinal))).all())


def by_token(session: Session, token: str) -> IssuedDocument | None:
    """The document of a verification code."""
    return session.exec(select(IssuedDocument).where(IssuedDocument.token == token)).first()


def by_key(session: Session, person_id: UUID, key: str) -> IssuedDocument | None:
    """The document that this person's request with that Idempotency-Key issued."""
    wanted = select(IssuedDocument).where(IssuedDocument.made_by == person_id, IssuedDocument.idempotency_key == key)
    return session.exec(wanted).first()


def last_serial(session: Session, authority: str, kind: str, year: int) -> int:
    """The highest serial given, 0 without any."""
    highest = select(func.max(col(IssuedDocument.serial))).where(
        IssuedDocument.authority == authority, IssuedDocument.kind == kind, IssuedDocument.year == year
    )
    return session.exec(highest).one() or 0


def withdrawal(session: Session, document_id: UUID) -> DocumentWithdrawal | None:
    """How the document lost its force, if it did."""
    return session.get(DocumentWithdrawal, document_id)


def withdrawn(session: Session, documents: list[IssuedDocument]) -> dict[UUID, DocumentWithdrawal]:
    """The withdrawals of these documents."""
    ids = [document.id for document in documents]
    rows = session.exec(select(DocumentWithdrawal).where(col(DocumentWithdrawal.document_id).in_(ids))).all()
    return {row.document_id: row for row in rows}


def education_of(session: Session, case_id: UUID) -> list[EducationRecord]:
    """The education given in a case, oldest first."""
    wanted = select(EducationRecord).where(EducationRecord.case_id == case_id)
    return list(session.exec(wanted.order_by(col(EducationRecord.given_at), col(EducationRecord.id))).all())


def pledges_of_case(session: Session, case_id: UUID) -> list[Pledge]:
    """The pledges made in a case, oldest first."""
    wanted = select(Pledge).where(Pledge.case_id == case_id)
    return list(session.exec(wanted.order_by(col(Pledge.signed_at), col(Pledge.id))).all())


def pledges_of_subject(session: Session, subject_id: UUID) -> list[Pledge]:
    """The pledges of a subject, newest first."""
    wanted = select(Pledge).where(Pledge.subject_id == subject_id)
    return list(session.exec(wanted.order_by(col(Pledge.signed_at).desc(), col(Pledge.id).desc())).all())


def outcomes(session: Session, pledges: list[Pledge]) -> dict[UUID, PledgeOutcome]:
    """The outcome that stands of each of these pledges."""
    ids = [pledge.id for pledge in pledges]
    wanted = select(PledgeOutcome).where(col(PledgeOutcome.pledge_id).in_(ids))
    return {row.pledge_id: row for row in session.exec(wanted.order_by(col(PledgeOutcome.ordinal))).all()}


def times_judged(session: Session, pledge_id: UUID) -> int:
    """How often it was said whether a pledge was kept."""
    count = select(func.count()).select_from(PledgeOutcome).where(PledgeOutcome.pledge_id == pledge_id)
    return session.exec(count).one()
