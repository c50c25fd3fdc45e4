"""Cases that are decided already, put straight into the database with what their recommendation counted."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.auth.person import SYSTEM
from server.cases.tables import Case, DecisionRow, RecommendationRow
from server.ledger import service as ledger
from server.ledger.tables import Offence
from server.ledger.window import Count
from server.policy.decide import decide
from server.policy.facts import (
    Correction,
    Evidence,
    Facts,
    First,
    Harm,
    Jurisdiction,
    Listing,
    PermitStanding,
    Precondition,
    Severity,
    SubjectStanding,
)
from tests.server.ledger.writers import MONTHS, NATURE

FACTS = Facts(
    ev=Evidence.OK, vio=True, permit=PermitStanding.NONE, juris=Jurisdiction.OURS, crime=False,
    subj=SubjectStanding.KNOWN, obj=False, barred=False, incap=False, nofault=False, pre=Precondition.NONE,
    cor=Correction.IN_TIME, obstruct=False, harm=Harm.MINOR, sev=Severity.SLIGHT, first=First.YES, lst=Listing.BOTH,
)  # fmt: skip
"""R23 when first, R22 when not."""


def found(session: Session, subject_id: UUID, act_at: datetime, nature: str = NATURE) -> Offence:
    """A finding of a case of its own."""
    case = case_in(session, subject_id, act_at, "W6")
    return ledger.record(session, subject_id, nature, "CG-01", case.id, act_at, SYSTEM, act_at)


def decided(
    session: Session, offence: Offence, at: datetime, state: str = "C1", facts: Facts = FACTS
) -> RecommendationRow:
    """The case of a finding, decided as the ledger stood at `at`; in L4 it is only recommended."""
    count = ledger.first_for(
        session, offence.subject_id, offence.nature_group, offence.act_at, MONTHS, except_case=offence.case_id
    )
    row = recommended(session, offence, count, at, facts)
    case = session.get(Case, offence.case_id)
    assert case is not None
    case.state = state
    session.add(case)
    if state != "L4":
        session.add(
            DecisionRow(
                id=uuid7(at), case_id=case.id, case_version=1, recommendation_id=row.id, outcome="exempt_t2",
                differs=False, reason="", decided_by=SYSTEM.id, decided_by_name="", decided_at=at, list_version=None,
                rule=row.rule, result=row.result,
            )
        )  # fmt: skip
    session.flush()
    return row


def recommended(session: Session, offence: Offence, count: Count, at: datetime, facts: Facts) -> RecommendationRow:
    """The recommendation as stored."""
    facts = facts.model_copy(update={"first": count.first})
    answer = decide(facts)
    priors = [
        {"offence_id": str(p.offence_id), "served_at": p.served_at and p.served_at.isoformat(), "standing": p.standing}
        for p in count.rests_on
    ]
    row = RecommendationRow(
        id=uuid7(at), case_id=offence.case_id, case_version=1, at=at, rule=answer.rule, result=answer.result.value,
        list_version=None, body={"facts": facts.model_dump(mode="json"), "priors": priors},
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def case_in(session: Session, subject_id: UUID, at: datetime, state: str) -> Case:
    """A bare case."""
    case = Case(
        id=uuid7(at), number=str(uuid7(at)), state=state, edge_id="e", camera_id="c", zone_id="z", violation="v",
        violation_version=1, permit="none", subject_id=subject_id, opened_at=at, began_at=at, last_seen_at=at,
    )  # fmt: skip
    session.add(case)
    session.flush()
    return case
