"""All that a case knows and a document may say, read once."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.permits import LOCAL
from server.cases import repository as cases
from server.cases.recommendation import Recommendation, recommend
from server.cases.tables import Case, CaseStep, DecisionRow, RecommendationRow
from server.crisis.service import correction_minutes
from server.documents import repository
from server.documents.tables import DocumentWithdrawal, EducationRecord, IssuedDocument, Pledge, PledgeOutcome
from server.evidence import links
from server.evidence.tables import EvidenceFile, EvidenceLink
from server.policy import publication
from server.policy.citations import Citations, citations
from server.policy.exemptions import ExemptionItem, ExemptionList
from server.subjects import service as subjects
from server.subjects.repository import premises_of
from server.subjects.tables import Subject


@dataclass(frozen=True)
class Exhibit:
    """One evidence file of the case. `role` is an EvidenceRole, or `photo` for what people took on site."""

    sha256: str
    role: str
    media_type: str
    size_bytes: int | None
    captured_at: str
    sealed: bool


@dataclass(frozen=True)
class Matter:
    """A case with everything around it.

    `listing`, `item` and `citations` are those that the decision rests on, or without one would rest on now: the kinder
    list and law of the lenity test among them. `correction_minutes` is the deadline of an order served now.
    """

    case: Case
    subject: Subject
    address: str
    listing: ExemptionList | None
    item: ExemptionItem | None
    citations: Citations
    correction_minutes: int
    decision: DecisionRow | None
    steps: list[CaseStep]
    education: list[EducationRecord]
    pledges: list[Pledge]
    outcomes: dict[UUID, PledgeOutcome]
    documents: list[IssuedDocument]
    withdrawn: dict[UUID, DocumentWithdrawal]
    exhibits: list[Exhibit]

    @property
    def act_name(self) -> str:
        """What the act is called."""
        return self.item.name.zh if self.item else self.case.violation


def read(session: Session, case: Case, now: datetime) -> Matter:
    """The matter of a case as it stands."""
    decisions = cases.decisions_of(session, case.id)
    listing, item, cited = _law(session, case, decisions[-1] if decisions else None, now)
    documents = repository.of_case(session, case.id)
    pledges = repository.pledges_of_case(session, case.id)
    steps = cases.steps_of(session, case.id)
    return Matter(
        case=case,
        subject=subjects.get(session, case.subject_id),
        address=_address(session, case.subject_id, now),
        listing=listing,
        item=item,
        citations=cited,
        correction_minutes=correction_minutes(session, case, item, now),
        decision=decisions[-1] if decisions else None,
        steps=steps,
        education=repository.education_of(session, case.id),
        pledges=pledges,
        outcomes=repository.outcomes(session, pledges),
        documents=documents,
        withdrawn=repository.withdrawn(session, documents),
        exhibits=[*_recorded(session, case), *_photographed(session, steps)],
    )


def photos_of(steps: list[CaseStep]) -> list[str]:
    """The evidence files that people named in the steps of a case, in order, once each."""
    return list(dict.fromkeys(sha for step in steps for sha in step.fields.get("photos", [])))


def _address(session: Session, subject_id: UUID, now: datetime) -> str:
    """Of the one place that the subject holds now; of several nobody here can say which is meant."""
    held = [p for p in premises_of(session, subject_id) if p.valid_from <= now and (not p.valid_to or now < p.valid_to)]
    return f"{held[0].address}{held[0].door_number}" if len(held) == 1 else ""


def _law(
    session: Session, case: Case, decision: DecisionRow | None, now: datetime
) -> tuple[ExemptionList | None, ExemptionItem | None, Citations]:
    stored = session.get(RecommendationRow, decision.recommendation_id) if decision else None
    given = Recommendation.model_validate_json(json.dumps(stored.body)) if stored else recommend(session, case, now)
    listing = publication.by_key(session, given.list_version)
    item = listing.item(given.item_code) if listing and given.item_code else None
    day = case.last_seen_at.astimezone(LOCAL).date()
    law_day = given.lenity.law_day if given.lenity else day
    return listing, item, citations(item, day, listing.statutes if listing else {}, law_day)


def _recorded(session: Session, case: Case) -> list[Exhibit]:
    alerts = [alert.id for alert in cases.alerts_of(session, case.id)]
    wanted = select(EvidenceLink).where(col(EvidenceLink.alert_id).in_(alerts))
    rows = session.exec(wanted.order_by(col(EvidenceLink.captured_at), col(EvidenceLink.role))).all()
    once = {row.sha256: row for row in reversed(rows)}
    return [
        Exhibit(
            row.sha256, row.role, row.media_type, row.size_bytes, row.captured_at.isoformat(),
            links.is_sealed(session, row.sha256),
        )
        for row in reversed(once.values())
    ]  # fmt: skip


def _photographed(session: Session, steps: list[CaseStep]) -> list[Exhibit]:
    found: list[Exhibit] = []
    for sha in photos_of(steps):
        step = next(step for step in steps if sha in step.fields.get("photos", []))
        file = session.get(EvidenceFile, sha)
        kind = file.media_type if file else "application/octet-stream"
        found.append(Exhibit(sha, "photo", kind, file.size_bytes if file else None, step.at.isoformat(), True))
    return found
